"""Every page, in each state that looks different, has no serious or critical fault that axe-core can find."""

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
from filings.tests.browser import states
from filings.tests.browser.axe import grave_faults, without_known
from filings.tests.browser.desk import (
    NOBODY,
    Desk,
    Sight,
    answered,
    as_printed,
    filled_in,
    in_dialog,
    on_a_phone,
    seen,
    unfolded,
    uploaded,
)
from filings.tests.browser.returning import DOUBTFUL, SEVERAL, as_it_was, of_every_kind, returned
from filings.tests.county import County, found_county
from filings.tests.last_year import carried_over, on_another_form, with_last_year
from filings.tests.library.seeded import seeded

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

READ = "/filings/{0.pk}/"
FILL, SIGNING, REVIEW, RETURN = (f"{READ}{page}/" for page in ("fill", "signing", "review", "return"))
LAST_YEAR, IMPORT = f"{FILL}last-year/", f"{FILL}import/"
PREVIEW = f"{IMPORT}preview/"
EDITION = "/admin/filings/formedition/{0.cycle.edition_id}/"
SAVE, SUBMIT = f"{FILL}save/", f"{FILL}submit/"
LOGIN, PASSWORD = "/accounts/login/", "/accounts/password/change/"
REVIEWER = "supervisor_reviewer"
REMARK = {"lock": "{0.lock}", "remark:indicators[i0]": "请写明口径。", "reason": "口径不清。"}
STALE_REMARK = REMARK | {"lock": "0"}


def demonstration(desk: Desk) -> None:
    desk.settings.DEMO = True
    for membership, username in zip(Membership.objects.order_by("pk"), DEMO_USERNAMES, strict=False):
        User.objects.filter(pk=membership.user_id).update(username=username, is_demo=True)
    desk.go(LOGIN)
    assert desk.page.locator(".demo-people button").count() == len(DEMO_USERNAMES)


def too_large(desk: Desk) -> None:
    desk.settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    desk.show(Client().post(LOGIN, "more than there may be", content_type="text/plain"))


