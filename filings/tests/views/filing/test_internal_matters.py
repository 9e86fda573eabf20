"""What the bureau keeps to itself appears on no page or file of the department and of the supervising department."""

import io
import zipfile
from typing import Any, Unpack

import pytest
from django.test import Client
from django.utils import timezone

from filings.choices import Action
from filings.document.place import goal
from filings.lifecycle import consultations, workflow
from filings.lifecycle.request import ActionInput
from filings.models import Filing, User
from filings.reviewing import review_draft
from filings.reviewing.draft_content import DraftContent, DraftRemark
from filings.reviewing.new_remark import NewRemark
from filings.tests.county import County, answer_remarks, step
from filings.tests.reviewing.returns import resubmitted
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import words

INTERNAL = ("内部留意事项", "征询口径的问题", "征询得到的答复", "扣分的缘由", "例外放行的缘由", "草稿里的意见", "7.25")
OUTSIDE = ("filler", "head", "observer", "supervisor_reviewer")
PAGES = (
    "",
    "revisions/1/",
    "revisions/2/",
    "fill/",
    "review/",
    "letters/1.txt",
    "letters/1.docx",
    "replies/1.txt",
    "replies/1.docx",
    *(f"files/{kind}/" for kind in ("json", "xlsx", "docx", "html", "txt", "csv")),
)


def decide(county: County, filing: Filing, action: Action, **entered: Unpack[ActionInput]) -> Filing:
    lock = Filing.objects.get(pk=filing.pk).lock
    return workflow.perform(action, filing, by=county.section_reviewer, expected_lock=lock, **entered)


def consult(county: County, filing: Filing) -> None:
    question = consultations.ask(
        filing,
        places=[goal()],
        question="征询口径的问题",
        to=county.performance,
        due_on=timezone.localdate(),
        by=county.section_reviewer,
    )
    consultations.answer(question, "征询得到的答复", by=county.performance_reviewer)


@pytest.fixture
def filing(county: County) -> Filing:
    """Return a resubmitted filing at the section's stage, with everything internal that a review can have."""
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    remarks = [NewRemark("goals[0]", "写清楚。"), NewRemark("indicators[i0]", "内部留意事项", internal=True)]
    items = filing.cycle.review_policy().score_sheet.items
    scores = {item.key: {"points": "7.25", "note": "扣分的缘由"} for item in items}
    decide(county, filing, Action.RETURN, remarks=remarks, scores=scores)
    filing = resubmitted(county, answer_remarks(filing, county.filler))
    consult(county, filing)
    typed = DraftContent(remarks={"indicators[i0]": DraftRemark("草稿里的意见")})
    review_draft.save(filing.revisions.latest("number"), county.section_reviewer, typed, 1)
    return filing


def text_of(answer: Any) -> str:
    """Return the whole text of a page, or of the parts of an Office file."""
    content: bytes = answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            content = b"\n".join(package.read(name) for name in package.namelist())
    return content.decode(errors="replace")


def leaks(client: Client, filing: Filing) -> list[tuple[str, str]]:
    pages = {page: text_of(client.get(f"/filings/{filing.pk}/{page}", follow=True)) for page in PAGES}
    return [(page, internal) for page, text in pages.items() for internal in INTERNAL if internal in text]


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_internal_is_shown_outside_the_bureau(
    county: County, client_of: ClientOf, filing: Filing, name: str
) -> None:
    user: User = getattr(county, name)
    assert leaks(client_of(user), filing) == []
    decide(county, filing, Action.APPROVE_STAGE, exception_reason="例外放行的缘由")
    assert leaks(client_of(user), filing) == []
    step(Action.RETURN, filing, county.performance_reviewer, remarks=(("goals[0]", "再写清楚。"),))
    assert leaks(client_of(user), filing) == []


def test_the_bureau_reads_questions_and_reasons(county: County, client_of: ClientOf, filing: Filing) -> None:
    decide(county, filing, Action.APPROVE_STAGE, exception_reason="例外放行的缘由")
    client = client_of(county.performance_reviewer)
    detail = words(client.get(f"/filings/{filing.pk}/"))
    assert "征询口径的问题" in detail
    assert "例外通过的理由：例外放行的缘由" in detail
    assert "例外通过的理由：例外放行的缘由" in words(client.get(f"/filings/{filing.pk}/revisions/2/"))
    assert "例外通过的理由：例外放行的缘由" in words(client.get(f"/filings/{filing.pk}/review/"))


@pytest.mark.parametrize("name", OUTSIDE)
def test_the_chain_is_verified_with_the_events_that_the_user_does_not_see(
    county: County, client_of: ClientOf, filing: Filing, name: str
) -> None:
    page = words(client_of(getattr(county, name)).get(f"/filings/{filing.pk}/"))
    assert f"{filing.events.count()} 条记录均已校验" in page
    assert "征求意见" not in page
