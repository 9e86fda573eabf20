"""Load the demonstration's county of 150 departments in two cycles, after load_demo. An interrupted load is resumed."""

import signal
import sys
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from filings.demonstration import load, printing
from filings.models import Cycle, Filing


class Command(BaseCommand):
    help = "Loads a county of 150 departments: last year's cycle approved, this year's in every status."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("演示的人员和单位只用于演示系统：先设置 DEMO=1，并且只用本机地址。")
        this_year = Cycle.objects.filter(enrolments__department__name__startswith="演示县").order_by("-year").first()
        if this_year is None:
            raise CommandError("请先运行 load_demo，再载入演示县的全部单位。")
        # The printing processes must end with this one.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        start = monotonic()
        with printing.processes() as print_jobs:
            for sentence in load.load(this_year, print_jobs):
                self.stdout.write(sentence)
        self.stdout.write(f"{Filing.objects.count()} filings, {monotonic() - start:.0f} s")
