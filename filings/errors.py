"""Why a step was not taken. Each refusal is a sentence in Chinese for the person who asked."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from filings.rules.finding import RuleFinding


class StepRefused(Exception):
    """A step that was not taken; nothing has changed. `reason` says why and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAllowed(StepRefused):
    """A step that is not this person's."""


class NotReady(StepRefused):
    """A document that cannot be submitted, with the findings that stop it."""

    def __init__(self, findings: tuple[RuleFinding, ...]) -> None:
        super().__init__(f"表中有 {len(findings)} 处问题须先改正，才能提交。")
        self.findings = findings


class AlreadyDone(StepRefused):
    """A step that the same person has just taken: a second click, to be shown as done."""

    def __init__(self) -> None:
        super().__init__("这一步您已经办过了，不需要再办。")


class StepConflict(StepRefused):
    """A step on something that has changed meanwhile, with who changed it and when."""

    def __init__(self, by_name: str, at: datetime) -> None:
        when = date_format(timezone.localtime(at), "Y-m-d H:i")
        super().__init__(f"{by_name}在 {when} 改动了这份申报表，您看到的不是最新内容；请刷新页面后再办。")
        self.by_name = by_name
        self.at = at
