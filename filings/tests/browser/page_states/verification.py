"""核验 and 完整性检查."""

from contextlib import suppress
from io import StringIO

from django.core.cache import caches
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client

from filings import verification_code
from filings.models import IssuedCopy
from filings.tests.browser import approval_states, states
from filings.tests.browser.page_visits import ANONYMOUS, PageState, PageVisit, on_a_phone, page_at, response_to_upload
from filings.tests.county import County
from filings.verification.throttle import CACHE, MOST_MISSES

COPY = "/v/{0.code}/"


def mistyped(county: County) -> IssuedCopy:
    copy = states.issued(county)
    copy.code = ("2" if copy.code[0] != "2" else "3") + copy.code[1:]
    return copy


def blocked(visit: PageVisit) -> None:
    client = Client()
    for _ in range(MOST_MISSES):
        client.get(f"/v/{verification_code.new()}/")
    visit.rendered.clear()
    visit.show(client.get("/v/AAAA/"))
    caches[CACHE].clear()


def checked(county: County) -> None:
    states.issued(county)
    call_command("verify", store=True, stdout=StringIO())


def damaged(county: County) -> None:
    copy = states.issued(county)
    default_storage.delete(f"issued/{copy.sha256}.pdf")
    with suppress(SystemExit):
        call_command("verify", store=True, stdout=StringIO())


PAGES: dict[str, dict[str, PageState]] = {
    "filings/verification/ask.html": {
        "asked": page_at("/v/"),
        "refused": page_at("/v/?code=AB"),
        "phone": on_a_phone(page_at("/v/")),
    },
    "filings/verification/copy.html": {
        "in_force": page_at(COPY, ANONYMOUS, states.issued),
        "superseded": page_at(COPY, ANONYMOUS, states.superseded),
        "revoked": page_at(COPY, ANONYMOUS, approval_states.revoked_copy),
        "revoked_phone": on_a_phone(page_at(COPY, ANONYMOUS, approval_states.revoked_copy)),
    },
    "filings/verification/unknown.html": {
        "mistyped": page_at(COPY, ANONYMOUS, mistyped),
        "never_issued": page_at("/v/AAAABBBBCCCC/"),
    },
    "filings/verification/file.html": {
        "unchanged": page_at("/v/hash/{0.sha256}/", ANONYMOUS, states.issued),
        "not_ours": response_to_upload("/v/file/", ANONYMOUS, b"%PDF-1.7", states.issued, name="a.pdf"),
    },
    "filings/verification/other_file.html": {"other": page_at(f"/v/hash/{'0' * 64}/")},
    "filings/verification/too_many.html": {"blocked": blocked},
    "filings/integrity/page.html": {
        "never": page_at("/integrity/", "manager"),
        "whole": page_at("/integrity/", "manager", checked),
        "damaged": page_at("/integrity/", "manager", damaged),
    },
}
