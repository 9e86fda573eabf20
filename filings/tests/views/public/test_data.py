"""Open data of the public pages: data package, feeds, sitemaps, robots.txt."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import frictionless
import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from filings.choices import PublicationEnd
from filings.document.content import DutyRow, FilingDocument, IndicatorRow
from filings.models import Cycle, Department, Publication, Withholding
from filings.public_data import archive, csv_files, sitemap, tables
from filings.public_data.package import DataPackage
from filings.tests.county import County
from filings.tests.founding import founding_document
from filings.tests.published import end, publish, publish_many
from filings.tests.views.pages import html, words

pytestmark = pytest.mark.django_db

CSV = ("tables", "amounts", "duties", "goals", "tasks", "indicators")
NASTY = "a,\"b\"\r\n=SUM(A1);'x'，\t<b>&"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def nasty_document() -> FilingDocument:
    """Return a table with signs that CSV, spreadsheets and XML treat in their own ways, and blank parts."""
    rows = (
        IndicatorRow("i1", "OUT.QTY", "产出指标", "数量指标", f"=1+1{NASTY}", "≥90%"),
        IndicatorRow("i2", None, "", "", "-2", "2023.07-2024.01"),
        IndicatorRow("i3", "BEN.SOC", "效益指标", "社会效益指标", "@总数", "±3%以内"),
        IndicatorRow("i4", "BEN.SOC", "效益指标", "社会效益指标", "", "待定"),
    )
    return replace(
        founding_document(),
        goals=(NASTY, "＝HYPERLINK(1)"),
        duties=(DutyRow("d1", "+负责\n多行"),),
        amounts={"TOTAL": "约一百", "INC.GENERAL": "-1", "EXP.BASIC": "0.10"},
        indicators=rows,
    )


@pytest.fixture
def two(county: County) -> Cycle:
    """Publish the founding table and one with nasty texts."""
    publish(county.cycle, county.department, by=county.manager)
    publish(county.cycle, county.supervising, nasty_document(), by=county.manager)
    return county.cycle


def content(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else bytes(answer.content)


def data_of(cycle: Cycle, name: str) -> bytes:
    answer = Client().get(f"/public/cycles/{cycle.pk}/{name}")
    assert answer.status_code == 200
    return content(answer)


def rows(cycle: Cycle, name: str) -> list[dict[str, str]]:
    text = data_of(cycle, f"{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_the_package_is_valid(two: Cycle, tmp_path: Path) -> None:
    for name in ("datapackage.json", *(f"{each}.csv" for each in CSV)):
        (tmp_path / name).write_bytes(data_of(two, name))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["name", "type", "note"]) == []
    assert sorted(task.name for task in report.tasks) == sorted(CSV)
    package = frictionless.Package(str(tmp_path / "datapackage.json"))
    assert {each.name for each in package.resources} == set(CSV)
    assert package.licenses


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("amounts.csv", lambda text: text.replace("1,TOTAL", "99,TOTAL")),
        ("tables.csv", lambda text: text + text.splitlines()[-1] + "\r\n"),
        ("indicators.csv", lambda text: text.replace(",number,", ",quantity,")),
    ],
    ids=["foreign key", "primary key", "enumeration"],
)
def test_a_wrong_row_is_found(two: Cycle, tmp_path: Path, name: str, change: Callable[[str], str]) -> None:
    for each in ("datapackage.json", *(f"{each}.csv" for each in CSV)):
        (tmp_path / each).write_bytes(data_of(two, each))
    text = (tmp_path / name).read_bytes().decode()
    changed = change(text)
    assert changed != text
    (tmp_path / name).write_bytes(changed.encode())
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_the_archive_has_the_same_files(two: Cycle) -> None:
    with ZipFile(BytesIO(data_of(two, "datapackage.zip"))) as package:
        assert package.testzip() is None
        found = {name: package.read(name) for name in package.namelist()}
    assert found == {name: data_of(two, name) for name in ("datapackage.json", *(f"{each}.csv" for each in CSV))}


def test_texts_are_kept_and_compute_nothing(two: Cycle) -> None:
    goals = [row["text"] for row in rows(two, "goals")]
    assert goals == [founding_document().goal, NASTY, "'＝HYPERLINK(1)"]
    assert [row["text"] for row in rows(two, "duties")][-1] == "'+负责\n多行"
    last = rows(two, "indicators")[-4:]
    assert [row["name"] for row in last] == [f"'=1+1{NASTY}", "-2", "'@总数", ""]
    assert [(row["kind"], row["value"], row["low"], row["high"], row["from"], row["until"]) for row in last] == [
        ("number", "90", "", "", "", ""),
        ("date", "", "", "", "2023-07", "2024-01"),
        ("range", "", "-3", "3", "", ""),
        ("placeholder", "", "", "", "", ""),
    ]


def test_amounts_are_numbers_with_their_text(two: Cycle) -> None:
    of_second = [row for row in rows(two, "amounts") if row["table"] == rows(two, "tables")[1]["table"]]
    assert [(row["line"], row["side"], row["label"], row["amount"], row["text"]) for row in of_second] == [
        ("TOTAL", "", "资金总额", "", "约一百"),
        ("INC.GENERAL", "income", "一般公共预算", "", "-1"),
        ("EXP.BASIC", "expenditure", "基本支出", "0.10", "0.10"),
    ]
    assert [row["total"] for row in rows(two, "tables")] == ["550.13", ""]


def test_files_begin_with_the_mark_that_excel_needs(two: Cycle) -> None:
    assert data_of(two, "tables.csv").startswith(b"\xef\xbb\xbftable,year,")


def test_an_unchanged_package_is_not_written_again(two: Cycle, county: County) -> None:
    for name in ("datapackage.json", "datapackage.zip", "goals.csv"):
        path = f"/public/cycles/{two.pk}/{name}"
        etag = Client().get(path)["ETag"]
        with CaptureQueriesContext(connection) as context:
            assert Client().get(path, headers={"If-None-Match": etag}).status_code == 304
        assert len(context) == 2
        end(Publication.objects.order_by("pk")[0].filing, PublicationEnd.WITHDRAWN, by=county.manager, why="有误。")
        assert Client().get(path, headers={"If-None-Match": etag}).status_code == 200
        Publication.objects.update(ended_at=None, end="", ended_by=None, end_reason="")
        now = timezone.now()
        basis = {"basis": "secret", "basis_label": "国家秘密", "at": now, "by": county.manager}
        withheld = Withholding.objects.create(cycle=two, department=county.department, **basis)
        assert Client().get(path, headers={"If-None-Match": etag}).status_code == 200
        withheld.delete()
        assert Client().get(path, headers={"If-None-Match": etag}).status_code == 304


def test_a_change_is_written_once_with_a_query_for_each_batch(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "TABLES_AT_ONCE", 2)
    publish_many(county.cycle, 5, by=county.manager)
    publish(county.cycle, county.department, by=county.manager)
    Client().get("/robots.txt")
    found = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as context:
            assert len(rows(county.cycle, "tables")) == 6
        found.append(len(context))
    # The first request writes the archive: the time of the last publication, three batches, and what is public then.
    assert found == [2 + 1 + 3 + 1, 2]


def test_only_the_archive_of_the_present_contents_is_stored(two: Cycle, county: County) -> None:
    folder = Path(default_storage.path(archive.FOLDER))
    first = data_of(two, "datapackage.zip")
    assert data_of(two, "datapackage.zip") == first
    assert [path.read_bytes() for path in folder.glob(f"{two.pk}-*")] == [first]
    end(Publication.objects.order_by("pk")[0].filing, PublicationEnd.WITHDRAWN, by=county.manager, why="有误。")
    assert [row["department_name"] for row in rows(two, "tables")] == ["县委办公室"]
    assert [path.read_bytes() for path in folder.glob("*")] == [data_of(two, "datapackage.zip")]


def stored() -> list[Path]:
    return [*Path(default_storage.path(archive.FOLDER)).glob("*.zip")]


def test_a_table_withheld_while_the_archive_is_written_is_in_the_next_one(
    two: Cycle, county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive that lacks a table is never found under the ETag of all."""
    write = csv_files.write
    for path in stored():
        path.unlink()

    def withheld_meanwhile(package: DataPackage, folder: Path) -> Iterator[Path]:
        Department.objects.filter(pk=county.department.pk).update(withheld=True)
        yield from write(package, folder)

    with monkeypatch.context() as patch:
        patch.setattr(csv_files, "write", withheld_meanwhile)
        data_of(two, "datapackage.zip")
    assert stored() == []
    assert [row["department_name"] for row in rows(two, "tables")] == ["县委办公室"]
    Department.objects.update(withheld=False)
    assert len(rows(two, "tables")) == 2


