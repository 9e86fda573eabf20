"""The draft of a review: its content, saves in order, and drafts on earlier revisions."""

import json

import pytest

from filings.choices import Action
from filings.forms.review import draft_content, draft_fields
from filings.models import Filing, ReviewDraft, Revision
from filings.reviewing import review_draft
from filings.reviewing.draft_content import LONGEST_TEXT, DraftContent, DraftRemark, DraftScore
from filings.reviewing.new_remark import NewRemark
from filings.reviewing.review_draft import KeptDraft
from filings.tests.county import County, found_county, step

ROW = "indicators[i0]"
CONTENT = DraftContent(
    remarks={
        ROW: DraftRemark("口径不清。", "measure", True, "T1-abc"),
        "amounts[TOTAL]": DraftRemark("请核对。\n再核。"),
    },
    settled={"7": "accepted"},
    grade="good",
    scores={"format": DraftScore("8", "缺一项。")},
    reason="总体意见。",
    exception_reason="已当面核实。",
    from_first_stage=True,
    whole_form=True,
)


@pytest.fixture
def county(db: None) -> County:
    return found_county()


@pytest.fixture
def filing(county: County) -> Filing:
    return county.in_review()


@pytest.fixture
def revision(filing: Filing) -> Revision:
    return filing.revisions.get()


def typed(text: str) -> DraftContent:
    return DraftContent(remarks={ROW: DraftRemark(text)})


@pytest.mark.once
def test_content_survives_json_and_the_fields_of_the_page() -> None:
    assert DraftContent.from_json(json.loads(json.dumps(CONTENT.to_json()))) == CONTENT
    assert draft_content(draft_fields(CONTENT)) == CONTENT
    assert draft_content({}) == DraftContent()


@pytest.mark.once
@pytest.mark.parametrize("data", [None, [], {"remarks": 5, "grade": 3, "unknown": 1}, {"remarks": {ROW: "x"}}])
def test_unknown_data_are_ignored(data: object) -> None:
    assert DraftContent.from_json(data) == DraftContent()


@pytest.mark.once
def test_texts_are_limited_and_storable() -> None:
    content = DraftContent.from_json({"reason": "\0长" + "长" * LONGEST_TEXT, "grade": "\ud800good"})
    assert (content.reason, content.grade) == ("长" * LONGEST_TEXT, "good")


@pytest.mark.once
def test_only_remarks_with_a_text_are_new_remarks() -> None:
    content = draft_content({f"remark:{ROW}": "改。", f"code:{ROW}": "data", "code:duties[d1].text": "other"})
    assert content.count == 1
    assert content.new_remarks() == [NewRemark(ROW, "改。", "data")]


@pytest.mark.once
def test_merging_keeps_both_texts_and_repeats_none() -> None:
    assert typed("一").merged_with(typed("二")) == typed("一\n二")
    assert typed("一二").merged_with(typed("二")) == typed("一二")
    assert DraftContent().merged_with(CONTENT) == CONTENT


def test_a_draft_is_stored_per_reviewer_and_revision(county: County, revision: Revision) -> None:
    assert review_draft.load(revision, county.supervisor_reviewer).content == DraftContent()
    assert review_draft.save(revision, county.supervisor_reviewer, CONTENT, 1)
    stored = review_draft.load(revision, county.supervisor_reviewer)
    assert (stored.content, stored.number) == (CONTENT, 1)
    assert review_draft.load(revision, county.section_reviewer).content == DraftContent()


def test_late_and_repeated_saves_overwrite_nothing(county: County, revision: Revision) -> None:
    user = county.supervisor_reviewer
    assert review_draft.save(revision, user, typed("新"), 5)
    assert not review_draft.save(revision, user, typed("旧"), 4)
    assert not review_draft.save(revision, user, typed("旧"), 5)
    assert review_draft.save(revision, user, typed("新"), 5)
    assert review_draft.load(revision, user).content == typed("新")
    assert review_draft.save(revision, user, typed("更新"), 6)
    assert review_draft.load(revision, user).content == typed("更新")


def resubmitted(county: County, filing: Filing) -> Revision:
    step(Action.WITHDRAW, filing, county.filler)
    step(Action.SUBMIT, filing, county.filler)
    step(Action.SIGN, filing, county.head)
    return filing.revisions.latest("number")


def test_a_draft_on_an_earlier_revision_is_taken_over(county: County, filing: Filing, revision: Revision) -> None:
    user = county.supervisor_reviewer
    review_draft.save(revision, user, CONTENT, 9)
    new = resubmitted(county, filing)
    review_draft.save(new, user, typed("新写的。"), 1)
    old = review_draft.of_filing(filing, new, user).older
    assert old is not None
    assert (old.revision.number, old.content.count) == (1, 2)
    review_draft.take_over(old, new, user)
    taken = review_draft.load(new, user)
    assert taken.content.remarks[ROW].text == "新写的。\n口径不清。"
    assert (taken.content.reason, taken.content.settled, taken.number) == ("总体意见。", {}, 2)
    assert review_draft.of_filing(filing, new, user).older is None


def test_blank_drafts_and_those_of_others_are_not_offered(county: County, filing: Filing, revision: Revision) -> None:
    review_draft.save(revision, county.supervisor_reviewer, DraftContent(), 1)
    review_draft.save(revision, county.section_reviewer, CONTENT, 1)
    new = resubmitted(county, filing)
    assert review_draft.of_filing(filing, new, county.supervisor_reviewer).older is None


def test_taking_over_deletes_nothing_that_was_not_stored(county: County, filing: Filing, revision: Revision) -> None:
    user = county.supervisor_reviewer
    review_draft.save(revision, user, CONTENT, 9)
    new = resubmitted(county, filing)
    old = review_draft.of_filing(filing, new, user).older
    assert old is not None
    review_draft.save(revision, user, typed("后来写的。"), 10)
    assert not review_draft.take_over(old, new, user)
    assert review_draft.load(revision, user).content == typed("后来写的。")
    assert review_draft.load(new, user).content == DraftContent()


def test_what_a_plain_form_posts_is_merged_with_a_newer_draft(county: County, revision: Revision) -> None:
    user = county.supervisor_reviewer
    assert review_draft.keep(revision, user, DraftContent(), 0) == KeptDraft(0, is_newest=True)
    assert not ReviewDraft.objects.exists()
    assert review_draft.keep(revision, user, typed("一"), 0) == KeptDraft(1, is_newest=True)
    assert review_draft.keep(revision, user, typed("一"), 0) == KeptDraft(1, is_newest=True)
    assert review_draft.keep(revision, user, typed("二"), 0) == KeptDraft(2, is_newest=False)
    assert review_draft.load(revision, user).content == typed("二\n一")
    assert review_draft.keep(revision, user, typed("三"), 2) == KeptDraft(3, is_newest=True)
    assert review_draft.load(revision, user).content == typed("三")


def test_a_discarded_draft_is_gone_unless_another_window_has_saved_since(county: County, revision: Revision) -> None:
    user = county.supervisor_reviewer
    review_draft.save(revision, user, CONTENT, 2)
    review_draft.discard(revision, user, 1)
    assert review_draft.load(revision, user).content == CONTENT
    review_draft.discard(revision, user, 2)
    assert not ReviewDraft.objects.exists()
