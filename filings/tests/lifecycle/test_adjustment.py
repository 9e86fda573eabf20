"""Rows that an adjustment changes: which they are, their reasons, what is refused, frozen and recorded."""

import json

import pytest
from pytest_django import DjangoAssertNumQueries

from filings import drafts
from filings.choices import Action, Role, Stage
from filings.document.bundled_editions import editions
from filings.document.place import Place
from filings.drafts import Change
from filings.drafts.adjustment_reasons import ReasonChange, TypedReason, save_reasons
from filings.errors import NotReasoned, StepConflict, StepRefused
from filings.lifecycle import events, workflow
from filings.lifecycle.adjustment import ChangedRow, changes_between, of_draft, of_revision
from filings.models import AdjustmentReason, Event, Filing, IssuedCopy
from filings.tests.county import County, answer_remarks, create_user, found_county, step, with_reasons
from filings.tests.drafting import add_row, move_row, remove_row, save

STAGES = (Stage.PERFORMANCE,)
EDITION = editions()["hunan-county-2022"]


def kinds(rows: tuple[ChangedRow, ...]) -> dict[str, str]:
    return {str(row.place): row.kind.value for row in rows}


@pytest.fixture
def county(db: None) -> County:
    return found_county(STAGES)


def approved(county: County) -> Filing:
    return step(Action.APPROVE_STAGE, county.in_review(), county.performance_reviewer)


def adjusting(county: County) -> Filing:
    return step(Action.ADJUST, approved(county), county.filler, reason="预算调整")


def give(
    filing: Filing, county: County, place: str, key: str, words: str = "", before: TypedReason | None = None
) -> bool:
    change = ReasonChange(Place.parse(place), "本行", before or TypedReason(), TypedReason(key, words))
    return save_reasons(filing, [change], by=county.filler)


def change_target(filing: Filing, county: County, target: str = "≥600卷") -> None:
    before = filing.indicators.get(key="i0").target
    assert save(filing, county, ("indicators[i0].target", before, target), client_id=target).is_whole


def approve(filing: Filing, county: County) -> Filing:
    filing = step(Action.SUBMIT, with_reasons(filing, county.filler), county.filler)
    filing = step(Action.SIGN, filing, county.head)
    return step(Action.APPROVE_STAGE, filing, county.performance_reviewer, exception_reason="已核实。")


def test_an_adjustment_without_a_change_cannot_be_submitted(county: County) -> None:
    filing = adjusting(county)
    with pytest.raises(StepRefused, match="与现行定稿的内容相同，没有调整，不能提交"):
        step(Action.SUBMIT, filing, county.filler)
    change_target(filing, county)
    change_target(filing, county, "≥500卷")
    with pytest.raises(StepRefused, match="没有调整"):
        step(Action.SUBMIT, filing, county.filler)


def test_a_moved_row_is_a_change_that_needs_no_reason(county: County) -> None:
    filing = county.filled()
    key = add_row(filing, "duties", by=county.filler).key
    filing.duties.filter(key=key).update(raw="（二）负责档案查阅。")
    filing = step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)
    filing = step(Action.APPROVE_STAGE, filing, county.performance_reviewer)
    filing = step(Action.ADJUST, filing, county.filler, reason="顺序")
    move_row(filing, Place("duties", key), 0, by=county.filler)
    step(Action.SUBMIT, filing, county.filler)
    assert not AdjustmentReason.objects.exists()


@pytest.mark.parametrize(
    ("key", "words", "refusal"),
    [
        ("", "", "尚未选择原因。"),
        ("", "只有说明", "尚未选择原因。"),
        ("no such", "", "尚未选择原因。"),
        ("other", " ", "选择「其他」的，须写明原因。"),
        ("budget", "字\U0002a6d6", "说明有 1 个字符无法打印"),
    ],
)
def test_each_changed_row_needs_a_reason(county: County, key: str, words: str, refusal: str) -> None:
    filing = adjusting(county)
    change_target(filing, county)
    give(filing, county, "indicators[i0]", key, words)
    with pytest.raises(NotReasoned, match="有 1 行调整尚未写明原因：「接收档案」") as refused:
        step(Action.SUBMIT, filing, county.filler)
    assert refused.value.refusals[Place.parse("indicators[i0]")].startswith(refusal)
    assert filing.revisions.count() == 1


