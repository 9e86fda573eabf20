"""The parts of a table in the order of an edition, each with what belongs there, an example and common mistakes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from filings.choices import Status
from filings.document.edition import Edition, Node
from filings.document.text import bare
from filings.rules.example import AMOUNTS, DUTIES, GOAL, ROWS, YEAR
from filings.views.help.mistakes import MISTAKES, Mistake

# By kind of section: what belongs there. {unit} and {decimals} are those of the edition's amounts.
PURPOSES: Mapping[str, tuple[str, ...]] = {
    "field": ("填写单位全称，与公章一致。系统已按单位名单填写。",),
    "budget": (
        "按财政部门批复的年初部门预算填写，单位为{unit}，最多保留 {decimals} 位小数。",
        "资金总额等于按收入来源分的各项之和，也等于按支出性质分的各项之和。没有的项目留空。",
        "预算批复以元为单位的，须换算成{unit}后填写。",
    ),
    "tasks": ("填写年度主要任务及其预算金额，单位为{unit}。各项任务金额之和等于资金总额。",),
    "duties": (
        "按「三定」方案规定的主要职责填写，每条一行，序号为（一）（二）（三）。",
        "只写本单位的职责；临时工作、个人姓名和手机号码不填。",
    ),
    "goal": (
        "概括本年度依靠部门预算资金要完成的主要工作和达到的效果，与职责和资金投向相对应。",
        "目标中写到的数字，在指标中应有对应的指标值。",
    ),
    "indicators": (
        "指标名称写明衡量什么，指标值写明达到多少：计算符号、数字、单位，如 ≥95%、≤233万元。",
        "每个二级指标至少填写一行。数量、质量、时效、成本指标反映做了什么，效益指标反映产生什么效果。",
        "每项主要职责和每个重点项目应有对应的指标。",
    ),
}
# By canonical key of the second level.
EXAMPLE_ROWS = {**ROWS, "SAT.SERV": ROWS["BEN.SAT"], "COST.ECON": ROWS["OUT.COST"]}
STATUSES: Mapping[str, str] = {
    Status.DRAFT: "填报人填写中，随时可以保存，尚未提交。",
    Status.SIGNING: "已提交，由单位负责人审签。负责人可以同意，也可以退回本单位修改。",
    Status.IN_REVIEW: "已送财政部门，按环节审核。审核期间不能修改；尚未开始审核的可以撤回。",
    Status.RETURNED: "审核退回，填报人按意见修改后重新提交。",
    Status.APPROVED: "批复已下达，定稿盖章并附核验码。确需变更的，由填报人申请调整。",
}


@dataclass(frozen=True)
class ClassExample:
    """A second-level indicator with example rows of name and target."""

    label: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Part:
    """A part of the table; `kind` is also its anchor on the page."""

    kind: str
    label: str
    purposes: tuple[str, ...]
    examples: tuple[str, ...]
    classes: tuple[ClassExample, ...]
    mistakes: tuple[Mistake, ...]


def parts_of(edition: Edition, year: int) -> list[Part]:
    """Describe the parts of an edition; dates of the examples are in `year`."""
    labels: dict[str, str] = {}
    for section in edition.sections:
        if section.kind in PURPOSES:
            labels.setdefault(section.kind, bare(section.label))
    return [_part(kind, label, edition, year) for kind, label in labels.items()]


def _part(kind: str, label: str, edition: Edition, year: int) -> Part:
    purposes = tuple(text.format(unit=edition.unit, decimals=edition.decimals) for text in PURPOSES[kind])
    classes = tuple(_classes(edition.tree, year)) if kind == "indicators" else ()
    mistakes = tuple(
        replace(mistake, wrong=in_year(mistake.wrong, year), right=in_year(mistake.right, year))
        for mistake in MISTAKES.get(kind, ())
    )
    return Part(kind, label, purposes, _examples(kind, edition), classes, mistakes)


def _examples(kind: str, edition: Edition) -> tuple[str, ...]:
    match kind:
        case "budget":
            lines = [edition.total, *(line for split in edition.splits for line in split.lines)]
            filled = [line for line in lines if line.key in AMOUNTS]
            return tuple(f"{bare(line.label).rstrip('：:')}　{AMOUNTS[line.key]}" for line in filled)
        case "duties":
            return DUTIES
        case "goal":
            return (GOAL,)
    return ()


def _classes(nodes: tuple[Node, ...], year: int) -> Iterator[ClassExample]:
    """Yield the second-level indicators of the edition for which there are example rows."""
    for node in (child for parent in nodes for child in parent.children):
        if node.canonical in EXAMPLE_ROWS:
            rows = tuple((name, in_year(target, year)) for name, target in EXAMPLE_ROWS[node.canonical])
            yield ClassExample(bare(node.label), rows)


def in_year(text: str, year: int) -> str:
    """Move the years of an example, which are that of the examples and the next one, to `year`."""
    moved = text.replace(f"{YEAR + 1}年", f"{year + 1}年")
    return moved.replace(f"{YEAR}年", f"{year}年")
