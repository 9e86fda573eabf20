"""A small valid table, to be changed by tests in one respect at a time."""

from collections.abc import Mapping
from dataclasses import replace

from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.rules.engine import check
from filings.rules.finding import KnownFacts, RuleFinding

EDITION = editions()["hunan-county-2022"]
AMOUNTS = {"TOTAL": "550.13", "INC.GENERAL": "550.13", "EXP.BASIC": "317.13", "EXP.PROJECT": "233"}
ROWS = (
    IndicatorRow("r1", "OUT.QTY", "", "", "财政供养人员", "28人"),
    IndicatorRow("r2", "OUT.TIME", "", "", "完成时间", "2022年12月底前"),
    IndicatorRow("r3", "BEN.SAT", "", "", "群众满意度", "≥90%"),
)


def a_table(
    *,
    amounts: Mapping[str, str] | None = None,
    duties: tuple[str, ...] = ("（一）负责全县干部工作。",),
    goal: str = "完成全年任务。",
    rows: tuple[IndicatorRow, ...] = ROWS,
) -> FilingDocument:
    """Compose the valid table with some parts replaced; `amounts` are merged with the valid ones."""
    return compose(
        EDITION,
        year=2022,
        fields={"department": "中共衡东县委组织部"},
        amounts=AMOUNTS | dict(amounts or {}),
        duties=[(f"d{number}", text) for number, text in enumerate(duties, start=1)],
        goals=[goal],
        indicators=rows,
    )


def findings(document: FilingDocument, code: str, known: KnownFacts | None = None) -> tuple[RuleFinding, ...]:
    """Run a single rule on a table."""
    return check(document, replace(EDITION, rules={code: "error"}), known)


def report(document: FilingDocument, code: str, known: KnownFacts | None = None) -> list[tuple[str, str, str]]:
    """Run a single rule; return severity, places and message of each finding."""
    return [
        (finding.severity.value, " ".join(map(str, finding.places)), finding.message)
        for finding in findings(document, code, known)
    ]
