"""导入: the preview of a file stores nothing, and adopting stores the previewed document."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from filings import drafts
from filings.choices import Action, PointKind
from filings.document import canonical_json
from filings.document.content import FilingDocument
from filings.formats import download_formats, text
from filings.formats.html import write
from filings.formats.readers.sandbox.zip_limits import LARGEST_UPLOAD
from filings.models import Filing
from filings.table.layout.document import lay_out
from filings.tests.county import County, step
from filings.tests.founding import EDITION, founding_document, with_indicators
from filings.tests.last_year import texts
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.tests.workbooks import workbook

pytestmark = pytest.mark.both

SCRIPT = "<script>alert(1)</script>"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)


@pytest.fixture
def filing(county: County) -> Filing:
    return county.filled()


@pytest.fixture
def client(county: County, client_of: ClientOf) -> Client:
    return client_of(county.filler)


def address(filing: Filing, page: str = "") -> str:
    return f"/filings/{filing.pk}/fill/import/{page}"


def file(name: str, content: bytes) -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content)}


def pasted(document: FilingDocument) -> dict[str, object]:
    return {"text": text.write(lay_out(document, EDITION))}


def previewed(client: Client, filing: Filing, sent: dict[str, object]) -> Any:
    answer = client.post(address(filing, "preview/"), sent)
    assert answer.status_code == 200
    return answer


def adoptable(answer: Any) -> list[str]:
    """List the documents on the page that can be adopted."""
    return [unescape(value) for value in re.findall(r'name="document" value="([^"]*)"', html(answer))]


def stored(filing: Filing) -> object:
    return texts(filing), filing.edits.count(), filing.points.count(), Filing.objects.values().get(pk=filing.pk)


def test_the_page_asks_for_a_file_or_a_text(client: Client, filing: Filing) -> None:
    page = client.get(address(filing))
    assert page.status_code == 200
    assert re.findall(r'<(?:input|textarea)[^>]* name="(file|text)"', html(page)) == ["file", "text"]
    assert "先预览识别结果，点击「采用」前不保存任何内容。" in words(page)


def test_the_preview_shows_the_table_as_read_and_stores_nothing(client: Client, filing: Filing) -> None:
    before = stored(filing)
    answer = previewed(client, filing, file("表.txt", text.write(lay_out(founding_document(), EDITION)).encode()))
    page = words(answer)
    assert "第 1 张：中共衡东县委组织部 2022" in page
    assert re.search(r"确定 \d\d 处 · 请核对 0 处 · 未识别 0 处", page)
    assert "有 5 个栏目已填有其他内容，勾选的采用文件内容，未勾选的保留现有内容" in page
    assert "资金总额，万元 100 550.13" in page
    assert page.count("（十三）承办县委和上级组织部门交办的其他事项。") == 2
    assert adoptable(answer) == [canonical_json.dumps(founding_document())]
    assert stored(filing) == before


def test_the_previewed_document_is_adopted(client: Client, county: County, filing: Filing) -> None:
    (document,) = adoptable(previewed(client, filing, pasted(founding_document())))
    answer = client.post(address(filing, "adopt/"), {"document": document, "taken": ["amounts[TOTAL]"]}, follow=True)
    assert answer.redirect_chain == [(f"/filings/{filing.pk}/fill/", 302)]
    assert re.search(r"已导入 \d+ 个栏目。导入前的内容已保存，可以随时恢复。", words(answer))
    read = drafts.document(filing)
    assert (read.amounts["TOTAL"], read.amounts["EXP.BASIC"], read.amounts["EXP.PROJECT"]) == ("550.13", "100", "233")
    assert (len(read.indicators), len(read.duties), read.department) == (14, 14, "县档案馆")
    assert [point.kind for point in filing.points.all()] == [PointKind.IMPORT]
    again = previewed(client, filing, pasted(founding_document()))
    assert "没有需要新增的行和填入的栏目。" in words(again)


def test_an_exported_pdf_contains_its_document(client: Client, filing: Filing) -> None:
    made = download_formats.write("pdf", founding_document(), EDITION, stem="表", made_at=timezone.now())
    answer = previewed(client, filing, file("表.pdf", made.content))
    assert "文件中带有本系统的数据，逐字读入，不需识别。" in words(answer)
    assert adoptable(answer) == [canonical_json.dumps(founding_document())]


def test_a_pasted_page_is_read_with_its_columns(client: Client, filing: Filing) -> None:
    """HTML added to the text by scripts, or pasted as text."""
    page = write(lay_out(founding_document(), EDITION))
    whole = [canonical_json.dumps(founding_document())]
    assert adoptable(previewed(client, filing, {"text": "部门名称", "page": page})) == whole
    assert adoptable(previewed(client, filing, {"text": page})) == whole


def test_the_sums_after_adoption_are_shown(client: Client, filing: Filing) -> None:
    filing.amounts.all().delete()
    answer = previewed(client, filing, pasted(founding_document()))
    page = words(answer)
    assert page.count("采用后：") == answer.content.decode().count('class="check-summary"') == 1
    assert re.search(
        r"采用后： ?按收入性质分 550\.13 ?（与资金总额相符） ?，按支出性质分 550\.13 ?（与资金总额相符） ?。", page
    )


def test_of_several_tables_the_departments_own_is_first(client: Client, filing: Filing) -> None:
    first = text.write(lay_out(founding_document(), EDITION))
    answer = previewed(client, filing, {"text": first + "\n" + first.replace("中共衡东县委组织部", "县档案馆")})
    page = words(answer)
    assert "文件里有 2 张表，请在需要的一张下点击「采用」。" in page
    assert page.index("第 1 张：县档案馆") < page.index("第 2 张：中共衡东县委组织部")
    assert len(adoptable(answer)) == 2


def test_content_of_a_file_is_escaped(client: Client, filing: Filing) -> None:
    rows = workbook(
        (f"2022年部门整体支出绩效目标表{SCRIPT}",),
        (SCRIPT,),
        ("部门名称", f"县档案馆{SCRIPT}"),
        ("年度绩效目标", f"目标{SCRIPT}"),
        ("部门整体支出年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值及单位", SCRIPT),
        (None, "产出指标", "数量指标", f"指标{SCRIPT}", f"值{SCRIPT}", SCRIPT),
        (None, f"别的{SCRIPT}", f"别的{SCRIPT}", f"名称{SCRIPT}", "≥1"),
    )
    answer = previewed(client, filing, file(f"{SCRIPT}.xlsx", rows))
    page = html(answer)
    assert "<script>alert" not in page
    source, table = page.split('aria-label="识别结果"')
    for text_of_cell in ("县档案馆", "目标", "指标", "名称"):
        assert f"{text_of_cell}{ESCAPED}" in source.split('aria-label="原文件内容"')[1]
        assert f"{text_of_cell}{ESCAPED}" in table
    assert len(adoptable(answer)) == 1


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({}, "请先选择文件，或粘贴整张表。"),
        ({"text": " \n "}, "请先选择文件，或粘贴整张表。"),
        ({"text": "甲\t乙"}, "不是部门整体支出绩效目标表"),
        (file("a.txt", b""), "这个文件是空的。"),
        (file("a.png", PICTURE), "文件是图片，里面的字不能直接读。"),
        (file("a.xlsx", workbook(("甲", "乙"))), "不是部门整体支出绩效目标表"),
        (file("a.docx", b"PK\x03\x04" + bytes(100)), "请"),
        (file("a.txt", b"a" * (LARGEST_UPLOAD + 1)), "文件超过 20 MB。"),
        (file("a.json", b'{"schema":"1"}'), "文件是 JSON 数据，但不是本系统原样导出的表"),
    ],
    ids=["nothing", "blank", "no table", "empty", "picture", "another table", "broken", "too large", "another json"],
)
def test_unreadable_files_are_refused_on_the_page(
    client: Client, filing: Filing, sent: dict[str, Any], reason: str
) -> None:
    if "file" in sent:
        sent["file"].seek(0)
    before = stored(filing)
    answer = client.post(address(filing, "preview/"), sent)
    assert answer.status_code == 400
    (notice,) = re.findall(r'role="alert">(.*?)</div>', html(answer), re.DOTALL)
    assert reason in notice
    assert stored(filing) == before


def test_a_table_beyond_the_maximum_of_rows_cannot_be_adopted(client: Client, filing: Filing) -> None:
    filing.indicators.filter(name="").delete()
    answer = previewed(client, filing, pasted(with_indicators(299)))
    assert "已有 2 行，最多 300 行，不能再加 299 行。" in words(answer)
    assert adoptable(answer) == []
    document = canonical_json.dumps(with_indicators(299))
    refused = client.post(address(filing, "adopt/"), {"document": document}, follow=True)
    assert refused.redirect_chain == [(address(filing), 302)]
    assert "已有 2 行，最多 300 行，不能再加 299 行。" in words(refused)
    assert filing.edits.count() == 0


def test_oversized_texts_are_listed(client: Client, filing: Filing) -> None:
    long = founding_document().goal + "长" * 5000
    answer = previewed(client, filing, pasted(with_goal(long)))
    assert re.search(rf"有 1 处超过长度上限，不会导入： {long[:70]}\S+（{len(long)} / 5000）", words(answer))


def with_goal(goal: str) -> FilingDocument:
    data = canonical_json.dumps(founding_document()).replace(founding_document().goal, goal)
    return canonical_json.loads(data)


def test_an_altered_document_is_not_stored(client: Client, filing: Filing) -> None:
    (document,) = adoptable(previewed(client, filing, pasted(founding_document())))
    before = stored(filing)
    for typed in ({"document": document[:-2]}, {"document": ""}, {}, {"document": f"{document} "}):
        answer = client.post(address(filing, "adopt/"), typed, follow=True)
        assert answer.redirect_chain == [(address(filing), 302)]
        assert "预览的内容不完整，未导入。请重新选择文件。" in words(answer)
    assert stored(filing) == before


def test_a_submitted_table_cannot_be_changed(client: Client, county: County, filing: Filing) -> None:
    (document,) = adoptable(previewed(client, filing, pasted(founding_document())))
    step(Action.SUBMIT, filing, county.filler)
    before = stored(filing)
    assert client.get(address(filing), follow=True).redirect_chain == [(f"/filings/{filing.pk}/", 302)]
    answer = client.post(address(filing, "adopt/"), {"document": document}, follow=True)
    assert answer.redirect_chain[-1] == (f"/filings/{filing.pk}/", 302)
    assert "已经提交" in words(answer)
    assert stored(filing) == before


@pytest.mark.parametrize(("name", "status"), [("stranger", 404), ("head", 403), ("manager", 403)])
def test_other_users_cannot_import(county: County, client_of: ClientOf, filing: Filing, name: str, status: int) -> None:
    other = client_of(getattr(county, name))
    before = stored(filing)
    document = canonical_json.dumps(founding_document())
    assert other.get(address(filing)).status_code == status
    assert other.post(address(filing, "preview/"), pasted(founding_document())).status_code == status
    assert other.post(address(filing, "adopt/"), {"document": document}).status_code == status
    assert stored(filing) == before


@pytest.mark.parametrize("count", [1, 3, 290])
def test_the_number_of_queries_does_not_depend_on_the_rows(
    client: Client, filing: Filing, django_assert_num_queries: object, count: int
) -> None:
    with django_assert_num_queries(7):  # type: ignore[operator]
        previewed(client, filing, pasted(with_indicators(count)))
