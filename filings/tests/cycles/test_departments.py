"""Departments from a list: how each row is classified, the refusals, and what is stored."""

import pytest

from filings.choices import OfficeKind
from filings.cycles.departments import store
from filings.cycles.departments.comparison import DepartmentComparison, compare
from filings.cycles.departments.rows import read_departments
from filings.cycles.outcome import FieldChange, OutcomeKind
from filings.errors import StepRefused
from filings.formats.list_workbook import MOST_ROWS, InvalidWorkbook, read
from filings.models import Cycle, Department, Office
from filings.tests.county import County
from filings.tests.workbooks import Cells, with_results, workbook

HEAD: Cells = ("单位编码", "单位名称", "主管部门", "归口股室", "联系人", "联系电话", "涉密")


def compared(*rows: Cells, head: Cells = HEAD) -> DepartmentComparison:
    return compare(read_departments(read(workbook(head, *rows))))


def problems(*rows: Cells) -> dict[int, tuple[str, ...]]:
    """Return the problems of refused rows by row number."""
    return problems_of(workbook(HEAD, *rows))


def problems_of(data: bytes) -> dict[int, tuple[str, ...]]:
    outcomes = compare(read_departments(read(data))).outcomes
    return {item.row.number: item.row.problems for item in outcomes if item.kind == OutcomeKind.REFUSED}


def stored(*rows: Cells, enrol_in: Cycle | None = None, head: Cells = HEAD) -> tuple[int, int]:
    data = store.previewed(compared(*rows, head=head).outcomes)
    return store.store_departments(store.from_data(data), enrol_in=enrol_in)


def test_rows_are_new_changed_or_unchanged_and_others_are_listed(county: County) -> None:
    result = compared(
        (100, "县委办公室", None, "行政政法股"),
        (101, "县档案局", "100", "行政政法股", "王敏"),
        (300, "县统计局", "县委办公室", "行政政法股", None, None, "是"),
    )
    assert [(item.kind, item.changes) for item in result.outcomes] == [
        (OutcomeKind.SAME, ()),
        (
            OutcomeKind.CHANGED,
            (FieldChange("名称", "县档案馆", "县档案局"), FieldChange("联系人", "（空）", "王敏")),
        ),
        (OutcomeKind.NEW, ()),
    ]
    assert [department.code for department in result.absent] == ["200"]


def test_previewed_departments_are_stored_and_enrolled(county: County) -> None:
    new = ("300", "县统计局", "县档案局", "行政政法股", "张三", "8001", "是")
    assert stored(new, ("101", "县档案局"), enrol_in=county.cycle) == (1, 1)
    department = Department.objects.get(code="300")
    assert (department.name, department.supervisor, department.section) == (
        "县统计局", county.department, county.section,
    )  # fmt: skip
    assert (department.contact, department.telephone, department.withheld) == ("张三", "8001", True)
    assert department.initials == "xtjj"
    assert Department.objects.get(code="101").name == "县档案局"
    assert county.cycle.enrolments.filter(department=department).count() == 1


def test_columns_that_the_file_does_not_have_are_left_alone(county: County) -> None:
    assert stored((101, "县档案局"), head=("单位编码", "单位名称")) == (0, 1)
    department = Department.objects.get(code="101")
    assert (department.supervisor, department.section) == (county.supervising, county.section)


def test_blank_cells_leave_what_is_stored(county: County) -> None:
    Department.objects.filter(code="101").update(contact="王敏", telephone="8001", withheld=True)
    (outcome,) = compared((101, "县档案局", None, None, None, None, None)).outcomes
    assert outcome.changes == (FieldChange("名称", "县档案馆", "县档案局"),)
    assert stored((101, "县档案局", None, None, None, None, None)) == (0, 1)
    department = Department.objects.get(code="101")
    assert (department.supervisor, department.section) == (county.supervising, county.section)
    assert (department.contact, department.telephone, department.withheld) == ("王敏", "8001", True)


def test_a_full_width_code_is_stored_as_ascii(county: County) -> None:
    assert stored(("９９９－００５", "甲"), ("1", "乙", "９９９－００５")) == (2, 0)
    assert Department.objects.get(name="乙").supervisor == Department.objects.get(code="999-005")


def test_a_numeric_cell_is_the_same_code_as_its_text(county: County) -> None:
    assert [item.kind for item in compared((101.0, "县档案馆")).outcomes] == [OutcomeKind.SAME]


def test_stored_codes_and_names_stay_valid(county: County) -> None:
    Department.objects.create(code="１.0", name="😀单位")
    (outcome,) = compared(("１.0", "😀单位", None, None, "王敏")).outcomes
    assert (outcome.kind, outcome.changes) == (
        OutcomeKind.CHANGED,
        (FieldChange("联系人", "（空）", "王敏"),),
    )


