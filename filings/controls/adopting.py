"""Stores the figures that a manager has seen and confirmed: exactly those, all of them or none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db import transaction

from filings.controls.comparison import LONGEST_RAW, STORED, RowOutcome
from filings.document.money import LARGEST_FEN
from filings.errors import StepRefused
from filings.models import ControlFigure, Cycle, Department, User

MAX_AGE = 60 * 60


@dataclass(frozen=True)
class ShownFigure:
    """A department's figure as it was shown: amounts in 分, `before` what was stored at that time."""

    department: int
    raw: str
    fen: int
    before: int | None


def shown(outcomes: Iterable[RowOutcome]) -> tuple[ShownFigure, ...]:
    """What would be stored of a list."""
    return tuple(
        ShownFigure(outcome.department.pk, outcome.raw, outcome.fen, outcome.before)
        for outcome in outcomes
        if outcome.kind in STORED and outcome.department and outcome.fen is not None
    )


def sealed(figures: Iterable[ShownFigure], cycle: Cycle, by: User) -> str:
    """The figures as a text that nobody can alter, for this cycle and this person."""
    rows = [[one.department, one.raw, one.fen, one.before] for one in figures]
    return signing.dumps(rows, salt=_salt(cycle, by), compress=True)


def unsealed(text: str, cycle: Cycle, by: User) -> tuple[ShownFigure, ...]:
    """The figures that were sealed. Raises StepRefused when they are an hour old, altered or somebody else's."""
    try:
        rows = signing.loads(text, salt=_salt(cycle, by), max_age=MAX_AGE)
    except signing.SignatureExpired as error:
        raise StepRefused("预览已经过了一小时，请重新选择文件。") from error
    except signing.BadSignature as error:
        raise StepRefused("预览的内容不完整，请重新选择文件。") from error
    return tuple(ShownFigure(*row) for row in rows)


def adopt(cycle: Cycle, figures: Iterable[ShownFigure], *, by: User, at: datetime) -> int:
    """Store them; answers how many. Departments that are not among them keep theirs. Raises StepRefused when what is
    stored is no longer what was shown."""
    wanted = {figure.department: figure for figure in figures}
    with transaction.atomic():
        Cycle.objects.select_for_update().get(pk=cycle.pk)
        _still_hold(cycle, wanted)
        rows = [
            ControlFigure(cycle=cycle, department_id=one.department, raw=one.raw, fen=one.fen, by=by, at=at)
            for one in wanted.values()
        ]
        ControlFigure.objects.bulk_create(
            rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["cycle", "department"],
            update_fields=["raw", "fen", "by", "at"],
        )
    return len(rows)


def _still_hold(cycle: Cycle, wanted: Mapping[int, ShownFigure]) -> None:
    stored: dict[int, Any] = dict(ControlFigure.objects.filter(cycle=cycle).values_list("department_id", "fen"))
    there = set(Department.objects.values_list("pk", flat=True))
    changed = [
        figure
        for figure in wanted.values()
        if figure.department not in there or stored.get(figure.department) != figure.before
    ]
    if changed:
        raise StepRefused(f"预览之后有 {len(changed)} 个单位的控制数已经变了，请重新选择文件看一遍。")
    if any(not 0 <= figure.fen <= LARGEST_FEN or len(figure.raw) > LONGEST_RAW for figure in wanted.values()):
        raise StepRefused("预览的内容不完整，请重新选择文件。")


def _salt(cycle: Cycle, by: User) -> str:
    return f"filings.controls:{cycle.pk}:{by.pk}"
