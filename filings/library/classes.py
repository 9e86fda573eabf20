"""Classes of indicators, by canonical keys that are comparable across forms and years."""

from collections.abc import Mapping

CLASSES: Mapping[str, str] = {
    "OUT.QTY": "数量指标",
    "OUT.QUAL": "质量指标",
    "OUT.TIME": "时效指标",
    "OUT.COST": "成本指标",
    "COST.ECON": "经济成本指标",
    "COST.SOC": "社会成本指标",
    "COST.ECO": "生态环境成本指标",
    "BEN.ECON": "经济效益指标",
    "BEN.SOC": "社会效益指标",
    "BEN.ECO": "生态效益指标",
    "BEN.SUST": "可持续影响指标",
    "SAT.SERV": "服务对象满意度指标",
}


def label(canonical: str) -> str:
    """Label of a class; a class that only one edition has is shown by its key."""
    return CLASSES.get(canonical, canonical)
