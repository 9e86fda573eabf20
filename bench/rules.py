"""Run all rules over one filing of 300 rows, and over 1,000 different filings one after another on one core.

All checks of a filing are included, also whether it can be printed; parsing of documents is not.
"""

from dataclasses import replace
from decimal import Decimal
from statistics import median
from time import thread_time

from bench.measuring import format_ms, milliseconds, p95, show, show_load
from filings.checks import run as checks
from filings.document.content import FilingDocument
from filings.rules import engine
from filings.rules.catalogue import CATALOGUE
from filings.rules.finding import KnownFacts, LastYear
from filings.rules.rule import Rule
from filings.tests.founding import EDITION, founding_document, with_indicators

ROWS, TIMES, FILINGS = 300, 40, 1000
NEIGHBOURS = tuple(f"某县第{number}局" for number in range(150))


def main() -> None:
    show_load()
    show_one(with_indicators(ROWS))
    show_many([_filing(number) for number in range(FILINGS)])
    show_load()


def show_one(document: FilingDocument) -> None:
    known = _known(document)
    engine.run(document, EDITION, known)
    rules = [milliseconds(lambda: engine.run(document, EDITION, known)) for _ in range(TIMES)]
    everything = [milliseconds(lambda: checks.run(document, EDITION, known)) for _ in range(TIMES)]
    show(f"all rules, {ROWS} rows, median of {TIMES}", format_ms(median(rules)), "< 20 ms")
    show(f"all rules, {ROWS} rows, 95 % within", format_ms(p95(rules)))
    show("with whether it can be printed", format_ms(median(everything)))

    def time_of(rule: Rule) -> float:
        return milliseconds(lambda: rule.answer(engine.build_context(document, EDITION, known)))

    slowest = sorted(((time_of(rule), rule.code) for rule in CATALOGUE), reverse=True)
    for time, code in slowest[:5]:
        show(f"  {code} alone", format_ms(time))


def show_many(documents: list[FilingDocument]) -> None:
    knowns = [_known(document) for document in documents]
    start = thread_time()
    count = sum(
        len(checks.run(document, EDITION, known).findings) for document, known in zip(documents, knowns, strict=True)
    )
    seconds = thread_time() - start
    show(f"{FILINGS} filings, {count} findings, of one core", f"{FILINGS / seconds:.0f} a second", ">= 100 a second")


def _known(document: FilingDocument) -> KnownFacts:
    before = LastYear(replace(document, year=(document.year or 2022) - 1), EDITION)
    return KnownFacts("县档案馆", NEIGHBOURS, before, Decimal("550.13"))


def _filing(number: int) -> FilingDocument:
    """Return a variant of the founding table."""
    document = founding_document()
    rows = tuple(replace(row, name=f"{row.name}（{number}）") for row in document.indicators)
    return replace(document, indicators=rows, goals=(f"{document.goal}完成第 {number} 项任务。",))


if __name__ == "__main__":
    main()
