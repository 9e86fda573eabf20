"""Load the demonstration: a small county with a filing in every status, each reached through the workflow.

Once complete, loading again changes nothing, so that users keep their work. An interrupted load is resumed.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from filings import drafts, manager_group
from filings.choices import Action, Grade, Role
from filings.demonstration import last_year
from filings.document import place
from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument
from filings.drafts import Change
from filings.drafts.assessment import assess_draft
from filings.editions.store import store
from filings.formats import text
from filings.formats.pdf import seal
from filings.importing import merge_plan
from filings.library import entries
from filings.lifecycle import workflow
from filings.models import Cycle, Department, Filing, Membership, Office, User
from filings.reviewing.new_remark import NewRemark
from filings.table.reading.read_table import read_table

Data = Mapping[str, Any]
FIXTURES = Path(settings.BASE_DIR, "fixtures")


class Command(BaseCommand):
    help = "Loads the demonstration: offices, departments, users, and a filing in every status."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("演示的人员和单位只用于演示系统：先设置 DEMO=1，并且只用本机地址。")
        county: Data = json.loads((FIXTURES / "demo" / "county.json").read_text(encoding="utf-8"))
        if all(_is_complete(plan, county["year"]) for plan in county["filings"]) and last_year.is_complete(
            county["last_year"]
        ):
            return
        seed = (FIXTURES / "library" / "demonstration.json").read_text(encoding="utf-8")
        entries.load_seed(json.loads(seed), now=timezone.now())
        for edition in editions().values():
            store(edition)
        for office in county["offices"]:
            Office.objects.get_or_create(name=office["name"], defaults={"kind": office["kind"]})
        for department in county["departments"]:
            _department(department)
        for data in county["people"]:
            _user(data)
        cycle, model = _cycle(county), _model(county)
        for plan in county["filings"]:
            filing = _load_filing(plan, cycle, model)
            self.stdout.write(f"{filing.department} {filing.status}")
        if not last_year.is_complete(county["last_year"]):
            last_year.load(cycle, county["last_year"], model)


def _department(data: Data) -> None:
    section = Office.objects.get(name=data["section"])
    values = {"name": data["name"], "section": section}
    department, _created = Department.objects.get_or_create(code=data["code"], defaults=values)
    if not department.seal:
        department.seal.save(f"{department.code}.png", ContentFile(seal.draw(department.name)))


def _user(data: Data) -> None:
    values = {"name": data["name"], "telephone": data.get("telephone", ""), "is_demo": True}
    user, created = User.objects.get_or_create(username=data["username"], defaults=values)
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    for role, name in data["roles"]:
        department = Department.objects.filter(name=name).first()
        office = None if department else Office.objects.get(name=name)
        Membership.objects.get_or_create(user=user, role=Role(role), department=department, office=office)
    manager_group.sync(user)


def _cycle(county: Data) -> Cycle:
    today = timezone.localdate()
    values = {"opens_on": today, "deadline": today + timedelta(days=county["days_to_deadline"])}
    edition = store(editions()[county["edition"]])
    cycle, _created = Cycle.objects.get_or_create(
        year=county["year"],
        edition=edition,
        defaults={**values, "stages": county["stages"], "started_at": timezone.now()},
    )
    for department in Department.objects.filter(code__in=[data["code"] for data in county["departments"]]):
        cycle.enrolments.get_or_create(department=department)
    return cycle


def _model(county: Data) -> FilingDocument:
    """Read the real table of 2022, the content of every filing of the demonstration."""
    source = (FIXTURES / "samples" / county["content"]).read_bytes()
    return read_table(text.read(text.decode(source)), editions()[county["edition"]]).document


def _is_complete(plan: Data, year: int) -> bool:
    filing = Filing.objects.filter(department__code=plan["department"], cycle__year=year).first()
    return filing is not None and _steps_taken(filing) >= len(plan["steps"])


def _steps_taken(filing: Filing) -> int:
    return filing.events.exclude(action=Action.START).count()


def _load_filing(plan: Data, cycle: Cycle, model: FilingDocument) -> Filing:
    """Start a filing, fill it in and perform those of its actions that are still missing."""
    department = Department.objects.get(code=plan["department"])
    filler = User.objects.get(username=plan["filler"])
    filing = workflow.start(cycle, department, by=filler)
    steps_taken = _steps_taken(filing)
    if "indicators" in plan and steps_taken == 0 and not filing.amounts.exists():
        _fill(filing, plan, _content(plan, model, department), filler)
    for step in plan["steps"][steps_taken:]:
        filing = _take(step, Filing.objects.get(pk=filing.pk))
    return filing


def _content(plan: Data, model: FilingDocument, department: Department) -> FilingDocument:
    """Put an invented department's name on the real table and keep as many indicators as planned."""
    return replace(
        model,
        fields={**model.fields, "filing_unit": department.name, "department": department.name},
        amounts={**model.amounts, **dict.fromkeys(plan.get("amounts", {}), "")},
        indicators=model.indicators[: plan["indicators"]],
    )


@transaction.atomic
def _fill(filing: Filing, plan: Data, content: FilingDocument, filler: User) -> None:
    """Merge the content into the draft, remove its blank rows, and save the planned amounts as typed.

    A merge would normalise 200万元.
    """
    merge_plan.merge_document(filing, content, (), by=filler)
    typed = [Change(str(place.amount(line)), "", text) for line, text in plan.get("amounts", {}).items()]
    drafts.save(filing, [*_removed_blank_rows(filing), *typed], by=filler, client_id=str(uuid4()))


def _removed_blank_rows(filing: Filing) -> list[Change]:
    """Remove the indicators without a name that a new draft begins with, one for each class."""
    rows = drafts.load(filing).stored.ordered_rows("indicators")
    return [Change(str(place.indicator(row.key)), row.rank, "") for row in rows if not row.texts["name"]]


def _take(step: Data, filing: Filing) -> Filing:
    by = User.objects.get(username=step["by"])
    if "explanation" in step:
        _explain(filing, step["explanation"], by)
        filing.refresh_from_db()
    return workflow.perform(
        Action(step["action"]),
        filing,
        by=by,
        expected_lock=filing.lock,
        reason=step.get("reason", ""),
        remarks=_remarks(step, filing),
        grade=Grade(step["grade"]) if "grade" in step else None,
        exception_reason=step.get("exception_reason", ""),
        note=step.get("note", ""),
        statements=filing.cycle.review_policy().statements,
    )


def _explain(filing: Filing, text: str, by: User) -> None:
    """Explain every warning that needs an explanation."""
    items = assess_draft(filing, drafts.load(filing)).items
    changes = [Change(str(item.explanation_place), "", text) for item in items if item.lacks_explanation]
    drafts.save(filing, changes, by=by, client_id=str(uuid4()))


def _remarks(step: Data, filing: Filing) -> Iterator[NewRemark]:
    """Yield the remarks of a step; they name amounts by their line and indicators by their name."""
    keys = {row.name: row.key for row in drafts.document(filing).indicators}
    for remark in step.get("remarks", ()):
        target = place.amount(remark["amount"]) if "amount" in remark else place.indicator(keys[remark["indicator"]])
        yield NewRemark(str(target), remark["text"])
