"""The whole of a draft: begun, read as typed or in normal form, replaced by another document. Saves: saving.py."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from filings.document import content, money, numerals, place, target
from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.document.edition import Edition
from filings.drafts.holding import hold
from filings.models import BudgetAmount, Cycle, Department, DraftText, Duty, Edit, Filing, Indicator, User

FIRST_NUMERAL = "（一）"
_NAMED_AFTER_THE_DEPARTMENT = ("department", "filing_unit")


@dataclass(frozen=True)
class Draft:
    """A draft on its form. `raw` is as typed, blank rows included, rows without a class last."""

    edition: Edition
    raw: FilingDocument

    @cached_property
    def document(self) -> FilingDocument:
        """The normal form: what is frozen, checked and printed. A duty that is only a numeral is a blank row."""
        raw = self.raw
        return compose(
            self.edition,
            year=raw.year,
            fields=raw.fields,
            amounts=raw.amounts,
            duties=_without_blanks(raw.duties),
            goals=raw.goals,
            indicators=raw.indicators,
        )


@transaction.atomic
def start(cycle: Cycle, department: Department) -> tuple[Filing, bool]:
    """The department's filing in a cycle, and whether it was begun just now, with a blank row for every class."""
    filing, created = Filing.objects.get_or_create(cycle=cycle, department=department)
    if not created:
        return filing, False
    keys = [key for key in cycle.edition.definition().field_keys if key in _NAMED_AFTER_THE_DEPARTMENT]
    DraftText.objects.bulk_create(
        DraftText(filing=filing, place=str(place.field(key)), raw=department.name) for key in keys
    )
    Duty.objects.create(filing=filing, key=new_key(), position=0, raw=FIRST_NUMERAL)
    nodes = cycle.edition.nodes.filter(parent__isnull=False)
    Indicator.objects.bulk_create(
        Indicator(filing=filing, key=new_key(), position=at, node=node) for at, node in enumerate(nodes)
    )
    return filing, True


def load(filing: Filing) -> Draft:
    """The draft as it is stored now."""
    edition = filing.cycle.edition.definition()
    texts = {text.place: text.raw for text in filing.texts.all()}
    amounts = {amount.line: amount.raw for amount in filing.amounts.all()}
    rows = [
        IndicatorRow(
            row.key,
            row.node.key if row.node else None,
            row.found_first_level,
            row.found_second_level,
            row.name,
            row.target,
            row.more,
        )
        for row in filing.indicators.select_related("node")
    ]
    document = FilingDocument(
        edition=edition.code,
        edition_sha256=edition.sha256,
        year=filing.cycle.year,
        fields={key: texts.get(str(place.field(key)), "") for key in edition.field_keys},
        amounts={line.key: amounts.get(line.key, "") for line in edition.lines},
        duties=tuple(content.Duty(duty.key, duty.raw) for duty in filing.duties.all()),
        goals=(texts.get(str(place.goal()), ""),),
        indicators=tuple(sorted(rows, key=lambda row: edition.position(row.node))),
    )
    return Draft(edition, document)


def document(filing: Filing) -> FilingDocument:
    """The draft in normal form."""
    return load(filing).document


def raw(filing: Filing) -> FilingDocument:
    """The draft as typed, blank rows included."""
    return load(filing).raw


@transaction.atomic
def put(filing: Filing, document: FilingDocument, *, by: User) -> None:
    """Replace the whole draft by a document on the same form: one that was read from a file, or last year's.

    Rows keep a key that is a UUID and get a new one otherwise. Raises StepRefused where nothing can be changed.
    """
    hold(filing)
    edition = filing.cycle.edition.definition()
    for old in (filing.texts, filing.amounts, filing.duties, filing.indicators):
        old.all().delete()
    texts = {place.field(key): text for key, text in document.fields.items()} | {place.goal(): document.goal}
    DraftText.objects.bulk_create(
        DraftText(filing=filing, place=str(at), raw=text) for at, text in texts.items() if text
    )
    BudgetAmount.objects.bulk_create(
        BudgetAmount(filing=filing, line=line, raw=text, fen=money.parse(text, edition.unit).fen)
        for line, text in document.amounts.items()
        if text
    )
    Duty.objects.bulk_create(
        Duty(filing=filing, key=lasting(duty.key), position=at, raw=duty.text)
        for at, duty in enumerate(document.duties)
    )
    nodes = {node.key: node for node in filing.cycle.edition.nodes.all()}
    Indicator.objects.bulk_create(
        understood(
            Indicator(
                filing=filing,
                key=lasting(row.key),
                position=at,
                node=nodes.get(row.node or ""),
                found_first_level=row.first_level,
                found_second_level=row.second_level,
                name=row.name,
                target=row.target,
                more=dict(row.more),
            )
        )
        for at, row in enumerate(document.indicators)
    )
    whole = [{"place": section, "before": "", "after": ""} for section in place.SECTIONS]
    Edit.objects.create(filing=filing, client_id=new_key(), by=by, at=timezone.now(), changes=whole)


def understood(row: Indicator) -> Indicator:
    """The same row, with what its target was understood to be."""
    read = target.parse(row.target)
    row.kind = read.kind if read else ""
    row.comparator = (read and read.comparator) or ""
    row.number = (read and read.number) or ""
    row.unit = (read and read.unit) or ""
    return row


def new_key() -> str:
    """A lasting key for a new row."""
    return str(uuid4())


def lasting(key: str) -> str:
    """The key itself when it is one that lasts, otherwise a new one: rows of files are only counted r1, r2 …"""
    try:
        return str(UUID(key))
    except ValueError:
        return new_key()


def counted(texts: list[str]) -> bool:
    """Whether the numerals that texts begin with count 1, 2, 3 …"""
    numbers = [numeral.number for text in texts if (numeral := numerals.leading(text.strip()))]
    return bool(numbers) and numbers == list(range(1, len(numbers) + 1))


def _without_blanks(duties: tuple[content.Duty, ...]) -> list[tuple[str, str]]:
    """(row key, text) of the duties that say something, counted on where a blank one stood between them."""
    kept = [(duty.key, duty.text.strip()) for duty in duties if not _is_blank(duty.text.strip())]
    texts = [text for _, text in kept]
    if len(kept) < len(duties) and counted([duty.text for duty in duties]):
        texts = numerals.renumber(texts)
    return [(key, text) for (key, _), text in zip(kept, texts, strict=True)]


def _is_blank(text: str) -> bool:
    numeral = numerals.leading(text)
    return not text or (numeral is not None and numeral.length == len(text))
