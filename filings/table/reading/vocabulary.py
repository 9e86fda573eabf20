"""Labels of performance-target tables on other forms, collected from real ones. An edition has its own labels.

Texts recognised by these labels get a warning; only column headings are recognised without one.
"""

from collections.abc import Mapping

# Section labels, in the first column: the kind of section, and the key of a field.
SECTIONS: Mapping[str, tuple[str, str]] = {
    "部门名称": ("field", "department"),
    "单位名称": ("field", "department"),
    "部门（单位）名称": ("field", "department"),
    "预算部门": ("field", "department"),
    "预算单位": ("field", "department"),
    "主管部门": ("field", "supervisor"),
    "实施单位": ("field", "department"),
    "项目名称": ("field", "project"),
    "年度预算申请": ("budget", ""),
    "年度预算": ("budget", ""),
    "年度预算资金": ("budget", ""),
    "部门预算": ("budget", ""),
    "预算资金": ("budget", ""),
    "预算情况": ("budget", ""),
    "项目资金": ("budget", ""),
    "资金情况": ("budget", ""),
    "部门职能职责概述": ("duties", ""),
    "部门职能概述": ("duties", ""),
    "部门职能职责": ("duties", ""),
    "部门职能": ("duties", ""),
    "部门职责": ("duties", ""),
    "主要职责": ("duties", ""),
    "主要职能": ("duties", ""),
    "职能职责": ("duties", ""),
    "职责职能": ("duties", ""),
    "单位职能": ("duties", ""),
    "整体绩效目标": ("goal", ""),
    "部门整体绩效目标": ("goal", ""),
    "年度绩效目标": ("goal", ""),
    "年度总体目标": ("goal", ""),
    "年度目标": ("goal", ""),
    "总体目标": ("goal", ""),
    "绩效目标": ("goal", ""),
    "年度主要任务": ("tasks", ""),
    "主要任务": ("tasks", ""),
    "重点任务": ("tasks", ""),
    "年度重点工作任务": ("tasks", ""),
    "部门整体支出年度绩效指标": ("indicators", ""),
    "年度绩效指标": ("indicators", ""),
    "绩效指标": ("indicators", ""),
    "绩效目标指标": ("indicators", ""),
    "财政部门审核意见": ("opinion", ""),
    "审核意见": ("opinion", ""),
    "主管部门审核意见": ("opinion", ""),
    "财政部门意见": ("opinion", ""),
    "单位意见": ("opinion", ""),
}

# Column headings of the indicators.
HEADINGS: Mapping[str, str] = {
    "一级指标": "first_level",
    "二级指标": "second_level",
    "三级指标": "name",
    "指标名称": "name",
    "指标内容": "name",
    "四级指标": "",
    "指标值": "target",
    "指标值及单位": "target",
    "绩效指标值": "target",
    "年度指标值": "target",
    "目标值": "target",
    "年度目标值": "target",
    "计划指标值": "target",
    "计算符号": "comparator",
    "运算符号": "comparator",
    "符号": "comparator",
    "比较符号": "comparator",
    "指标性质": "comparator",
    "计量单位": "unit",
    "度量单位": "unit",
    "单位": "unit",
    "权重": "weight",
    "分值": "weight",
    "分值权重": "weight",
    "指标分值": "weight",
    "上年值": "last_value",
    "上年指标值": "last_value",
    "上年实际值": "last_value",
    "上年完成值": "last_value",
    "历史参考值": "last_value",
    "指标解释": "explanation",
    "指标说明": "explanation",
    "绩效指标解释": "explanation",
    "评分标准": "scoring",
    "评分规则": "scoring",
    "评分依据": "scoring",
    "备注": "note",
    "说明": "note",
    "序号": "",
    "编号": "",
}

# Column headings of the tasks.
TASK_HEADINGS: Mapping[str, str] = {
    "任务名称": "name",
    "工作任务": "name",
    "主要内容": "content",
    "任务内容": "content",
    "工作内容": "content",
    "预算金额": "amount",
    "金额": "amount",
    "资金预算": "amount",
    "资金": "amount",
    "总额": "amount",
    "预算资金": "amount",
}

