"""The founding table, read from its sample file, and larger tables derived from it."""

from dataclasses import replace
from pathlib import Path

from filings.document.bundled_editions import editions
from filings.document.content import DutyRow, FilingDocument, IndicatorRow, compose
from filings.document.edition import Edition
from filings.formats import text
from filings.table.reading.read_table import read_table

EDITION: Edition = editions()["hunan-county-2022"]
SAMPLE = Path(__file__).resolve().parents[2] / "fixtures" / "samples" / "2022-hengdong-organization-department.txt"


def sample_text() -> str:
    return SAMPLE.read_text(encoding="utf-8")


def founding_document() -> FilingDocument:
    return read_table(text.read(sample_text()), EDITION).document


def with_indicators(count: int) -> FilingDocument:
    """The founding table with `count` indicators, evenly over all classes, of one to four lines each."""
    nodes = [second.key for _, second in EDITION.leaves()]
    targets = ("≥90%", "28人", "予以保障", "年度内及时完成全部工作任务并通过验收")
    rows = [
        IndicatorRow(
            key=f"r{number}",
            node=nodes[number * len(nodes) // count],
            first_level="",
            second_level="",
            name=f"完成全县组织工作第{number}项任务" + "及其后续工作安排" * (number % 5),
            target=targets[number % len(targets)],
        )
        for number in range(count)
    ]
    document = founding_document()
    return compose(
        EDITION,
        year=document.year,
        fields=document.fields,
        amounts=document.amounts,
        duties=[(duty.key, duty.text) for duty in document.duties],
        goals=document.goals,
        indicators=rows,
    )


def with_long_duties(characters: int) -> FilingDocument:
    """The founding table with sixty duties of `characters` characters in total."""
    sentence = "负责研究和指导党组织建设，制订加强党的工作制度、党内生活制度建设的规定和意见；会同有关部门进行指导。"
    length = characters // 60
    text_of_duty = (sentence * (length // len(sentence) + 1))[:length]
    duties = tuple(DutyRow(f"d{number}", f"{number}.{text_of_duty}") for number in range(1, 61))
    return replace(founding_document(), duties=duties)
