"""Create the first manager, who creates all other users in the admin, or reset a manager's password."""

import sys
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from filings import manager_group
from filings.choices import OfficeKind, Role
from filings.models import Office, User


class Command(BaseCommand):
    help = "Creates a manager or sets a new password, which is prompted for or read as a line from stdin."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", help="the manager's name; the user name if omitted")
        parser.add_argument("--office", default="财政局", help="the office of the membership; created if new")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        username = options["username"]
        user, created = User.objects.get_or_create(username=username, defaults={"name": options["name"] or username})
        if user.is_demo:
            raise CommandError(f"{username} belongs to the demonstration: choose another user name")
        self._set_password(user)
        office, _created = Office.objects.get_or_create(name=options["office"], defaults={"kind": OfficeKind.BUREAU})
        user.memberships.get_or_create(role=Role.MANAGER, office=office)
        manager_group.align(user)
        self.stdout.write(f"{username}: {'made' if created else 'changed'}, manager in {office}")

    def _set_password(self, user: User) -> None:
        password = getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user.set_password(password)
        user.is_active = True
        user.must_change_password = False
        user.save()
