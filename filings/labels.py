"""Chinese labels of the enumerations in choices.py. Labels of actions are in actions/table.py."""

from collections.abc import Mapping

from filings.choices import Criterion, Grade, OfficeKind, PointKind, Role, Severity, Stage, Status

STATUS: Mapping[str, str] = {
    Status.DRAFT: "填报中",
    Status.SIGNING: "待单位审签",
    Status.IN_REVIEW: "审核中",
    Status.RETURNED: "已退回",
    Status.APPROVED: "已批复",
}
STAGE: Mapping[str, str] = {
    Stage.SUPERVISOR: "主管部门",
    Stage.SECTION: "业务股室",
    Stage.PERFORMANCE: "绩效股",
}
ROLE: Mapping[str, str] = {
    Role.FILLER: "填报人",
    Role.HEAD: "单位负责人",
    Role.REVIEWER: "审核人",
    Role.MANAGER: "管理员",
    Role.OBSERVER: "查看人",
}
OFFICE_KIND: Mapping[str, str] = {
    OfficeKind.SECTION: "业务股室",
    OfficeKind.PERFORMANCE: "绩效股",
    OfficeKind.BUREAU: "局领导",
}
POINT: Mapping[str, str] = {
    PointKind.OPENED: "打开填报时",
    PointKind.PASTE: "粘贴之前",
    PointKind.IMPORT: "导入之前",
    PointKind.SUBMISSION: "提交时",
    PointKind.RESTORE: "恢复之前",
}
SEVERITY: Mapping[str, str] = {
    Severity.ERROR: "阻断",
    Severity.WARNING: "提醒",
    Severity.ADVICE: "建议",
}
GRADE: Mapping[str, str] = {
    Grade.EXCELLENT: "优",
    Grade.GOOD: "良",
    Grade.FAIR: "中",
    Grade.POOR: "差",
}
CRITERION: Mapping[str, str] = {
    Criterion.COMPLETENESS: "完整性",
    Criterion.RELEVANCE: "相关性",
    Criterion.APPROPRIATENESS: "适当性",
    Criterion.FEASIBILITY: "可行性",
}
