"""Users from a list: how each row is classified, the refusals, first passwords, and the last manager."""

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from filings import manager_group
from filings.choices import Role
from filings.cycles import closing
from filings.cycles.outcome import FieldChange, OutcomeKind
from filings.cycles.people import roles, store
from filings.cycles.people.comparison import StaffOutcome, compare
from filings.cycles.people.first_passwords import ITERATIONS, FirstPassword
from filings.cycles.people.rows import read_people
from filings.errors import StepRefused
from filings.formats.list_workbook import InvalidWorkbook, read
from filings.lifecycle import claims
from filings.models import Department, Membership, User
from filings.tests.county import County, add_membership
from filings.tests.workbooks import Cells, workbook

HEAD: Cells = ("用户名", "姓名", "单位或股室", "角色", "电话", "邮箱")


def compared(*rows: Cells) -> tuple[StaffOutcome, ...]:
    return compare(read_people(read(workbook(HEAD, *rows))))


def problems(*rows: Cells) -> dict[int, tuple[str, ...]]:
    return {item.row.number: item.row.problems for item in compared(*rows) if item.kind == OutcomeKind.REFUSED}


def stored(*rows: Cells) -> list[FirstPassword]:
    return store.store_people(store.from_data(store.previewed(compared(*rows))))


def test_rows_are_new_changed_or_unchanged(county: County) -> None:
    outcomes = compared(
        ("zhang", "张三", "101", "填报人", "8001", "z@example.cn"),
        ("filler", "王敏", "县档案馆", "填报人"),
        ("head", "head甲", "县教育局", "单位负责人"),
        ("observer", "observer甲", "101", "查看人"),
    )
    assert [(item.kind, item.changes, item.has_role) for item in outcomes] == [
        (OutcomeKind.NEW, (), False),
        (OutcomeKind.CHANGED, (FieldChange("姓名", "filler甲", "王敏"),), True),
        (OutcomeKind.CHANGED, (), False),
        (OutcomeKind.SAME, (), True),
    ]


def test_blank_cells_leave_what_is_stored(county: County) -> None:
    User.objects.filter(username="filler").update(telephone="8001", email="w@example.cn")
    (outcome,) = compared(("filler", "王敏", "县档案馆", "填报人", None, None))
    assert outcome.changes == (FieldChange("姓名", "filler甲", "王敏"),)
    stored(("filler", "王敏", "县档案馆", "填报人", None, None))
    user = User.objects.get(username="filler")
    assert (user.name, user.telephone, user.email) == ("王敏", "8001", "w@example.cn")


def test_new_users_get_a_first_password_and_existing_users_keep_theirs(county: County) -> None:
    county.filler.set_password("unchanged-1")
    county.filler.save()
    sheet = stored(
        ("zhang", "张三", "101", "填报人"), ("zhang", "张三", "200", "填报人"), ("filler", "王敏", "101", "填报人")
    )
    assert [(item.place, item.name, item.username) for item in sheet] == [("县档案馆", "张三", "zhang")]
    assert re.fullmatch(r"[2-9a-hjkmnp-z]{4}(-[2-9a-hjkmnp-z]{4}){2}", sheet[0].password)
    new = User.objects.get(username="zhang")
    assert check_password(sheet[0].password, new.password)
    assert new.must_change_password
    assert sheet[0].password not in new.password
    assert set(new.memberships.values_list("role", "department__code")) == {("filler", "101"), ("filler", "200")}
    kept = User.objects.get(username="filler")
    assert (kept.name, kept.check_password("unchanged-1"), kept.must_change_password) == ("王敏", True, False)


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"])
def test_a_first_password_is_hashed_with_the_usual_number_of_iterations_at_login(county: County) -> None:
    (item,) = stored(("zhang", "张三", "101", "填报人"))
    assert User.objects.get(username="zhang").password.split("$")[1] == str(ITERATIONS)
    assert Client().login(username="zhang", password=item.password)
    assert User.objects.get(username="zhang").password.split("$")[1] == str(PBKDF2PasswordHasher.iterations)


def test_first_passwords_differ(county: County) -> None:
    sheet = stored(*((f"u{number}", f"人{number}", "101", "填报人") for number in range(20)))
    assert len({item.password for item in sheet}) == 20


