"""Remarks come from the browser: what cannot be stored or may not be written is refused with a sentence."""

from dataclasses import replace

import pytest

from filings.choices import Action
from filings.errors import StepRefused
from filings.lifecycle import workflow
from filings.models import Filing, Remark, User
from filings.reviewing.new_remark import LONGEST_REMARK, NewRemark
from filings.tests.county import County, fixed_bytes, found_county, step

pytestmark = pytest.mark.django_db
GOOD = NewRemark("goals[0]", "写清楚。", "goal")


@pytest.fixture
def county() -> County:
    return found_county()


def send(filing: Filing, by: User, *remarks: NewRemark) -> Filing:
    lock = Filing.objects.get(pk=filing.pk).lock
    return workflow.perform(
        Action.RETURN, filing, by=by, expected_lock=lock, printer=fixed_bytes, reason="改。", remarks=remarks
    )


@pytest.mark.parametrize(
    ("remark", "sentence"),
    [
        (replace(GOOD, place="attic[0]"), "所指的位置不在表中"),
        (replace(GOOD, place=f"goals[{'长' * 65}]"), "所指的位置不在表中"),
        (replace(GOOD, place=f"indicators[{'k' * 64}].{'c' * 20}" + "x" * 20), "所指的位置不在表中"),
        (replace(GOOD, text=" \n\u200b"), "有一条意见没有写内容"),
        (replace(GOOD, text="长" * (LONGEST_REMARK + 1)), "」共 1001 字，请缩短到 1000 字以内"),
        (replace(GOOD, text="请改😀"), "意见「请改😀」有 1 个字符无法打印：「😀」（U\\+1F600）。请换成"),
        (replace(GOOD, code="vague"), "意见「写清楚。」的原因已不在本批次的审核办法中"),
        (replace(GOOD, code="x" * 200), "的原因已不在本批次的审核办法中"),
        (replace(GOOD, internal=True), "只有财政局的审核人可以写内部意见"),
    ],
)
def test_a_remark_that_cannot_be_stored_is_refused(county: County, remark: NewRemark, sentence: str) -> None:
    filing = county.in_review()
    with pytest.raises(StepRefused, match=sentence):
        send(filing, county.supervisor_reviewer, GOOD, remark)
    assert not Remark.objects.exists()


def test_a_reason_that_the_letter_cannot_print_is_refused(county: County) -> None:
    filing = county.in_review()
    with pytest.raises(StepRefused, match=r"^总体意见有 1 个字符无法打印：「👍」"):
        step(Action.RETURN, filing, county.supervisor_reviewer, reason="请改👍")
    assert step(Action.APPROVE_STAGE, filing, county.supervisor_reviewer, reason="好👍").stage == "section"


def test_an_internal_remark_is_not_printed(county: County) -> None:
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    send(filing, county.section_reviewer, replace(GOOD, text="留意😀", internal=True))
    assert Remark.objects.get(internal=True).text == "留意😀"


def test_reviewers_of_the_bureau_write_internal_remarks(county: County) -> None:
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    send(filing, county.section_reviewer, replace(GOOD, internal=True), NewRemark("amounts[TOTAL]", "核对。", ""))
    assert list(Remark.objects.values_list("internal", "code")) == [(True, "goal"), (False, "")]


def test_a_finding_that_the_revision_does_not_have_is_left_out(county: County) -> None:
    filing = county.filled()
    filing.indicators.filter(key="i0").update(target="若干")
    filing = step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)
    known = filing.revisions.get().findings.values_list("identity", flat=True)[0]
    remarks = [
        replace(GOOD, finding=known),
        NewRemark("amounts[TOTAL]", "核对。", "", finding="长" * 100),
        NewRemark("indicators[i0]", "核对。", "", finding="T1-0123456789abcdef"),
    ]
    send(filing, county.supervisor_reviewer, *remarks)
    assert list(Remark.objects.values_list("finding", flat=True)) == [known, "", ""]