def test_two_first_requests_at_once_get_the_same_archive(two: Cycle, monkeypatch: pytest.MonkeyPatch) -> None:
    write, other = csv_files.write, list[bytes]()
    for path in stored():
        path.unlink()

    def requested_meanwhile(package: DataPackage, folder: Path) -> Iterator[Path]:
        paths = [*write(package, folder)]
        if not other:
            other.append(b"")
            other.append(data_of(two, "datapackage.zip"))
        yield from paths

    monkeypatch.setattr(csv_files, "write", requested_meanwhile)
    assert data_of(two, "datapackage.zip") == other[1] == data_of(two, "datapackage.zip")
    with ZipFile(BytesIO(other[1])) as package:
        assert package.testzip() is None


def test_a_package_without_tables_or_an_unknown_file_is_not_found(two: Cycle, county: County) -> None:
    assert Client().get(f"/public/cycles/{two.pk}/remarks.csv").status_code == 404
    Publication.objects.all().delete()
    for name in ("datapackage.json", "datapackage.zip", "tables.csv"):
        assert Client().get(f"/public/cycles/{two.pk}/{name}").status_code == 404


def test_the_page_of_a_year_explains_each_file(two: Cycle) -> None:
    page = Client().get(f"/public/{two.year}/data/")
    for name in CSV:
        assert f'href="/public/cycles/{two.pk}/{name}.csv"' in html(page)
    assert "使用时请注明来源和下载日期" in words(page)


