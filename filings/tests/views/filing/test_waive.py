"""豁免 on the pages: who is offered it, its effect, and that other input on the page is kept."""

import re

import pytest
from django.utils import timezone

from filings.choices import Action
from filings.models import Filing, Waiver
from filings.tests.county import County, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing(county: County) -> Filing:
    filing = county.filled()
    control(county)
    return filing


def control(county: County) -> None:
    county.cycle.control_figures.create(
        department=county.department, raw="90", fen=90_000_000, by=county.manager, at=timezone.now()
    )


def offered(page: str) -> str:
    """Return the identity of the finding that the page offers to waive."""
    return page.partition('name="finding" value="')[2].partition('"')[0]


def test_a_manager_waives_on_the_page_of_a_draft(county: County, client_of: ClientOf, filing: Filing) -> None:
    client = client_of(county.manager)
    identity = offered(html(client.get(f"/filings/{filing.pk}/")))
    assert identity.startswith("B7-")
    data = {"finding": identity, f"waive-{identity}": "控制数<月底>调整"}
    assert client.post(f"/filings/{filing.pk}/waive/", data).status_code == 302
    page = html(client.get(f"/filings/{filing.pk}/"))
    assert "财政局 manager甲 豁免" in page
    assert "控制数&lt;月底&gt;调整" in page
    assert offered(page) == ""
    assert "豁免核对结果：资金总额" in page
    assert 'class="note error"' not in page
    fill = html(client_of(county.filler).get(f"/filings/{filing.pk}/fill/"))
    assert "控制数&lt;月底&gt;调整" in fill
    assert "处问题" not in fill


@pytest.mark.parametrize("name", ["filler", "head", "observer"])
def test_members_of_the_department_are_not_offered_a_waiver(
    county: County, client_of: ClientOf, filing: Filing, name: str
) -> None:
    assert offered(html(client_of(getattr(county, name)).get(f"/filings/{filing.pk}/"))) == ""


def test_without_a_reason_nothing_is_waived(county: County, client_of: ClientOf, filing: Filing) -> None:
    client = client_of(county.manager)
    identity = offered(html(client.get(f"/filings/{filing.pk}/")))
    answer = client.post(f"/filings/{filing.pk}/waive/", {"finding": identity, f"waive-{identity}": " "})
    assert answer.status_code == 409
    assert "请写明豁免的理由" in html(answer)
    assert not Waiver.objects.exists()


def test_remarks_of_a_reviewer_are_kept_when_an_error_is_waived(county: County, client_of: ClientOf) -> None:
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    control(county)
    client = client_of(county.section_reviewer)
    identity = offered(html(client.get(f"/filings/{filing.pk}/review/")))
    typed = {"remark:indicators[i0]": "写明口径。", "reason": "总体可以。", "lock": str(filing.lock)}
    data = typed | {"finding": identity, f"waive-{identity}": "已核实"}
    refused = client.post(f"/filings/{filing.pk}/waive/", data | {"finding": "B7-gone"})
    assert refused.status_code == 409
    assert "已核实</textarea>" in html(refused)
    assert "写明口径。</textarea>" in html(refused)
    answer = client.post(f"/filings/{filing.pk}/waive/", data, follow=True)
    assert answer.redirect_chain == [(f"/filings/{filing.pk}/review/", 302)]
    page = html(answer)
    assert "写明口径。" in page
    assert "总体可以。" in page
    assert "行政政法股 section_reviewer甲 豁免" in page
    assert Waiver.objects.get().by == county.section_reviewer


def test_the_reasons_typed_for_other_errors_are_kept(county: County, client_of: ClientOf, filing: Filing) -> None:
    filing.amounts.filter(line="EXP.BASIC").update(raw="1", fen=1_000_000)
    client = client_of(county.manager)
    address = f"/filings/{filing.pk}/"
    first, second, *others = re.findall(r'name="finding" value="([^"]*)"', html(client.get(address)))
    typed = {f"waive-{first}": "已核实", f"waive-{second}": "写了<一半>", **{f"waive-{name}": " " for name in others}}
    page = html(client.post(f"{address}waive/", {"finding": first, **typed}, follow=True))
    assert Waiver.objects.get().identity == first
    assert f'name="waive-{second}" rows="2"' in page
    assert "写了&lt;一半&gt;</textarea>" in page
    page = html(client.post(f"{address}waive/", {"finding": second, f"waive-{second}": "已核实"}, follow=True))
    assert "写了" not in page
    assert "waiver_reasons" not in client.session


def test_reasons_that_would_fill_the_session_are_refused_and_shown(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    client = client_of(county.manager)
    identity = offered(html(client.get(f"/filings/{filing.pk}/")))
    typed = {"finding": identity, f"waive-{identity}": "已<核实>", "waive-B1-0": "长" * 40_000}
    answer = client.post(f"/filings/{filing.pk}/waive/", typed)
    assert answer.status_code == 409
    page = html(answer)
    assert "未豁免：本页的豁免理由合计太长。每条理由最多 1000 字，请缩短后再豁免。" in page
    assert "已&lt;核实&gt;</textarea>" in page
    assert not Waiver.objects.exists()
