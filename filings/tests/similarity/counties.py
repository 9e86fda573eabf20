"""Generated tables of many departments, some of them copies of others."""

from dataclasses import replace
from random import Random

from filings.document.content import DutyRow, FilingDocument, IndicatorRow
from filings.tests.founding import founding_document

_VERBS = "负责组织指导协调监督承担拟订落实推进管理检查统筹实施完善规范建立开展参与研究编制审核"
_NOUNS = "教育卫生水利交通农业林业文化旅游体育民政社会保障环境城乡建设市场粮食物资统计审计信访残疾老年儿童妇女"
_ENDS = ("工作", "规划", "政策", "项目", "资金", "服务", "队伍", "体系", "制度", "安全")


def sentence(seed: Random) -> str:
    """A sentence of some forty characters that hardly occurs twice."""
    parts = ("".join(seed.sample(_VERBS, 2)) + "".join(seed.sample(_NOUNS, 4)) + seed.choice(_ENDS) for _ in range(6))
    return "、".join(parts) + "。"


def department_table(name: str, seed: Random) -> FilingDocument:
    """A table of some 1,500 characters with standard words of the form, under the name of a department."""
    duties = tuple(DutyRow(f"d{n}", f"（{n}）{name}{sentence(seed)}") for n in range(1, 13))
    goal = f"贯彻落实县委县政府决策部署，保障单位正常运转，{sentence(seed)}{sentence(seed)}{sentence(seed)}"
    rows = tuple(
        IndicatorRow(f"i{n}", "OUT.QTY", "产出指标", "数量指标", sentence(seed)[:14], f"≥{n}项") for n in range(15)
    )
    fields = {**founding_document().fields, "department": name}
    return replace(founding_document(), fields=fields, duties=duties, goals=(goal,), indicators=rows)


def copied(document: FilingDocument, name: str) -> FilingDocument:
    """The table under another department's name and with other figures."""
    duties = tuple(replace(duty, text=duty.text.replace(document.department, name)) for duty in document.duties)
    rows = tuple(replace(row, key=f"c{row.key}", target="≥99项") for row in document.indicators)
    return replace(document, fields={**document.fields, "department": name}, duties=duties, indicators=rows)


def county_of(count: int, *, groups: int, copies: int, seed: Random) -> list[FilingDocument]:
    """Tables of `count` departments, beginning with `groups` groups of `copies` equal ones."""
    documents: list[FilingDocument] = []
    while len(documents) < count:
        size = copies if len(documents) < groups * copies else 1
        original = department_table(f"第{len(documents)}局", seed)
        documents += [original, *(copied(original, f"第{len(documents) + n}局") for n in range(1, size))]
    return documents
