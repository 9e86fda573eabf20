"""Chinese labels of the enumerations in choices.py. Labels of actions are in actions/table.py."""

from collections.abc import Mapping

from filings.choices import (
    AttachmentKind,
    Criterion,
    ExportKind,
    Grade,
    Handling,
    JobKind,
    MessageKind,
    OfficeKind,
    QrPages,
    RemarkState,
    Role,
    SealShape,
    Severity,
    Stage,
    Status,
)

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
SEAL_SHAPE: Mapping[str, str] = {
    SealShape.ROUND_42: "圆形，直径 42 毫米",
    SealShape.ROUND_40: "圆形，直径 40 毫米",
    SealShape.ROUND_38: "圆形，直径 38 毫米",
    SealShape.ELLIPSE_45_30: "椭圆形，45×30 毫米",
}
OFFICE_KIND: Mapping[str, str] = {
    OfficeKind.SECTION: "业务股室",
    OfficeKind.PERFORMANCE: "绩效股",
    OfficeKind.BUREAU: "局领导",
}
ATTACHMENT: Mapping[str, str] = {
    AttachmentKind.BUDGET: "预算批复",
    AttachmentKind.MANDATE: "三定方案",
    AttachmentKind.SIGNED_SCAN: "审签扫描件",
    AttachmentKind.OTHER: "其他",
}
SEVERITY: Mapping[str, str] = {
    Severity.ERROR: "须改正",
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
REMARK_STATE: Mapping[str, str] = {
    RemarkState.OPEN: "待改",
    RemarkState.CHANGED: "已改",
    RemarkState.DECLINED: "不改，说明",
    RemarkState.ACCEPTED: "认可",
    RemarkState.DISPUTED: "仍有问题",
}
HANDLING: Mapping[str, str] = {
    Handling.REFUSE: "不能通过",
    Handling.REASON: "写明理由可以通过",
    Handling.ALLOW: "可以通过",
}
MESSAGE: Mapping[str, str] = {
    MessageKind.SUBMITTED: "待审签",
    MessageKind.SENT_BACK: "单位退回",
    MessageKind.SIGNED: "待审核",
    MessageKind.RETURNED: "退回修改",
    MessageKind.CLAIMED: "已认领",
    MessageKind.HANDED_OVER: "已移交",
    MessageKind.APPROVED: "已批复",
    MessageKind.REVOKED: "撤回批复",
    MessageKind.APPROVAL_FAILED: "批复或补办未完成",
    MessageKind.CONSULTED: "征求意见",
    MessageKind.CONSULTATION_ANSWERED: "意见已答复",
    MessageKind.REMINDED: "催办",
    MessageKind.EXTENDED: "延期",
    MessageKind.DUE_SOON: "即将到期",
    MessageKind.OVERDUE: "已过期限",
    MessageKind.EXPORTED: "导出完成",
    MessageKind.PUBLISHED: "已公开",
    MessageKind.UNPUBLISHED: "撤下或不予公开",
    MessageKind.COPIES_DONE: "批量办理完成",
    MessageKind.FILE_DAMAGED: "文件损坏",
    MessageKind.INTEGRITY_BROKEN: "完整性检查",
}
EXPORT: Mapping[str, str] = {
    ExportKind.COPIES: "盖章定稿（压缩包）",
    ExportKind.AMOUNTS: "资金汇总表",
    ExportKind.INDICATORS: "指标明细表",
    ExportKind.FINDINGS: "核对结果",
    ExportKind.REMARKS: "等级和审核意见",
}
COPY_JOB: Mapping[str, str] = {
    JobKind.PUBLISH: "批量公开",
    JobKind.UNPUBLISH: "批量撤下",
    JobKind.REISSUE: "补办用印签名",
}
QR_PAGES: Mapping[str, str] = {
    QrPages.LAST: "印在最后一页",
    QrPages.EACH: "每页都印",
}
