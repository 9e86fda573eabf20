"""Verify all event chains, versions, issued copies with their files and signatures, and attachments.

Exit code 0: everything is whole, 1: something is broken.
"""

import sys
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from filings.integrity import check
from filings.integrity.broken import Broken, counted


class Command(BaseCommand):
    help = "Verifies histories, issued files, signatures and links; exit code 0: whole, 1: something is broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--store", action="store_true", help="store the result for the managers' page")

    def handle(self, *, store: bool, **options: Any) -> None:
        counts, broken = _stored() if store else _checked()
        for each in broken:
            self.stdout.write(f"{each.label}\t{each.sentence}")
        self.stdout.write(f"已检查：{counted(counts)}。发现问题 {len(broken)} 处。")
        if broken:
            sys.exit(1)


def _checked() -> tuple[Counter[str], list[Broken]]:
    counts: Counter[str] = Counter()
    broken: list[Broken] = []
    last = 0
    while step := check.check_after(last):
        counts.update(step.counts)
        broken += step.broken
        last = step.last
    return counts, broken


def _stored() -> tuple[Counter[str], list[Broken]]:
    begun = check.begin()
    while begun.finished_at is None:
        check.store(begun, check.check_after(begun.last_filing))
    return Counter(begun.counts), check.broken_of(begun)
