"""What each row of a list would do to the figures of a cycle, and what of it is stored."""

import pytest
from django.core import signing
from django.utils import timezone

from filings.controls import adopting, comparison
from filings.controls.adopting import ShownFigure
from filings.controls.comparison import RowKind
from filings.errors import StepRefused
from filings.models import ControlFigure, Cycle, Department
from filings.tests.controls.lists import HEAD, found
from filings.tests.county import County, found_county
from filings.tests.workbooks import Cells


@pytest.fixture
def county(db: None) -> County:
    return found_county()


def stored(cycle: Cycle) -> dict[str, tuple[str, int, str]]:
    figures = ControlFigure.objects.filter(cycle=cycle).select_related("department", "by")
    return {one.department.code: (one.raw, one.fen, one.by.username) for one in figures}


def told(county: County, *rows: Cells) -> list[tuple[str, str, str]]:
    outcomes = comparison.compare(found(HEAD, *rows), county.cycle)
    return [
        (outcome.kind.value, outcome.department.code if outcome.department else "", outcome.reason)
        for outcome in outcomes
    ]


def control(county: County, department: Department, wan: int) -> None:
    county.cycle.control_figures.create(
        department=department, raw=f"{wan}万元", fen=wan * 1_000_000, by=county.performance_reviewer, at=timezone.now()
    )


def test_each_row_is_told_what_becomes_of_it(county: County) -> None:
    control(county, county.supervising, 90)
    control(county, county.department, 80)
    rows: list[Cells] = [
        (100, "县委办公室", 90),
        (101, "", "80.5"),
        ("", "县教育局", 70),
        (999, "县史志办", 10),
        ("", "", 3),
        ("", "合计", 250),
    ]
    assert told(county, *rows) == [
        ("same", "100", ""),
        ("changed", "101", ""),
        ("new", "200", ""),
        ("unknown", "", "系统里没有这个单位"),
        ("unknown", "", "系统里没有这个单位"),
        ("total", "", "合计行，不导入"),
    ]


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        ("约80", "不是金额"),
        ("-80", "金额小于零"),
        ("80.0000001", "金额精确到分以下"),
        ("9" * 30, "金额太大"),
        (None, "没有金额"),
        ("80" + "万" * 200, "不是金额"),
    ],
)
def test_an_amount_that_cannot_be_read_is_not_adopted(county: County, amount: str | None, reason: str) -> None:
    assert told(county, (101, "县档案馆", amount)) == [("unreadable", "101", reason)]


def test_a_department_that_stands_there_twice_is_not_adopted(county: County) -> None:
    assert told(county, (101, "", 80), (200, "", 70), ("", "县档案馆", 80)) == [
        ("twice", "101", "文件里有 2 行，请只留一行"),
        ("new", "200", ""),
        ("twice", "101", "文件里有 2 行，请只留一行"),
    ]


def test_a_code_counts_before_a_name_and_a_name_of_several_counts_for_none(county: County) -> None:
    Department.objects.create(code="201", name="县教育局")
    assert told(county, (101, "县教育局", 80), ("", "县教育局", 70)) == [
        ("new", "101", ""),
        ("unknown", "", "有几个单位同名，请填单位编码"),
    ]


def test_rows_are_counted_by_kind(county: County) -> None:
    outcomes = comparison.compare(found(HEAD, (101, "", 80), (999, "", 1), (998, "", 1)), county.cycle)
    assert comparison.counts(outcomes) == {**dict.fromkeys(RowKind, 0), RowKind.NEW: 1, RowKind.UNKNOWN: 2}


def shown(county: County, *rows: Cells) -> tuple[ShownFigure, ...]:
    return adopting.shown(comparison.compare(found(HEAD, *rows), county.cycle))


def test_what_was_shown_is_stored_and_other_departments_keep_theirs(county: County) -> None:
    control(county, county.supervising, 90)
    control(county, county.department, 80)
    figures = shown(county, (101, "", "80.5"), (200, "", "700,000元"), (999, "", 1))
    assert stored(county.cycle)["101"] == ("80万元", 80_000_000, "performance_reviewer")
    assert adopting.adopt(county.cycle, figures, by=county.manager, at=timezone.now()) == 2
    assert stored(county.cycle) == {
        "100": ("90万元", 90_000_000, "performance_reviewer"),
        "101": ("80.5万元", 80_500_000, "manager"),
        "200": ("700,000元", 70_000_000, "manager"),
    }


def test_what_has_changed_since_it_was_shown_is_not_stored(county: County) -> None:
    figures = shown(county, (101, "", 80), (200, "", 70))
    control(county, county.department, 85)
    with pytest.raises(StepRefused, match="有 1 个单位的控制数已经变了"):
        adopting.adopt(county.cycle, figures, by=county.manager, at=timezone.now())
    assert list(stored(county.cycle)) == ["101"]


def test_a_department_that_is_gone_is_not_stored(county: County) -> None:
    gone = Department.objects.create(code="300", name="县史志办")
    figures = shown(county, (300, "", 80), (200, "", 70))
    gone.delete()
    with pytest.raises(StepRefused, match="有 1 个单位的控制数已经变了"):
        adopting.adopt(county.cycle, figures, by=county.manager, at=timezone.now())
    assert stored(county.cycle) == {}


def test_what_is_sealed_comes_back_for_the_same_cycle_and_person_alone(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = shown(county, (101, "", 80), (200, "", 70))
    sealed = adopting.sealed(figures, county.cycle, county.manager)
    assert adopting.unsealed(sealed, county.cycle, county.manager) == figures
    other = Cycle(pk=county.cycle.pk + 1)
    for text, cycle, person in (
        (sealed, county.cycle, county.filler),
        (sealed, other, county.manager),
        (sealed[:-1], county.cycle, county.manager),
        (signing.dumps([]), county.cycle, county.manager),
        ("", county.cycle, county.manager),
    ):
        with pytest.raises(StepRefused, match="预览的内容不完整"):
            adopting.unsealed(text, cycle, person)
    monkeypatch.setattr(adopting, "MAX_AGE", -1)
    with pytest.raises(StepRefused, match="过了一小时"):
        adopting.unsealed(sealed, county.cycle, county.manager)
