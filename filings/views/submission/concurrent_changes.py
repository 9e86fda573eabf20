"""What has happened to a filing since a page was opened: actions, saves of each user with their places, attachments."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from filings import drafts, labels, permissions
from filings.document.place import Place
from filings.drafts import Draft
from filings.drafts.changes import was_rejected
from filings.drafts.stored_draft import is_row
from filings.models import Edit, Filing, User
from filings.reviewing.row_names import row_name
from filings.views.filing.history import lines_of
from filings.views.table.annotated import excerpt
from filings.views.table.labels import cell_labels

_ALSO_CHANGED = {"explanations": "对提醒的说明", "links": "指标与职责的对应关系"}


@dataclass(frozen=True)
class ConcurrentChange:
    """An action, an attachment added or removed, or the saves of one user.

    `changes` are the changed places with their texts, as sentences.
    """

    at: datetime
    name: str
    text: str
    reason: str = ""
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SeenState:
    """What a page has seen: the number of the newest event, the ids of the newest save and of the attachments.

    None means unknown.
    """

    event: int | None
    edit: int | None
    attachments: frozenset[str] | None = None


def newest(filing: Filing) -> SeenState:
    """Return the present state, for a page to post. Read it before the content."""
    event = filing.events.order_by("-number").values_list("number", flat=True).first()
    edit = filing.edits.order_by("-id").values_list("id", flat=True).first()
    return SeenState(event or 0, edit or 0)


def changes_since(filing: Filing, user: User, seen: SeenState, *, own_save: str = "") -> list[ConcurrentChange]:
    """List what others did, and the user in other windows, oldest first; [] if the page has not named its state.

    `own_save` begins the client ids of the page's own saves, which are left out.
    """
    found = [
        *_actions(filing, user, seen.event),
        *_attachments(filing, user, seen.attachments),
        *_saves(filing, user, seen.edit, own_save),
    ]
    return sorted(found, key=lambda each: each.at)


def _actions(filing: Filing, user: User, number: int | None) -> Iterator[ConcurrentChange]:
    if number is None:
        return
    for event in filing.events.filter(number__gt=number).order_by("number"):
        for line in lines_of([event], filing, user):
            yield ConcurrentChange(event.at, _name(event.by_id, event.by_name, user), line.action, line.reason)


def _attachments(filing: Filing, user: User, seen: frozenset[str] | None) -> Iterator[ConcurrentChange]:
    """Yield the attachments that the page has not listed, and those of its list that were removed."""
    if seen is None:
        return
    for added in permissions.visible_attachments(user, filing):
        if str(added.pk) not in seen:
            name = _name(added.by_id, added.by_name, user)
            yield ConcurrentChange(added.at, name, f"上传附件（{labels.ATTACHMENT[added.kind]}）", added.name)
    for gone in filing.attachments.exclude(removed_at=None):
        if gone.removed_at and str(gone.pk) in seen:
            name = _name(gone.removed_by_id, gone.removed_by_name, user)
            yield ConcurrentChange(gone.removed_at, name, f"移除附件（{labels.ATTACHMENT[gone.kind]}）", gone.name)


def _saves(filing: Filing, user: User, edit_id: int | None, own_save: str) -> Iterator[ConcurrentChange]:
    if edit_id is None:
        return
    edits = filing.edits.filter(pk__gt=edit_id).exclude(client_id__startswith=Edit.CONFIRMATION)
    if own_save:
        edits = edits.exclude(client_id__startswith=own_save)
    by_user: dict[int, list[Edit]] = {}
    for edit in edits.select_related("by").order_by("id"):
        by_user.setdefault(edit.by_id, []).append(edit)
    draft = drafts.load(filing) if by_user else None
    for saves in by_user.values():
        if draft and (changes := tuple(_changes(saves, draft))):
            last = saves[-1]
            yield ConcurrentChange(
                last.at, _name(last.by_id, last.by.name, user), f"修改 {len(changes)} 处", "", changes
            )


def _name(user_id: int | None, name: str, user: User) -> str:
    return "您（在另一个窗口）" if user_id == user.pk else name


def _changes(saves: Iterable[Edit], draft: Draft) -> Iterator[str]:
    """Describe each changed place with its first and its last text."""
    labels = cell_labels(draft)
    texts: dict[str, tuple[str, str]] = {}
    for edit in saves:
        for item in edit.changes:
            if not was_rejected(item):
                before = texts[item["place"]][0] if item["place"] in texts else item["before"]
                texts[item["place"]] = (before, item["after"])
    for text, (before, after) in texts.items():
        if before != after:
            yield _change(Place.parse(text), before, after, draft, labels)


def _change(place: Place, before: str, after: str, draft: Draft, labels: Mapping[Place, str]) -> str:
    if is_row(place):
        name = row_name(place, draft.document, draft.edition).name
        return f"{name}：{'移动' if before and after else '新增一行' if after else '删除一行'}"
    label = _ALSO_CHANGED.get(place.section) or labels.get(place) or "已删除的行"
    was = f"原为「{excerpt(before)}」" if before else "原为空"
    return f"{label}：{was}，现为{f'「{excerpt(after)}」' if after else '空'}"
