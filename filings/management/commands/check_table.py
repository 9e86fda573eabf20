"""Check tables in files with all rules. Needs no database.

Exit code 0: all can be submitted, 1: findings of severity error, 2: a file cannot be read.
"""

import json
import sys
from argparse import ArgumentParser
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from filings import labels
from filings.checks import run as checks
from filings.checks import summary
from filings.choices import Severity
from filings.document import money
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.flat_json import flat_place
from filings.management.table_files import FileRead, add_arguments, each, read_file
from filings.rules import engine
from filings.rules.engine import RuleResults
from filings.rules.finding import KnownFacts, LastYear, RuleFinding, Undetermined


class Command(BaseCommand):
    help = "Checks tables and prints the findings; exit code 0: all can be submitted, 1: one cannot, 2: unreadable."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)
        parser.add_argument("--to", default="text", choices=("text", "json"), help="the output format")
        parser.add_argument("--last-year", type=Path, metavar="FILE", help="the approved table of last year")
        parser.add_argument("--control", metavar="AMOUNT", help="the control figure, in 万元 unless it names a unit")

    def handle(self, *args: Any, **options: Any) -> None:
        known, files = _known(options), options["files"]
        if len(files) == 1 and not files[0].is_dir():
            self._check(read_file(files[0], options["edition"]), known, options["to"])
            return
        stopped = 0

        def check(path: Path, file: FileRead) -> str:
            nonlocal stopped
            checked = checks.run(file.document, file.edition, known)
            stopped += bool(checks.errors(checked.findings))
            return _verdict(checked.findings)

        for _ in each(files, options["edition"], self.stdout, check):
            pass
        if stopped:
            sys.exit(1)

    def _check(self, file: FileRead, known: KnownFacts, to: str) -> None:
        checked = checks.run(file.document, file.edition, known)
        write = _as_json if to == "json" else _as_text
        self.stdout.write(write(file.document, file.edition, known, checked))
        if checks.errors(checked.findings):
            sys.exit(1)


def _known(options: dict[str, Any]) -> KnownFacts:
    last_year = None
    if options["last_year"]:
        file = read_file(options["last_year"], options["edition"])
        last_year = LastYear(file.document, file.edition)
    return KnownFacts(control=_control(options["control"]), last_year=last_year)


def _control(written: str | None) -> Decimal | None:
    if written is None:
        return None
    amount = money.parse(written)
    if amount.value is None:
        raise CommandError(f"--control: 「{written}」不是金额", returncode=2)
    return amount.value


def _as_text(document: FilingDocument, edition: Edition, known: KnownFacts, checked: RuleResults) -> str:
    lines = []
    for severity in Severity:
        findings = [finding for finding in checked.findings if finding.severity is severity]
        if findings:
            lines.append(str(labels.SEVERITY[severity]))
            lines += [f"  {_line(finding, document)}" for finding in findings]
    lines += [f"规则 {rule.code} 自身出错，没有核对" for rule, _ in checked.failures]
    return "\n".join([*lines, _verdict(checked.findings)])


def _line(finding: RuleFinding, document: FilingDocument) -> str:
    asks = "（需说明）" if finding.asks else ""
    return f"{finding.code} {flat_place(finding.places[0], document)} {finding.message}{asks}"


def _as_json(document: FilingDocument, edition: Edition, known: KnownFacts, checked: RuleResults) -> str:
    data = {
        "edition": edition.code,
        "findings": [_data(finding, document) for finding in checked.findings],
        "silent": [
            {"code": rule.code, "reason": answer.reason}
            for rule, answer in engine.answers(document, edition, known)
            if isinstance(answer, Undetermined)
        ],
        "verdict": _verdict(checked.findings),
        "failed": [rule.code for rule, _ in checked.failures],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _data(finding: RuleFinding, document: FilingDocument) -> dict[str, Any]:
    places = [flat_place(place, document) for place in finding.places]
    return {
        "code": finding.code,
        "severity": finding.severity,
        "place": places[0],
        "places": places,
        "message": finding.message,
        "asks": finding.asks,
        "criterion": finding.criterion,
        "basis": finding.basis,
    }


def _verdict(findings: tuple[RuleFinding, ...]) -> str:
    counts_of = {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}
    counts = summary.counts_summary(
        errors=counts_of[Severity.ERROR],
        warnings=counts_of[Severity.WARNING],
        advice=counts_of[Severity.ADVICE],
        asked=sum(finding.asks for finding in findings),
        explained=0,
    )
    # Explanations are given at the submission, not in a file.
    return f"{'暂不能提交' if counts_of[Severity.ERROR] else '可以提交'}：{counts}"
