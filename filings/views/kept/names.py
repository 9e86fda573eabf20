"""Name a kept form: the button by which it is submitted, what it concerns, and its fields."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.urls.resolvers import ResolverMatch

from filings import drafts, permissions
from filings.actions.table import label_of
from filings.choices import Action
from filings.forms.draft import DraftForms
from filings.models import Cycle, Filing, Office, User
from filings.views.kept.store import KeptPost
from filings.views.table.labels import cell_labels
from filings.views.typed_fields import typed_fields

# By the names of URLs; those of actions have the label of the action.
_BUTTONS: Mapping[str, str] = {
    "approve": "批复并盖章",
    "open_form": "开放全表",
    "consultation": "答复",
    "consultation_withdraw": "撤回征求意见",
    "bulk_pass_do": "批量通过",
    "bulk_return_do": "批量退回",
    "queue_assign_do": "分配审核人",
    "similar_remark": "写入所选申报表",
    "board_remind": "预览催办",
    "board_remind_send": "发送催办",
    "board_extend_save": "延期",
    "account_telephone": "保存电话",
    "fill_save": "保存",
    "fill_check": "保存并核对全表",
    "fill_submit": "保存并提交送签",
    "fill_import_preview": "读取并预览",
    "cycle_create": "新建批次",
    "cycle_create_next": "新建批次",
    "setup_details_save": "保存批次",
    "setup_policy_save": "保存审核办法",
    "setup_close_now": "结束批次",
    "setup_reopen": "重新开启批次",
    "calendar_add": "登记日期",
    "office_create": "新增股室",
    "office_rename": "保存股室名称",
}
_COUNTED: Mapping[str, str] = {"selected": "份申报表", "at": "份申报表", "department": "个单位"}
_ANSWER, _EXPLANATION = "对审核意见的答复", "对核对结果的说明"


def button_of(post: KeptPost) -> str:
    """Return the label of the button that submits the form."""
    name = str(match.url_name) if (match := _match(post)) else ""
    return label_of(name) if name in set(Action) else _BUTTONS.get(name, "提交")


def subject_of(post: KeptPost, user: User) -> str:
    """Name the filing, cycle or office of the form and the number of what was ticked, as far as the user sees them."""
    arguments = match.kwargs if (match := _match(post)) else {}
    names = [_filing_name(user, arguments) or _setup_name(arguments)]
    for name, counted in _COUNTED.items():
        if count := sum(field == name for field, _value in post.fields):
            names.append(f"{count} {counted}")
    return "，".join(name for name in names if name)


def labels_of(post: KeptPost, user: User) -> dict[str, str]:
    """Return the labels of the typed fields, '' for a field without one."""
    labels = typed_fields(dict(post.fields))
    if "" in labels.values():
        labels |= {name: label for name, label in _cell_names(post, user).items() if labels.get(name) == ""}
    return labels


def _match(post: KeptPost) -> ResolverMatch | None:
    try:
        return resolve(post.address.partition("?")[0])
    except Resolver404:
        return None


def _filing(user: User, arguments: Mapping[str, Any]) -> Filing | None:
    seen = permissions.visible_to(user).filter(pk=arguments.get("filing_id", 0))
    return seen.select_related("cycle__edition", "department").first()


def _filing_name(user: User, arguments: Mapping[str, Any]) -> str:
    filing = _filing(user, arguments)
    if "consultation_id" in arguments:
        asked = permissions.consultations_for(user).filter(pk=arguments["consultation_id"])
        question = asked.select_related("revision__filing__cycle__edition", "revision__filing__department").first()
        filing = question.revision.filing if question else None
    return f"{filing.department}，{filing.cycle}" if filing else ""


def _setup_name(arguments: Mapping[str, Any]) -> str:
    cycle = Cycle.objects.select_related("edition").filter(pk=arguments.get("cycle_id", 0)).first()
    office = Office.objects.filter(pk=arguments.get("office_id", 0)).first()
    return str(cycle or office or "")


def _cell_names(post: KeptPost, user: User) -> dict[str, str]:
    """Return the labels of the table's cells, of answers to remarks and of explanations, by field."""
    filing = _filing(user, match.kwargs) if (match := _match(post)) else None
    if filing is None or not permissions.may_see_draft(user, filing):
        return {}
    data = QueryDict(mutable=True)
    for name, value in post.fields:
        data.appendlist(name, value)
    places = cell_labels(drafts.load(filing))
    cells = DraftForms.posted(filing.cycle.edition.definition(), data).cells()
    names = {bound.html_name: places.get(place, _EXPLANATION) for place, bound in cells.items()}
    return names | {name: _ANSWER for name in data if name.startswith("answers-")}
