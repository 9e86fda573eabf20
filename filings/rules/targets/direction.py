"""Direction of an indicator, more or less is better, by the last noun of its name: in 投诉办结率 more is better."""

import re
from functools import lru_cache

_REST = re.compile(r"(?:[（(][^（()）]*[）)]|指标|目标值?|情况)+$")
_HIGH = re.compile(
    r"(?<![不未非无零])(?:满意度|满意率|覆盖面|有效控制率"
    r"|(?:病|病害|虫害|病虫害|疫情|疾病|传染病|血压|血糖|风险|污染)控制率|(?:防控|管控|控辍保学|防治|治理)率"
    r"|(?:覆盖|完成|合格|达标|办结|办理|入库|知晓|普及|及时|准确|参与|就业|到位|优良|成活|存活|巩固|建档|签约|回复|答复"
    r"|整改|落实|处理|处置|纠正|验收|通过|公开|入学|升学|毕业|参保|发放|兑现|履约|支持|认可|出勤|完好|救治|治愈|查处"
    r"|破案|调解|回访|开工|竣工|投产|转化|推广|响应|采纳|化解|检测|监测|检查|抽查|处结|保障|供应|接种|绿化|规范|录取"
    r"|下降|降低|减少|节约|压减|压缩|削减|节能)率)$"
)
_USED = re.compile(r"(?<![不未])(?:使用率|利用率)$")
_USED_LESS = re.compile(r"农药|化肥|药物|抗菌|抗生素|塑料|一次性|病床|床位|占")
_LOW = re.compile(
    r"(?<![无零未不])(?:"
    r"(?:人员|编制|经费|成本|支出|费用|预算|投资|开支|规模|用车|能耗|排放|误差|债务|机构|公务费|接待费|费)(?:变动)?控制率"
    r"|(?:投诉|差错|错误|误差|偏差|事故|发生|死亡|病死|发病|退件|空置|失业|变动|结转|结余|结转结余|上访|信访|返贫|辍学|复发"
    r"|违规|违约|违法|逾期|延误|超时|流失|损坏|破损|故障|漏报|误报|损失|发案|案发|犯罪|不良|负债|贫困|超标|浪费)率"
    r"|成本)$"
    r"|^控制率$|(?:不合格|未完成|不达标|未达标|不满意|不及时)率$|不满意度$"
)
# For names of changes the direction of the value itself is unknown.
_CHANGED = re.compile(r"降低|下降|减少|压减|压缩|节约|节省|遏制|防止|杜绝|提升|提高|增长|增加|增幅|降幅|避免|收回|回收")
_CHANGE_RATE = re.compile(r"(?:下降|降低|减少|节约|压减|压缩|削减)率$")
_COST = re.compile(r"成本$")


@lru_cache(maxsize=4096)
def direction_of(name: str) -> int:
    """Return 1 if more is better, -1 if less is better, 0 if unknown; `name` is half-width, without white space."""
    noun = noun_of(name)
    if _CHANGED.search(noun) and not _CHANGE_RATE.search(noun):
        return 0
    if _LOW.search(noun) and not _HIGH.search(noun):
        return -1
    if _HIGH.search(noun):
        return 1
    return 1 if _USED.search(noun) and not _USED_LESS.search(noun) else 0


def noun_of(name: str) -> str:
    """Remove what follows the last noun of a name: 群众满意度（%）指标 gives 群众满意度."""
    return _REST.sub("", name)


def names_a_cost(name: str) -> bool:
    """Whether the last noun of a name is 成本."""
    return bool(_COST.search(noun_of(name)))
