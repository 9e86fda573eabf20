"""Editions are read as they were stored, and cannot be changed once a filing has been submitted on them."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from filings.choices import Action
from filings.document.bundled_editions import editions
from filings.document.edition import Edition
from filings.editions.store import EditionInUse, store
from filings.models import FormEdition, IndicatorNode
from filings.tests.county import found_county, step

pytestmark = pytest.mark.django_db


def founding() -> Edition:
    return editions()["hunan-county-2022"]


@pytest.mark.parametrize("code", sorted(editions()))
def test_a_stored_edition_equals_its_source(code: str) -> None:
    call_command("load_editions", verbosity=0)
    stored = FormEdition.objects.get(code=code).definition()
    assert stored == editions()[code]
    assert stored.sha256 == editions()[code].sha256


def test_loading_again_changes_nothing() -> None:
    call_command("load_editions", verbosity=0)
    before = [list(model.objects.values()) for model in (FormEdition, IndicatorNode)]
    call_command("load_editions", verbosity=0)
    assert [list(model.objects.values()) for model in (FormEdition, IndicatorNode)] == before


def test_an_unused_edition_can_be_changed() -> None:
    store(founding())
    first, second = founding().tree
    changed = replace(
        founding(), title="{year}年度绩效目标表", tree=(replace(first, children=first.children[1:]), second)
    )
    kept = IndicatorNode.objects.get(key="OUT.QUAL").pk
    assert store(changed).definition() == changed
    assert IndicatorNode.objects.get(key="OUT.QUAL").pk == kept
    assert not IndicatorNode.objects.filter(key="OUT.QTY").exists()


def test_an_edition_in_use_cannot_be_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    county = found_county()
    filing = county.filled()
    store(founding())
    county.cycle.edition.clean()
    step(Action.SUBMIT, filing, county.filler)
    assert store(founding()) == county.cycle.edition
    with pytest.raises(EditionInUse, match="used by submitted filings"):
        store(replace(founding(), name="改名"))
    with pytest.raises(ValidationError, match="请另建一个版次"):
        county.cycle.edition.clean()
    assert store(replace(founding(), version=founding().version + 1)) != county.cycle.edition

    monkeypatch.setitem(editions(), "hunan-county-2022", replace(founding(), name="改名"))
    with pytest.raises(CommandError, match=f"hunan-county-2022 version {founding().version}"):
        call_command("load_editions", verbosity=0)
