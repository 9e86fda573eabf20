"""Pages of a department: the fill-in page with imports, the page of a filing, signing."""

from filings.tests.browser import approval_states, states
from filings.tests.browser.import_states import (
    SEVERAL,
    UNCERTAIN,
    response_to_workbook,
    unchanged,
    with_every_difference,
)
from filings.tests.browser.page_visits import (
    ANONYMOUS,
    PageState,
    kept_after_login,
    on_a_phone,
    page_at,
    response_to,
    response_to_draft,
    with_details_open,
    with_dialog,
    with_preview,
)
from filings.tests.county import County
from filings.tests.last_year import carried_over, on_another_form, with_last_year

READ = "/filings/{0.pk}/"
SUBMISSION, SIGNATURE = f"{READ}submit/", f"{READ}sign/"
# Posted by a page that has seen nothing since the start of the filing.
OUTDATED = {"lock": "1", "event": "0", "edit": "0"}
CANCELLATION = f"{READ}adjust/cancel/"
FILL, SIGNING = f"{READ}fill/", f"{READ}signing/"
LAST_YEAR, IMPORT = f"{FILL}last-year/", f"{FILL}import/"
PREVIEW = f"{IMPORT}preview/"
SAVE, SUBMIT = f"{FILL}save/", f"{FILL}submit/"
REVIEWER = "supervisor_reviewer"