PAGES: dict[str, dict[str, Sight]] = {
    "account/login.html": {
        "plain": seen(LOGIN),
        "refused": answered(LOGIN, NOBODY, {"login": "somebody", "password": "wrong"}),
        "demonstration": demonstration,
    },
    "account/password_change.html": {
        "first": seen(PASSWORD, "filler", states.first_password),
        "refused": answered(PASSWORD, "filler", {"password1": "short"}, states.first_password),
    },
    "account/logout.html": {"asked": seen("/accounts/logout/", "filler")},
    "filings/todo.html": {
        "to_start": seen("/", "filler"),
        "returned": seen("/", "filler", states.returned),
        "nothing": seen("/", "head"),
    },
    "filings/overview.html": {
        "many": seen("/filings/?status=draft", "manager", states.many),
    },
    "filings/bureau/control_figures.html": {
        "some": seen("/cycles/{0.pk}/controls/", "manager", states.controls),
        "refused": uploaded("/cycles/{0.pk}/controls/preview/", "manager", b"nonsense", states.controls),
    },
    "filings/bureau/control_figures_preview.html": {
        "every_kind": uploaded("/cycles/{0.pk}/controls/preview/", "manager", states.FIGURES, states.controls),
    },
    "filings/bureau/rules.html": {
        "broken": unfolded(seen("/cycles/{0.pk}/rules/", "manager", states.broken_rule)),
        "phone": on_a_phone(seen("/cycles/{0.pk}/rules/", "filler", states.broken_rule)),
    },
    "filings/bureau/findings.html": {
        "one": unfolded(seen("/cycles/{0.cycle_id}/findings/", "manager", states.with_project_money)),
        "none": seen("/cycles/{0.cycle_id}/findings/?code=B1", "manager", states.with_project_money),
    },
    "filings/filing/detail.html": {
        "draft": seen(READ, "filler", states.faulty),
        "signing": seen(READ, "filler", County.signing),
        "in_review": seen(READ, REVIEWER, County.in_review),
        "returned": seen(READ, "filler", states.returned),
        "approved": seen(READ, "filler", states.approved),
    },
    "filings/bureau/library.html": {
        "some": seen("/library/", "filler", seeded),
        "none": seen("/library/?q=没有", "filler", seeded),
    },
    "filings/filing/collect.html": {"approved": seen(f"{READ}library/", "manager", states.approved)},
    "filings/filing/revision.html": {"returned": seen(f"{READ}revisions/1/", "filler", states.returned)},
    "filings/editor/page.html": {
        "fresh": seen(FILL, "filler", County.started),
        "error_and_warning": seen(FILL, "filler", states.faulty),
        "carried_over": seen(FILL, "filler", carried_over),
        "menus_open": unfolded(seen(FILL, "filler", County.filled)),
        "phone": on_a_phone(seen(FILL, "filler", states.faulty)),
        "returned": seen(FILL, "filler", states.returned),
        "asked": seen(FILL, "filler", states.asked),
        "stopped": filled_in(SUBMIT, states.faulty, states.nothing),
        "conflict": filled_in(SAVE, County.filled, states.an_amount_that_was_another),
        "printed": as_printed(seen(FILL, "filler", County.filled)),
        **{name: in_dialog(name, seen(FILL, "filler", County.filled)) for name in ("keys", "paste", "login")},
    },
    "filings/editor/links.html": {
        "some": seen(f"{FILL}links/", "filler", County.filled),
        "refused": answered(f"{FILL}links/save/", "filler", {"duties-i0": "9", "seen-duties-i0": ""}, County.filled),
    },
    "filings/editor/last_year.html": {
        "none": seen(LAST_YEAR, "filler", County.started),
        "offered": seen(LAST_YEAR, "filler", with_last_year),
        "another_form": seen(f"{LAST_YEAR}?money=keep", "filler", on_another_form),
        "carried_over": seen(LAST_YEAR, "filler", carried_over),
    },
    "filings/imports/source.html": {
        "plain": seen(IMPORT, "filler", County.started),
        "refused": answered(PREVIEW, "filler", {"text": "甲\t乙"}, County.started),
    },
    "filings/imports/preview.html": {
        "doubtful": unfolded(answered(PREVIEW, "filler", {"text": DOUBTFUL}, County.filled)),
        "several": answered(PREVIEW, "filler", {"text": SEVERAL}, County.filled),
        "phone": on_a_phone(answered(PREVIEW, "filler", {"text": DOUBTFUL}, County.filled)),
    },
    "filings/imports/workbook.html": {
        "same": returned(as_it_was),
        "every_kind": returned(of_every_kind),
        "phone": on_a_phone(returned(of_every_kind)),
    },
    "filings/editor/restore_points.html": {"one": seen(f"{FILL}points/", "filler", states.sent_back)},
    "filings/editor/restore_point.html": {
        "different": seen("/filings/{0.filing_id}/fill/points/{0.pk}/", "filler", states.kept)
    },
    "filings/editor/unsaved.html": {
        "logged_out": answered(SAVE, NOBODY, {"cell": "三百", "initial-cell": ""}, County.started),
        "submitted": filled_in(SAVE, County.filled, states.an_amount, late=states.submitted),
    },
    "filings/filing/sign.html": {
        "to_sign": seen(SIGNING, "head", County.signing),
        "refused": answered(f"{READ}send-back/", "head", {"lock": "{0.lock}"}, County.signing),
        "signed": seen(SIGNING, "head", County.in_review),
    },
    "filings/filing/review.html": {
        "to_decide": seen(REVIEW, REVIEWER, County.in_review),
        "remarks_open": unfolded(seen(REVIEW, REVIEWER, County.in_review)),
        "phone": on_a_phone(seen(REVIEW, REVIEWER, County.in_review)),
        "refused": answered(RETURN, REVIEWER, STALE_REMARK, County.in_review),
        "decided": answered(RETURN, REVIEWER, STALE_REMARK, states.returned),
    },
    "filings/filing/gone.html": {
        "withdrawn": answered(RETURN, REVIEWER, REMARK, County.in_review, late=states.withdrawn)
    },
    "filings/verify.html": {
        "in_force": seen("/v/{0.code}/", NOBODY, states.issued),
        "superseded": seen("/v/{0.code}/", NOBODY, states.superseded),
        "unknown": seen("/v/AAAABBBBCCCC/"),
    },
    "400.html": {"nul": seen("/?at=%00")},
    "403.html": {"role": seen(FILL, "head", County.started)},
    "403_csrf.html": {"forged": lambda desk: desk.show(Client(enforce_csrf_checks=True).post(LOGIN))},
    "404.html": {"unknown": seen("/nowhere/", "filler")},
    "405.html": {"step": seen(f"{READ}submit/", "filler", County.filled)},
    "413.html": {"too_large": too_large},
    "500.html": {"broken": lambda desk: desk.show(server_error(RequestFactory().get("/")))},
    "admin/index.html": {"manager": seen("/admin/", "manager", states.set_up)},
    "admin/change_list.html": {"departments": seen("/admin/filings/department/", "manager", states.set_up)},
    "admin/change_form.html": {
        "department": seen("/admin/filings/department/{0.supervising.pk}/change/", "manager", states.set_up),
        "person": seen("/admin/filings/user/{0.filler.pk}/change/", "manager", states.set_up),
    },
    "admin/filings/formedition/change.html": {
        "open": seen(f"{EDITION}change/", "manager", states.set_up),
        "in_use": seen(f"{EDITION}change/", "manager", states.edition_in_use),
    },
    "admin/filings/formedition/copy.html": {"asked": seen(f"{EDITION}copy/", "manager", states.set_up)},
    "admin/filings/formedition/preview.html": {"copied": seen(f"{EDITION}preview/", "manager", states.set_up)},
}

