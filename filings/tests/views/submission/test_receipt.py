"""回执: number, version and hash of what was submitted or signed, who has it now, and what has happened since."""

import re
from datetime import timedelta

from django.utils import timezone

from filings.choices import Action, Role
from filings.lifecycle import events, workflow
from filings.lifecycle.receipts import next_receipt
from filings.models import Cycle, Department, Filing
from filings.tests.county import County, create_user, enrol, fill, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, take, words


def address(filing: Filing, number: int) -> str:
    return f"/filings/{filing.pk}/receipts/{number}/"


def test_a_receipt_names_version_hash_and_holder(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    page = client_of(county.filler).get(address(filing, 2))
    assert "no-store" in page["Cache-Control"]
    revision = filing.revisions.get()
    assert f"已提交，等单位负责人审签。 受理编号 {filing.cycle.year}-101-01 县档案馆" in words(page)
    assert revision.sha256 in words(page)
    assert f'href="/filings/{filing.pk}/files/pdf/?version=1"' in html(page)
    assert "单位审签 正在办理 县档案馆 head甲" in words(page)
    assert f'action="/filings/{filing.pk}/withdraw/"' in html(page)
    assert f'href="/filings/{filing.pk}/receipts/2/">回执' in html(
        client_of(county.filler).get(f"/filings/{filing.pk}/")
    )


def test_a_withdrawal_is_confirmed_after_its_consequences(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    client = client_of(county.filler)
    for page in (address(filing, 2), f"/filings/{filing.pk}/"):
        (asked,) = re.findall(r'<details class="ask">(.*?)</details>', html(client.get(page)), re.DOTALL)
        assert re.search(r"撤回修改</summary>.*?须重新提交、重新审签。.*?确认撤回</button>", asked, re.DOTALL)


def test_a_receipt_shows_what_has_happened_since(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    client = client_of(county.filler)
    take(client, filing, "withdraw")
    page = client.get(address(filing, 2))
    assert "此后的办理" in words(page)
    assert "filler甲 撤回修改" in words(page)
    assert "由填报人修改后重新提交。" in words(page)
    assert f'action="/filings/{filing.pk}/withdraw/"' not in html(page)


def test_a_receipt_of_an_earlier_version_offers_no_withdrawal_and_its_own_file(
    county: County, client_of: ClientOf
) -> None:
    filing = step(Action.WITHDRAW, county.signing(), county.filler)
    filing.indicators.filter(key="i0").update(target="≥900卷")
    step(Action.SUBMIT, filing, county.filler)
    client = client_of(county.filler)
    assert f'action="/filings/{filing.pk}/withdraw/"' not in html(client.get(address(filing, 2)))
    assert f"受理编号 {filing.cycle.year}-101-02" in words(client.get(address(filing, 4)))
    first, second = (client.get(f"/filings/{filing.pk}/files/txt/?version={number}") for number in (1, 2))
    assert ("≥900卷" in first.content.decode(), "≥900卷" in second.content.decode()) == (False, True)
    assert client.get(f"/filings/{filing.pk}/files/txt/?version=3").status_code == 404


def test_the_bureau_sees_receipts_of_signed_versions_only(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    client = client_of(county.supervisor_reviewer)
    assert "已审签，已送财政局审核。" in words(client.get(address(filing, 3)))
    step(Action.WITHDRAW, filing, county.filler)
    step(Action.SUBMIT, filing, county.filler)
    assert client.get(address(filing, 5)).status_code == 404
    assert client_of(county.stranger).get(address(filing, 3)).status_code == 404
    assert client.get(address(filing, 1)).status_code == 404


def test_numbers_differ_between_cycles_of_a_year(county: County) -> None:
    filing = county.signing()
    today = timezone.localdate()
    second = Cycle.objects.create(
        name="第二批",
        year=filing.cycle.year,
        edition=filing.cycle.edition,
        opens_on=today,
        deadline=today + timedelta(days=9),
        stages=filing.cycle.stages,
        started_at=timezone.now(),
    )
    enrol(second, county.department)
    other = Filing.objects.create(cycle=second, department=county.department)
    assert filing.revisions.get().receipt == f"{second.year}-101-01"
    assert next_receipt(other, 1) == f"{second.year}P{second.pk}-101-01"


def test_the_signature_has_the_number_of_the_submission(county: County) -> None:
    filing = county.signing()
    Department.objects.filter(pk=county.department.pk).update(code="105")
    step(Action.SIGN, filing, county.head)
    assert recorded(filing, Action.SUBMIT) == recorded(filing, Action.SIGN) == filing.revisions.get().receipt


def test_a_code_given_to_another_department_repeats_no_number(county: County) -> None:
    filing = county.signing()
    Department.objects.filter(pk=county.department.pk).update(code="105")
    Department.objects.filter(pk=county.supervising.pk).update(code="101")
    heir = Department.objects.get(code="101")
    filler = create_user("heir", Role.FILLER, heir)
    other = workflow.start(county.cycle, heir, by=filler)
    fill(other)
    step(Action.SUBMIT, other, filler)
    year = filing.cycle.year
    assert recorded(filing, Action.SUBMIT) == f"{year}-101-01"
    assert recorded(other, Action.SUBMIT) == f"{year}F{other.pk}-101-01"


def recorded(filing: Filing, action: Action) -> str:
    return events.detail(filing.events.get(action=action))["receipt"]