PAGES: dict[str, dict[str, PageState]] = {
    "filings/attachments/page.html": {
        "none": page_at("/filings/{0.pk}/attachments/", "filler", County.started),
        "listed": page_at("/filings/{0.pk}/attachments/", "filler", states.with_attachment),
        "phone": on_a_phone(page_at("/filings/{0.pk}/attachments/", "filler", states.with_attachment)),
    },
    "filings/help/page.html": {
        "officer": page_at("/help/", "filler"),
        "phone": on_a_phone(page_at("/help/", "filler")),
    },
    "filings/filing/detail.html": {
        "draft": page_at(READ, "filler", states.faulty),
        "signing": page_at(READ, "filler", County.signing),
        "in_review": page_at(READ, REVIEWER, County.in_review),
        "returned": page_at(READ, "filler", states.returned),
        "approved": with_details_open(page_at(READ, "filler", states.approved)),
        "approved_phone": on_a_phone(page_at(READ, "filler", states.approved)),
        "letters": with_details_open(page_at(READ, "filler", states.resubmitted)),
        "letters_phone": on_a_phone(with_details_open(page_at(READ, "filler", states.resubmitted))),
        "approval_waiting": page_at(READ, "performance_reviewer", approval_states.waiting),
        "revoked": page_at(READ, "filler", approval_states.revoked),
    },
    "filings/filing/cancel_adjustment.html": {
        "adjusted": page_at(CANCELLATION, "filler", states.adjusted),
        "approved": response_to(CANCELLATION, "filler", {"lock": "{0.lock}"}, states.approved),
        "phone": on_a_phone(page_at(CANCELLATION, "filler", states.adjusted)),
    },
    "filings/filing/years.html": {
        "none": page_at(f"{READ}years/", "filler", County.started),
        "last_year": page_at(f"{READ}years/", "filler", with_last_year),
        "phone": on_a_phone(page_at(f"{READ}years/", "filler", with_last_year)),
    },
    "filings/filing/collect.html": {"approved": page_at(f"{READ}library/", "manager", states.approved)},
    "filings/filing/revision.html": {"returned": page_at(f"{READ}revisions/1/", "filler", states.returned)},
    "filings/editor/page.html": {
        "fresh": page_at(FILL, "filler", County.started),
        "error_and_warning": page_at(FILL, "filler", states.faulty),
        "carried_over": page_at(FILL, "filler", carried_over),
        "menus_open": with_details_open(page_at(FILL, "filler", County.filled)),
        "phone": on_a_phone(page_at(FILL, "filler", states.faulty)),
        "returned": page_at(FILL, "filler", states.returned),
        "returned_phone": on_a_phone(page_at(FILL, "filler", states.returned)),
        "unanswered": response_to_draft(SUBMIT, states.returned, states.no_change),
        "asked": page_at(f"{FILL}?checked=1", "filler", states.needs_explanation),
        "checked": page_at(f"{FILL}?checked=1", "filler", states.faulty),
        "checked_phone": on_a_phone(page_at(f"{FILL}?checked=1", "filler", states.faulty)),
        "stopped": response_to_draft(SUBMIT, states.faulty, states.no_change),
        "conflict": response_to_draft(SAVE, County.filled, states.an_amount_that_was_another),
        "printed": with_preview(page_at(FILL, "filler", County.filled)),
        **{name: with_dialog(name, page_at(FILL, "filler", County.filled)) for name in ("keys", "paste", "login")},
    },
    "filings/editor/links.html": {
        "some": page_at(f"{FILL}links/", "filler", County.filled),
        "refused": response_to(f"{FILL}links/save/", "filler", {"duties-i0": "9", "seen-duties-i0": ""}, County.filled),
    },
    "filings/editor/last_year.html": {
        "none": page_at(LAST_YEAR, "filler", County.started),
        "offered": page_at(LAST_YEAR, "filler", with_last_year),
        "another_form": page_at(f"{LAST_YEAR}?money=keep", "filler", on_another_form),
        "carried_over": page_at(LAST_YEAR, "filler", carried_over),
    },
    "filings/imports/source.html": {
        "plain": page_at(IMPORT, "filler", County.started),
        "refused": response_to(PREVIEW, "filler", {"text": "甲\t乙"}, County.started),
    },
    "filings/imports/preview.html": {
        "doubtful": with_details_open(response_to(PREVIEW, "filler", {"text": UNCERTAIN}, County.filled)),
        "several": response_to(PREVIEW, "filler", {"text": SEVERAL}, County.filled),
        "phone": on_a_phone(response_to(PREVIEW, "filler", {"text": UNCERTAIN}, County.filled)),
    },
    "filings/imports/workbook.html": {
        "same": response_to_workbook(unchanged),
        "every_kind": response_to_workbook(with_every_difference),
        "phone": on_a_phone(response_to_workbook(with_every_difference)),
    },
    "filings/editor/restore_points.html": {"one": page_at(f"{FILL}points/", "filler", states.sent_back)},
    "filings/editor/restore_point.html": {
        "different": page_at("/filings/{0.filing_id}/fill/points/{0.pk}/", "filler", states.kept)
    },
    "filings/editor/unsaved.html": {
        "logged_out": response_to(SAVE, ANONYMOUS, {"cell": "三百", "initial-cell": ""}, County.started),
        "submitted": response_to_draft(SAVE, County.filled, states.an_amount, late=states.submitted),
    },
    "filings/kept/page.html": {
        "reason": kept_after_login(f"{READ}send-back/", "head", {"lock": "1", "reason": "请补充。"}, County.signing)
    },
    "filings/submission/submit.html": {
        "first": page_at(SUBMISSION, "filler", County.filled),
        "errors": page_at(SUBMISSION, "filler", states.faulty),
        "asked": page_at(SUBMISSION, "filler", states.needs_explanation),
        "refused": response_to(SUBMISSION, "filler", {"lock": "{0.lock}"}, states.needs_explanation),
        "returned": with_details_open(page_at(SUBMISSION, "filler", states.returned)),
        "outdated": response_to(SUBMISSION, "filler", OUTDATED, states.sent_back),
        "phone": on_a_phone(page_at(SUBMISSION, "filler", states.needs_explanation)),
        "adjusted": page_at(SUBMISSION, "filler", states.adjusted),
        "adjusted_phone": on_a_phone(response_to(SUBMISSION, "filler", {"lock": "{0.lock}"}, states.adjusted)),
    },
    "filings/submission/sign.html": {
        "to_sign": page_at(SIGNATURE, "head", states.with_note),
        "refused": response_to(SIGNATURE, "head", {"lock": "{0.lock}"}, County.signing),
        "outdated": response_to(SIGNATURE, "head", OUTDATED | {"revision": "1"}, states.submitted_again),
        "phone": on_a_phone(page_at(SIGNATURE, "head", states.with_note)),
        "adjusted": page_at(SIGNATURE, "head", states.adjusted_and_submitted),
    },
    "filings/submission/receipt.html": {
        "submitted": page_at(f"{READ}receipts/2/", "filler", states.with_note),
        "signed": with_details_open(page_at(f"{READ}receipts/3/", "head", County.in_review)),
        "withdrawn": page_at(f"{READ}receipts/2/", "filler", states.submitted_again),
        "phone": on_a_phone(page_at(f"{READ}receipts/2/", "filler", states.with_note)),
    },
    "filings/submission/signing.html": {
        "to_sign": page_at(SIGNING, "head", County.signing),
        "refused": response_to(f"{READ}send-back/", "head", {"lock": "{0.lock}"}, County.signing),
        "signed": page_at(SIGNING, "head", County.in_review),
    },
}
