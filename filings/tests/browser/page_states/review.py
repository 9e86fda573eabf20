"""Pages of a reviewer: the queue, a review, its approval and revocation, scores, consultations."""

from filings.tests.browser import approval_states, states
from filings.tests.browser.approval_states import APPROVER
from filings.tests.browser.page_visits import (
    PageState,
    after_keys,
    on_a_phone,
    page_at,
    response_to,
    with_dialog,
    with_tab,
)
from filings.tests.browser.queue_states import SELECTED, claimed_by_a_colleague, to_review
from filings.tests.browser.review_states import asked, scored
from filings.tests.county import County

READ = "/filings/{0.pk}/"
REVIEW, RETURN = f"{READ}review/", f"{READ}return/"
CONSULTATION = "/consultations/{0.pk}/"
REVIEWER = "supervisor_reviewer"
REMARK = {"lock": "{0.lock}", "remark:indicators[i0]": "请写明口径。", "reason": "口径不清。"}
STALE_REMARK = REMARK | {"lock": "0"}

PAGES: dict[str, dict[str, PageState]] = {
    "filings/review/page.html": {
        "to_decide": page_at(REVIEW, REVIEWER, County.in_review),
        "phone": on_a_phone(page_at(REVIEW, REVIEWER, County.in_review)),
        "passing": after_keys("a", page_at(REVIEW, REVIEWER, County.in_review)),
        "returning": after_keys("r", page_at(REVIEW, REVIEWER, County.in_review)),
        "help": after_keys("?", page_at(REVIEW, REVIEWER, County.in_review)),
        "finding": after_keys("n", page_at(REVIEW, REVIEWER, states.with_findings)),
        "remark": after_keys("nf", page_at(REVIEW, REVIEWER, states.with_findings)),
        "resubmitted": page_at(REVIEW, REVIEWER, states.resubmitted),
        **{
            mode: page_at(f"{REVIEW}?mode={mode}", REVIEWER, states.resubmitted)
            for mode in ("now", "last-year", "marked")
        },
        "adjusted": page_at(REVIEW, REVIEWER, states.adjusted_and_signed),
        "resubmitted_phone": on_a_phone(page_at(REVIEW, REVIEWER, states.resubmitted)),
        "returning_phone": on_a_phone(after_keys("r", page_at(REVIEW, REVIEWER, states.resubmitted))),
        **{
            tab: with_tab(tab, page_at(REVIEW, REVIEWER, states.resubmitted))
            for tab in ("意见", "审核表", "上年和资金")
        },
        "approval_waiting": page_at(REVIEW, "performance_reviewer", approval_states.waiting),
        "refused": response_to(RETURN, REVIEWER, STALE_REMARK, County.in_review),
        "decided": response_to(RETURN, REVIEWER, STALE_REMARK, states.returned),
    },
    "filings/queue/page.html": {
        "reviewer": page_at("/review/?tab=all", "section_reviewer", to_review),
        "manager": page_at("/review/?tab=all", "manager", to_review),
        "nothing": page_at("/review/?tab=all&q=x", "section_reviewer", to_review),
        "phone": on_a_phone(page_at("/review/?tab=all", "section_reviewer", to_review)),
        "keys": with_dialog("keys", page_at("/review/?tab=all", "section_reviewer", to_review)),
    },
    "filings/queue/reviewer.html": {
        "claimed": page_at("/filings/{0.pk}/review/reviewer/", "section_reviewer", claimed_by_a_colleague)
    },
    "filings/queue/bulk_pass.html": {
        "some": response_to("/review/pass/", "section_reviewer", SELECTED, to_review),
        "none": response_to("/review/pass/", "section_reviewer", SELECTED, claimed_by_a_colleague),
        "phone": on_a_phone(response_to("/review/pass/", "section_reviewer", SELECTED, to_review)),
    },
    "filings/queue/bulk_return.html": {
        "refused": response_to("/review/return/do/", "section_reviewer", SELECTED, to_review)
    },
    "filings/queue/assign.html": {"some": response_to("/review/assign/do/", "manager", SELECTED, to_review)},
    "filings/queue/bulk_result.html": {
        "left_out": response_to("/review/pass/do/", "section_reviewer", SELECTED, claimed_by_a_colleague)
    },
    "filings/review/gone.html": {
        "withdrawn": response_to(RETURN, REVIEWER, REMARK, County.in_review, late=states.withdrawn)
    },
    "filings/approval/approve.html": {
        "to_confirm": page_at(f"{READ}approve/", APPROVER, approval_states.at_last_stage),
        "phone": on_a_phone(page_at(f"{READ}approve/", APPROVER, approval_states.at_last_stage)),
        "refused": response_to(f"{READ}approve/", APPROVER, {"lock": "0"}, approval_states.at_last_stage),
    },
    "filings/approval/revoke.html": {
        "asked": page_at(f"{READ}revoke/", APPROVER, states.approved),
        "refused": response_to(f"{READ}revoke/", APPROVER, {"lock": "{0.lock}"}, states.approved),
    },
    "filings/scores/page.html": {
        "none": page_at(f"{READ}scores/", "manager", County.in_review),
        "two_reviewers": page_at(f"{READ}scores/", "manager", scored),
        "phone": on_a_phone(page_at(f"{READ}scores/", "manager", scored)),
    },
    "filings/consultations/ask.html": {
        "plain": page_at(f"{READ}consult/", REVIEWER, County.in_review),
        "refused": response_to(f"{READ}consult/", REVIEWER, {"question": "口径对吗？"}, County.in_review),
        "phone": on_a_phone(page_at(f"{READ}consult/", REVIEWER, County.in_review)),
    },
    "filings/consultations/list.html": {
        "asked": page_at("/consultations/", REVIEWER, asked),
        "none": page_at("/consultations/", "filler"),
    },
    "filings/consultations/answer.html": {
        "to_answer": page_at(CONSULTATION, "section_reviewer", asked),
        "own": page_at(CONSULTATION, REVIEWER, asked),
        "refused": response_to(CONSULTATION, "section_reviewer", {"answer": ""}, asked),
        "phone": on_a_phone(page_at(CONSULTATION, "section_reviewer", asked)),
    },
}