def test_a_submission_freezes_the_reasons_of_the_changed_rows_and_the_chain_covers_them(county: County) -> None:
    filing = adjusting(county)
    change_target(filing, county)
    added = add_row(filing, "indicators", by=county.filler)
    node = filing.indicators.get(key="i0").node
    filing.indicators.filter(key=added.key).update(node=node, name="办理查档", target="≥10次")
    remove_row(filing, Place("indicators", "i1"), by=county.filler)
    add_row(filing, "indicators", by=county.filler)
    last = filing.indicators.order_by("-rank").first()
    assert last
    filing.indicators.filter(pk=last.pk).update(
        node=filing.cycle.edition.nodes.get(key="BEN.SOC"), name="服务满意", target="≥90%"
    )
    give(filing, county, "indicators[i0]", "other", "省里\n下达任务。")
    give(filing, county, "goals[0]", "policy")
    step(Action.SUBMIT, with_reasons(filing, county.filler), county.filler)
    revision = filing.revisions.get(number=2)
    detail = events.detail(Event.objects.get(filing=filing, action=Action.SUBMIT, number__gt=3))
    lines = [json.loads(line) for line in detail["adjusted"].splitlines()]
    frozen = {
        (each.place, each.reason, each.label, each.words, each.by_name) for each in revision.adjustment_reasons.all()
    }
    assert detail["adjusts"] == IssuedCopy.objects.get().code
    assert ["indicators[i0]", "changed", "other", "其他", "省里\n下达任务。"] in lines
    assert {(place, key, label, words, "filler甲") for place, _kind, key, label, words in lines} == frozen
    assert {kind for _place, kind, *_ in lines} == {"changed", "added", "removed"}
    assert "goals[0]" not in {line[0] for line in lines}
    assert filing.adjustment_reasons.filter(revision=None, place="goals[0]").exists()
    assert events.first_broken(filing) is None


def test_a_new_adjustment_begins_without_the_reasons_of_the_last_one(county: County) -> None:
    filing = adjusting(county)
    change_target(filing, county)
    filing = step(Action.ADJUST, approve(filing, county), county.filler, reason="再调")
    assert not filing.adjustment_reasons.filter(revision=None).exists()
    assert filing.adjustment_reasons.count() == 1


def test_reasons_are_kept_for_the_resubmission_after_a_return(county: County) -> None:
    filing = adjusting(county)
    change_target(filing, county)
    give(filing, county, "indicators[i0]", "policy", "新的标准。")
    filing = step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)
    filing = step(Action.RETURN, filing, county.performance_reviewer, reason="目标偏低。")
    change_target(filing, county, "≥700卷")
    step(Action.SUBMIT, answer_remarks(filing, county.filler), county.filler)
    adjustment = of_revision(filing.revisions.get(number=3), EDITION)
    assert adjustment
    (row,) = adjustment.rows
    assert (row.before, row.after, [each.text for each in row.reasons]) == (
        "指标值：≥500卷",
        "指标值：≥700卷",
        ["政策变化：新的标准。"],
    )


def test_saved_reasons_raise_the_version_and_name_the_user_to_others(county: County) -> None:
    filing = adjusting(county)
    change_target(filing, county)
    lock = Filing.objects.get().lock
    assert give(filing, county, "indicators[i0]", "policy")
    assert give(filing, county, "indicators[i0]", "policy"), "a repeated post"
    assert Filing.objects.get().lock == lock + 1
    other = create_user("other", Role.FILLER, county.department)
    change = ReasonChange(Place.parse("indicators[i0]"), "接收档案", TypedReason(), TypedReason("budget"))
    with pytest.raises(StepRefused, match="filler甲已将「接收档案」的调整原因改为「政策变化」，请核对后再提交。"):
        save_reasons(filing, [change], by=other)
    assert filing.adjustment_reasons.get().reason == "policy"
    with pytest.raises(StepConflict, match="填写调整原因"):
        workflow.perform(Action.SUBMIT, filing, by=county.filler, expected_lock=lock)


def test_long_words_are_refused_and_other_rows_stored(county: County) -> None:
    filing = adjusting(county)
    long = ReasonChange(Place.parse("goals[0]"), "目标", TypedReason(), TypedReason("budget", "长" * 301))
    short = ReasonChange(Place.parse("indicators[i0]"), "接收档案", TypedReason(), TypedReason("budget", "追加。"))
    with pytest.raises(StepRefused, match="「目标」的说明共 301 字，请缩短到 300 字以内。"):
        save_reasons(filing, [long, short], by=county.filler)
    assert [(each.place, each.words) for each in filing.adjustment_reasons.all()] == [("indicators[i0]", "追加。")]


