"""Comparing a list with the control figures of a cycle, and storing the previewed figures."""

import pytest
from django.core import signing
from django.utils import timezone

from filings.controls import comparison, store
from filings.controls.comparison import RowKind
from filings.controls.store import PreviewedFigure
from filings.errors import StepRefused
from filings.models import ControlFigure, Cycle, Department
from filings.tests.controls.lists import HEAD, read_list
from filings.tests.county import County, found_county
from filings.tests.workbooks import Cells


@pytest.fixture
def county(db: None) -> County:
    return found_county()


def stored(cycle: Cycle) -> dict[str, tuple[str, int, str]]:
    figures = ControlFigure.objects.filter(cycle=cycle).select_related("department", "by")
    return {figure.department.code: (figure.raw, figure.fen, figure.by.username) for figure in figures}


def outcomes_of(county: County, *rows: Cells) -> list[tuple[str, str, str]]:
    outcomes = comparison.compare(read_list(HEAD, *rows), county.cycle)
    return [
        (outcome.kind.value, outcome.department.code if outcome.department else "", outcome.reason)
        for outcome in outcomes
    ]


def control(county: County, department: Department, wan: int) -> None:
    county.cycle.control_figures.create(
        department=department, raw=f"{wan}万元", fen=wan * 1_000_000, by=county.performance_reviewer, at=timezone.now()
    )


def test_each_row_has_an_outcome(county: County) -> None:
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
    assert outcomes_of(county, *rows) == [
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
def test_an_unreadable_amount_is_not_stored(county: County, amount: str | None, reason: str) -> None:
    assert outcomes_of(county, (101, "县档案馆", amount)) == [("unreadable", "101", reason)]


def test_a_department_with_two_rows_is_not_stored(county: County) -> None:
    assert outcomes_of(county, (101, "", 80), (200, "", 70), ("", "县档案馆", 80)) == [
        ("twice", "101", "文件里有 2 行，请只留一行"),
        ("new", "200", ""),
        ("twice", "101", "文件里有 2 行，请只留一行"),
    ]


def test_a_code_takes_precedence_and_an_ambiguous_name_is_unknown(county: County) -> None:
    Department.objects.create(code="201", name="县教育局")
    assert outcomes_of(county, (101, "县教育局", 80), ("", "县教育局", 70)) == [
        ("new", "101", ""),
        ("unknown", "", "有几个单位同名，请填单位编码"),
    ]


def test_rows_are_counted_by_kind(county: County) -> None:
    outcomes = comparison.compare(read_list(HEAD, (101, "", 80), (999, "", 1), (998, "", 1)), county.cycle)
    assert comparison.counts(outcomes) == {**dict.fromkeys(RowKind, 0), RowKind.NEW: 1, RowKind.UNKNOWN: 2}


def previewed(county: County, *rows: Cells) -> tuple[PreviewedFigure, ...]:
    return store.previewed_figures(comparison.compare(read_list(HEAD, *rows), county.cycle))


def test_previewed_figures_are_stored_and_other_departments_keep_theirs(county: County) -> None:
    control(county, county.supervising, 90)
    control(county, county.department, 80)
    figures = previewed(county, (101, "", "80.5"), (200, "", "700,000元"), (999, "", 1))
    assert stored(county.cycle)["101"] == ("80万元", 80_000_000, "performance_reviewer")
    assert store.store_figures(county.cycle, figures, by=county.manager, now=timezone.now()) == 2
    assert stored(county.cycle) == {
        "100": ("90万元", 90_000_000, "performance_reviewer"),
        "101": ("80.5万元", 80_500_000, "manager"),
        "200": ("700,000元", 70_000_000, "manager"),
    }


def test_figures_changed_since_the_preview_are_not_stored(county: County) -> None:
    figures = previewed(county, (101, "", 80), (200, "", 70))
    control(county, county.department, 85)
    with pytest.raises(StepRefused, match="有 1 个单位的控制数已有变化"):
        store.store_figures(county.cycle, figures, by=county.manager, now=timezone.now())
    assert list(stored(county.cycle)) == ["101"]


def test_a_deleted_department_is_not_stored(county: County) -> None:
    gone = Department.objects.create(code="300", name="县史志办")
    figures = previewed(county, (300, "", 80), (200, "", 70))
    gone.delete()
    with pytest.raises(StepRefused, match="有 1 个单位的控制数已有变化"):
        store.store_figures(county.cycle, figures, by=county.manager, now=timezone.now())
    assert stored(county.cycle) == {}


def test_signed_figures_are_valid_for_their_cycle_and_user_only(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = previewed(county, (101, "", 80), (200, "", 70))
    signed = store.sign(figures, county.cycle, county.manager)
    assert store.unsign(signed, county.cycle, county.manager) == figures
    other = Cycle(pk=county.cycle.pk + 1)
    for text, cycle, user in (
        (signed, county.cycle, county.filler),
        (signed, other, county.manager),
        (signed[:-1], county.cycle, county.manager),
        (signing.dumps([]), county.cycle, county.manager),
        ("", county.cycle, county.manager),
    ):
        with pytest.raises(StepRefused, match="预览的内容不完整"):
            store.unsign(text, cycle, user)
    monkeypatch.setattr(store, "MAX_AGE", -1)
    with pytest.raises(StepRefused, match="过了一小时"):
        store.unsign(signed, county.cycle, county.manager)
