"""预算控制数: the preview of a workbook stores nothing, and a manager stores the previewed figures."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from filings import manager_group
from filings.models import ControlFigure, Department
from filings.tests.county import County
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.tests.workbooks import workbook

LIST = workbook(
    ("某县预算控制数", None, "单位：元"),
    ("单位编码", "单位名称", "控制数"),
    (101, "<b>档案馆</b>", 5_501_300),
    (200, "县教育局", "待定"),
    (999, "县史志办", 10),
    (None, "合计", 5_501_310),
)


def address(county: County, page: str = "") -> str:
    return f"/cycles/{county.cycle.pk}/controls/{page}"


def previewed(client: Client, county: County, content: bytes = LIST) -> str:
    answer = client.post(address(county, "preview/"), {"file": SimpleUploadedFile("控制数.xlsx", content)})
    assert answer.status_code == 200
    return html(answer)


def signed(page: str) -> str:
    (value,) = re.findall(r'name="figures" value="([^"]+)"', page)
    return str(value)


def test_the_preview_shows_the_rows_as_read_and_stores_nothing(county: County, client_of: ClientOf) -> None:
    client = client_of(county.manager)
    answer = client.post(address(county, "preview/"), {"file": SimpleUploadedFile("控制数.xlsx", LIST)})
    page = words(answer)
    assert "「控制数.xlsx」，工作表「控制数」，金额单位：元 新增 1 · 单位无法识别 1 · 金额无法识别 1 · 合计 1" in page
    assert "3 新增 101 县档案馆 文件里写作「<b>档案馆</b>」 5501300 550.13" in page
    assert "4 金额无法识别 不是金额 200 县教育局 待定 — 5" in page
    assert "5 单位无法识别 系统里没有这个单位 999 县史志办 10 — 6" in page
    assert "导入这 1 个单位的控制数" in page
    assert "<b>档案馆</b>" not in html(answer)
    assert not ControlFigure.objects.exists()


def test_previewed_figures_are_stored_and_listed(county: County, client_of: ClientOf) -> None:
    client = client_of(county.manager)
    figures = signed(previewed(client, county))
    answer = client.post(address(county, "adopt/"), {"figures": figures}, follow=True)
    assert "已导入 1 个单位的预算控制数。" in words(answer)
    assert "101 县档案馆 550.13 5501300元 manager甲" in words(answer)
    [figure] = ControlFigure.objects.all()
    assert (figure.department, figure.fen, figure.by) == (county.department, 550_130_000, county.manager)
    before_and_after = workbook(("单位编码", "控制数"), (101, 560))
    page = client.post(address(county, "preview/"), {"file": SimpleUploadedFile("控制数.xlsx", before_and_after)})
    assert "改动 101 县档案馆 560 550.13 → 560.00" in words(page)
    again = client.post(address(county, "adopt/"), {"figures": figures}, follow=True)
    assert "预览之后有 1 个单位的控制数已有变化" in words(again)
    assert ControlFigure.objects.get().fen == 550_130_000


def test_altered_figures_are_not_stored(county: County, client_of: ClientOf) -> None:
    client = client_of(county.manager)
    figures = signed(previewed(client, county))
    for typed in ({"figures": figures[:-2]}, {"figures": ""}, {}):
        assert "预览的内容不完整" in words(client.post(address(county, "adopt/"), typed, follow=True))
    for other in (county.filler, county.performance_reviewer):
        assert client_of(other).post(address(county, "adopt/"), {"figures": figures}).status_code == 403
    assert not ControlFigure.objects.exists()


def test_other_files_are_refused_on_the_page(county: County, client_of: ClientOf) -> None:
    client = client_of(county.manager)
    for file, reason in (
        (SimpleUploadedFile("a.xlsx", b"nonsense"), "这个文件不是 Excel 工作簿"),
        (SimpleUploadedFile("a.xlsx", b""), "这个文件是空的。"),
        (SimpleUploadedFile("a.xlsx", b"PK" * (3 * 1024 * 1024)), "文件超过 5 MB"),
        ("", "请先选择文件。"),
    ):
        answer = client.post(address(county, "preview/"), {"file": file})
        assert answer.status_code == 400
        assert reason in words(answer)


def test_nothing_to_import_has_no_button(county: County, client_of: ClientOf) -> None:
    page = previewed(client_of(county.manager), county, workbook(("单位编码", "控制数"), (999, 1)))
    assert "没有需要导入的内容。" in page
    assert "个单位的控制数</button>" not in page


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_number_of_queries_does_not_depend_on_the_figures(
    county: County, client_of: ClientOf, django_assert_num_queries: object, count: int
) -> None:
    made = Department.objects.bulk_create(
        Department(code=f"9{number}", name=f"单位{number}") for number in range(count)
    )
    ControlFigure.objects.bulk_create(
        ControlFigure(
            cycle=county.cycle, department=department, raw="5万元", fen=5_000_000, by=county.manager, at=timezone.now()
        )
        for department in made
    )
    client = client_of(county.manager)
    with django_assert_num_queries(11):  # type: ignore[operator]
        answer = client.get(address(county))
    assert f"现有控制数 {count} " in words(answer)
    assert f"合计 {count * 5}.00 万元" in words(answer)


def test_managers_have_links_on_the_overview_and_in_the_admin(county: County, client_of: ClientOf) -> None:
    link = f'href="{address(county)}"'
    assert link in html(client_of(county.manager).get("/filings/"))
    assert link not in html(client_of(county.performance_reviewer).get("/filings/"))
    manager_group.sync(county.manager)
    admin = client_of(county.manager)
    assert link in html(admin.get(reverse("admin:filings_cycle_change", args=[county.cycle.pk])))
    assert "先保存批次，再导入。" in words(admin.get(reverse("admin:filings_cycle_add")))