def test_a_new_manager_is_staff(county: County) -> None:
    stored(("li", "李四", "财政局", "管理员"))
    assert User.objects.get(username="li").is_staff


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ((None, "张三", "101", "填报人"), "没有填「用户名」。"),
        (("z s", "张三", "101", "填报人"), "用户名只能用文字、数字和 @ . + - _，中间不能有空格。"),
        (("zs", "张三", "101", "局长"), "没有「局长」这个角色，请从填报人、单位负责人、审核人、管理员、查看人中选填。"),
        (("zs", "张三", "999", "填报人"), "没有「999」这个单位或股室，请改正，或先导入单位。"),
        (("zs", "张三", "行政政法股", "填报人"), "填报人要属于一个单位，「行政政法股」是股室。"),
        (("zs", "张三", "县档案馆", "管理员"), "管理员要属于一个股室，「县档案馆」是单位。"),
        (("zs", "张三", "财政局", "审核人"), "「财政局」不是业务股室或绩效股，不能任审核人。"),
        (
            ("zs", "张😀", "101", "填报人"),
            "「姓名」有 1 个字符无法打印：「😀」（U+1F600）。请换成通用的汉字或符号。",
        ),
        (("zs", "@张三", "101", "填报人"), "「姓名」不能以「@」开头，请改正。"),
        (("zs", "张" * 51, "101", "填报人"), "「姓名」有 51 个字，最多 50 个。"),
        (("zs", "张三", "101", "填报人", None, "不是邮箱"), "「不是邮箱」不是邮箱地址。"),
        (("Filler", "张三", "101", "填报人"), "已有用户名「filler」，只是大小写不同，请照它写或另取一个。"),
    ],
)
def test_a_row_is_refused_with_its_reason(county: County, row: Cells, sentence: str) -> None:
    assert problems(row) == {2: (sentence,)}


def test_the_same_user_name_with_other_data_is_refused_in_both_rows(county: County) -> None:
    found = problems(("zs", "张三", "101", "填报人"), ("zs", "张珊", "200", "填报人"))
    assert found == {
        2: ("用户名「zs」在第 3 行也有，姓名、电话或邮箱不同；一人一个用户名，请改成一致。",),
        3: ("用户名「zs」在第 2 行也有，姓名、电话或邮箱不同；一人一个用户名，请改成一致。",),
    }


def test_the_same_name_twice_in_a_department_is_refused(county: County) -> None:
    found = problems(("zs1", "张三", "101", "填报人"), ("zs2", "张三", "县档案馆", "单位负责人"))
    assert [sentence.split("；")[0] for (sentence,) in found.values()] == [
        "「张三」在同一处的第 3 行也有，用户名不同",
        "「张三」在同一处的第 2 行也有，用户名不同",
    ]


def test_rows_without_a_user_name_or_a_name_are_not_the_same_user(county: County) -> None:
    rows = (
        ("", "张三", "101", "填报人"),
        ("", "李四", "101", "填报人"),
        ("ww", "", "101", "查看人"),
        ("zl", "", "101", "查看人"),
    )
    assert problems(*rows) == {
        2: ("没有填「用户名」。",),
        3: ("没有填「用户名」。",),
        4: ("没有填「姓名」。",),
        5: ("没有填「姓名」。",),
    }


def test_a_repeated_row_is_refused(county: County) -> None:
    row = ("zs", "张三", "101", "填报人")
    assert problems(row, row) == {
        2: ("与第 3 行完全重复，请只留一行。",),
        3: ("与第 2 行完全重复，请只留一行。",),
    }


def test_two_departments_of_one_name_need_the_code(county: County) -> None:
    Department.objects.create(code="201", name="县教育局")
    assert problems(("zs", "张三", "县教育局", "填报人")) == {2: ("有 2 个单位都叫「县教育局」，请填单位编码。",)}


def test_disabled_and_system_accounts_are_not_changed_by_a_list(county: County) -> None:
    User.objects.filter(username="observer").update(is_active=False)
    User.objects.create(username="root", name="系统", is_superuser=True)
    found = problems(("observer", "甲", "101", "查看人"), ("root", "乙", "101", "填报人"))
    assert found == {
        2: ("「observer」已停用；要恢复，请在「管理」里启用后再导入。",),
        3: ("「root」是系统维护账号，不能由名单改动。",),
    }


def test_nothing_is_stored_when_a_user_has_changed_since_the_preview(county: County) -> None:
    data = store.previewed(compared(("filler", "王敏", "101", "填报人"), ("zs", "张三", "101", "填报人")))
    User.objects.filter(username="filler").update(name="周丽")
    with pytest.raises(StepRefused, match="预览之后「王敏」（filler）已有变化，未导入"):
        store.store_people(store.from_data(data))
    assert not User.objects.filter(username="zs").exists()


