"""The sentences of messages: which table, by whom, until when, and what to do."""

from collections.abc import Mapping
from datetime import date

from django.urls import reverse

from filings import labels
from filings.choices import Action, MessageKind, Status
from filings.lifecycle import events
from filings.models import Cycle, Department, Event, Filing

_TEXTS: Mapping[MessageKind, str] = {
    MessageKind.SUBMITTED: "{table}由{by}提交，请审签{until}。",
    MessageKind.SENT_BACK: "{table}被单位负责人{by}退回：{reason}。请修改后重新提交{until}。",
    MessageKind.SIGNED: "{table}已送{stage}审核，请办理{until}。",
    MessageKind.RETURNED: "{table}被{by}退回{because}。请按意见修改后重新提交{until}。",
    MessageKind.APPROVED: "{table}已由{by}批复，盖章的定稿可以下载。",
    MessageKind.REVOKED: "{table}的批复已由{by}撤回：{reason}。原定稿不再有效，请勿使用；表已回到{stage}重新审核。",
    MessageKind.CLAIMED: "{table}原由您认领，已由{by}接手审核，您不需要再办。",
    MessageKind.HANDED_OVER: "{by}把{table}移交给您审核，请办理{until}。",
    MessageKind.REMINDED: "{by}催办{table}{because}。请尽快办理{until}。",
    MessageKind.EXTENDED: "{by}给{table}办理了延期{because}。请在新的期限前提交{until}。",
    MessageKind.PUBLISHED: "{table}已由{by}在公开页公开。",
    MessageKind.UNPUBLISHED: "{table}已由{by}从公开页撤下：{reason}。",
}
_REVOKED_IN_ADJUSTMENT = "{table}的批复已由{by}撤回：{reason}。原定稿不再有效，请勿使用；调整继续办理，批复后另发定稿。"
_WITHHELD = "{table}已由{by}定为不予公开：{reason}。公众不能查看。"
_PAGES: Mapping[MessageKind, str] = {
    MessageKind.SUBMITTED: "signing",
    MessageKind.SENT_BACK: "fill",
    MessageKind.SIGNED: "review",
    MessageKind.HANDED_OVER: "review",
}
# These say what was done, and not what the recipient has to do by the date.
_WITHOUT_DATE = (
    MessageKind.APPROVED,
    MessageKind.REVOKED,
    MessageKind.CLAIMED,
    MessageKind.PUBLISHED,
    MessageKind.UNPUBLISHED,
)


def sentence(kind: MessageKind, event: Event) -> str:
    """Write the sentence of an event. A date is given while the filing is in the status that the event led to."""
    filing, detail = event.filing, events.detail(event)
    reason = detail.get("reason", "").rstrip("。")
    dated = kind not in _WITHOUT_DATE and detail.get("to", filing.status) == filing.status
    return _text(kind, event.action, detail).format(
        table=table_name(filing.cycle, filing.department),
        by=_performer(event),
        reason=reason,
        because=f"：{reason}" if reason else "",
        stage=labels.STAGE.get(filing.stage, "审核"),
        until=until(filing.due_on) if dated else "",
    )


def _text(kind: MessageKind, action: str, detail: Mapping[str, str]) -> str:
    if kind == MessageKind.REVOKED and detail["from"] != Status.APPROVED:
        return _REVOKED_IN_ADJUSTMENT
    return _WITHHELD if action == Action.WITHHOLD else _TEXTS[kind]


def _performer(event: Event) -> str:
    """Name who acted, with the office unless it is the filing's own department."""
    is_own = event.by_office == event.filing.department.name
    return event.by_name if is_own else f"{event.by_office}{event.by_name}"


def table_name(cycle: Cycle, department: Department) -> str:
    """Name a table in a sentence: 「县档案馆」2026年部门整体支出绩效目标表."""
    return f"「{department}」{cycle.name or f'{cycle.year}年部门整体支出绩效目标表'}"


def until(due: date | None) -> str:
    return f"，期限 {due:%Y-%m-%d}" if due else ""


def page_of(kind: MessageKind, filing: Filing) -> str:
    """Return the address of the page where the recipient acts, or of the filing."""
    return reverse(_PAGES.get(kind, "read"), args=[filing.pk])
