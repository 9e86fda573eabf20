"""The list of a cycle's copies: states, filters and counts, with a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from filings.choices import Action, JobKind, Stage
from filings.models import Department, Filing, IssuedCopy
from filings.publication import listing
from filings.publication.listing import PublicationState, approved_of, counts_of, filtered, rows_of
from filings.publication.publish import publish, unpublish
from filings.publication.reissue import print_again, reissue
from filings.publication.selection import default_filings, select
from filings.publication.withhold import disclose, withhold
from filings.tests.county import County, fixed_bytes, found_county, step
from filings.tests.publication.published import adjusted, approved, copied, passed

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def county() -> County:
    return found_county((Stage.PERFORMANCE,))


def state(county: County) -> str:
    (row,) = rows_of(approved_of(county.cycle))
    return row.state


def test_only_approved_and_withheld_tables_are_listed(county: County) -> None:
    filing = county.in_review()
    assert rows_of(approved_of(county.cycle)) == []
    withhold(filing.pk, "secret", "", by=county.manager, now=NOW)
    (row,) = rows_of(approved_of(county.cycle))
    assert (row.state, row.copy, row.basis, row.withheld_by) == ("withheld", None, "涉及国家秘密", "manager甲")


def test_the_state_follows_each_step(county: County) -> None:
    filing = approved(county)
    seen = [state(county)]
    publish(filing.pk, by=county.manager, now=NOW)
    seen.append(state(county))
    unpublish(filing.pk, "有误", by=county.manager, now=NOW)
    seen.append(state(county))
    publish(filing.pk, by=county.manager, now=NOW)
    adjusted(county)
    seen.append(state(county))
    publish(filing.pk, by=county.manager, now=NOW)
    seen.append(state(county))
    withhold(filing.pk, "secret", "", by=county.manager, now=NOW)
    seen.append(state(county))
    disclose(filing.pk, "已解密", by=county.manager, now=NOW)
    seen.append(state(county))
    Department.objects.update(withheld=True)
    seen.append(state(county))
    assert seen == ["awaiting", "public", "withdrawn", "newer", "public", "withheld", "withdrawn", "classified"]


def test_a_revoked_approval_stays_in_the_list_with_its_publication(county: County) -> None:
    filing = approved(county)
    publish(filing.pk, by=county.manager, now=NOW)
    step(Action.REVOKE, filing, county.manager, reason="有误")
    (row,) = rows_of(approved_of(county.cycle))
    assert (row.state, row.copy, row.public_copy) == ("revoked", None, None)
    passed(Filing.objects.get(), county)
    assert state(county) == "awaiting"


def test_a_revoked_approval_that_was_never_published_leaves_the_list(county: County) -> None:
    step(Action.REVOKE, approved(county), county.manager, reason="有误")
    assert rows_of(approved_of(county.cycle)) == []


def test_a_copy_issued_again_keeps_the_date_of_its_approval_and_its_withdrawal(county: County) -> None:
    filing = approved(county)
    publish(filing.pk, by=county.manager, now=NOW)
    unpublish(filing.pk, "缺印章", by=county.manager, now=NOW)
    copy = filing.issued_copies.select_related("revision__filing__cycle__edition").get()
    new = reissue(copy, print_again(copy, fixed_bytes), "", by=county.manager, now=timezone.now())
    (row,) = rows_of(approved_of(county.cycle))
    assert (row.copy, row.approved_at, row.state, row.withdrawn_for) == (new.pk, copy.issued_at, "withdrawn", "缺印章")


def test_a_version_approved_again_has_the_date_of_its_last_approval(county: County) -> None:
    filing = approved(county)
    step(Action.REVOKE, filing, county.manager, reason="有误")
    passed(Filing.objects.get(), county)
    first, last = filing.issued_copies.order_by("pk")
    (row,) = rows_of(approved_of(county.cycle))
    assert (first.revision, row.approved_at) == (last.revision, last.issued_at)
    assert publish(filing.pk, by=county.manager, now=NOW).approved_at == last.issued_at


def test_rows_are_filtered_by_state_name_and_missing_seal(county: County, settings: Settings) -> None:
    first = approved(county)
    other = copied(first, county, "300")
    publish(first.pk, by=county.manager, now=NOW)
    IssuedCopy.objects.filter(filing=other).update(seal_sha256="0" * 64)

    def found(state: str = "", typed: str = "") -> list[int]:
        lacking = listing.lacking(county.cycle)
        return [row.filing for row in rows_of(filtered(approved_of(county.cycle), state, typed, lacking))]

    assert found() == [first.pk, other.pk]
    assert found("public") == [first.pk]
    assert found("awaiting", "单位") == [other.pk]
    assert found("", "xdag") == [first.pk]
    assert found("", "300") == [other.pk]
    assert found("unknown") == [first.pk, other.pk]
    assert found("lacking") == [first.pk]
    settings.SIGNING_FILE = "signing.toml"
    assert found("lacking") == [first.pk, other.pk]
    assert counts_of(approved_of(county.cycle)) == {
        **dict.fromkeys(listing.STATES, 0),
        PublicationState.AWAITING: 1,
        PublicationState.PUBLIC: 1,
    }


@pytest.mark.parametrize("count", [1, 3, 300])
def test_any_number_of_copies_takes_the_same_queries(county: County, count: int) -> None:
    first = approved(county)
    for number in range(1, count):
        copied(first, county, f"N{number}")
    with CaptureQueriesContext(connection) as asked:
        assert len(rows_of(approved_of(county.cycle))) == count
        assert counts_of(approved_of(county.cycle))[PublicationState.AWAITING] == count
    assert len(asked) == 2
    with CaptureQueriesContext(connection) as asked:
        chosen = default_filings(JobKind.PUBLISH, county.cycle)
        selection = select(JobKind.PUBLISH, county.cycle, chosen, by=county.manager)
    assert (len(selection.ready), len(asked)) == (count, 5)


def test_a_selection_names_what_is_left_out(county: County) -> None:
    first = approved(county)
    other = copied(first, county, "300")
    publish(first.pk, by=county.manager, now=NOW)
    chosen = approved_of(county.cycle)
    for kind, ready, left_out in (
        (JobKind.PUBLISH, [other.pk], [(first.pk, "已公开")]),
        (JobKind.UNPUBLISH, [first.pk], [(other.pk, "待公开")]),
        (JobKind.REISSUE, [], [(first.pk, "该单位没有可用的印章图片，请先上传印章。")]),
    ):
        selection = select(kind, county.cycle, chosen, by=county.manager)
        assert [each.row.filing for each in selection.ready] == ready
        assert [(row.filing, reason) for row, reason in selection.left_out][:1] == left_out


def test_a_complete_copy_is_not_issued_again(county: County, settings: Settings) -> None:
    filing = approved(county)
    filing.issued_copies.update(seal_sha256="0" * 64)
    (row,) = rows_of(approved_of(county.cycle))
    assert listing.reissue_refusal(row, has_stamp=True) == "印章和签名齐全，不需要补办。"
    settings.SIGNING_FILE = "signing.toml"
    assert listing.reissue_refusal(row, has_stamp=True) == ""


def test_the_own_table_is_left_out(county: County) -> None:
    filing = approved(county)
    county.manager.memberships.create(department=county.department, role="observer")
    manager = county.manager.__class__.objects.get(pk=county.manager.pk)
    selection = select(JobKind.PUBLISH, county.cycle, approved_of(county.cycle), by=manager)
    assert [(row.filing, reason) for row, reason in selection.left_out] == [(filing.pk, "您在该单位任职，由他人办理")]
    assert Filing.objects.count() == 1
