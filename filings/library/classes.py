"""Classes of indicators across forms and years: the canonical keys that the library files its entries under."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

CLASSES: "Mapping[str, str | StrPromise]" = {
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
    """A class in words; a class of a form that has its own is called by its key."""
    return str(CLASSES.get(canonical, canonical))
