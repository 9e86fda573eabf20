"""The words of the duties and the goal."""

import re
from collections.abc import Iterator
from decimal import Decimal

from filings.choices import Severity
from filings.document import money, numerals, place
from filings.document.place import Place
from filings.document.text import bare, symbols
from filings.rules.finding import NOT_APPLICABLE, Answer, QuickFix, RuleContext, Undetermined, Violation, quote
from filings.rules.texts import numbering
from filings.rules.texts.mentions import (
    Names,
    by_plain_name,
    other_departments,
    other_years,
    plain,
)
from filings.rules.texts.personal import personal_numbers

_MOST_LISTED = 6
_NOT_PUBLISHED = ("telephone", "contact")
_COUNTED = (
    "个百分点|%|批次|户次|人次|人|名|户|家|个|所|项|件|次|场|期|批|例|公里|千米|平方米|平方公里|立方米|米|公顷|亩|吨|公斤|千克"
    "|台|辆|套|卷|页|册|份|处|座|条|篇|张|头|只|羽|株|棵|小时|课时|套次|床|班|站|村|镇|元"
)
_WITH_UNIT = re.compile(
    rf"(?<![\d.第A-Za-z])(?P<number>\d{{1,15}}(?:,\d{{3}})*(?:\.\d{{1,6}})?)(?P<scale>[万亿]?)余?(?P<unit>{_COUNTED})"
    r"(?!月|方面|工作日)",
    re.ASCII,
)
_NO_FACTS = re.compile(
    r"《[^》]*》|“[^”]*”|[〔\[(（【](?:19|20)\d\d[〕\])）】]\d*号?|(?:19|20)\d\d(?:[-—~至到](?:19|20)\d\d)?年"
)
_ANY_NUMBER = re.compile(r"(?P<number>\d{1,15}(?:,\d{3})*(?:\.\d{1,6})?)(?P<scale>[万亿]?)", re.ASCII)
_SCALE = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_OF_A_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


def texts_are_about_this_department_and_year(case: RuleContext) -> Answer:
    """H2. One fault a place, whether it is the department or the year."""
    names = Names(case.known.department, case.known.departments)
    faults = [*_wrong_department(case, names)]
    for at, where, text in _prose(case):
        said = [*_of_departments(text, where, names), *_of_years(text, where, case.document.year)]
        if said:
            faults.append(Violation((at,), "".join(said)))
    if case.document.year is None and not faults:
        return Undetermined("还不知道这张表是哪一年的，暂时不能核对文字里的年份。")
    return faults


def duties_are_numbered_through(case: RuleContext) -> Answer:
    """H3."""
    return numbering.faults(case.document.duties)


def numbers_of_the_goal_are_carried(case: RuleContext) -> Answer:
    """H4. A table without indicators has graver faults."""
    if not case.document.goals or not case.rows:
        return NOT_APPLICABLE
    carried = _carried(case)
    missing = [text for text, values in _facts(case.document.goals) if not values & carried]
    if not missing:
        return []
    listed = "、".join(missing[:_MOST_LISTED]) + (f" 等 {len(missing)} 个数字" if len(missing) > _MOST_LISTED else "")
    message = f"{_goal(case)}里的 {listed}，在指标里没有对应。请把它细化成指标，或核对两处的数字。"
    return [Violation((place.goal(),), message, {"missing": Decimal(len(missing))})]


def no_personal_numbers(case: RuleContext) -> Answer:
    """H5. Before publication it is only a warning."""
    at_most = Severity.ERROR if case.known.is_publication else Severity.WARNING
    return [
        Violation((at,), f"{where}里像是有{found}。表格要公开，请删去或改为单位名称。", at_most=at_most)
        for at, where, text in _public_texts(case)
        if (found := "、".join(f"{number.kind} {number.hidden}" for number in personal_numbers(text)))
    ]


