"""No page has a serious or critical axe-core violation in any of its states."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import transaction
from django.test import Client, RequestFactory
from django.views.defaults import server_error
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from filings.models import Membership, User
from filings.templatetags.demonstration import DEMO_USERNAMES
from filings.tests.browser import board_states, states
from filings.tests.browser.axe import serious_violations, without_known
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
    PageVisit,
    after_keys,
    on_a_phone,
    page_at,
    response_to,
    response_to_draft,
    response_to_upload,
    with_details_open,
    with_dialog,
    with_preview,
)
from filings.tests.browser.queue_states import SELECTED, claimed_by_a_colleague, to_review
from filings.tests.county import County, found_county
from filings.tests.last_year import carried_over, on_another_form, with_last_year
from filings.tests.library.seeded import seeded

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

READ = "/filings/{0.pk}/"
FILL, SIGNING, REVIEW, RETURN = (f"{READ}{page}/" for page in ("fill", "signing", "review", "return"))
BOARD = "/cycles/{0.cycle_id}/board/"
LAST_YEAR, IMPORT = f"{FILL}last-year/", f"{FILL}import/"
PREVIEW = f"{IMPORT}preview/"
EDITION = "/admin/filings/formedition/{0.cycle.edition_id}/"
SAVE, SUBMIT = f"{FILL}save/", f"{FILL}submit/"
LOGIN, PASSWORD = "/accounts/login/", "/accounts/password/change/"
REVIEWER = "supervisor_reviewer"
REMARK = {"lock": "{0.lock}", "remark:indicators[i0]": "请写明口径。", "reason": "口径不清。"}
STALE_REMARK = REMARK | {"lock": "0"}


def demonstration(visit: PageVisit) -> None:
    visit.settings.DEMO = True
    for membership, username in zip(Membership.objects.order_by("pk"), DEMO_USERNAMES, strict=False):
        User.objects.filter(pk=membership.user_id).update(username=username, is_demo=True)
    visit.go(LOGIN)
    assert visit.page.locator(".demo-people button").count() == len(DEMO_USERNAMES)


def too_large(visit: PageVisit) -> None:
    visit.settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    visit.show(Client().post(LOGIN, "more than there may be", content_type="text/plain"))


PAGES: dict[str, dict[str, PageState]] = {
    "account/login.html": {
        "plain": page_at(LOGIN),
        "refused": response_to(LOGIN, ANONYMOUS, {"login": "somebody", "password": "wrong"}),
        "demonstration": demonstration,
    },
    "account/password_change.html": {
        "first": page_at(PASSWORD, "filler", states.first_password),
        "refused": response_to(PASSWORD, "filler", {"password1": "short"}, states.first_password),
    },
    "account/logout.html": {"asked": page_at("/accounts/logout/", "filler")},
    "filings/todo.html": {
        "to_start": page_at("/", "filler"),
        "returned": page_at("/", "filler", states.returned),
        "nothing": page_at("/", "head"),
    },
    "filings/overview.html": {
        "many": page_at("/filings/?status=draft", "manager", states.many),
    },
    "filings/bureau/control_figures.html": {
        "some": page_at("/cycles/{0.pk}/controls/", "manager", states.controls),
        "refused": response_to_upload("/cycles/{0.pk}/controls/preview/", "manager", b"nonsense", states.controls),
    },
    "filings/bureau/control_figures_preview.html": {
        "every_kind": response_to_upload(
            "/cycles/{0.pk}/controls/preview/", "manager", states.FIGURES, states.controls
        ),
    },
    "filings/board/board.html": {
        "some": page_at(BOARD, "manager", County.in_review),
        "phone": on_a_phone(page_at(BOARD, "manager", County.in_review)),
        "nothing_selected": response_to(f"{BOARD}remind/", "manager", {}, County.in_review),
    },
    "filings/board/remind.html": {
        "some": response_to(f"{BOARD}remind/", "manager", {"all": "1"}, County.in_review),
        "refused": response_to(f"{BOARD}remind/send/", "manager", {"sentence": ""}, County.in_review),
    },
    "filings/board/reminded.html": {
        "sent": page_at(f"{BOARD}reminded/?at={{0.microseconds}}", "manager", board_states.reminded),
    },
    "filings/board/extend.html": {
        "some": response_to(f"{BOARD}extend/", "manager", {"all": "1"}, County.in_review),
        "phone": on_a_phone(response_to(f"{BOARD}extend/", "manager", {"all": "1"}, County.in_review)),
    },
    "filings/bureau/exports.html": {
        "every_state": page_at("/cycles/{0.pk}/exports/", "manager", board_states.exports),
        "phone": on_a_phone(page_at("/cycles/{0.pk}/exports/", "manager", board_states.exports)),
    },
    "filings/bureau/rules.html": {
        "broken": with_details_open(page_at("/cycles/{0.pk}/rules/", "manager", states.broken_rule)),
        "phone": on_a_phone(page_at("/cycles/{0.pk}/rules/", "filler", states.broken_rule)),
    },
    "filings/bureau/findings.html": {
        "one": with_details_open(page_at("/cycles/{0.cycle_id}/findings/", "manager", states.with_project_money)),
        "none": page_at("/cycles/{0.cycle_id}/findings/?code=B1", "manager", states.with_project_money),
    },
    "filings/filing/detail.html": {
        "draft": page_at(READ, "filler", states.faulty),
        "signing": page_at(READ, "filler", County.signing),
        "in_review": page_at(READ, REVIEWER, County.in_review),
        "returned": page_at(READ, "filler", states.returned),
        "approved": page_at(READ, "filler", states.approved),
    },
    "filings/bureau/library.html": {
        "some": page_at("/library/", "filler", seeded),
        "none": page_at("/library/?q=没有", "filler", seeded),
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
        "asked": page_at(FILL, "filler", states.needs_explanation),
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
    "filings/filing/sign.html": {
        "to_sign": page_at(SIGNING, "head", County.signing),
        "refused": response_to(f"{READ}send-back/", "head", {"lock": "{0.lock}"}, County.signing),
        "signed": page_at(SIGNING, "head", County.in_review),
    },
    "filings/review/page.html": {
        "to_decide": page_at(REVIEW, REVIEWER, County.in_review),
        "phone": on_a_phone(page_at(REVIEW, REVIEWER, County.in_review)),
        "passing": after_keys("a", page_at(REVIEW, REVIEWER, County.in_review)),
        "returning": after_keys("r", page_at(REVIEW, REVIEWER, County.in_review)),
        "help": after_keys("?", page_at(REVIEW, REVIEWER, County.in_review)),
        "finding": after_keys("n", page_at(REVIEW, REVIEWER, states.with_findings)),
        "remark": after_keys("nf", page_at(REVIEW, REVIEWER, states.with_findings)),
        "resubmitted": page_at(REVIEW, REVIEWER, states.resubmitted),
        "marked": page_at(f"{REVIEW}?mode=marked", REVIEWER, states.resubmitted),
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
    "filings/verify.html": {
        "in_force": page_at("/v/{0.code}/", ANONYMOUS, states.issued),
        "superseded": page_at("/v/{0.code}/", ANONYMOUS, states.superseded),
        "unknown": page_at("/v/AAAABBBBCCCC/"),
    },
    "400.html": {"nul": page_at("/?at=%00")},
    "403.html": {"role": page_at(FILL, "head", County.started)},
    "403_csrf.html": {"forged": lambda visit: visit.show(Client(enforce_csrf_checks=True).post(LOGIN))},
    "404.html": {"unknown": page_at("/nowhere/", "filler")},
    "405.html": {"step": page_at(f"{READ}submit/", "filler", County.filled)},
    "413.html": {"too_large": too_large},
    "500.html": {"broken": lambda visit: visit.show(server_error(RequestFactory().get("/")))},
    "admin/index.html": {"manager": page_at("/admin/", "manager", states.set_up)},
    "admin/change_list.html": {"departments": page_at("/admin/filings/department/", "manager", states.set_up)},
    "admin/change_form.html": {
        "department": page_at("/admin/filings/department/{0.supervising.pk}/change/", "manager", states.set_up),
        "person": page_at("/admin/filings/user/{0.filler.pk}/change/", "manager", states.set_up),
    },
    "admin/filings/formedition/change.html": {
        "open": page_at(f"{EDITION}change/", "manager", states.set_up),
        "in_use": page_at(f"{EDITION}change/", "manager", states.edition_in_use),
    },
    "admin/filings/formedition/copy.html": {"asked": page_at(f"{EDITION}copy/", "manager", states.set_up)},
    "admin/filings/formedition/preview.html": {"copied": page_at(f"{EDITION}preview/", "manager", states.set_up)},
}

# Violations in templates and scripts of Django's admin, which would have to be copied to be fixed: select2 leaves a
# blank choice without a name, and fields in table rows have no label but the column head. By state: rule and selector.
SELECT2 = {"aria-input-field-name": ".select2 *"}
KNOWN: dict[str, dict[str, str]] = {
    "department": SELECT2,
    "person": SELECT2 | {"label": ".tabular input", "select-name": ".tabular select"},
}


def every_state() -> Iterator[object]:
    for name, states_of_page in PAGES.items():
        for state, show in states_of_page.items():
            yield pytest.param(name, state, show, id=f"{name.removesuffix('.html')}-{state}")


@pytest.fixture
def visit(page: Page, live_server: LiveServer, settings: Settings) -> PageVisit:
    # One transaction: separate writes would each wait for the disk.
    with transaction.atomic():
        return PageVisit(page, live_server.url, found_county(), settings)


@pytest.mark.parametrize(("name", "state", "show"), list(every_state()))
def test_a_page_has_no_serious_violation(visit: PageVisit, name: str, state: str, show: PageState) -> None:
    with visit.recorded_templates():
        show(visit)
    # The first template: the browser may also request a missing icon.
    assert next((template for template in visit.rendered if template in PAGES), None) == name
    violations, known = without_known(visit.page, serious_violations(visit.page), KNOWN.get(state, {}))
    assert not violations, "\n\n".join(["", *map(str, violations)])
    assert known == set(KNOWN.get(state, {}))


PLANTED = {
    "label (critical)": "hint => hint.innerHTML = '<input id=planted>'",
    "color-contrast (serious)": "hint => { hint.id = 'planted'; hint.style.color = '#999'; }",
}


@pytest.mark.parametrize("rule", PLANTED)
def test_a_planted_violation_is_reported(visit: PageVisit, rule: str) -> None:
    visit.go(LOGIN)
    assert serious_violations(visit.page) == []
    visit.page.locator(".hint").evaluate(PLANTED[rule])
    (violation,) = serious_violations(visit.page)
    assert str(violation).startswith(f"{rule} at #planted\nFix any of the following:\n  Element ")


def test_every_page_is_visited() -> None:
    folder = Path(configured.BASE_DIR, "templates")
    names = {str(path.relative_to(folder)) for path in folder.rglob("*.html") if not path.name.startswith("_")}
    frames = {"base.html", "plain.html", "admin/base_site.html"}
    of_django = {name for name in PAGES if name.startswith("admin/") and name not in names}
    assert names - frames == PAGES.keys() - of_django
