"""Refuse to remove classes or budget lines that drafts already use."""

from collections import Counter
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from filings.admin.editions.assembly import nodes_in
from filings.admin.editions.parts import Data
from filings.document.edition import Edition
from filings.models import BudgetAmount, FormEdition, Indicator


def check_removals(edition: FormEdition, before: Data, after: Data) -> None:
    """Raise ValidationError if drafts have indicators in a removed class or amounts in a removed budget line."""
    labels = {node["key"]: node["label"] for node in nodes_in(before["tree"])}
    orphans = _indicators_outside(edition, {node["key"] for node in nodes_in(after["tree"])})
    for key, count in Counter(row.node.key for row in orphans if row.node and not _is_blank(row)).items():
        raise ValidationError(
            f"填报中的表有 {count} 行指标在「{labels[key]}」下面，不能删去。可以改它的名称，或者请填报人先行移出。"
        )
    remaining = {line["key"] for line in _lines(after)}
    for line in (line for line in _lines(before) if line["key"] not in remaining):
        amounts = BudgetAmount.objects.filter(filing__cycle__edition=edition, line=line["key"]).exclude(raw="")
        if count := amounts.count():
            raise ValidationError(
                f"填报中的表有 {count} 份填了「{line['label']}」，不能删去。可以改它的名称，或者请填报人先清空。"
            )


def remove_blank_rows(edition: FormEdition, after: Edition) -> None:
    """Remove the blank rows of removed classes, with which each draft started; they would be left without a class."""
    orphans = _indicators_outside(edition, {second.key for _first, second in after.leaves()})
    Indicator.objects.filter(pk__in=[row.pk for row in orphans if _is_blank(row)]).update(rank="")


def _indicators_outside(edition: FormEdition, keys: Iterable[str]) -> list[Indicator]:
    """List the rows of drafts in classes of the edition other than `keys`."""
    rows = Indicator.objects.filter(node__edition=edition).exclude(node__key__in=keys).exclude(rank="")
    return list(rows.select_related("node"))


def _is_blank(row: Indicator) -> bool:
    return not (row.name or row.target or any(row.more.values()))


def _lines(data: Data) -> list[Data]:
    return [line for split in data["splits"] for line in split["lines"]]
