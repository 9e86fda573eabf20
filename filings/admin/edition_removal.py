"""What drafts hold of an edition stays in it: nobody's typed rows lose their class, nobody's amounts their line."""

from collections import Counter
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from filings.admin.edition_parts import Data
from filings.admin.edition_whole import nodes_in
from filings.document.edition import Edition
from filings.models import BudgetAmount, FormEdition, Indicator


def refuse_to_remove_what_is_filled_in(edition: FormEdition, before: Data, after: Data) -> None:
    """Raises ValidationError when rows or amounts of drafts stand where the edition would have nothing any more."""
    labels = {node["key"]: node["label"] for node in nodes_in(before["tree"])}
    gone = _indicators_outside(edition, {node["key"] for node in nodes_in(after["tree"])})
    for key, count in Counter(row.node.key for row in gone if row.node and not _is_blank(row)).items():
        words = {"label": labels[key], "count": count}
        raise ValidationError(
            "填报中的表有 {count} 行指标在「{label}」下面，不能删去。可以改它的名称，或者请填报人先移走。".format(
                **words
            )
        )
    kept = {line["key"] for line in _lines(after)}
    for line in (line for line in _lines(before) if line["key"] not in kept):
        amounts = BudgetAmount.objects.filter(filing__cycle__edition=edition, line=line["key"]).exclude(raw="")
        if count := amounts.count():
            words = {"label": line["label"], "count": count}
            raise ValidationError(
                "填报中的表有 {count} 份填了「{label}」，不能删去。可以改它的名称，或者请填报人先清空。".format(**words)
            )


def take_out_blank_rows(edition: FormEdition, after: Edition) -> None:
    """Each draft began with a blank row for every class; those of classes that go would be left without one."""
    gone = _indicators_outside(edition, {second.key for _first, second in after.leaves()})
    Indicator.objects.filter(pk__in=[row.pk for row in gone if _is_blank(row)]).update(rank="")


def _indicators_outside(edition: FormEdition, keys: Iterable[str]) -> list[Indicator]:
    """Rows that stand in drafts, in classes of the edition other than these."""
    rows = Indicator.objects.filter(node__edition=edition).exclude(node__key__in=keys).exclude(rank="")
    return list(rows.select_related("node"))


def _is_blank(row: Indicator) -> bool:
    return not (row.name or row.target or any(row.more.values()))


def _lines(data: Data) -> list[Data]:
    return [line for split in data["splits"] for line in split["lines"]]
