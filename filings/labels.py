"""What a person reads for the words of choices.py. Sentences of steps and findings live where they are made."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _

from filings.choices import Action, Criterion, Grade, OfficeKind, PointKind, Role, Severity, Stage, Status

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Label: TypeAlias = "str | StrPromise"

STATUS: Mapping[str, Label] = {
    Status.DRAFT: _("填报中"),
    Status.SIGNING: _("待单位审签"),
    Status.IN_REVIEW: _("审核中"),
    Status.RETURNED: _("已退回"),
    Status.APPROVED: _("已批复"),
}
STAGE: Mapping[str, Label] = {
    Stage.SUPERVISOR: _("主管部门"),
    Stage.SECTION: _("业务股室"),
    Stage.PERFORMANCE: _("绩效股"),
}
ACTION: Mapping[str, Label] = {
    Action.START: _("开始填报"),
    Action.SUBMIT: _("提交送签"),
    Action.SEND_BACK: _("退回填报人"),
    Action.SIGN: _("审签同意"),
    Action.WITHDRAW: _("撤回修改"),
    Action.RETURN: _("退回"),
    Action.PASS: _("审核通过"),
    Action.ADJUST: _("调整"),
    Action.WAIVE: _("豁免核对结果"),
}
ROLE: Mapping[str, Label] = {
    Role.FILLER: _("填报人"),
    Role.HEAD: _("单位负责人"),
    Role.REVIEWER: _("审核人"),
    Role.MANAGER: _("管理员"),
    Role.OBSERVER: _("查看人"),
}
OFFICE_KIND: Mapping[str, Label] = {
    OfficeKind.SECTION: _("业务股室"),
    OfficeKind.PERFORMANCE: _("绩效股"),
    OfficeKind.BUREAU: _("局领导"),
}
POINT: Mapping[str, Label] = {
    PointKind.OPENED: _("打开填报时"),
    PointKind.PASTE: _("粘贴之前"),
    PointKind.IMPORT: _("导入之前"),
    PointKind.SUBMISSION: _("提交时"),
    PointKind.RESTORE: _("恢复之前"),
}
SEVERITY: Mapping[str, Label] = {
    Severity.ERROR: _("阻断"),
    Severity.WARNING: _("提醒"),
    Severity.ADVICE: _("建议"),
}
GRADE: Mapping[str, Label] = {
    Grade.EXCELLENT: _("优"),
    Grade.GOOD: _("良"),
    Grade.FAIR: _("中"),
    Grade.POOR: _("差"),
}
CRITERION: Mapping[str, Label] = {
    Criterion.COMPLETENESS: _("完整性"),
    Criterion.RELEVANCE: _("相关性"),
    Criterion.APPROPRIATENESS: _("适当性"),
    Criterion.FEASIBILITY: _("可行性"),
}