def test_a_feed_lists_the_newest_first(two: Cycle, county: County) -> None:
    for path, found in (
        ("/public/feed.atom", ["县委办公室", "县档案馆"]),
        ("/public/units/101/feed.atom", ["县档案馆"]),
    ):
        answer = Client().get(path)
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        root = ElementTree.fromstring(answer.content)  # noqa: S314 — written by the program
        titles = [each.findtext(f"{ATOM}title") for each in root.iter(f"{ATOM}entry")]
        assert titles == [f"{name} {two.year}年度部门整体支出绩效目标表" for name in found]
        links = [each.get("href") for each in root.iter(f"{ATOM}link")]
        assert f"{settings.SITE_ADDRESS}{path}" in links


def test_a_feed_has_fifty_entries(county: County) -> None:
    publish_many(county.cycle, 51, by=county.manager)
    root = ElementTree.fromstring(Client().get("/public/feed.atom").content)  # noqa: S314 — written by the program
    assert len([*root.iter(f"{ATOM}entry")]) == 50


def addresses(path: str) -> list[str]:
    root = ElementTree.fromstring(Client().get(path).content)  # noqa: S314 — written by the program
    return [str(each.text).removeprefix(settings.SITE_ADDRESS) for each in root.iter(f"{SITEMAP}loc")]


def test_sitemaps_list_years_and_tables_in_parts(two: Cycle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "TABLES_IN_PART", 1)
    assert addresses("/public/sitemap.xml") == ["/public/sitemap-1.xml", "/public/sitemap-2.xml"]
    first, second = Publication.objects.order_by("pk")
    assert addresses("/public/sitemap-1.xml") == [f"/public/{two.year}/", f"/public/{two.year}/{first.filing_id}/"]
    assert addresses("/public/sitemap-2.xml") == [f"/public/{two.year}/{second.filing_id}/"]
    for number in (0, 3, 2**63, 10**20):
        assert Client().get(f"/public/sitemap-{number}.xml").status_code == 404


def test_robots_may_read_the_public_pages_only(client: Client) -> None:
    text = html(client.get("/robots.txt"))
    assert "Allow: /public/\nAllow: /v/\nAllow: /static/\nDisallow: /\n" in text
    assert f"Sitemap: {settings.SITE_ADDRESS}/public/sitemap.xml\n" in text
