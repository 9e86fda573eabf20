"""Samples that are refused: unreadable files, each for another reason, and files without such a table."""

import random
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image, ImageDraw

from filings.formats.readers.sandbox import zip_limits
from filings.tests.formats.readers import packages
from filings.tests.samples.departments import ARCHIVES, hunan
from filings.tests.samples.expectations import Sample, refuses
from filings.tests.samples.file_writers import docx, xlsx

MACROS = "文件含有宏，为安全起见不读取。请用 Excel、Word 或 WPS 打开它，另存为不带宏的 {}，再导入。"
HARMFUL = "文件里写有正常的表格不会有的内容（{}），未导入。请用 Word、Excel 或 WPS 打开它，另存为新文件再导入。"
LOCKED = "文件设有打开密码，无法读取。请用 Word、Excel 或 WPS 打开它，去掉密码后另存，再导入。"
BROKEN = "文件不完整，可能没有下载或复制完。请先在自己的电脑上确认它能打开，再重新导入；打不开就请对方重发。"
EMPTY = "文件是空的（{} 字节，没有文字）。请确认选对了文件，或重新保存一次再导入。"
PICTURE = "文件是图片，里面的字不能直接读。请导入原来的 Word、Excel 文件；只有纸面时请在填报页里录入。"
ARCHIVE = "文件是压缩包。请先解压，再导入里面的表格文件。"
NO_TABLE = "里面没有文字，也没有表格（{}）。请确认选对了文件，或重新保存一次再导入。"
OTHER_JSON = "文件是 JSON 数据，但不是本系统原样导出的表，或者导出后改动过。请导入 .xlsx、.docx 或 .pdf 文件。"
OTHER_TABLE = (
    "不是部门整体支出绩效目标表：左侧应有 「部门名称」、「年度预算申请（万元）」、「部门职能职责概述」、"
    "「整体绩效目标」、「部门整体支出年度绩效指标」，至少要认出其中两栏。"
)
SCAN = "PDF 里是扫描图片，没有文字。请用原来的 Word 或 Excel 文件，或在填报页面填写。"
STAFF = [["姓名", "性别", "职务"], ["张三", "男", "馆长"], ["李四", "女", "副馆长"]]
BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><worksheet>&c;</worksheet>'


def samples() -> Iterator[Sample]:
    book, document = xlsx(目标表=hunan(ARCHIVES)), docx(hunan(ARCHIVES))
    sheet = "xl/worksheets/sheet1.xml"
    bomb = HARMFUL.format(f"压缩到不足 {zip_limits.STRONGEST_PACKING} 分之一的内容")
    yield Sample("zip-bomb.xlsx", _with(book, sheet, b" " * 30_000_000), refuses(bomb))
    entities = HARMFUL.format("XML 实体或文档类型声明")
    yield Sample("xml-bomb.xlsx", _with(book, sheet, BOMB.encode()), refuses(entities))
    yield Sample("macros.xlsm", _with(book, "xl/vbaProject.bin", b"Attribute VB_Name"), refuses(MACROS.format(".xlsx")))
    yield Sample("macros.docm", _with(document, "word/vbaProject.bin", b"Sub A()"), refuses(MACROS.format(".docx")))
    yield Sample("password.xlsx", packages.compound("EncryptionInfo", "EncryptedPackage"), refuses(LOCKED))
    yield Sample("cut-short.xlsx", book[: len(book) // 2], refuses(BROKEN))
    yield Sample("cut-short.docx", document[:-400], refuses(BROKEN))
    yield Sample("empty.xlsx", b"", refuses(EMPTY.format(0)))
    yield Sample("blank.txt", b"\r\n  \r\n", refuses(EMPTY.format(6)))
    yield Sample("photo.xlsx", _picture("png"), refuses(PICTURE))
    yield Sample("scanned.pdf", _picture("pdf"), refuses(SCAN))
    yield Sample("two-files.zip", packages.packed({"a.xlsx": book[:200], "b.txt": "x"}), refuses(ARCHIVE))
    yield Sample("no-words.docx", docx(), refuses(NO_TABLE.format("Word 文档")))
    yield Sample("staff.xlsx", xlsx(职工=STAFF), refuses(OTHER_TABLE))
    yield Sample(
        "letter.docx", docx("清溪县财政局：", "现将我馆2024年部门整体支出绩效目标报上，请审核。"), refuses(OTHER_TABLE)
    )
    yield Sample("other.json", b'{"department": "\xe6\xa1\xa3\xe6\xa1\x88\xe9\xa6\x86"}', refuses(OTHER_JSON))


def _with(data: bytes, name: str, content: bytes) -> bytes:
    """Add or replace a part of a package."""
    parts = packages.unpacked(data) | {name: content}
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for part, body in parts.items():
            archive.writestr(part, body)
    return file.getvalue()


def _picture(kind: str) -> bytes:
    image = Image.new("L", (420, 594), 255)
    draw = ImageDraw.Draw(image)
    positions = random.Random(2024)
    for line in range(12):
        for _ in range(30):
            x = positions.randrange(30, 390)
            draw.rectangle((x, 40 + 40 * line, x + 6, 48 + 40 * line), fill=0)
    file = BytesIO()
    image.save(file, format=kind)
    return file.getvalue()
