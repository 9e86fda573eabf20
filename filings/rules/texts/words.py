"""Rules H2–H6: texts of the duties and the goal."""

import re
from collections.abc import Iterator
from decimal import Decimal

from filings.choices import Severity
from filings.document import money, numerals, place
from filings.document.place import Place
from filings.document.text import bare, symbols
from filings.rules.finding import NOT_APPLICABLE, QuickFix, RuleAnswer, RuleContext, Undetermined, Violation, quote
from filings.rules.texts import numbering
from filings.rules.texts.mentions import (
    Names,
    by_plain_name,
    other_departments,
    other_years,
    plain,
)
from filings.rules.texts.personal_numbers import personal_numbers
from filings.rules.tree.missing_rows import lacks_rows

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


def texts_are_about_this_department_and_year(context: RuleContext) -> RuleAnswer:
    """Check H2: texts are about this department and year. Reports one violation per place."""
    names = Names(context.known.department, context.known.departments)
    violations = [*_wrong_department(context, names)]
    for text_place, label, text in _prose(context):
        wrong = [*_of_departments(text, label, names), *_of_years(text, label, context.document.year)]
        if wrong:
            facts, advice = map("".join, zip(*wrong, strict=True))
            violations.append(Violation((text_place,), facts, advice=advice))
    if context.document.year is None and not violations:
        return Undetermined("尚未识别本表的年度，暂时无法核对文字中的年份。")
    return violations


def duties_are_numbered_consecutively(context: RuleContext) -> RuleAnswer:
    """Check H3: the numerals of the duties are consecutive."""
    return numbering.find_violations(context.document.duties)


def goal_numbers_have_an_indicator(context: RuleContext) -> RuleAnswer:
    """Check H4: numbers of the goal occur in the indicators. Does not apply to a table without indicators."""
    if not context.document.goals or not context.rows:
        return NOT_APPLICABLE
    carried = _carried(context)
    missing = [text for text, values in _facts(context.document.goals) if not values & carried]
    if not missing:
        return []
    listed = "、".join(missing[:_MOST_LISTED]) + (f" 等 {len(missing)} 个数字" if len(missing) > _MOST_LISTED else "")
    facts, advice = f"{_goal(context)}中的 {listed}，没有指标与之对应。", "请细化为指标，或核对两处的数字。"
    numbers = {"missing": Decimal(len(missing))}
    return [Violation((place.goal(),), facts, numbers, advice=advice, is_premature=lacks_rows(context))]


def no_personal_numbers(context: RuleContext) -> RuleAnswer:
    """Check H5: published texts contain no personal numbers. Before publication it is only a warning."""
    max_severity = Severity.ERROR if context.known.is_publication else Severity.WARNING
    return [
        Violation(
            (text_place,),
            f"{label}中疑似含有{numbers}，公开的表格不得含有个人信息。",
            max_severity=max_severity,
            advice="请删去或改为单位名称。",
        )
        for text_place, label, text in _public_texts(context)
        if (numbers := "、".join(f"{number.kind} {number.hidden}" for number in personal_numbers(text)))
    ]


def goal_is_not_last_years(context: RuleContext) -> RuleAnswer:
    """Check H6: the goal is not the same as last year's. Different years in the text do not count as a difference."""
    if context.known.last_year is None or not context.document.goal:
        return NOT_APPLICABLE
    before = context.known.last_year.document.goal
    if _without_years(context.document.goal) != _without_years(before):
        return []
    suffix = "" if plain(context.document.goal) == plain(before) else "，仅年份不同"
    facts, advice = f"{_goal(context)}与上年完全相同{suffix}。", "请按本年度的工作和资金写明要达到的目标。"
    return [Violation((place.goal(),), facts, advice=advice)]


def _prose(context: RuleContext) -> Iterator[tuple[Place, str, str]]:
    for duty in context.document.duties:
        yield place.duty(duty.key), "职责", duty.text
    for number, goal in enumerate(context.document.goals):
        yield place.goal(number), _goal(context), goal


def _goal(context: RuleContext) -> str:
    """Return the edition's label of the goal."""
    return next((bare(section.label) for section in context.edition.sections if section.kind == "goal"), "整体绩效目标")


def _wrong_department(context: RuleContext, names: Names) -> Iterator[Violation]:
    if "department" not in context.edition.field_keys or not names.own:
        return
    other = by_plain_name(names).get(plain(context.document.department))
    if other and plain(other) != plain(names.own):
        field = place.field("department")
        facts, advice = f"部门名称填的是{quote(other)}，本部门登记的名称是{quote(names.own)}。", "请改为本部门的名称。"
        yield Violation((field,), facts, quick_fix=QuickFix(f"改为 {names.own}", ((field, names.own),)), advice=advice)


def _of_departments(text: str, label: str, names: Names) -> Iterator[tuple[str, str]]:
    departments = other_departments(text, names) if names.own else []
    if departments:
        others = "、".join(map(quote, departments))
        yield f"{label}中写的是{others}，本部门是{quote(names.own)}。", "请改为本部门的内容。"


def _of_years(text: str, label: str, own: int | None) -> Iterator[tuple[str, str]]:
    years = other_years(text, own) if own is not None and "20" in symbols(text) else []
    if years:
        others = "、".join(f"{year}年" for year in years)
        yield f"{label}中写的是{others}，本表为{own}年。", "请核对年份，改为本年度的内容。"


def _facts(goals: tuple[str, ...]) -> Iterator[tuple[str, set[Decimal]]]:
    """Yield each number with a unit as written, with its possible values: the number itself, and scaled by 万 or 亿."""
    seen = set()
    for line in "\n".join(goals).split("\n"):
        text = _NO_FACTS.sub("|", numerals.split_numeral(bare(symbols(line)))[1])
        for match in _WITH_UNIT.finditer(text):
            if match[0] not in seen:
                seen.add(match[0])
                yield match[0], _values(match)


def _carried(context: RuleContext) -> set[Decimal]:
    written = [text for row in context.rows for text in (row.row.name, row.row.target)]
    written += [text for task in context.document.tasks for text in task.cells.values()]
    amounts = [context.document.amount(line.key, context.edition).value for line in context.edition.lines]
    in_yuan = {amount / money.UNITS["元"] for amount in amounts if amount is not None}
    numbers = {value for text in written for match in _ANY_NUMBER.finditer(symbols(text)) for value in _values(match)}
    return numbers | in_yuan


def _values(match: re.Match[str]) -> set[Decimal]:
    number = Decimal(match["number"].replace(",", ""))
    return {number, number * _SCALE[match["scale"]]}


def _public_texts(context: RuleContext) -> Iterator[tuple[Place, str, str]]:
    columns = {column.key for column in context.edition.columns}
    for key in context.edition.field_keys:
        if key not in _NOT_PUBLISHED:
            yield place.field(key), "表头表尾", context.document.fields.get(key, "")
    yield from _prose(context)
    for row in context.document.indicators:
        yield place.indicator(row.key, "name"), "指标名称", row.name
        yield place.indicator(row.key, "target"), "指标值", row.target
        yield from ((place.indicator(row.key, key), "指标", text) for key, text in row.more.items() if key in columns)
    for task in context.document.tasks:
        yield from ((place.task(task.key, key), "年度任务", text) for key, text in task.cells.items())


def _without_years(text: str) -> str:
    return _OF_A_YEAR.sub("", plain(text))