def new_rows(count: int, prefix: str = "new") -> list[Cells]:
    return [(f"{prefix}{number}", f"{prefix}{number}", "101", "填报人") for number in range(count)]


def test_passwords_are_hashed_before_the_transaction(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = len(connection.savepoint_ids)
    depths: list[int] = []

    def record_depth(_password: str) -> str:
        depths.append(len(connection.savepoint_ids))
        return "hash"

    monkeypatch.setattr(store, "hashed", record_depth)
    stored(*new_rows(2))
    assert depths == [outside, outside]


@pytest.mark.parametrize("count", [2, 60])
def test_the_queries_do_not_depend_on_the_users(
    county: County, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stored(*new_rows(count, "old"))
    changed = [(name, f"{name}改", "200", role) for name, _, _, role in new_rows(count, "old")]
    rows = store.from_data(store.previewed(compared(*new_rows(count), *changed)))
    with django_assert_num_queries(12):
        store.store_people(rows)
    assert User.objects.filter(username__startswith="old", name__endswith="改").count() == count
    assert Membership.objects.filter(user__username__startswith="old").count() == 2 * count


def test_too_many_new_users_are_refused_with_their_number(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_NEW_USERS", 2)
    assert len(stored(*new_rows(2), ("filler", "王敏", "101", "填报人"))) == 2
    with pytest.raises(InvalidWorkbook) as refused:
        stored(*new_rows(5, "more"))
    assert str(refused.value) == "名单里有 5 个新用户，一次最多新增 2 人。请分成 3 份名单，逐份导入。"


def test_the_last_manager_role_cannot_be_taken_away(county: County) -> None:
    membership = Membership.objects.get(role=Role.MANAGER)
    with pytest.raises(StepRefused, match="「manager甲」是唯一的管理员"):
        roles.take_away(membership)
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_a_manager_role_can_be_taken_away_while_another_is_active(county: County) -> None:
    other = add_membership(county.filler, Role.MANAGER, county.performance)
    User.objects.filter(pk=county.filler.pk).update(is_active=False)
    with pytest.raises(StepRefused, match="唯一的管理员"):
        roles.take_away(Membership.objects.get(user=county.manager))
    User.objects.filter(pk=county.filler.pk).update(is_active=True)
    assert roles.take_away(other) == "已取消「filler甲」在「绩效股」的管理员角色。"
    assert not User.objects.get(pk=county.filler.pk).is_staff


def test_two_roles_of_the_only_manager_are_not_both_taken_away_at_once(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other role goes while this request waits for the lock."""
    membership = Membership.objects.get(user=county.manager)
    other = add_membership(county.manager, Role.MANAGER, county.performance)
    is_last_manager = manager_group.is_last_manager

    def wait_for_the_lock(user: User) -> bool:
        other.delete()
        return is_last_manager(user)

    monkeypatch.setattr(manager_group, "is_last_manager", wait_for_the_lock)
    with pytest.raises(StepRefused, match="唯一的管理员"):
        roles.take_away(membership)


def test_a_reviewer_hands_over_claims_first(county: County) -> None:
    claims.claim(county.in_review(), by=county.supervisor_reviewer)
    membership = Membership.objects.get(user=county.supervisor_reviewer)
    with pytest.raises(StepRefused, match="认领了 1 份审核中的申报表。请先在审核列表移交"):
        roles.take_away(membership)
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_claims_in_a_closed_cycle_keep_no_role(county: County) -> None:
    claims.claim(county.in_review(), by=county.supervisor_reviewer)
    closing.close(county.cycle, by=county.manager, now=timezone.now())
    roles.take_away(Membership.objects.get(user=county.supervisor_reviewer))
    assert not Membership.objects.filter(user=county.supervisor_reviewer).exists()


def test_a_username_taken_meanwhile_is_refused(county: County) -> None:
    taken: list[User] = []

    def take_before_insert(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "INSERT" in sql and User._meta.db_table in sql and not taken:
            taken.append(User(username="zhang", name="张先"))
            taken[0].save()
        return execute(sql, params, many, context)

    rows = store.from_data(store.previewed(compared(("zhang", "张三", "101", "填报人"))))
    with (
        connection.execute_wrapper(take_before_insert),
        pytest.raises(StepRefused, match="有的用户名或角色已有变化"),
    ):
        store.store_people(rows)
    assert taken
    assert not User.objects.filter(name="张三").exists()
