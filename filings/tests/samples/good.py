"""The form as it was sent out, filled in as it was meant, in every kind of file that departments hand in."""

from collections.abc import Iterator
from datetime import UTC, datetime

from filings.document.content import FilingDocument
from filings.document.shipped import editions
from filings.formats import download_formats
from filings.table.grid import Cell, Grid, Row
from filings.table.reading.read_table import read
from filings.tests.samples.county import ARCHIVES, TOURISM, SampleDepartment, hunan
from filings.tests.samples.making import converted, docx, flat_rows, html_rows, placed, xlsx
from filings.tests.samples.meaning import HUNAN, Sample, meant, reads

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
    # LibreOffice writes no table of python-docx's into a .doc.
    ours = download_formats.write("docx", _document(ARCHIVES), edition, stem="ours", made_at=MADE_AT).content
    for ending in ("doc", "rtf", "odt"):
        made = converted(ours, "docx", ending)
        yield Sample(f"archives.{ending}", made, reads(whole, remarks=[CONVERTED.format(f".{ending}")], office=True))
    yield Sample("archives-printed.pdf", converted(document, "docx", "pdf"), reads(whole))
    yield from _pages()
    yield from _texts()
    yield from _ours(ARCHIVES)


def _pages() -> Iterator[Sample]:
    rows = hunan(TOURISM)
    head = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>公开</title></head>'
    page = f"{head}<body><div>网站首页</div><table>{html_rows(rows)}</table><script>var a=1</script></body></html>"
    yield Sample("tourism-gbk.html", page.encode("gb18030"), reads(meant(TOURISM), left=["网站首页"]))
    office = "urn:schemas-microsoft-com:office:excel"
    head = f'<html xmlns:x="{office}"><head><meta charset="utf-8"></head>'
    sheet = f"{head}<body><table>{html_rows(rows)}</table></body></html>"
    remark = NAMED.format(".xls", "网页")
    yield Sample("tourism-clipboard.xls", sheet.encode(), reads(meant(TOURISM), remarks=[remark]))


def _texts() -> Iterator[Sample]:
    rows = hunan(TOURISM)
    lines = [[text.replace("\n", "") for text in row] for row in flat_rows(rows)]
    duties = "".join(TOURISM.duties)
    one = meant(SampleDepartment(TOURISM.name, 2023, TOURISM.money, (duties,), TOURISM.goal, TOURISM.rows))
    tabs = "\r\n".join("\t".join(row).rstrip("\t") for row in lines)
    yield Sample("tourism-tabs-gb18030.txt", tabs.encode("gb18030"), reads(one))
    bars = "\n".join(f"| {' | '.join(row)} |" for row in lines)
    marked = bars.replace("\n", f"\n|{'---|' * 6}\n", 1)
    yield Sample("tourism-markdown.txt", marked.encode(), reads(one))
    cells = [str(box.text).replace("\n", "") for _, _, box in placed(rows) if str(box.text)]
    phrase = "这一行的格子与表头对不上，按文字认出，请核对。"
    warnings = {f"indicators[5].{column}": phrase for column in ("name", "target")}
    yield Sample("tourism-one-a-line.txt", "\n".join(cells).encode(), reads(one, warnings=warnings))


def _ours(plan: SampleDepartment) -> Iterator[Sample]:
    edition, document = editions()[HUNAN], _document(plan)
    for kind in ("pdf", "xlsx", "docx", "html", "txt", "json"):
        file = download_formats.write(kind, document, edition, stem="ours", made_at=MADE_AT)
        yield Sample(f"ours.{kind}", file.content, reads(meant(plan)))


def _document(plan: SampleDepartment) -> FilingDocument:
    rows = flat_rows(hunan(plan))
    made = tuple(Row(tuple(Cell(text, at) for at, text in enumerate(row)), "") for row in rows)
    return read(Grid(made), editions()[HUNAN]).document
