"""The demonstration: a small county with a filing in every status, each brought there by the program's own steps.

Once it is loaded, loading it again changes nothing: whatever people made of it since is theirs.
A loading that was broken off goes on where it stopped.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from filings import drafts, manager_group
from filings.choices import Action, Grade, Role
from filings.document import place
from filings.document.content import FilingDocument
from filings.document.shipped import editions
from filings.formats import text
from filings.formats.pdf import seal
from filings.library import entries
from filings.lifecycle import workflow
from filings.models import Cycle, Department, Filing, Membership, Office, User
from filings.models.edition import store
from filings.table.reading.read_table import read_table

Data = Mapping[str, Any]
FIXTURES = Path(settings.BASE_DIR, "fixtures")


class Command(BaseCommand):
    help = "Loads the demonstration: offices, departments, people, and a filing in every status."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("演示的人员和单位只装进演示系统：先设置 DEMO=1，并且只用本机地址。")
        county: Data = json.loads((FIXTURES / "demo" / "county.json").read_text(encoding="utf-8"))
        if all(_was_told(story, county["year"]) for story in county["filings"]):
            return
        seed = (FIXTURES / "library" / "demonstration.json").read_text(encoding="utf-8")
        entries.load_seed(json.loads(seed), now=timezone.now())
        for form in editions().values():
            store(form)
        for office in county["offices"]:
            Office.objects.get_or_create(name=office["name"], defaults={"kind": office["kind"]})
        for department in county["departments"]:
            _department(department)
        for person in county["people"]:
            _person(person)
        cycle, model = _cycle(county), _model(county)
        for story in county["filings"]:
            filing = _tell(story, cycle, model)
            self.stdout.write(f"{filing.department} {filing.status}")


def _department(data: Data) -> None:
    section = Office.objects.get(name=data["section"])
    values = {"name": data["name"], "section": section}
    department, _created = Department.objects.get_or_create(code=data["code"], defaults=values)
    if not department.seal:
        department.seal.save(f"{department.code}.png", ContentFile(seal.draw(department.name)))


def _person(data: Data) -> None:
    values = {"name": data["name"], "telephone": data.get("telephone", ""), "is_demo": True}
    person, created = User.objects.get_or_create(username=data["username"], defaults=values)
    if created:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    for role, name in data["roles"]:
        department = Department.objects.filter(name=name).first()
        office = None if department else Office.objects.get(name=name)
        Membership.objects.get_or_create(user=person, role=Role(role), department=department, office=office)
    manager_group.align(person)


def _cycle(county: Data) -> Cycle:
    today = timezone.localdate()
    values = {"opens_on": today, "deadline": today + timedelta(days=county["days_to_deadline"])}
    edition = store(editions()[county["edition"]])
    return Cycle.objects.get_or_create(
        year=county["year"], edition=edition, defaults={**values, "stages": county["stages"]}
    )[0]


def _model(county: Data) -> FilingDocument:
    """The real table that every filing of the demonstration is made from."""
    source = (FIXTURES / "samples" / county["content"]).read_bytes()
    return read_table(text.read(text.decode(source)), editions()[county["edition"]]).document


def _was_told(story: Data, year: int) -> bool:
    filing = Filing.objects.filter(department__code=story["department"], cycle__year=year).first()
    return filing is not None and _steps_taken(filing) >= len(story["steps"])


def _steps_taken(filing: Filing) -> int:
    return filing.events.exclude(action=Action.START).count()


def _tell(story: Data, cycle: Cycle, model: FilingDocument) -> Filing:
    """Start the filing, fill it in, and take those of its steps that were not taken before."""
    department = Department.objects.get(code=story["department"])
    filler = User.objects.get(username=story["filler"])
    filing = workflow.start(cycle, department, by=filler)
    steps_taken = _steps_taken(filing)
    if "indicators" in story and steps_taken == 0 and not filing.amounts.exists():
        drafts.put(filing, _content(story, model, department), by=filler)
    for step in story["steps"][steps_taken:]:
        filing = _take(step, Filing.objects.get(pk=filing.pk))
    return filing


def _content(story: Data, model: FilingDocument, department: Department) -> FilingDocument:
    """The real table under an invented department's name, with as many indicators as the story wants."""
    return replace(
        model,
        fields={**model.fields, "filing_unit": department.name, "department": department.name},
        amounts={**model.amounts, **story.get("amounts", {})},
        indicators=model.indicators[: story["indicators"]],
    )


def _take(step: Data, filing: Filing) -> Filing:
    return workflow.perform(
        Action(step["action"]),
        filing,
        by=User.objects.get(username=step["by"]),
        expected_lock=filing.lock,
        reason=step.get("reason", ""),
        remarks=_remarks(step, filing),
        grade=Grade(step["grade"]) if "grade" in step else None,
    )


def _remarks(step: Data, filing: Filing) -> Iterator[tuple[str, str]]:
    """Remarks on amounts by their line, and on indicators by their name."""
    keys = {row.name: row.key for row in drafts.document(filing).indicators}
    for remark in step.get("remarks", ()):
        at = place.amount(remark["amount"]) if "amount" in remark else place.indicator(keys[remark["indicator"]])
        yield str(at), remark["text"]
