"""Adding rows of approved tables to the library, and loading seed files."""

import json
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from filings.library import entries, issued
from filings.library.classes import CLASSES
from filings.management.commands import load_demo
from filings.models import LibraryEntry
from filings.tests.county import County, found_county
from filings.tests.founding import EDITION
from filings.tests.library.seeded import SEED, approved, cycle_of, seeded

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county()


def take(county: County, year: int, *row: str) -> LibraryEntry:
    """Approve a table with this row and add the row to the library."""
    copy = approved(county.department, cycle_of(year), county.filler, (row[0], row[1], row[2]))
    (approved_row,) = issued.rows_of(copy.revision)
    return entries.add_row(approved_row, copy.revision, by=county.manager, now=timezone.now())


def facts(entry: LibraryEntry) -> tuple[object, ...]:
    return entry.name, entry.canonical, entry.comparator, entry.unit, entry.values, entry.source, entry.initials


def test_a_row_becomes_an_entry_with_its_source(county: County) -> None:
    entry = LibraryEntry.objects.get(pk=take(county, 2021, "BEN.SAT", "查档群众满意度", "不低于９５％").pk)
    assert facts(entry) == ("查档群众满意度", "SAT.SERV", "≥", "%", ["不低于95%"], "县档案馆 2021年", "cdqzmyd")
    assert (entry.by, entry.revision) == (county.manager, county.department.filings.get().revisions.get())


def test_the_same_name_in_its_class_gains_the_value_once(county: County) -> None:
    first = take(county, 2020, "OUT.QTY", "接收档案", "≥500卷")
    for year, target in ((2021, "≥600卷"), (2022, "≥500卷"), (2023, "≥600卷"), (2024, "")):
        assert take(county, year, "OUT.QTY", "接收档案", target).pk == first.pk
    entry = LibraryEntry.objects.get()
    assert entry.values == ["≥500卷", "≥600卷"]
    assert entry.source == "县档案馆 2020年"
    take(county, 2025, "OUT.QUAL", "接收档案", "=100%")
    assert LibraryEntry.objects.count() == 2


def test_a_placeholder_is_not_a_value_and_a_long_name_is_refused(county: County) -> None:
    assert take(county, 2020, "OUT.QTY", "接收档案", "≥**卷").values == []
    with pytest.raises(entries.InvalidEntry, match="太长，没有收入"):
        take(county, 2021, "OUT.QTY", "档" * 201, "3")


def test_rows_are_compared_with_existing_entries(county: County) -> None:
    entry = take(county, 2020, "OUT.QTY", "接收档案", "≥500卷")
    rows = [issued.IssuedRow("k", key, "接收档案", "", "") for key in ("OUT.QTY", "OUT.QUAL")]
    assert entries.entries_for(rows) == {("OUT.QTY", "接收档案"): entry}
    held = [entries.contains_value(entry, value) for value in ("≥500卷", "≥600卷", "", "待定")]
    assert [*held, entries.contains_value(None, "")] == [True, False, True, True, False]


def test_entries_of_a_withheld_department_are_hidden(county: County) -> None:
    take(county, 2020, "OUT.QTY", "接收档案", "≥500卷")
    seeded(county)
    assert entries.visible_entries().count() == LibraryEntry.objects.count()
    county.department.withheld = True
    county.department.save()
    assert set(LibraryEntry.objects.all()) - set(entries.visible_entries()) == {
        LibraryEntry.objects.get(name="接收档案")
    }


def test_the_seed_has_entries_for_every_class_and_is_loaded_once(county: County) -> None:
    for _time in range(2):
        seeded(county)
        assert LibraryEntry.objects.count() == len(json.loads(SEED.read_text(encoding="utf-8"))["entries"]) == 122
    assert set(LibraryEntry.objects.values_list("canonical", flat=True)) == set(CLASSES)
    assert set(LibraryEntry.objects.values_list("source", flat=True)) == {"演示编拟"}
    entry = LibraryEntry.objects.get(name="重点工作任务完成率")
    assert facts(entry)[2:5] == ("=", "%", ["=100%", "≥98%"])


def test_the_demonstration_brings_the_library(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.DEMO = True
    monkeypatch.setattr(load_demo, "_load_filing", lambda *_: SimpleNamespace(department="", status=""))
    for _time in range(2):
        call_command("load_demo", stdout=StringIO())
        assert LibraryEntry.objects.count() == 122


def test_loading_the_seed_keeps_a_managers_changes(county: County) -> None:
    seeded(county)
    LibraryEntry.objects.filter(name="会议费").update(
        unit="元", source="县财政局", values=["≤1万元", "≤3万元", "≤2万元"]
    )
    seeded(county)
    entry = LibraryEntry.objects.get(name="会议费")
    assert (entry.unit, entry.source, entry.values) == ("元", "县财政局", ["≤1万元", "≤3万元", "≤2万元"])


GOOD = {"name": "甲", "canonical": "OUT.QTY", "comparator": "≥", "unit": "人", "values": ["≥3人"]}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"canonical": "OUT"}, "canonical of"),
        ({"comparator": "≈"}, "comparator of"),
        ({"name": " "}, "name of"),
        ({"name": "甲" * 201}, "name of"),
        ({"unit": "人" * 41}, "unit of"),
        ({"values": ["待定"]}, "values of"),
        ({"values": "≥3人"}, "values of"),
        ({"values": [3]}, "misnames a part"),
    ],
)
def test_a_seed_with_an_invalid_entry_is_refused_as_a_whole(
    tmp_path: Path, wrong: dict[str, Any], message: str
) -> None:
    file = tmp_path / "seed.json"
    file.write_text(json.dumps({"source": "试", "entries": [GOOD, {**GOOD, "name": "乙", **wrong}]}), encoding="utf-8")
    with pytest.raises(CommandError, match=message):
        call_command("load_library", str(file), stdout=StringIO())
    assert not LibraryEntry.objects.exists()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"source": "试", "entries": [{}]}', '{"source": "试", "entries": [7]}']
)
def test_another_file_is_refused_as_a_seed(tmp_path: Path, text: str) -> None:
    file = tmp_path / "seed.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("load_library", str(file), stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("load_library", str(tmp_path / "none.json"), stdout=StringIO())


def test_names_are_grouped_by_the_classes_of_an_edition(county: County) -> None:
    take(county, 2024, "BEN.SAT", "查档群众满意度", "≥95%")
    take(county, 2025, "OUT.QTY", "接收档案", "≥5000卷")
    assert entries.names_by_class(EDITION) == {"OUT.QTY": ["接收档案"], "BEN.SAT": ["查档群众满意度"]}