# What Django brings, in templates and scripts that would have to be copied to be mended: select2 names a blank choice
# by nothing, and rows of a table give their fields no label but the column's head. By state: the rule, and where.
SELECT2 = {"aria-input-field-name": ".select2 *"}
KNOWN: dict[str, dict[str, str]] = {
    "department": SELECT2,
    "person": SELECT2 | {"label": ".tabular input", "select-name": ".tabular select"},
}


def every_sight() -> Iterator[object]:
    for name, sights in PAGES.items():
        for state, look in sights.items():
            yield pytest.param(name, state, look, id=f"{name.removesuffix('.html')}-{state}")


@pytest.fixture
def desk(page: Page, live_server: LiveServer, settings: Settings) -> Desk:
    # Together, for each row by itself would wait for the disk.
    with transaction.atomic():
        return Desk(page, live_server.url, found_county(), settings)


@pytest.mark.parametrize(("name", "state", "look"), list(every_sight()))
def test_a_page_keeps_nobody_out(desk: Desk, name: str, state: str, look: Sight) -> None:
    with desk.noting_templates():
        look(desk)
    # The first, for the browser may go on to ask for an icon that is not there.
    assert next((template for template in desk.rendered if template in PAGES), None) == name
    faults, known = without_known(desk.page, grave_faults(desk.page), KNOWN.get(state, {}))
    assert not faults, "\n\n".join(["", *map(str, faults)])
    assert known == set(KNOWN.get(state, {}))


PLANTED = {
    "label (critical)": "hint => hint.innerHTML = '<input id=planted>'",
    "color-contrast (serious)": "hint => { hint.id = 'planted'; hint.style.color = '#999'; }",
}


@pytest.mark.parametrize("told", PLANTED)
def test_a_planted_fault_is_found_and_told(desk: Desk, told: str) -> None:
    desk.go(LOGIN)
    assert grave_faults(desk.page) == []
    desk.page.locator(".hint").evaluate(PLANTED[told])
    (fault,) = grave_faults(desk.page)
    assert str(fault).startswith(f"{told} at #planted\nFix any of the following:\n  Element ")


def test_every_page_is_looked_at() -> None:
    folder = Path(configured.BASE_DIR, "templates")
    names = {str(path.relative_to(folder)) for path in folder.rglob("*.html") if not path.name.startswith("_")}
    frames = {"base.html", "plain.html", "admin/base_site.html"}
    of_django = {name for name in PAGES if name.startswith("admin/") and name not in names}
    assert names - frames == PAGES.keys() - of_django
