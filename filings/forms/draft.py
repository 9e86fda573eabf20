"""The whole table as forms: of a stored draft, to render them, or of posted data, to get the changes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from django import forms
from django.http import QueryDict

from filings.document.edition import Edition
from filings.document.place import Place
from filings.drafts import Change, Draft
from filings.forms.budget import BudgetForm
from filings.forms.cells import CellForm
from filings.forms.explanations import ExplanationsForm
from filings.forms.rows import DutyForm, DutyFormSet, IndicatorForm, IndicatorFormSet, TaskForm, TaskFormSet
from filings.forms.texts import GOAL, TextsForm

_CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,40}")


@dataclass(frozen=True)
class DraftForms:
    """Budget, texts, formsets of rows, and explanations."""

    budget: BudgetForm
    texts: TextsForm
    duties: "forms.BaseFormSet[DutyForm]"
    tasks: "forms.BaseFormSet[TaskForm]"
    indicators: "forms.BaseFormSet[IndicatorForm]"
    explanations: ExplanationsForm

    @classmethod
    def of(cls, draft: Draft) -> Self:
        """Build the forms of a stored draft."""
        raw = draft.raw
        texts = {**raw.fields, GOAL: raw.goal}
        duties = [{"key": duty.key, "text": duty.text} for duty in raw.duties]
        tasks = [{"key": task.key, **task.cells} for task in raw.tasks]
        rows = [
            {"key": row.key, "name": row.name, "target": row.target, "node": row.node or "", **row.more}
            for row in raw.indicators
        ]
        return cls(
            BudgetForm(draft.edition, initial=dict(raw.amounts)),
            TextsForm(draft.edition, initial=texts),
            DutyFormSet(prefix="duties", initial=duties),
            TaskFormSet(prefix="tasks", initial=tasks, form_kwargs={"columns": draft.edition.task_columns}),
            IndicatorFormSet(prefix="indicators", initial=rows, form_kwargs={"columns": draft.edition.further_columns}),
            ExplanationsForm(QueryDict()),
        )

    @classmethod
    def posted(cls, edition: Edition, data: QueryDict) -> Self:
        """Build the forms of posted data. A formset without its management form has no rows."""
        return cls(
            BudgetForm(edition, data),
            TextsForm(edition, data),
            DutyFormSet(data, prefix="duties"),
            TaskFormSet(data, prefix="tasks", form_kwargs={"columns": edition.task_columns}),
            IndicatorFormSet(data, prefix="indicators", form_kwargs={"columns": edition.further_columns}),
            ExplanationsForm(data),
        )

    def cells(self) -> dict[Place, forms.BoundField]:
        """Map places to the fields of the table."""
        return {place: bound for form in self._forms() for place, bound in form.cells()}

    def changes(self) -> list[Change]:
        """List the changes, in the order of the table."""
        return [change for form in self._forms() for change in form.changes()]

    def _forms(self) -> Iterator[CellForm]:
        yield self.texts
        yield self.budget
        yield from self.duties.forms
        yield from self.tasks.forms
        yield from self.indicators.forms
        yield self.explanations


def identity(client_id: str, *parts: str) -> str | None:
    """Build the client id of a save from that of the page and the posted content, so that only repeats are equal.

    Returns None if the page's id is missing or malformed.
    """
    if not _CLIENT_ID.fullmatch(client_id):
        return None
    content = "\x00".join(parts).encode("utf-8", "surrogatepass")
    return f"{client_id}-{sha256(content).hexdigest()[:20]}"
