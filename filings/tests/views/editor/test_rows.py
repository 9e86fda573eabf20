"""Steps with rows: what was typed is saved first, then the step is taken once, then the page goes to the row."""

import pytest
from django.test import Client

from filings import drafts
from filings.choices import Role
from filings.document.content import MOST_DUTIES
from filings.drafts import Change
from filings.models import Duty, Filing
from filings.tests.county import County, create_user
from filings.tests.views.page_forms import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing(client: Client, county: County) -> Filing:
    client.force_login(county.filler)
    return county.filled()


def form(client: Client, filing: Filing) -> dict[str, str]:
    return posted(client.get(f"/filings/{filing.pk}/fill/").content.decode())


def names(filing: Filing) -> list[tuple[str | None, str]]:
    return [(row.node, row.name) for row in drafts.raw(filing).indicators if row.node in ("OUT.QTY", "OUT.QUAL")]


def test_a_row_is_added_below_after_what_was_typed_is_saved(client: Client, filing: Filing) -> None:
    data = form(client, filing) | {"texts-goal:0": "先存下。", "row": "indicators[i0]"}
    for _ in range(2):
        response = client.post(f"/filings/{filing.pk}/fill/rows/add/", data)
    assert filing.texts.get(place="goals[0]").raw == "先存下。"
    assert names(filing) == [("OUT.QTY", ""), ("OUT.QTY", "接收档案"), ("OUT.QTY", ""), ("OUT.QUAL", "")]
    added = drafts.raw(filing).indicators[2].key
    assert response["Location"] == f"/filings/{filing.pk}/fill/#at-indicators-{added}-name"


def test_a_row_moves_up_and_down(client: Client, filing: Filing) -> None:
    data = form(client, filing) | {"row": "indicators[i0]"}
    response = client.post(f"/filings/{filing.pk}/fill/rows/up/", data)
    assert response["Location"].endswith("#at-indicators-i0-name")
    assert names(filing)[:2] == [("OUT.QTY", "接收档案"), ("OUT.QTY", "")]
    data = form(client, filing) | {"row": "indicators[i0]"}
    client.post(f"/filings/{filing.pk}/fill/rows/down/", data)
    assert names(filing)[:2] == [("OUT.QTY", ""), ("OUT.QTY", "接收档案")]


def test_a_removed_row_leads_to_its_neighbour(client: Client, filing: Filing) -> None:
    above = drafts.raw(filing).indicators[0].key
    response = client.post(f"/filings/{filing.pk}/fill/rows/remove/", form(client, filing) | {"row": "indicators[i0]"})
    assert response["Location"].endswith(f"#at-indicators-{above}-name")
    assert "i0" not in {row.key for row in drafts.raw(filing).indicators}


def test_a_row_that_another_has_changed_since_the_page_was_shown_is_not_removed(
    client: Client, county: County, filing: Filing
) -> None:
    data = form(client, filing) | {"row": "indicators[i0]"}
    other = create_user("other", Role.FILLER, county.department)
    change = Change("indicators[i0].target", "≥500卷", "≥600卷")
    drafts.save(filing, [change], by=other, client_id="theirs")
    response = client.post(f"/filings/{filing.pk}/fill/rows/remove/", data)
    assert response.status_code == 409
    assert "other甲 刚刚改过这一行" in response.content.decode()
    assert "i0" in {row.key for row in drafts.raw(filing).indicators}


def test_a_duty_begins_with_the_next_numeral(client: Client, filing: Filing) -> None:
    filing.duties.exclude(key="d1").delete()
    client.post(f"/filings/{filing.pk}/fill/rows/add/", form(client, filing) | {"row": "duties"})
    assert [duty.text for duty in drafts.raw(filing).duties] == ["（一）负责全县档案的收集和保管。", "（二）"]


@pytest.mark.parametrize("row", ["", "indicators[none]", "goals[0]", "indicators[i0].name", "nodes[NONE]"])
def test_a_row_that_is_not_there_changes_nothing(client: Client, filing: Filing, row: str) -> None:
    before = drafts.raw(filing)
    for address in ("add", "split", "remove", "up", "down"):
        response = client.post(f"/filings/{filing.pk}/fill/rows/{address}/", form(client, filing) | {"row": row})
        assert response.status_code == 409
        assert "这一步没有办成" in response.content.decode()
    assert drafts.raw(filing) == before


def test_one_row_too_many_is_refused_with_the_number(client: Client, filing: Filing) -> None:
    Duty.objects.bulk_create(
        Duty(filing=filing, key=f"n{at}", rank=str(at + 5)) for at in range(MOST_DUTIES - filing.duties.count())
    )
    html = client.post(
        f"/filings/{filing.pk}/fill/rows/add/", form(client, filing) | {"row": "duties"}
    ).content.decode()
    assert f"已有 {MOST_DUTIES} 行，最多 {MOST_DUTIES} 行" in html