# Names of budget lines, with the keys shared by all editions.
LINES: Mapping[str, str] = {
    "资金总额": "TOTAL",
    "年度资金总额": "TOTAL",
    "预算总额": "TOTAL",
    "年度预算总额": "TOTAL",
    "部门预算总额": "TOTAL",
    "金额合计": "TOTAL",
    "合计": "TOTAL",
    "一般公共预算": "INC.GENERAL",
    "一般公共预算拨款": "INC.GENERAL",
    "公共财政拨款": "INC.GENERAL",
    "财政拨款": "INC.GENERAL",
    "政府性基金": "INC.FUND",
    "政府性基金拨款": "INC.FUND",
    "政府性基金预算": "INC.FUND",
    "政府性基金预算拨款": "INC.FUND",
    "国有资本经营预算": "INC.STATE",
    "国有资本经营预算拨款": "INC.STATE",
    "纳入专户管理的非税收入拨款": "INC.NONTAX",
    "财政专户管理资金": "INC.NONTAX",
    "财政专户": "INC.NONTAX",
    "其他资金": "INC.OTHER",
    "单位资金": "INC.OTHER",
    "其他收入": "INC.OTHER",
    "上年结转": "INC.CARRY",
    "上年结转结余": "INC.CARRY",
    "结转结余": "INC.CARRY",
    "基本支出": "EXP.BASIC",
    "项目支出": "EXP.PROJECT",
}

# Headings above budget lines, without an amount of their own.
OVER_LINES = (
    *("其中", "收入", "支出", "金额", "资金来源", "收入来源", "支出类型", "支出性质", "收入性质"),
    *("按收入性质分", "按支出性质分", "按资金来源分", "按收入性质", "按支出性质", "按资金来源"),
)
# Notes on continued pages, which belong to no cell.
CONTINUATION_NOTES = ("续表", "续上表", "接上页", "转下页")

# Placeholders in a comparator or unit column for a value without one.
NOTHING = ("/", "-", "—", "——", "无")
KINDS_OF_VALUES = ("定性", "定量")

# Labels of the lines above and below the table.
FIELDS: Mapping[str, str] = {
    "填报单位": "filing_unit",
    "编制单位": "filing_unit",
    "申报单位": "filing_unit",
    "填报部门": "filing_unit",
    "单位名称": "department",
    "部门名称": "department",
    "填报人": "filler",
    "填表人": "filler",
    "经办人": "filler",
    "联系人": "filler",
    "联系电话": "telephone",
    "电话": "telephone",
    "单位负责人": "head",
    "部门负责人": "head",
    "负责人": "head",
    "填报日期": "filled_on",
    "填报时间": "filled_on",
    "填表日期": "filled_on",
}

# Second- and first-level indicators, with their canonical keys (comparable across forms).
CLASSES: Mapping[str, str] = {
    "数量": "OUT.QTY",
    "产出数量": "OUT.QTY",
    "质量": "OUT.QUAL",
    "产出质量": "OUT.QUAL",
    "时效": "OUT.TIME",
    "时限": "OUT.TIME",
    "进度": "OUT.TIME",
    "产出时效": "OUT.TIME",
    "成本": "OUT.COST",
    "产出成本": "OUT.COST",
    "经济成本": "COST.ECON",
    "社会成本": "COST.SOC",
    "生态环境成本": "COST.ECO",
    "环境成本": "COST.ECO",
    "经济效益": "BEN.ECON",
    "经济效率": "BEN.ECON",
    "社会效益": "BEN.SOC",
    "生态效益": "BEN.ECO",
    "环境效益": "BEN.ECO",
    "生态环境效益": "BEN.ECO",
    "可持续影响": "BEN.SUST",
    "可持续发展": "BEN.SUST",
    "可持续": "BEN.SUST",
}
SATISFACTION, SATISFACTION_KEY = "满意度", "SAT.SERV"
# For an edition without a class for a key: the closest other classes.
NEAREST: Mapping[str, tuple[str, ...]] = {
    "OUT.COST": ("COST.ECON",),
    "COST.ECON": ("OUT.COST",),
    "COST.SOC": ("OUT.COST", "COST.ECON"),
    "COST.ECO": ("OUT.COST", "COST.ECON"),
}
