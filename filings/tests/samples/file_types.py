"""Samples of the county's form, correctly filled in, in every type of file that departments submit."""

from collections.abc import Iterator
from datetime import UTC, datetime

from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument
from filings.formats import download_formats
from filings.table.grid import Cell, Grid, Row
from filings.table.reading.read_table import read_table
from filings.tests.samples.departments import ARCHIVES, TOURISM, SampleDepartment, hunan
from filings.tests.samples.expectations import HUNAN, Sample, meant, reads
from filings.tests.samples.file_writers import converted, docx, flat_rows, html_rows, placed, xlsx

MADE_AT = datetime(2026, 11, 25, tzinfo=UTC)
CONVERTED = "{} 文件是先由 LibreOffice 转换、再读取的，请逐格核对。"
NAMED = "文件名以 {} 结尾，内容是「{}」，已按内容读取。"


def samples() -> Iterator[Sample]:
    whole = meant(ARCHIVES)
    rows = hunan(ARCHIVES)
    book, document = xlsx(目标表=rows), docx(*[str(row[0]) for row in flat_rows(rows)[:2]], rows[2:])
    yield Sample("archives.xlsx", book, reads(whole))
    yield Sample("archives.docx", document, reads(whole))
    yield Sample("archives-named.xlsx", document, reads(whole, remarks=[NAMED.format(".xlsx", "Word 文档")]))
    yield Sample("archives-97.xls", converted(book, "xlsx", "xls"), reads(whole))
    yield Sample("archives.ods", converted(book, "xlsx", "ods"), reads(whole))
    edition = editions()[HUNAN]
    # LibreOffice loses the tables of python-docx documents in a .doc.
    ours = download_formats.write("docx", _document(ARCHIVES), edition, stem="ours", made_at=MADE_AT).content
    for extension in ("doc", "rtf", "odt"):
        made = converted(ours, "docx", extension)
        yield Sample(
            f"archives.{extension}", made, reads(whole, remarks=[CONVERTED.format(f".{extension}")], office=True)
        )
    yield Sample("archives-printed.pdf", converted(document, "docx", "pdf"), reads(whole))
    yield from _pages()
    yield from _texts()
    yield from _ours(ARCHIVES)


def _pages() -> Iterator[Sample]:
    rows = hunan(TOURISM)
    head = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>公开</title></head>'
    page = f"{head}<body><div>网站首页</div><table>{html_rows(rows)}</table><script>var a=1</script></body></html>"
    yield Sample("tourism-gbk.html", page.encode("gb18030"), reads(meant(TOURISM), leftovers=["网站首页"]))
    office = "urn:schemas-microsoft-com:office:excel"
    head = f'<html xmlns:x="{office}"><head><meta charset="utf-8"></head>'
    sheet = f"{head}<body><table>{html_rows(rows)}</table></body></html>"
    remark = NAMED.format(".xls", "网页")
    yield Sample("tourism-clipboard.xls", sheet.encode(), reads(meant(TOURISM), remarks=[remark]))


def _texts() -> Iterator[Sample]:
    rows = hunan(TOURISM)
    lines = [[text.replace("\n", "") for text in row] for row in flat_rows(rows)]
    duties = "".join(TOURISM.duties)
    whole = meant(SampleDepartment(TOURISM.name, 2023, TOURISM.money, (duties,), TOURISM.goal, TOURISM.rows))
    tabs = "\r\n".join("\t".join(row).rstrip("\t") for row in lines)
    yield Sample("tourism-tabs-gb18030.txt", tabs.encode("gb18030"), reads(whole))
    bars = "\n".join(f"| {' | '.join(row)} |" for row in lines)
    marked = bars.replace("\n", f"\n|{'---|' * 6}\n", 1)
    yield Sample("tourism-markdown.txt", marked.encode(), reads(whole))
    cells = [str(box.text).replace("\n", "") for _, _, box in placed(rows) if str(box.text)]
    phrase = "这一行的单元格与表头不一致，已按文字识别，请核对。"
    warnings = {f"indicators[5].{column}": phrase for column in ("name", "target")}
    yield Sample("tourism-one-a-line.txt", "\n".join(cells).encode(), reads(whole, warnings=warnings))


def _ours(plan: SampleDepartment) -> Iterator[Sample]:
    edition, document = editions()[HUNAN], _document(plan)
    for kind in ("pdf", "xlsx", "docx", "html", "txt", "json"):
        file = download_formats.write(kind, document, edition, stem="ours", made_at=MADE_AT)
        yield Sample(f"ours.{kind}", file.content, reads(meant(plan)))


def _document(plan: SampleDepartment) -> FilingDocument:
    rows = flat_rows(hunan(plan))
    made = tuple(Row(tuple(Cell(text, column) for column, text in enumerate(row)), "") for row in rows)
    return read_table(Grid(made), editions()[HUNAN]).document
