"""Assignment of indicators to duties, by manual links or by shared words. Contains no rules.

Scores shared sequences of two and three characters instead of words: this needs no Chinese tokeniser with its
dictionary, and takes less than 0.1 s for a full table (tested).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from filings.document.content import DutyRow
from filings.document.numerals import split_numeral
from filings.document.text import bare, symbols
from filings.rules.finding import RuleContext
from filings.rules.rows import ParsedIndicator

# Words that are common to most duties and indicators.
_COMMON = (
    "负责|全县|全市|全省|本县|我县|工作|指导|管理|有关|相关|县委|县政府|县人民政府|贯彻|执行|落实|拟订|拟定|制定|制订|实施"
    "|组织实施|组织开展|组织协调|统筹|协调|推进|推动|开展|加强|监督|检查|承担|承办|参与|研究|提出|规划|政策|法规|规定|制度"
    "|意见|方案|及时|完成|数量|覆盖|合格|达标|控制|保障|支出|经费|项目|任务|单位|部门|情况|服务对象|社会公众|群众|满意度|率|人次"
    "|其他|事项|交办|上级|各项|职责|人员|财政供养|在职|正常运转|公用|资金|预算|年度|时间|时限|体系|能力|水平|提升|提高|促进"
)
_BETWEEN = re.compile(rf"(?:{'|'.join(sorted(_COMMON.split('|'), key=len, reverse=True))})|[^\u4e00-\u9fff]+")
_COMMON_PIECES = frozenset({"组织", "建设", "服务", "发展", "安全"})
_FORMAL = re.compile(
    r"(?:交办|交付|交给|安排|布置|下达)的?(?:其他|其它|有关|各项|临时|一切)*(?:性)?(?:工作|任务|事项|事宜)。?$"
)
_LONGEST_FORMAL = 60
_MOST_DUTIES_OF_A_ROW = 2
_THRESHOLD = 0.9
_CLEARLY = 0.8
_THREE_CHARACTER_FACTOR = 1.5


@dataclass(frozen=True)
class DutyCoverage:
    """A duty with the rows assigned to it, in the order of the table.

    `by_hand` are the keys of manually linked rows. `is_formal` marks a closing duty without content of its own:
    「承办县委交办的其他事项」.
    """

    duty: DutyRow
    rows: tuple[ParsedIndicator, ...]
    by_hand: frozenset[str]
    is_formal: bool


def cover_duties(context: RuleContext) -> tuple[DutyCoverage, ...]:
    """Return each duty of the document, in its order, with the rows assigned to it."""
    duties, links = context.document.duties, context.known.links.duties
    formal = {duty.key for duty in duties if _is_formal(duty.text)}
    suggested = _suggested(context.rows, [duty for duty in duties if duty.key not in formal])
    rows: dict[str, list[ParsedIndicator]] = {duty.key: [] for duty in duties}
    for row in context.rows:
        for key in dict.fromkeys(links[row.key] if row.key in links else suggested.get(row.key, ())):
            if key in rows:
                rows[key].append(row)
    return tuple(
        DutyCoverage(
            duty,
            tuple(rows[duty.key]),
            frozenset(row.key for row in rows[duty.key] if row.key in links),
            duty.key in formal,
        )
        for duty in duties
    )


def covered_count(duties: Sequence[DutyCoverage]) -> tuple[int, int]:
    """Count the duties with an assigned row, and all duties; formal ones are not counted."""
    counted = [item for item in duties if not item.is_formal]
    return sum(1 for item in counted if item.rows), len(counted)


def _is_formal(text: str) -> bool:
    return len(text) <= _LONGEST_FORMAL and _FORMAL.search(bare(symbols(text))) is not None


def _suggested(rows: Sequence[ParsedIndicator], duties: Sequence[DutyRow]) -> dict[str, tuple[str, ...]]:
    """Return, by row key, the keys of the one or two duties that clearly share most words with the row."""
    row_pieces = {row.key: _pieces(row.row.name) for row in rows}
    all_pieces = frozenset[str]().union(*row_pieces.values())
    holders: dict[str, list[str]] = {}
    for duty in duties:
        for piece in _pieces(split_numeral(duty.text)[1]) & all_pieces:
            holders.setdefault(piece, []).append(duty.key)
    weights = {piece: _weight(piece, len(keys), len(duties)) for piece, keys in holders.items()}
    return {key: _best(pieces & holders.keys(), holders, weights) for key, pieces in row_pieces.items()}


def _pieces(text: str) -> frozenset[str]:
    """Return all sequences of two and three characters, common words excluded."""
    runs = _BETWEEN.sub(" ", bare(symbols(text))).split()
    pieces = {run[start : start + size] for run in runs for size in (2, 3) for start in range(len(run) - size + 1)}
    return frozenset(pieces - _COMMON_PIECES)


def _weight(piece: str, holders: int, duties: int) -> float:
    """Weigh a piece: 1 if it occurs in a single duty, towards 0 if in all; half as much again for three characters."""
    rarity = log((duties + 1) / holders) / log(duties + 1)
    return rarity * (_THREE_CHARACTER_FACTOR if len(piece) > 2 else 1)


def _best(pieces: frozenset[str], holders: dict[str, list[str]], weights: dict[str, float]) -> tuple[str, ...]:
    scores: dict[str, float] = {}
    for piece in sorted(pieces):
        for key in holders[piece]:
            scores[key] = scores.get(key, 0) + weights[piece]
    best = max(scores.values(), default=0)
    near = [key for key, score in scores.items() if score >= best * _CLEARLY]
    return tuple(near) if best >= _THRESHOLD and len(near) <= _MOST_DUTIES_OF_A_ROW else ()