def test_a_name_that_another_department_has_is_noticed(county: County) -> None:
    outcomes = compared(("1", "县档案馆"), ("2", "甲"), ("3", "甲"), ("101", "县档案馆")).outcomes
    assert [item.notice for item in outcomes] == [
        "请留意：已有同名单位，编码 101，请核对是否为同一单位。",
        "请留意：已有同名单位，编码 3，请核对是否为同一单位。",
        "请留意：已有同名单位，编码 2，请核对是否为同一单位。",
        "",
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ((None, "甲"), "没有填「单位编码」。"),
        (("1", None), "没有填「单位名称」。"),
        (("1" * 31, "甲"), "「单位编码」有 31 个字，最多 30 个。"),
        (("1", "甲" * 101), "「单位名称」有 101 个字，最多 100 个。"),
        (
            ("1", "😀单位"),
            "「单位名称」有 1 个字符无法打印：「😀」（U+1F600）。请换成通用的汉字或符号。",
        ),
        (("1", "+单位"), "「单位名称」不能以「+」开头，请改正。"),
        (("../../x", "甲"), "单位编码「../../x」只能用数字、字母和中间的短横线，请改正。"),
        (("101001.0", "甲"), "单位编码「101001.0」只能用数字、字母和中间的短横线，请改正。"),
        (("1", "甲", None, "农业股"), "没有「农业股」这个股室，请改正，或先在「股室」里新增。"),
        (("1", "甲", None, "绩效股"), "「绩效股」不是业务股室，不能归口。"),
        (("1", "甲", "县史志办"), "没有主管部门「县史志办」，请填它的单位编码或全称；新单位要先列在这份文件里。"),
        (("1", "甲", "甲"), "主管部门是本单位自己，请改正或留空。"),
        (("1", "甲", None, None, None, None, "也许"), "「涉密」一栏请填是或否，不能是「也许」。"),
    ],
)
def test_a_row_is_refused_with_its_reason(county: County, row: Cells, sentence: str) -> None:
    assert problems(row) == {2: (sentence,)}


def test_a_code_twice_is_refused_in_both_rows(county: County) -> None:
    assert problems(("1", "甲"), ("2", "乙"), ("1", "丙")) == {
        2: ("与第 4 行的编码「1」相同，请只留一行。",),
        4: ("与第 2 行的编码「1」相同，请只留一行。",),
    }


def test_an_ambiguous_supervisor_is_refused(county: County) -> None:
    assert problems(("1", "甲"), ("2", "甲"), ("3", "乙", "甲")) == {
        4: ("有 2 个单位都叫「甲」，主管部门请填单位编码。",)
    }


def test_a_row_without_a_code_refuses_only_itself(county: County) -> None:
    assert list(problems((300, "县统计局", None, "行政政法股"), (None, "县气象局", None, "行政政法股"))) == [3]


def test_supervisors_in_a_circle_are_refused_with_the_circle(county: County) -> None:
    assert problems(("100", "县委办公室", "300"), ("300", "县统计局", "101")) == {
        2: ("主管部门形成循环：县委办公室 → 县统计局 → 县档案馆 → 县委办公室，请改正其中一个。",),
        3: ("主管部门形成循环：县统计局 → 县档案馆 → 县委办公室 → 县统计局，请改正其中一个。",),
    }


def test_a_department_under_a_refused_new_one_is_refused(county: County) -> None:
    assert problems(("1", "甲", None, "农业股"), ("2", "乙", "1")) == {
        2: ("没有「农业股」这个股室，请改正，或先在「股室」里新增。",),
        3: ("主管部门在第 2 行，那一行不能导入，请先改正它。",),
    }


def test_a_refused_row_does_not_stop_the_others(county: County) -> None:
    assert stored(("1", "甲", None, "农业股"), ("2", "乙")) == (1, 0)
    assert not Department.objects.filter(code="1").exists()


def test_a_formula_gives_the_value_that_the_file_holds(county: County) -> None:
    data = workbook(HEAD, ("1", '=CONCATENATE("县","统计局")'))
    assert problems_of(with_results(data, "县统计局")) == {}
    assert problems_of(with_results(data, "")) == {2: ("没有填「单位名称」。",)}


def test_a_formula_without_a_result_is_refused_with_its_cell(county: County) -> None:
    with pytest.raises(InvalidWorkbook, match="单元格 B2 的公式没有计算结果"):
        read(workbook(HEAD, ("1", '=CONCATENATE("县","统计局")')))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("编号", "名字"), (1, "甲")], "未找到表头：第一行要有「单位编码」、「单位名称」几列"),
        ([HEAD], "的表头下面没有内容"),
        ([HEAD, *((number, "甲") for number in range(MOST_ROWS))], "超过 5000 行，未读取"),
    ],
)
def test_an_unusable_list_is_refused_as_a_whole(county: County, rows: list[Cells], reason: str) -> None:
    with pytest.raises(InvalidWorkbook, match=reason):
        read_departments(read(workbook(*rows)))


def test_nothing_is_stored_when_a_department_has_changed_since_the_preview(county: County) -> None:
    data = store.previewed(compared(("101", "县档案局"), ("300", "县统计局")).outcomes)
    Department.objects.filter(code="101").update(name="县档案馆（新）")
    with pytest.raises(StepRefused, match="预览之后「县档案局」（101）已有变化，未导入"):
        store.store_departments(store.from_data(data), enrol_in=None)
    assert not Department.objects.filter(code="300").exists()


def test_a_new_department_that_exists_by_now_is_not_overwritten(county: County) -> None:
    data = store.previewed(compared(("300", "县统计局")).outcomes)
    Department.objects.create(code="300", name="县水利局")
    with pytest.raises(StepRefused, match="已有变化"):
        store.store_departments(store.from_data(data), enrol_in=None)


def test_rows_are_stored_in_batches(county: County, django_assert_max_num_queries: object) -> None:
    Office.objects.create(name="农业股", kind=OfficeKind.SECTION)
    for first, count in ((1000, 3), (2000, 150)):
        rows = [(number, f"单位{number}", "100", "农业股") for number in range(first, first + count)]
        with django_assert_max_num_queries(15):  # type: ignore[operator]
            assert stored(*rows, enrol_in=county.cycle) == (count, 0)
