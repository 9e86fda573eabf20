"""Other departments and other years inside a text: where it plainly speaks about them, not where it only names them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from filings.document.numerals import parted
from filings.document.text import bare, symbols

_ENDS = re.compile(r"[。；;!！]")
_HALF = str.maketrans("（）：，！？；", "():,!?;")
_SHORTEST_NAME = 3
# What follows a department that is only named: it gives the task, or is one of several, or is somebody's superior.
_ONLY_NAMED = re.compile(
    r"[、和与及等或的之/由]|归口|对外|合署|所属|下属|直属|机关|系统|要求|安排|联合|配合|协助|协同"
    r"|.{0,8}?(?:交办|部署|下达|批准|移送|转办|转来|委托|授权|交付|布置|印发|核定|核准|审批|拨付)"
)
_ASIDE = re.compile(r"《[^》]*》|“[^”]*”|「[^」]*」|[〔\[(（【]20\d\d[〕\])）】]")
_YEAR = r"(?P<year>20\d\d)年"
# A table's own period in front of what it promises; not what is counted up or rewarded afterwards.
_PROMISES = r"度?(?:本|各项|全年|部门|单位|整体|支出|绩效|预算|年度|重点|主要|工作)*(?:目标|任务|计划|预算)"
_AFTERWARDS = (
    r"(?!.{0,8}?(?:决算|考核|考评|自评|评价|总结|审计|汇算|表彰|奖励|结转|结余|遗留|清算|兑现|公开|编制|编报|申报|草案"
    r"|评审|转入|延续|续建|继续|收尾|已|相比|同期|基础))"
)
_SOON = r"(?P<soon>度?(?:我[局委办部院馆县会]|本[局委办部院馆县单]|全年)?(?:将|计划(?!项目|内)|拟))"
_OPENS = re.compile(rf"{_YEAR}(?:{_PROMISES}{_AFTERWARDS}|{_SOON})")
_WITHIN = re.compile(rf"(?:[,，]|完成|确保|实现|做好|制定|[局委办部院馆会位门心]){_YEAR}{_PROMISES}{_AFTERWARDS}")
_ALONE = re.compile(rf"{_YEAR}度?[,，].{{0,12}}?(?:将|计划|力争|确保|围绕|坚持|全年)")


@dataclass(frozen=True)
class Names:
    """The filing department's registered name, and those of all others."""

    own: str
    others: tuple[str, ...]


def plain(text: str) -> str:
    """A text as it is compared: half width, without white space."""
    return bare(symbols(text)).translate(_HALF)


@lru_cache(maxsize=8)
def by_plain_name(names: Names) -> dict[str, str]:
    """The other departments' registered names by how they are compared."""
    return {plain(name): name for name in names.others if plain(name)}


def other_departments(text: str, names: Names) -> list[str]:
    """Registered names of other departments that are the subject of a sentence, each once."""
    pattern = _subjects(names)
    if pattern is None:
        return []
    matches = (pattern.match(sentence) for sentence in _sentences(text))
    found = (match[0] for match in matches if match and not _ONLY_NAMED.match(match.string, match.end()))
    return list(dict.fromkeys(by_plain_name(names)[name] for name in found if name != plain(names.own)))


def other_years(text: str, own: int) -> list[int]:
    """Years other than the table's own that a text promises something for, each once.

    A later year counts only where a sentence opens with its goals: plans reach beyond the year of a table, and next
    year's budget is prepared in it.
    """
    found = []
    alone = f"{own}年" not in plain(text)
    for sentence in _sentences(text):
        opening = _OPENS.match(sentence) or (_ALONE.match(sentence) if alone else None)
        within = _WITHIN.search(sentence)
        if opening and (int(opening["year"]) < own or (opening.re is _OPENS and not opening["soon"])):
            found.append(int(opening["year"]))
        if within and int(within["year"]) < own:
            found.append(int(within["year"]))
    return [year for year in dict.fromkeys(found) if year != own]


def _sentences(text: str) -> Iterator[str]:
    """The sentences without the numerals before them and without what stands in quotation marks."""
    for line in text.split("\n"):
        for sentence in _ENDS.split(bare(symbols(line))):
            yield _ASIDE.sub("", parted(sentence)[1]).translate(_HALF)


@lru_cache(maxsize=8)
def _subjects(names: Names) -> re.Pattern[str] | None:
    """Longest name first. Names that are part of the own one, or that it is part of, are too near to be told apart."""
    own = plain(names.own)
    far = {
        name
        for name in by_plain_name(names)
        if len(name) >= _SHORTEST_NAME and not (own and (name in own or own in name))
    }
    if not far:
        return None
    longest_first = sorted(far | ({own} if own else set()), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, longest_first)))
