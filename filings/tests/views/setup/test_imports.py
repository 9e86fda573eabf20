"""Pages of the imports of departments, users and seals: a preview stores nothing, and what was seen is stored."""

import base64
import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from filings.choices import Role
from filings.cycles.people import store
from filings.models import Department, Membership, User
from filings.tests.county import County, create_user
from filings.tests.cycles.test_seals import picture, zipped
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.tests.workbooks import workbook

DEPARTMENTS = workbook(
    ("单位编码", "单位名称", "主管部门"), (101, "县档案局", "100"), (300, "<b>县统计局</b>", None), (301, "甲", "999")
)
PEOPLE = workbook(
    ("用户名", "姓名", "单位或股室", "角色"),
    ("zs", "张三", "101", "填报人"),
    ("head", "head甲", "县教育局", "单位负责人"),
)


@pytest.fixture
def client(county: County, client_of: ClientOf) -> Client:
    """Log in the manager."""
    return client_of(county.manager)


def address(county: County, page: str) -> str:
    return f"/cycles/{county.cycle.pk}/setup/{page}"


def previewed(client: Client, county: County, step: str, content: bytes, name: str = "名单.xlsx") -> str:
    answer = client.post(address(county, f"{step}/preview/"), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200
    return html(answer)


def signed(page: str) -> str:
    (value,) = re.findall(r'name="preview" value="([^"]+)"', page)
    return str(value)


def test_the_preview_of_departments_shows_the_differences_and_stores_nothing(county: County, client: Client) -> None:
    file = SimpleUploadedFile("名单.xlsx", DEPARTMENTS)
    answer = client.post(address(county, "departments/preview/"), {"file": file})
    page = words(answer)
    assert "「名单.xlsx」： 新增 1 · 改动 1 · 不能导入 1" in page
    assert "2 改动 101 县档案局 名称 县档案馆 → 县档案局" in page
    assert "4 不能导入 301 甲 没有主管部门「999」" in page
    assert "系统中有、文件中没有的单位 2，不变 100 县委办公室；" in page
    assert "<b>县统计局" not in html(answer)
    assert Department.objects.count() == 3


def test_previewed_departments_are_stored_once(county: County, client: Client) -> None:
    preview = signed(previewed(client, county, "departments", DEPARTMENTS))
    page = words(client.post(address(county, "departments/adopt/"), {"preview": preview, "enrol": "on"}, follow=True))
    assert "已导入：新增 1 个单位，改动 1 个，名单上现有 4 个单位。" in page
    assert Department.objects.get(code="101").name == "县档案局"
    again = client.post(address(county, "departments/adopt/"), {"preview": preview}, follow=True)
    assert "已有变化，未导入" in words(again)


def test_altered_or_missing_previews_are_refused(county: County, client: Client, client_of: ClientOf) -> None:
    preview = signed(previewed(client, county, "departments", DEPARTMENTS))
    for typed in ({"preview": preview[:-2]}, {}):
        assert "预览的内容不完整" in words(client.post(address(county, "departments/adopt/"), typed, follow=True))
    # Signed for another purpose and another manager.
    assert "预览的内容不完整" in words(
        client.post(address(county, "people/adopt/"), {"preview": preview, "ready": "on"}, follow=True)
    )
    other = client_of(create_user("other", Role.MANAGER, county.performance))
    assert "预览的内容不完整" in words(
        other.post(address(county, "departments/adopt/"), {"preview": preview}, follow=True)
    )
    assert Department.objects.count() == 3


@pytest.mark.parametrize("step", ["departments", "people"])
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"nonsense", "这个文件不是 Excel 工作簿"),
        (b"", "这个文件是空的。"),
        (workbook(("编号",), (1,)), "未找到表头"),
        (b"PK" * (3 * 1024 * 1024), "文件超过 5 MB"),
    ],
)
def test_unusable_files_are_refused_on_the_page(
    county: County, client: Client, step: str, content: bytes, reason: str
) -> None:
    file = SimpleUploadedFile("a.xlsx", content)
    answer = client.post(address(county, f"{step}/preview/"), {"file": file})
    assert answer.status_code == 400
    assert reason in words(answer)


