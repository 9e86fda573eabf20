"""A published table: its page, its files, and what is answered once it is no longer public."""

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from filings.choices import PublicationEnd, Stage
from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, compose
from filings.document.flat_json import flatten
from filings.editions.store import store
from filings.lifecycle import issuing
from filings.models import AdjustmentReason, Cycle, IssuedCopy, Publication
from filings.publication import reissue
from filings.publication.publish import publish as publish_copy
from filings.tests.county import County, fixed_bytes, found_county
from filings.tests.founding import EDITION, founding_document
from filings.tests.publication.published import approved
from filings.tests.published import end, publish, publish_many
from filings.tests.views.pages import html, words

Address = Callable[[str], str]
STEM = "101-县档案馆{year}年度部门整体支出绩效目标表"
FILES = ("table.pdf", "table.xlsx", "table.json")


def test_the_page_shows_the_table_with_its_facts(published: Publication, address: Address) -> None:
    page = Client().get(address(""))
    text = words(page)
    for each in (*founding_document().goals, founding_document().duties[0].text, "550.13万元"):
        assert each in text
    assert f'<caption class="visually-hidden">{published.title}</caption>' in html(page)
    assert "单位 县档案馆 单位编码 101" in text
    assert "版本 第 1 版" in text
    assert f'<link rel="canonical" href="{settings.SITE_ADDRESS}{address("")}">' in html(page)
    assert "公开的版本" not in text


def test_the_number_of_queries_of_a_table_does_not_grow(county: County, address: Address) -> None:
    expected = {"": 2, "table.pdf": 1, "table.xlsx": 1, "table.json": 1}
    Client().get(address(""))
    for count in (3, 297):
        publish_many(county.cycle, count, by=county.manager)
        found = {}
        for name in expected:
            with CaptureQueriesContext(connection) as context:
                Client().get(address(name))
            found[name] = len(context)
        assert found == expected


def test_the_pdf_is_the_sealed_copy(published: Publication, address: Address) -> None:
    answer = Client().get(address("table.pdf"))
    assert answer.content == issuing.read(published.copy)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["ETag"] == f'"{published.copy.sha256}"'
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"


@pytest.mark.parametrize("name", FILES)
def test_files_are_named_by_department_and_year(published: Publication, address: Address, name: str) -> None:
    from urllib.parse import quote

    disposition = Client().get(address(name))["Content-Disposition"]
    stem = STEM.format(year=published.year)
    assert disposition.endswith(f"filename*=utf-8''{quote(stem)}.{name.partition('.')[2]}")


