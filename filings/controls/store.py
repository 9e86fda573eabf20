"""Store the control figures that a manager has previewed and confirmed: exactly those, all or none."""

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
from filings.permissions import may_act_in

MAX_AGE = 60 * 60


@dataclass(frozen=True)
class PreviewedFigure:
    """A department's figure in the preview, in 分; `before` is the stored figure at that time."""

    department: int
    raw: str
    fen: int
    before: int | None


def previewed_figures(outcomes: Iterable[RowOutcome]) -> tuple[PreviewedFigure, ...]:
    """Select the figures that would be stored."""
    return tuple(
        PreviewedFigure(outcome.department.pk, outcome.raw, outcome.fen, outcome.before)
        for outcome in outcomes
        if outcome.kind in STORED and outcome.department and outcome.fen is not None
    )


def sign(figures: Iterable[PreviewedFigure], cycle: Cycle, by: User) -> str:
    """Sign the figures as a text for this cycle and user, so that the browser cannot alter them."""
    rows = [[figure.department, figure.raw, figure.fen, figure.before] for figure in figures]
    return signing.dumps(rows, salt=_salt(cycle, by), compress=True)


def unsign(text: str, cycle: Cycle, by: User) -> tuple[PreviewedFigure, ...]:
    """Read signed figures. Raises StepRefused if they are over an hour old, altered, or of another cycle or user."""
    try:
        rows = signing.loads(text, salt=_salt(cycle, by), max_age=MAX_AGE)
    except signing.SignatureExpired as error:
        raise StepRefused("预览已经过了一小时，请重新选择文件。") from error
    except signing.BadSignature as error:
        raise StepRefused("预览的内容不完整，请重新选择文件。") from error
    return tuple(PreviewedFigure(*row) for row in rows)


def store_figures(cycle: Cycle, figures: Iterable[PreviewedFigure], *, by: User, now: datetime) -> int:
    """Store the figures and return their number. Other departments keep theirs.

    Raises StepRefused if a stored figure has changed since the preview, or the cycle is closed.
    """
    wanted = {figure.department: figure for figure in figures}
    with transaction.atomic():
        locked = Cycle.objects.select_for_update().get(pk=cycle.pk)
        if not (running := may_act_in(locked)):
            raise StepRefused(running.reason)
        _check_unchanged(cycle, wanted)
        rows = [
            ControlFigure(cycle=cycle, department_id=figure.department, raw=figure.raw, fen=figure.fen, by=by, at=now)
            for figure in wanted.values()
        ]
        ControlFigure.objects.bulk_create(
            rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["cycle", "department"],
            update_fields=["raw", "fen", "by", "at"],
        )
    return len(rows)


def _check_unchanged(cycle: Cycle, wanted: Mapping[int, PreviewedFigure]) -> None:
    stored: dict[int, Any] = dict(ControlFigure.objects.filter(cycle=cycle).values_list("department_id", "fen"))
    departments = set(Department.objects.values_list("pk", flat=True))
    changed = [
        figure
        for figure in wanted.values()
        if figure.department not in departments or stored.get(figure.department) != figure.before
    ]
    if changed:
        raise StepRefused(f"预览之后有 {len(changed)} 个单位的控制数已有变化，请重新选择文件预览。")
    if any(not 0 <= figure.fen <= LARGEST_FEN or len(figure.raw) > LONGEST_RAW for figure in wanted.values()):
        raise StepRefused("预览的内容不完整，请重新选择文件。")


def _salt(cycle: Cycle, by: User) -> str:
    return f"filings.controls:{cycle.pk}:{by.pk}"