def test_too_many_new_users_are_refused_on_the_page(
    county: County, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_NEW_USERS", 1)
    rows = (("a", "甲", "101", "填报人"), ("b", "乙", "101", "查看人"))
    file = SimpleUploadedFile("people.xlsx", workbook(("用户名", "姓名", "单位", "角色"), *rows))
    answer = client.post(address(county, "people/preview/"), {"file": file})
    assert answer.status_code == 400
    assert "名单里有 2 个新用户，一次最多新增 1 人。" in words(answer)


def test_the_list_is_ticked_and_refusals_name_the_department(county: County, client: Client) -> None:
    county.filled()
    page = html(client.get(address(county, "departments/")))
    (stamp,) = re.findall(r'name="stamp" value="([^"]*)"', page)
    listed = list(Department.objects.values_list("pk", flat=True))
    kept = {"stamp": stamp, "listed": listed, "departments": [county.department.pk, county.supervising.pk]}
    assert "去掉 1 个" in words(client.post(address(county, "departments/enrol/"), kept, follow=True))
    page = html(client.get(address(county, "departments/")))
    (stamp,) = re.findall(r'name="stamp" value="([^"]*)"', page)
    refused = client.post(address(county, "departments/enrol/"), {"stamp": stamp, "listed": listed})
    assert "「县档案馆」已有申报表（填报中），不能从名单中去掉。名单没有改动。" in words(refused)
    assert "checked" not in html(refused)
    outdated = client.post(address(county, "departments/enrol/"), kept | {"departments": [2**40]}, follow=True)
    assert "有单位已被删去" in words(outdated)


def test_each_page_of_the_list_saves_its_own_ticks(county: County, client: Client) -> None:
    made = [Department(code=f"3{number:02}", name=f"县{number}所") for number in range(60)]
    county.cycle.enrolments.create(department=Department.objects.bulk_create(made)[59])
    page = html(client.get(address(county, "departments/")))
    assert "第 1 页，共 2 页" in page
    assert "县59所" not in page
    (stamp,) = re.findall(r'name="stamp" value="([^"]*)"', page)
    listed = re.findall(r'name="listed" value="([^"]*)"', page)
    ticked = [str(county.department.pk), str(made[0].pk)]
    typed = {"stamp": stamp, "listed": listed, "departments": ticked, "goto": "2"}
    turned = client.post(address(county, "departments/enrol/") + "?page=1", typed, follow=True)
    assert turned.redirect_chain == [(address(county, "departments/") + "?page=2", 302)]
    assert "名单已保存：增加 1 个单位，去掉 2 个。" in words(turned)
    assert sorted(county.cycle.enrolments.values_list("department__code", flat=True)) == ["101", "300", "359"]
    assert "县59所" in html(turned)
    found = words(client.get(address(county, "departments/") + "?q=359"))
    assert "已列入 3 个，找到 1 个" in found


def test_long_lists_are_searched_and_shown_page_by_page(county: County, client: Client) -> None:
    for number in range(60):
        department = Department.objects.create(code=f"3{number:02}", name=f"县{number}所")
        county.cycle.enrolments.create(department=department)
        figure = {"raw": "1万元", "fen": 1_000_000, "by": county.manager, "at": timezone.now()}
        county.cycle.control_figures.create(department=department, **figure)
    for page in (f"/cycles/{county.cycle.pk}/controls/", address(county, "people/")):
        assert "县59所" not in html(client.get(page))
        assert "县59所" in html(client.get(f"{page}?page=2"))
        assert "县59所" in html(client.get(f"{page}?q=359"))
        assert "没有这样的单位" in words(client.get(f"{page}?q=nothing"))
    assert "全部单位合计 60.00 万元" in words(client.get(f"/cycles/{county.cycle.pk}/controls/?page=2"))


def sheet_of(content: bytes) -> list[tuple[object, ...]]:
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_the_present_lists_can_be_downloaded_and_imported_unchanged(county: County, client: Client) -> None:
    Department.objects.filter(code="200").update(name="=1+1")
    departments = client.get(address(county, "departments/file/")).content
    assert sheet_of(departments)[3][:3] == ("200", "=1+1", None)
    assert "不变 3" in words_of(previewed(client, county, "departments", departments))
    people = client.get(address(county, "people/file/")).content
    assert "不变 8" in words_of(previewed(client, county, "people", people))


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_first_passwords_are_shown_once(county: County, client: Client) -> None:
    page = previewed(client, county, "people", PEOPLE)
    assert "该表仅显示一次" in page
    preview = signed(page)
    asked = client.post(address(county, "people/adopt/"), {"preview": preview}, follow=True)
    assert "未导入：请先勾选" in words(asked)
    assert not User.objects.filter(username="zs").exists()
    answer = client.post(address(county, "people/adopt/"), {"preview": preview, "ready": "on"})
    assert "no-store" in answer["Cache-Control"]
    (password,) = re.findall(r'class="password">([^<]+)<', html(answer))
    assert User.objects.get(username="zs").check_password(password)
    (file,) = re.findall(r'href="data:[^,]+,([^"]+)"', html(answer))
    assert sheet_of(base64.b64decode(file)) == [
        ("单位或股室", "姓名", "用户名", "首次密码"),
        ("县档案馆", "张三", "zs", password),
    ]
    again = client.post(address(county, "people/adopt/"), {"preview": preview, "ready": "on"}, follow=True)
    assert "已有变化，未导入" in words(again)
    assert password not in html(again)


def test_a_role_is_taken_away_after_a_question(county: County, client: Client) -> None:
    membership = Membership.objects.get(user=county.observer)
    question = client.get(address(county, f"people/{membership.pk}/"))
    assert "取消「observer甲」（observer）在「县档案馆」的 查看人 角色？" in words(question)
    page = words(client.post(address(county, f"people/{membership.pk}/remove/"), follow=True))
    assert "已取消「observer甲」在「县档案馆」的查看人角色。" in page
    last = Membership.objects.get(user=county.manager)
    refused = client.post(address(county, f"people/{last.pk}/remove/"))
    assert refused.status_code == 409
    assert "「manager甲」是唯一的管理员" in words(refused)


def test_missing_users_are_named(county: County, client: Client) -> None:
    Membership.objects.filter(user=county.head).delete()
    assert "请留意 「县档案馆」没有单位负责人，无法审签。" in words(client.get(address(county, "people/")))


def test_seals_are_previewed_and_stored(county: County, client: Client) -> None:
    archive = zipped({"101.png": picture(), "999.png": picture()})
    page = previewed(client, county, "seals", archive, "印章.zip")
    assert "新增 1 · 不能导入 1" in words_of(page)
    assert page.count('<img class="seal-thumbnail" src="data:image/png;base64,') == 1
    assert not Department.objects.get(code="101").seal
    stored = client.post(address(county, "seals/adopt/"), {"preview": signed(page)}, follow=True)
    assert "已存 1 个单位的印章" in words(stored)
    assert Department.objects.get(code="101").seal
    refused = client.post(address(county, "seals/preview/"), {"file": SimpleUploadedFile("a.zip", b"no zip")})
    assert "这个文件不是 zip 压缩包" in words(refused)


@pytest.mark.parametrize(("page", "queries"), [("departments/", 11), ("people/", 12), ("start/", 18)])
def test_the_number_of_queries_does_not_depend_on_the_departments(
    county: County, client: Client, django_assert_num_queries: object, page: str, queries: int
) -> None:
    for first in (400, 500):
        made = [Department(code=str(first + number), name=f"单位{first + number}") for number in range(40)]
        for department in Department.objects.bulk_create(made):
            county.cycle.enrolments.create(department=department)
            create_user(f"u{department.code}", Role.FILLER, department)
        with django_assert_num_queries(queries):  # type: ignore[operator]
            client.get(address(county, page))
