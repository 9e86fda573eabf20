"""Make certificates for signing the copies of a demonstration; every field of their names has the word 演示."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from filings.signing import demonstration_ca

# A department of load_demo that signs with its own key.
DEPARTMENTS = {"101001": "中共演示县委组织部"}


class Command(BaseCommand):
    help = "Makes certificates and keys for a demonstration, and the signing file for SIGNING_FILE. Overwrites nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = settings.VAR_DIR / "signing"
        parser.add_argument("folder", nargs="?", type=Path, default=default, help="a new folder, default %(default)s")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            path = demonstration_ca.make(folder.resolve(), DEPARTMENTS, now=timezone.now())
        except demonstration_ca.AlreadyMade as error:
            raise CommandError(f"{folder} 已经存在，没有改动。需要另做一套证书的，请写一个新的文件夹。") from error
        except OSError as error:
            raise CommandError(f"证书未能写入 {folder}（{error.strerror}）。") from error
        self.stdout.write(f"演示用证书已写入 {folder}，不能用于正式定稿。")
        self.stdout.write(f"SIGNING_FILE={path}")
