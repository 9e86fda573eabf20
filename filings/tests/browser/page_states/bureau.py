"""Pages about a whole cycle: board, exports, copied content, findings, rules, library, control figures."""

from filings.tests.browser import board_states, states
from filings.tests.browser.page_visits import (
    PageState,
    on_a_phone,
    page_at,
    response_to,
    response_to_upload,
    with_details_open,
)
from filings.tests.browser.similar_states import comparing_again, copied_goals
from filings.tests.county import County
from filings.tests.library.seeded import seeded

BOARD = "/cycles/{0.cycle_id}/board/"
SIMILAR = "/cycles/{0.cycle_id}/similar/"

PAGES: dict[str, dict[str, PageState]] = {
    "filings/overview.html": {
        "many": page_at("/filings/?status=draft", "manager", states.many),
        "returned": page_at("/filings/?sort=-money", "filler", states.returned),
        "phone": on_a_phone(page_at("/filings/?cycle=all", "manager", states.returned)),
        "nothing_found": page_at("/filings/?q=x", "manager", states.returned),
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
    "filings/bureau/library.html": {
        "some": page_at("/library/", "filler", seeded),
        "none": page_at("/library/?q=没有", "filler", seeded),
    },
    "filings/bureau/similar.html": {
        "some": with_details_open(page_at(SIMILAR, "section_reviewer", copied_goals)),
        "none": page_at(SIMILAR, "manager", County.in_review),
        "comparing": page_at(SIMILAR, "manager", comparing_again),
        "refused": response_to(f"{SIMILAR}remark/", "section_reviewer", {"at": ""}, copied_goals),
        "phone": on_a_phone(page_at(SIMILAR, "section_reviewer", copied_goals)),
    },
    "filings/bureau/similar_compare.html": {
        "copied": page_at(f"{SIMILAR}compare/?a={{0.first}}&b={{0.second}}", "section_reviewer", copied_goals),
        "phone": on_a_phone(
            page_at(f"{SIMILAR}compare/?a={{0.first}}&b={{0.second}}", "section_reviewer", copied_goals)
        ),
    },
}
