"""Who may open the review page before, after and between reviews."""

import pytest
from django.test import Client

from filings.choices import Action, Stage
from filings.tests.county import found_county, step
from filings.tests.url_answers import PEOPLE


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ([], (404, 403, 403, 403, 404, 404, 200)),
        ([Action.SUBMIT], (404, 403, 403, 403, 404, 404, 200)),
        ([Action.SUBMIT, Action.SIGN, Action.RETURN], (404, 403, 403, 403, 200, 404, 200)),
        ([Action.SUBMIT, Action.SIGN, Action.APPROVE_STAGE], (404, 403, 403, 403, 200, 404, 200)),
    ],
    ids=["draft", "signing", "returned", "approved"],
)
def test_the_review_page_is_for_reviewers_at_every_status(
    db: None, actions: list[Action], expected: tuple[int, ...]
) -> None:
    county = found_county((Stage.SUPERVISOR,))
    filing = county.filled()
    users = {Action.SUBMIT: county.filler, Action.SIGN: county.head}
    for action in actions:
        remarks = (("goals[0]", "写清楚。"),) if action == Action.RETURN else ()
        filing = step(action, filing, users.get(action, county.supervisor_reviewer), remarks=remarks)
    answers = []
    for name in PEOPLE:
        client = Client()
        client.force_login(getattr(county, name))
        answers.append(client.get(f"/filings/{filing.pk}/review/").status_code)
    assert tuple(answers) == expected