def goal_is_not_last_years(case: RuleContext) -> Answer:
    """H6. Another year inside the same words makes no difference."""
    if case.known.last_year is None or not case.document.goal:
        return NOT_APPLICABLE
    before = case.known.last_year.document.goal
    if _without_years(case.document.goal) != _without_years(before):
        return []
    but = "" if plain(case.document.goal) == plain(before) else "，只改了年份"
    return [Violation((place.goal(),), f"{_goal(case)}与上年一字不差{but}。请按本年度的工作和资金写明要达到的目标。")]


def _prose(case: RuleContext) -> Iterator[tuple[Place, str, str]]:
    for duty in case.document.duties:
        yield place.duty(duty.key), "职责", duty.text
    for number, goal in enumerate(case.document.goals):
        yield place.goal(number), _goal(case), goal


def _goal(case: RuleContext) -> str:
    """What the form calls the goal."""
    return next((bare(section.label) for section in case.edition.sections if section.kind == "goal"), "整体绩效目标")


def _wrong_department(case: RuleContext, names: Names) -> Iterator[Violation]:
    if "department" not in case.edition.field_keys or not names.own:
        return
    other = by_plain_name(names).get(plain(case.document.department))
    if other and plain(other) != plain(names.own):
        at = place.field("department")
        message = f"部门名称填的是{quote(other)}，本部门登记的名称是{quote(names.own)}。请改为本部门的名称。"
        yield Violation((at,), message, mend=QuickFix(f"改为 {names.own}", ((at, names.own),)))


def _of_departments(text: str, where: str, names: Names) -> Iterator[str]:
    found = other_departments(text, names) if names.own else []
    if found:
        others = "、".join(map(quote, found))
        yield f"{where}里说的是{others}，本部门是{quote(names.own)}。请改写成本部门的内容。"


def _of_years(text: str, where: str, own: int | None) -> Iterator[str]:
    found = other_years(text, own) if own is not None and "20" in symbols(text) else []
    if found:
        years = "、".join(f"{year}年" for year in found)
        yield f"{where}里说的是{years}，这张表是{own}年的。请核对年份，改写成本年度的内容。"


def _facts(goals: tuple[str, ...]) -> Iterator[tuple[str, set[Decimal]]]:
    """Numbers with a unit as written, each with what it may be compared as: as it stands, and scaled."""
    seen = set()
    for line in "\n".join(goals).split("\n"):
        text = _NO_FACTS.sub("|", numerals.parted(bare(symbols(line)))[1])
        for match in _WITH_UNIT.finditer(text):
            if match[0] not in seen:
                seen.add(match[0])
                yield match[0], _values(match)


def _carried(case: RuleContext) -> set[Decimal]:
    written = [text for row in case.rows for text in (row.row.name, row.row.target)]
    written += [text for task in case.document.tasks for text in task.cells.values()]
    amounts = [case.document.amount(line.key, case.edition).value for line in case.edition.lines]
    in_yuan = {amount / money.UNITS["元"] for amount in amounts if amount is not None}
    numbers = {value for text in written for match in _ANY_NUMBER.finditer(symbols(text)) for value in _values(match)}
    return numbers | in_yuan


def _values(match: re.Match[str]) -> set[Decimal]:
    number = Decimal(match["number"].replace(",", ""))
    return {number, number * _SCALE[match["scale"]]}


def _public_texts(case: RuleContext) -> Iterator[tuple[Place, str, str]]:
    columns = {column.key for column in case.edition.columns}
    for key in case.edition.field_keys:
        if key not in _NOT_PUBLISHED:
            yield place.field(key), "表头表尾", case.document.fields.get(key, "")
    yield from _prose(case)
    for row in case.document.indicators:
        yield place.indicator(row.key, "name"), "指标名称", row.name
        yield place.indicator(row.key, "target"), "指标值", row.target
        yield from ((place.indicator(row.key, key), "指标", text) for key, text in row.more.items() if key in columns)
    for task in case.document.tasks:
        yield from ((place.task(task.key, key), "年度任务", text) for key, text in task.cells.items())


def _without_years(text: str) -> str:
    return _OF_A_YEAR.sub("", plain(text))
