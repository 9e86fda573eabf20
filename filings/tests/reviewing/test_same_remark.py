"""One remark in several drafts: what is typed stays, and nothing is written twice."""

import pytest
from pytest_django import DjangoAssertNumQueries

from filings.models import Department, Filing, ReviewDraft, Revision
from filings.reviewing.draft_content import DraftContent, DraftRemark
from filings.reviewing.new_remark import LONGEST_REMARK
from filings.reviewing.same_remark import RemarkTarget, write_same_remark
from filings.tests.county import County, found_county

pytestmark = [pytest.mark.django_db, pytest.mark.both]

GOAL = "goals[0]"
TEXT = "与其他单位雷同，请重写。"


@pytest.fixture
def county() -> County:
    return found_county()


@pytest.fixture
def revision(county: County) -> Revision:
    return county.in_review().revisions.get()


def write(county: County, *targets: RemarkTarget, text: str = TEXT, code: str = "duty") -> list[str]:
    return list(write_same_remark(county.supervisor_reviewer, targets, text, code).values())


def drafted(county: County, revision: Revision, **remark: object) -> ReviewDraft:
    """Store a draft with a remark on the goal and a grade."""
    return ReviewDraft.objects.create(
        revision=revision,
        by=county.supervisor_reviewer,
        content={
            "remarks": {GOAL: {"text": "请写明数量。", "code": "vague", "internal": False, **remark}},
            "grade": "fair",
        },
        number=7,
        saved_at=revision.submitted_at,
    )


def test_a_draft_is_begun_where_there_is_none(county: County, revision: Revision) -> None:
    assert write(county, RemarkTarget(revision.pk, GOAL), RemarkTarget(revision.pk, "indicators[i0]")) == []
    draft = ReviewDraft.objects.get()
    remark = DraftRemark(TEXT, "duty")
    assert (draft.by, draft.number) == (county.supervisor_reviewer, 1)
    assert DraftContent.from_json(draft.content).remarks == {GOAL: remark, "indicators[i0]": remark}


def test_a_typed_remark_keeps_its_text_and_code(county: County, revision: Revision) -> None:
    drafted(county, revision)
    assert write(county, RemarkTarget(revision.pk, GOAL)) == []
    draft = ReviewDraft.objects.get()
    assert DraftContent.from_json(draft.content) == DraftContent(
        remarks={GOAL: DraftRemark(f"请写明数量。\n{TEXT}", "vague")}, grade="fair"
    )
    assert draft.number == 8
    assert draft.saved_at > revision.submitted_at


@pytest.mark.parametrize(
    ("remark", "reason"),
    [
        ({"text": f"请写明数量。\n{TEXT}"}, "您已经写过这条意见"),
        ({"internal": True}, "该处已写有仅内部可见的意见，请打开这份表另写"),
        (
            {"text": "长" * (LONGEST_REMARK - 5)},
            "该处已写 995 字，加上这条超过 1000 字，请打开这份表修改",
        ),
    ],
)
def test_what_cannot_be_appended_is_left_out_with_the_reason(
    county: County, revision: Revision, remark: dict[str, object], reason: str
) -> None:
    draft = drafted(county, revision, **remark)
    assert write(county, RemarkTarget(revision.pk, GOAL)) == [reason]
    assert ReviewDraft.objects.get().content == draft.content
    assert ReviewDraft.objects.get().number == 7


def test_drafts_of_other_reviewers_are_not_touched(county: County, revision: Revision) -> None:
    ReviewDraft.objects.create(revision=revision, by=county.section_reviewer, saved_at=revision.submitted_at)
    write(county, RemarkTarget(revision.pk, GOAL))
    assert ReviewDraft.objects.get(by=county.section_reviewer).content == {}


def test_the_number_of_queries_does_not_depend_on_the_filings(
    county: County, revision: Revision, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    revisions = [revision]
    for number in range(2):
        department = Department.objects.create(code=f"7{number}", name=f"单位{number}")
        filing = Filing.objects.create(cycle=county.cycle, department=department)
        revisions.append(
            filing.revisions.create(
                number=1,
                receipt=f"R{filing.pk}-1",
                content="{}",
                sha256=str(number) * 64,
                submitted_by=county.filler,
                submitted_by_name="filler",
                submitted_at=revision.submitted_at,
            )
        )
    for count in (1, 3):
        ReviewDraft.objects.all().delete()
        with django_assert_num_queries(6):
            write(county, *(RemarkTarget(item.pk, GOAL) for item in revisions[:count]))
