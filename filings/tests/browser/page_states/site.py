"""Pages for all users: login, to-do, messages, verification, errors; and those of the admin."""

from django.test import Client, RequestFactory
from django.views.defaults import server_error

from filings.models import Membership, User
from filings.templatetags.demonstration import DEMO_USERNAMES
from filings.tests.browser import states
from filings.tests.browser.page_visits import ANONYMOUS, PageState, PageVisit, on_a_phone, page_at, response_to
from filings.tests.county import County

EDITION = "/admin/filings/formedition/{0.cycle.edition_id}/"
LOGIN, PASSWORD = "/accounts/login/", "/accounts/password/change/"
REVIEWER = "supervisor_reviewer"


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
        "to_review": page_at("/", REVIEWER, County.in_review),
        "manager": page_at("/", "manager"),
        "phone": on_a_phone(page_at("/", "filler", states.returned)),
    },
    "filings/account/page.html": {
        "own": page_at("/account/", "filler"),
        "refused": response_to("/account/telephone/", "filler", {"telephone": "无"}),
        "phone": on_a_phone(page_at("/account/", "filler")),
    },
    "400.html": {"nul": page_at("/?at=%00")},
    "403.html": {"role": page_at("/filings/{0.pk}/fill/", "head", County.started)},
    "403_csrf.html": {"forged": lambda visit: visit.show(Client(enforce_csrf_checks=True).post(LOGIN))},
    "404.html": {"unknown": page_at("/nowhere/", "filler")},
    "405.html": {"step": page_at("/filings/{0.pk}/withdraw/", "filler", County.signing)},
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
    "filings/messages.html": {
        "unread": page_at("/messages/", "head", states.announced),
        "none": page_at("/messages/?only=unread", "filler"),
        "phone": on_a_phone(page_at("/messages/", "head", states.announced)),
    },
}
