"""Tables on the edition with tasks instead of a budget block; the amounts of the tasks add up to the total."""

from dataclasses import replace

from filings.document.bundled_editions import editions
from filings.tests.rules.composed.table import TableParts, compose_tables

_EDITION = editions()["task-table"]
_LABOUR = TableParts(
    department="青禾县人力资源和社会保障局",
    fields={"filler": "唐丽", "telephone": "0734-5223456", "filled_on": "2023年11月18日"},
    amounts={"TOTAL": "2140.6"},
    duties=(
        "（一）拟订全县人力资源和社会保障事业发展规划并组织实施。",
        "（二）负责促进就业，完善公共就业服务体系。",
        "（三）统筹推进社会保障体系建设，加强基金监管。",
        "（四）负责劳动关系协调和劳动保障监察。",
    ),
    goal="保障机关和经办机构正常运转；新增城镇就业4200人，培训职业技能2500人次，按时足额发放各项社会保险待遇。",
    tasks=(
        ("机构运转", "保障在职人员工资福利和机关日常运转", "1140.6"),
        ("就业创业服务", "举办招聘会30场，开展职业技能培训2500人次", "620"),
        ("社会保险经办", "城乡居民养老保险待遇发放和信息系统运行维护", "300"),
        ("劳动保障监察", "受理欠薪投诉，开展专项检查", "80万元"),
    ),
    rows=(
        ("OUT.QTY", "新增城镇就业", "≥4200人"),
        ("OUT.QTY", "职业技能培训人次", "≥2500人次"),
        ("OUT.QTY", "举办招聘会", "≥30场"),
        ("OUT.QUAL", "职业技能培训合格率", "≥90%"),
        ("OUT.COST", "机构运转成本", "≤1140.6万元"),
        ("OUT.COST", "就业服务等专项工作成本", "≤1000万元"),
        ("OUT.TIME", "社会保险待遇按时发放率", "=100%"),
        ("BEN.ECON", "带动就业人员增收", "≥8000万元"),
        ("BEN.SOC", "城镇登记失业率", "≤4.5%"),
        ("BEN.SUST", "公共就业服务体系", "持续完善"),
        ("BEN.SAT", "服务对象满意度", "≥90%"),
    ),
    notes=("以就业实名登记系统为准", "", "", "", "", "", "", "按人均增收1.9万元测算"),
)
_VETERANS = TableParts(
    department="青禾县退役军人事务局",
    fields={"filler": "黄涛", "telephone": "13807341234", "filled_on": "11月21日"},
    amounts={"TOTAL": "3506.77"},
    duties=(
        "一、贯彻执行退役军人移交安置、就业创业和优抚褒扬政策。",
        "二、负责优抚对象抚恤补助资金的审核发放。",
        "三、组织开展拥军优属和烈士纪念活动。",
    ),
    goal="落实各项优抚政策，按月发放抚恤补助3100人，组织退役军人适应性培训2期，维护烈士纪念设施5处。",
    tasks=(
        ("单位运转", "", "486.77"),
        ("优抚对象抚恤补助", "为3100名优抚对象按月发放抚恤补助", "2800"),
        ("退役军人培训", "适应性培训2期", "60"),
        ("烈士纪念设施维护", "维护5处，举行公祭活动", "160"),
        ("双拥工作", "春节、八一走访慰问", ""),
    ),
    rows=(
        ("OUT.QTY", "发放抚恤补助人数", "≥3100人"),
        ("OUT.QTY", "退役军人适应性培训", "≥2期"),
        ("OUT.QTY", "维护烈士纪念设施", "=5处"),
        ("OUT.QUAL", "抚恤补助资格审核准确率", "=100%"),
        ("OUT.COST", "重点优抚对象补助标准", "≥820元/月"),
        ("OUT.COST", "单位运转成本", "控制在486.77万元以内"),
        ("OUT.TIME", "抚恤补助每月发放时间", "每月20日前"),
        ("BEN.SOC", "优抚政策落实率", "=100%"),
        ("BEN.SUST", "拥军优属社会氛围", "长期保持"),
        ("BEN.SAT", "退役军人和优抚对象满意度", "≥93%"),
    ),
    notes=("", "", "", "", "按省定标准执行"),
)
_LIBRARY = TableParts(
    department="青禾县图书馆",
    fields={"filler": "吴迪"},
    amounts={"TOTAL": "186"},
    duties=("负责图书文献的收集、整理、保存和借阅服务，开展全民阅读活动。",),
    goal="全年免费开放，购置新书6000册，举办阅读推广活动50场，接待读者12万人次。",
    tasks=(("免费开放和全民阅读", "购书6000册，举办活动50场", "186"),),
    rows=(
        ("OUT.QTY", "购置新书", "≥6000册"),
        ("OUT.QTY", "阅读推广活动", "≥50场"),
        ("OUT.QTY", "全年开放天数", "≥310天"),
        ("OUT.QUAL", "新书编目差错率", "≤1%"),
        ("OUT.COST", "全年支出", "≤186万元"),
        ("OUT.TIME", "新书上架时限", "到馆后15个工作日内"),
        ("BEN.SOC", "接待读者", "≥12万人次"),
        ("BEN.SAT", "读者满意度", "≥95%"),
    ),
)

TABLES = (
    compose_tables(
        "人力资源和社会保障局：任务合计比总额少",
        _LABOUR,
        replace(_LABOUR, tasks=(*_LABOUR.tasks[:-1], ("劳动保障监察", "受理欠薪投诉，开展专项检查", "60"))),
        edition=_EDITION,
    ),
    compose_tables(
        "退役军人事务局：备注里写了手机号码",
        _VETERANS,
        replace(_VETERANS, notes=("联系人13807341234",)),
        edition=_EDITION,
    ),
    compose_tables("图书馆：成本超过合计", _LIBRARY, _LIBRARY.with_target("全年支出", "≤196万元"), edition=_EDITION),
)