def test_a_submitted_table_takes_no_reasons(county: County) -> None:
    filing = county.in_review()
    with pytest.raises(StepRefused, match="已经提交"):
        give(filing, county, "goals[0]", "budget")


def chain(county: County) -> list[IssuedCopy]:
    """Three copies: ≥500, then ≥600 with a goal, then ≥700."""
    filing = adjusting(county)
    change_target(filing, county)
    save(filing, county, ("goals[0]", "保障单位运转，管好县档案。", "管好县档案。"), client_id="goal")
    give(filing, county, "indicators[i0]", "policy", "第一次。")
    filing = step(Action.ADJUST, approve(filing, county), county.filler, reason="再调")
    change_target(filing, county, "≥700卷")
    give(filing, county, "indicators[i0]", "progress", "第二次。")
    approve(filing, county)
    return list(IssuedCopy.objects.select_related("revision", "filing__cycle__edition").order_by("id"))


def test_changes_between_copies_have_the_reasons_of_all_adjustments_the_latest_last(county: County) -> None:
    first, second, third = chain(county)
    assert [copy.supersedes for copy in (first, second, third)] == [None, first, second]
    (row,) = changes_between(second, third)
    assert (row.before, row.after) == ("指标值：≥600卷", "指标值：≥700卷")
    assert [each.text for each in row.reasons] == ["客观条件变化，原目标无法实现：第二次。"]
    goal, row = changes_between(first, third)
    assert [each.text for each in goal.reasons] == ["预算调整"]
    assert [(each.text, each.revision) for each in row.reasons] == [
        ("政策变化：第一次。", 2),
        ("客观条件变化，原目标无法实现：第二次。", 3),
    ]
    assert changes_between(first, second)[1].after == "指标值：≥600卷"


def test_changes_between_copies_take_one_query(
    county: County, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first, _second, third = chain(county)
    with django_assert_num_queries(1):
        changes_between(first, third)


def test_a_copy_issued_again_for_the_same_version_has_no_changes(county: County) -> None:
    filing = adjusting(county)
    change_target(filing, county)
    filing = step(Action.REVOKE, approve(filing, county), county.performance_reviewer, reason="核对印章。")
    step(Action.APPROVE_STAGE, filing, county.performance_reviewer)
    first, second, again = IssuedCopy.objects.order_by("id")
    assert (again.supersedes, again.revision) == (second, second.revision)
    assert changes_between(second, again) == ()
    assert kinds(changes_between(first, again)) == {"indicators[i0]": "changed"}
    assert [each.text for each in changes_between(first, again)[0].reasons] == ["预算调整"]


def test_an_adjustment_of_a_copy_revoked_meanwhile_keeps_its_reasons_and_the_chain(county: County) -> None:
    filing = adjusting(county)
    change_target(filing, county)
    give(filing, county, "indicators[i0]", "policy")
    filing = step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)
    step(Action.REVOKE, filing, county.manager, reason="金额有误。")
    filing = step(Action.APPROVE_STAGE, filing, county.performance_reviewer)
    filing = step(Action.ADJUST, filing, county.filler, reason="再调")
    change_target(filing, county, "≥700卷")
    approve(filing, county)
    first, second, third = IssuedCopy.objects.order_by("id")
    assert [copy.supersedes for copy in (first, second, third)] == [None, first, second]
    assert [each.label for each in changes_between(first, third)[0].reasons] == ["政策变化", "预算调整"]


def test_only_a_version_submitted_while_a_copy_was_in_force_is_an_adjustment(county: County) -> None:
    filing = step(Action.REVOKE, approved(county), county.performance_reviewer, reason="金额有误。")
    filing = step(Action.RETURN, filing, county.performance_reviewer, reason="改。")
    assert save(filing, county, ("indicators[i0].target", "≥500卷", "≥600卷")).is_whole
    step(Action.SUBMIT, answer_remarks(filing, county.filler), county.filler)
    assert [of_revision(revision, EDITION) for revision in filing.revisions.order_by("number")] == [None, None]
    assert of_draft(filing, drafts.document(filing), EDITION) is None


def test_a_conflict_of_cells_is_no_reason_to_lose_reasons(county: County) -> None:
    filing = adjusting(county)
    change_target(filing, county)
    give(filing, county, "indicators[i0]", "policy")
    drafts.save(filing, [Change("goals[0]", "?", "!")], by=county.filler, client_id="conflict")
    assert filing.adjustment_reasons.get().reason == "policy"
