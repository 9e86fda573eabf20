"""Run the background worker: db_worker of django-tasks, once per installation; resume the tasks of a killed one."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

from filings.background.abandoned import fail_abandoned
from filings.background.daily import queue_daily
from filings.background.interrupted import requeue_interrupted
from filings.background.nightly import queue_nightly
from filings.background.only_worker import only_worker

# Seconds between looks into the queue when it is empty.
INTERVAL = 1


class Command(BaseCommand):
    help = "Carry out background tasks until the process is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reload", action="store_true", help="start again when code changes")
        parser.add_argument("--batch", action="store_true", help="carry out what is due, then stop")

    def handle(self, *, reload: bool, batch: bool, **options: Any) -> None:
        # With --reload this process only watches its child, which runs this command again and works.
        if reload and os.environ.get(DJANGO_AUTORELOAD_ENV) != "true":
            self._work(reload, batch)
            return
        with only_worker() as is_only:
            if not is_only:
                raise CommandError("后台进程已经在运行，不需要再启动一个。")
            if count := requeue_interrupted():
                self.stderr.write(f"上次中断的 {count} 项后台任务已重新排队。")
            if count := fail_abandoned():
                self.stderr.write(f"{count} 项批复、导出或雷同比对因后台进程多次中断未完成，已标为未成功。")
            queue_daily()
            queue_nightly()
            self._work(reload, batch)

    def _work(self, reload: bool, batch: bool) -> None:
        call_command("db_worker", queue_name="*", interval=INTERVAL, reload=reload, batch=batch)
