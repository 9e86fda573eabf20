"""Pages on which a manager sets up a cycle."""

from filings.tests.browser.page_visits import (
    PageState,
    on_a_phone,
    page_at,
    response_to,
    response_to_preview,
    response_to_upload,
)
from filings.tests.browser.setup_states import (
    DEPARTMENTS,
    PEOPLE,
    SEALS,
    being_set_up,
    closed,
    department_of_a_section,
    membership,
    running,
)

SETUP = "/cycles/{0.pk}/setup/"
DETAILS = {"year": "0", "deadline": ""}
FIRST_PASSWORDS = response_to_preview(
    f"{SETUP}people/preview/", f"{SETUP}people/adopt/", "manager", PEOPLE, {"ready": "on"}, being_set_up
)


def step_page(step: str) -> dict[str, PageState]:
    """Show a step before the cycle starts, on a phone too, and afterwards."""
    before = page_at(f"{SETUP}{step}", "manager", being_set_up)
    return {
        "open": before,
        "phone": on_a_phone(before),
        "started": page_at(f"{SETUP}{step}", "manager", running),
    }


def import_page(step: str) -> dict[str, PageState]:
    """Show a step with an import, also with a refused file."""
    refused = response_to_upload(f"{SETUP}{step}/preview/", "manager", b"nonsense", being_set_up)
    return step_page(f"{step}/") | {"refused": refused}


def preview_page(step: str, content: bytes, name: str = "table.xlsx") -> dict[str, PageState]:
    shown = response_to_upload(f"{SETUP}{step}/preview/", "manager", content, being_set_up, name=name)
    return {"every_kind": shown, "phone": on_a_phone(shown)}


PAGES: dict[str, dict[str, PageState]] = {
    "filings/setup/cycles.html": {
        "some": page_at("/cycles/", "manager", being_set_up),
        "phone": on_a_phone(page_at("/cycles/", "manager", being_set_up)),
    },
    "filings/setup/new_cycle.html": {
        "empty": page_at("/cycles/new/", "manager"),
        "next_year": page_at("/cycles/{0.pk}/next/", "manager", running),
        "refused": response_to("/cycles/create/", "manager", {"year": "x"}, running),
    },
    "filings/setup/overview.html": step_page(""),
    "filings/setup/edition.html": step_page("edition/"),
    "filings/setup/details.html": step_page("details/")
    | {"refused": response_to(f"{SETUP}details/save/", "manager", DETAILS, being_set_up)},
    "filings/setup/publication.html": step_page("publication/"),
    "filings/setup/policy.html": step_page("policy/")
    | {"refused": response_to(f"{SETUP}policy/save/", "manager", {}, being_set_up)},
    "filings/setup/departments.html": import_page("departments"),
    "filings/setup/departments_preview.html": preview_page("departments", DEPARTMENTS),
    "filings/setup/people.html": import_page("people"),
    "filings/setup/people_preview.html": preview_page("people", PEOPLE),
    "filings/setup/passwords.html": {"once": FIRST_PASSWORDS, "phone": on_a_phone(FIRST_PASSWORDS)},
    "filings/setup/remove_role.html": {
        "asked": page_at("/cycles/{0.cycle_id}/setup/people/{0.pk}/", "manager", membership)
    },
    "filings/setup/seals.html": import_page("seals"),
    "filings/setup/seals_preview.html": preview_page("seals", SEALS, "seals.zip"),
    "filings/setup/start.html": step_page("start/"),
    "filings/setup/close.html": step_page("close/")
    | {
        "closed": on_a_phone(page_at(f"{SETUP}close/", "manager", closed)),
        "refused": response_to(f"{SETUP}close/reopen/", "manager", {}, closed),
    },
    "filings/setup/calendar.html": {
        "refused": response_to("/calendar/add/", "manager", {"first": "x"}, closed),
        "phone": on_a_phone(page_at("/calendar/", "manager", closed)),
    },
    "filings/setup/offices.html": {
        "some": page_at("/offices/", "manager", running),
        "phone": on_a_phone(page_at("/offices/", "manager", running)),
    },
    "filings/setup/office.html": {
        "section": page_at("/offices/{0.section_id}/", "manager", department_of_a_section),
        "refused": on_a_phone(response_to("/offices/{0.section_id}/rename/", "manager", {}, department_of_a_section)),
    },
}
