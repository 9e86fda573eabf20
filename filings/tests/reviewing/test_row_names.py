"""Names and values of rows as remarks and letters mention them."""

import pytest

from filings.document.bundled_editions import editions
from filings.document.content import DutyRow, FilingDocument, IndicatorRow
from filings.document.place import Place
from filings.reviewing.row_names import RowName, row_name

EDITION = editions()["hunan-county-2022"]
DOCUMENT = FilingDocument(
    edition=EDITION.code,
    edition_sha256=EDITION.sha256,
    year=2026,
    fields={"department": "县档案馆"},
    amounts={"TOTAL": "100", "INC.GENERAL": ""},
    duties=(
        DutyRow("d1", "（一）负责全县档案的收集、整理、保管、鉴定、统计和利用工作，并指导各乡镇。"),
        DutyRow("d2", "主要职责："),
    ),
    goals=("管好县档案。",),
    indicators=(IndicatorRow("i0", "OUT.QTY", "产出指标", "数量指标", "接收档案", "≥500卷"),),
)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("indicators[i0].target", RowName("部门整体支出年度绩效指标", "接收档案", "≥500卷")),
        ("indicators[gone]", RowName("部门整体支出年度绩效指标", "（已删去的行）")),
        ("amounts[TOTAL]", RowName("年度预算申请（万元）", "资金总额", "100万元")),
        ("amounts[INC.GENERAL]", RowName("年度预算申请（万元）", "一般公共预算", "")),
        (
            "duties[d1].text",
            RowName("部门职能职责概述", "（一）负责全县档案的收集、整理、保管、鉴定、统计和利用工作，…"),
        ),
        ("duties[d2].text", RowName("部门职能职责概述", "主要职责")),
        ("goals[0]", RowName("整体绩效目标", "整体绩效目标")),
        ("nodes[OUT.QTY]", RowName("部门整体支出年度绩效指标", "数量指标")),
        ("fields[department]", RowName("部门名称", "部门名称", "县档案馆")),
        ("fields[filing_unit]", RowName("表头", "填报单位", "")),
        ("duties", RowName("部门职能职责概述", "部门职能职责概述")),
        ("table", RowName("全表", "全表")),
    ],
)
def test_every_kind_of_place_has_a_name(place: str, expected: RowName) -> None:
    assert row_name(Place.parse(place), DOCUMENT, EDITION) == expected
