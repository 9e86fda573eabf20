"""Other departments and years that a text is about, as opposed to those that it only mentions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from filings.document.numerals import split_numeral
from filings.document.text import bare, symbols

_ENDS = re.compile(r"[。；;!！]")
_HALF = str.maketrans("（）：，！？；", "():,!?;")
_SHORTEST_NAME = 3
# Text after a department that is only mentioned: as the source of a task, one of several, or a superior body.
_ONLY_MENTIONED = re.compile(
    r"[、和与及等或的之/由]|归口|对外|合署|所属|下属|直属|机关|系统|要求|安排|联合|配合|协助|协同"
    r"|.{0,8}?(?:交办|部署|下达|批准|移送|转办|转来|委托|授权|交付|布置|印发|核定|核准|审批|拨付)"
)
_QUOTATION = re.compile(r"《[^》]*》|“[^”]*”|「[^」]*」|[〔\[(（【]20\d\d[〕\])）】]")
_YEAR = r"(?P<year>20\d\d)年"
# A period followed by what is planned for it; not by reviews, rewards or other work done after it.
_PROMISES = r"度?(?:本|各项|全年|部门|单位|整体|支出|绩效|预算|年度|重点|主要|工作)*(?:目标|任务|计划|预算)"
_AFTERWARDS = (
    r"(?!.{0,8}?(?:决算|考核|考评|自评|评价|总结|审计|汇算|表彰|奖励|结转|结余|遗留|清算|兑现|公开|编制|编报|申报|草案"
    r"|评审|转入|延续|续建|继续|收尾|已|相比|同期|基础))"
)
_PLANNED = r"(?P<soon>度?(?:我[局委办部院馆县会]|本[局委办部院馆县单]|全年)?(?:将|计划(?!项目|内)|拟))"
_OPENS = re.compile(rf"{_YEAR}(?:{_PROMISES}{_AFTERWARDS}|{_PLANNED})")
_WITHIN = re.compile(rf"(?:[,，]|完成|确保|实现|做好|制定|[局委办部院馆会位门心]){_YEAR}{_PROMISES}{_AFTERWARDS}")
_ALONE = re.compile(rf"{_YEAR}度?[,，].{{0,12}}?(?:将|计划|力争|确保|围绕|坚持|全年)")


@dataclass(frozen=True)
class Names:
    """Registered names of the filing department and of all others."""

    own: str
    others: tuple[str, ...]


def plain(text: str) -> str:
    """Normalise a text for comparison: half-width, without white space."""
    return bare(symbols(text)).translate(_HALF)


@lru_cache(maxsize=8)
def by_plain_name(names: Names) -> dict[str, str]:
    """Return the other departments' registered names by their normalised forms."""
    return {plain(name): name for name in names.others if plain(name)}


def other_departments(text: str, names: Names) -> list[str]:
    """Return registered names of other departments that are the subject of a sentence, each once."""
    pattern = _subjects(names)
    if pattern is None:
        return []
    matches = (pattern.match(sentence) for sentence in _sentences(text))
    subjects = (match[0] for match in matches if match and not _ONLY_MENTIONED.match(match.string, match.end()))
    return list(dict.fromkeys(by_plain_name(names)[name] for name in subjects if name != plain(names.own)))


def other_years(text: str, own: int) -> list[int]:
    """Return years other than the table's own for which a text states goals, each once.

    A later year counts only if a sentence begins with its goals: plans extend beyond the year of a table, and next
    year's budget is prepared in it.
    """
    years = []
    alone = f"{own}年" not in plain(text)
    for sentence in _sentences(text):
        opening = _OPENS.match(sentence) or (_ALONE.match(sentence) if alone else None)
        within = _WITHIN.search(sentence)
        if opening and (int(opening["year"]) < own or (opening.re is _OPENS and not opening["soon"])):
            years.append(int(opening["year"]))
        if within and int(within["year"]) < own:
            years.append(int(within["year"]))
    return [year for year in dict.fromkeys(years) if year != own]


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences without leading numerals and quotations."""
    for line in text.split("\n"):
        for sentence in _ENDS.split(bare(symbols(line))):
            yield _QUOTATION.sub("", split_numeral(sentence)[1]).translate(_HALF)


@lru_cache(maxsize=8)
def _subjects(names: Names) -> re.Pattern[str] | None:
    """Build a pattern of the departments' names, longest first.

    Names that contain the own one, or are part of it, are left out, as the two cannot be distinguished reliably.
    """
    own = plain(names.own)
    distinct = {
        name
        for name in by_plain_name(names)
        if len(name) >= _SHORTEST_NAME and not (own and (name in own or own in name))
    }
    if not distinct:
        return None
    longest_first = sorted(distinct | ({own} if own else set()), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, longest_first)))
