"""What a person reads for the words of choices.py. Sentences of steps and findings live where they are made."""

from collections.abc import Mapping
from typing import TypeAlias

from filings.choices import Action, Criterion, Grade, OfficeKind, PointKind, Role, Severity, Stage, Status

Label: TypeAlias = str

STATUS: Mapping[str, Label] = {
    Status.DRAFT: "填报中",
    Status.SIGNING: "待单位审签",
    Status.IN_REVIEW: "审核中",
    Status.RETURNED: "已退回",
    Status.APPROVED: "已批复",
}
STAGE: Mapping[str, Label] = {
    Stage.SUPERVISOR: "主管部门",
    Stage.SECTION: "业务股室",
    Stage.PERFORMANCE: "绩效股",
}
ACTION: Mapping[str, Label] = {
    Action.START: "开始填报",
    Action.SUBMIT: "提交送签",
    Action.SEND_BACK: "退回填报人",
    Action.SIGN: "审签同意",
    Action.WITHDRAW: "撤回修改",
    Action.RETURN: "退回",
    Action.APPROVE_STAGE: "审核通过",
    Action.ADJUST: "调整",
    Action.WAIVE: "豁免核对结果",
}
ROLE: Mapping[str, Label] = {
    Role.FILLER: "填报人",
    Role.HEAD: "单位负责人",
    Role.REVIEWER: "审核人",
    Role.MANAGER: "管理员",
    Role.OBSERVER: "查看人",
}
OFFICE_KIND: Mapping[str, Label] = {
    OfficeKind.SECTION: "业务股室",
    OfficeKind.PERFORMANCE: "绩效股",
    OfficeKind.BUREAU: "局领导",
}
POINT: Mapping[str, Label] = {
    PointKind.OPENED: "打开填报时",
    PointKind.PASTE: "粘贴之前",
    PointKind.IMPORT: "导入之前",
    PointKind.SUBMISSION: "提交时",
    PointKind.RESTORE: "恢复之前",
}
SEVERITY: Mapping[str, Label] = {
    Severity.ERROR: "阻断",
    Severity.WARNING: "提醒",
    Severity.ADVICE: "建议",
}
GRADE: Mapping[str, Label] = {
    Grade.EXCELLENT: "优",
    Grade.GOOD: "良",
    Grade.FAIR: "中",
    Grade.POOR: "差",
}
CRITERION: Mapping[str, Label] = {
    Criterion.COMPLETENESS: "完整性",
    Criterion.RELEVANCE: "相关性",
    Criterion.APPROPRIATENESS: "适当性",
    Criterion.FEASIBILITY: "可行性",
}