@pytest.mark.parametrize("name", ["", *FILES])
def test_an_unchanged_answer_is_not_sent_again(published: Publication, address: Address, name: str) -> None:
    first = Client().get(address(name))
    again = Client().get(address(name), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"
    other = Client().get(address(name), headers={"If-None-Match": '"0"'})
    assert other.content == first.content


def test_no_cookie_is_read_or_set(county: County, address: Address) -> None:
    manager = Client()
    manager.force_login(county.manager)
    with CaptureQueriesContext(connection) as context:
        answer = manager.get(address(""))
    assert not [query for query in context.captured_queries if "session" in query["sql"]]
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert html(answer) == html(Client().get(address("")))
    assert manager.get("/").status_code == 200


def test_the_json_is_the_flat_shape_with_facts(published: Publication, address: Address) -> None:
    data = json.loads(Client().get(address("table.json")).content)
    assert data["document"] == flatten(founding_document(), EDITION)
    assert data["publication"]["pdf_sha256"] == published.copy.sha256
    assert data["publication"]["address"] == f"{settings.SITE_ADDRESS}{address('')}"


def test_the_workbook_has_the_table_and_its_code(published: Publication, address: Address) -> None:
    answer = Client().get(address("table.xlsx"))
    assert answer["ETag"] == f'"{sha256(answer.content).hexdigest()}"'
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    texts = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {row.name for row in founding_document().indicators} <= texts


@pytest.mark.parametrize("damage", [b"other bytes", None])
def test_a_damaged_copy_is_never_sent(
    published: Publication, address: Address, damage: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    name = issuing.file_name(published.copy.sha256)
    if damage is None:
        default_storage.delete(name)
    else:
        with default_storage.open(name, "wb") as file:
            file.write(damage)
    with caplog.at_level(logging.ERROR):
        answer = Client().get(address("table.pdf"))
    assert answer.status_code == 503
    assert "没有提供下载" in words(answer)
    assert "no-store" in answer["Cache-Control"]
    assert published.copy.code in caplog.text
    default_storage.delete(name)


@pytest.mark.parametrize("reason", [PublicationEnd.WITHDRAWN, PublicationEnd.REVOKED])
def test_a_withdrawn_table_is_gone_without_content(
    county: County, published: Publication, address: Address, reason: PublicationEnd
) -> None:
    end(published.filing, reason, by=county.manager, why="单位名称有误。")
    for name in ("", *FILES):
        answer = Client().get(address(name))
        assert answer.status_code == 410
        assert "已撤下" in words(answer)
        assert "no-store" in answer["Cache-Control"]
        for hidden in ("县档案馆", "单位名称有误", county.manager.name, published.copy.code):
            assert hidden not in html(answer)


def test_what_was_never_published_is_not_found(county: County, published: Publication) -> None:
    unpublished = county.cycle.filings.create(department=county.supervising)
    year, filing = published.year, published.filing_id
    for path in (f"{year}/{unpublished.pk}", f"{year}/999999", f"{year - 1}/{filing}", f"{year}/{2**63}"):
        answer = Client().get(f"/public/{path}/")
        assert answer.status_code == 404, path
        assert "这份表没有公开" in words(answer)


def test_only_reading_is_answered(address: Address) -> None:
    assert Client().post(address("")).status_code == 405
    assert Client().head(address("table.pdf")).status_code == 200


def test_an_adjusted_table_lists_its_versions(county: County, published: Publication, address: Address) -> None:
    newer = replace(founding_document(), goals=("调整后的目标。",))
    publish(county.cycle, county.department, newer, by=county.manager)
    page = words(Client().get(address("")))
    assert "调整后的目标。" in page
    assert "第 2 版" in page
    assert "公开，现行 第 1 版" in page
    assert "由新版本取代" in page
    assert "本表调整了 1 处，以下与第 1 版" in page


def test_the_reasons_of_an_adjustment_are_shown_with_the_texts(
    county: County, published: Publication, address: Address
) -> None:
    newer = replace(founding_document(), amounts={**founding_document().amounts, "EXP.PROJECT": "333"})
    adjusted = publish(county.cycle, county.department, newer, by=county.manager)
    AdjustmentReason.objects.create(
        filing=adjusted.filing,
        revision=adjusted.copy.revision,
        place="amounts[EXP.PROJECT]",
        reason="budget",
        label="预算调整",
        words="追加项目经费。",
        by=county.filler,
        by_name=county.filler.name,
        at=timezone.now(),
    )
    with CaptureQueriesContext(connection) as context:
        page = words(Client().get(address("")))
    assert len(context) == 3
    assert "项目支出（万元） 年度预算申请（万元） 233 333 预算调整：追加项目经费。" in page
    assert county.filler.name not in page


def test_the_content_of_a_withdrawn_version_is_not_shown_again(
    county: County, published: Publication, address: Address
) -> None:
    end(published.filing, PublicationEnd.WITHDRAWN, by=county.manager, why="目标有误。")
    newer = replace(founding_document(), goals=("调整后的目标。",))
    publish(county.cycle, county.department, newer, by=county.manager)
    page = words(Client().get(address("")))
    assert "调整后的目标。" in page
    assert "撤下" in page
    for hidden in ("调整情况", founding_document().goal, "目标有误"):
        assert hidden not in page


def test_an_adjusted_copy_that_is_not_yet_published_is_announced(
    county: County, published: Publication, address: Address
) -> None:
    publish(county.cycle, county.department, by=county.manager)
    Publication.objects.order_by("-pk")[0].delete()
    Publication.objects.update(ended_at=None, ended_by=None, end="", ended_by_name="")
    page = words(Client().get(address("")))
    assert "批复调整，调整后的表尚未公开。" in page
    assert "版本 第 1 版" in page


@pytest.mark.django_db
def test_a_copy_issued_again_is_no_adjustment_and_keeps_its_date() -> None:
    county = found_county((Stage.PERFORMANCE,))
    filing = approved(county)
    old = timezone.now() - timedelta(days=90)
    IssuedCopy.objects.update(issued_at=old)
    publication = publish_copy(filing.pk, by=county.manager, now=timezone.now())
    copy = reissue.copy_to_reissue(filing.pk, by=county.manager)
    reissue.reissue(copy, reissue.print_again(copy, fixed_bytes), "", by=county.manager, now=timezone.now())
    address = f"/public/{publication.year}/{filing.pk}/"
    assert "调整" not in words(Client().get(address))
    publish_copy(filing.pk, by=county.manager, now=timezone.now())
    day, page = str(timezone.localdate(old)), words(Client().get(address))
    assert ("调整" in page, f"批复日期 {day}" in page) == (False, True)
    assert Client().get(f"{address}table.json").json()["publication"]["approved_on"] == day
    assert f"批复日期 {day}" in html(Client().get("/public/feed.atom"))
    assert f"{day} {timezone.localdate()}" in words(Client().get(f"/public/{publication.year}/"))
    data = Client().get(f"/public/cycles/{county.cycle.pk}/tables.csv")
    assert f",{day},{timezone.localdate()}," in b"".join(data).decode()
    code = filing.issued_copies.get(live=True).code
    assert f"批复时间 {day}" in words(Client().get(f"/v/{code}/"))


@pytest.fixture
def with_officers(county: County) -> tuple[FilingDocument, Publication]:
    """Publish a table of an edition with fields for officers and their telephone."""
    edition = editions()["standard-2024"]
    stored = store(edition)
    Cycle.objects.filter(pk=county.cycle.pk).update(edition=stored)
    fields = {"filler": "王小敏", "telephone": "13800001111", "head": "李国强", "filled_on": "2024-03-01"}
    document = compose(edition, year=2024, fields={**fields, "department": "县档案馆"}, amounts={"TOTAL": "10"})
    cycle = Cycle.objects.get(pk=county.cycle.pk)
    return document, publish(cycle, county.department, document, by=county.manager)


def test_officers_are_not_named(with_officers: tuple[FilingDocument, Publication]) -> None:
    publication = with_officers[1]
    address = f"/public/{publication.year}/{publication.filing_id}/"
    page = Client().get(address)
    book = load_workbook(BytesIO(Client().get(f"{address}table.xlsx").content))
    sheet = " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    for text in (words(page), sheet, html(Client().get(f"{address}table.json"))):
        assert "县档案馆" in text
        for hidden in ("王小敏", "13800001111", "李国强"):
            assert hidden not in text
    assert "填报日期：2024-03-01" in words(page)
    assert "盖章的定稿载有填报人姓名或联系电话，不予公开" in words(page)
    assert Client().get(f"{address}table.pdf").status_code == 404


def test_other_officers_are_no_adjustment(county: County, with_officers: tuple[FilingDocument, Publication]) -> None:
    document, publication = with_officers
    changed = {**document.fields, "filler": "张大勇", "filled_on": "2024-05-01"}
    publish(publication.cycle, county.department, replace(document, fields=changed), by=county.manager)
    page = words(Client().get(f"/public/{publication.year}/{publication.filing_id}/"))
    assert "本表调整了 1 处" in page
    assert "2024-05-01" in page
    for hidden in ("王小敏", "张大勇"):
        assert hidden not in page
