"""Two tables next to each other: which rows correspond, and what both contain."""

from dataclasses import replace

from filings.document.content import DutyRow, FilingDocument, IndicatorRow
from filings.tests.founding import EDITION, founding_document
from filings.views.bureau.side_by_side import SidePart, side_by_side


def table(*rows: tuple[str, str], goal: str = "", duties: tuple[str, ...] = ()) -> FilingDocument:
    """A table whose rows have equal keys in every document, as rows of other departments may."""
    return replace(
        founding_document(),
        goals=(goal,) if goal else (),
        duties=tuple(DutyRow(f"d{number}", text) for number, text in enumerate(duties)),
        indicators=tuple(
            IndicatorRow(f"i{number}", "OUT.QTY", "产出指标", "数量指标", name, target)
            for number, (name, target) in enumerate(rows)
        ),
    )


def written(parts: list[SidePart]) -> str:
    """The text of a side, with common pieces in brackets."""
    return "".join(f"[{part.text}]" if part.is_common else part.text for part in parts)


def rows(left: FilingDocument, right: FilingDocument) -> list[tuple[str, str, str]]:
    sections = side_by_side(left, right, EDITION)
    return [(row.word, written(row.left), written(row.right)) for section in sections for row in section.rows]


def test_indicators_correspond_by_name_and_not_by_key() -> None:
    left, right = table(("培训干部", "28人"), ("接收档案", "500卷")), table(("接收档案", "500卷"), ("培训干部", "30人"))
    assert rows(left, right) == [
        ("相同", "[接收档案]　[500卷]", "[接收档案]　[500卷]"),
        ("部分相同", "[培训干部]　28[人]", "[培训干部]　30[人]"),
    ]


def test_rows_of_one_table_only_have_an_empty_side() -> None:
    assert rows(table(("培训干部", "28人")), table(("查档人次", ""))) == [
        ("只在左表", "培训干部　28人", ""),
        ("只在右表", "", "查档人次"),
    ]


def test_paragraphs_show_what_both_contain() -> None:
    left = table(goal="管好全县档案，编写地方志。", duties=("（一）负责档案收集。",))
    right = table(goal="管好全县档案，培训干部。", duties=("（二）负责档案收集。",))
    assert rows(left, right) == [
        ("部分相同", "[管好全县档案，]编写地方志[。]", "[管好全县档案，]培训干部[。]"),
        ("相同", "[负责档案收集。]", "[负责档案收集。]"),
    ]
    assert [section.same for section in side_by_side(left, right, EDITION)] == [0, 1]
