"""The rows of a document as they are compared."""

from filings.document import money, place
from filings.document.content import FilingDocument, IndicatorRow
from filings.document.differences.row_matching import ComparedCell, ComparedRow
from filings.document.edition import Edition
from filings.document.numerals import split_numeral
from filings.document.text import bare

CLASS = "指标类别"


class DocumentRows:
    """The rows of a document by section, as they are compared."""

    def __init__(self, document: FilingDocument, edition: Edition) -> None:
        self.document, self.edition = document, edition

    def fields(self) -> list[ComparedRow]:
        labels = {item.key: item.label for item in (*self.edition.header, *self.edition.footer)}
        labels |= {section.key: section.label for section in self.edition.sections if section.kind == "field"}
        texts = self.document.fields
        return [single_row(place.field(key), plain_label(label), texts.get(key, "")) for key, label in labels.items()]

    def amounts(self) -> list[ComparedRow]:
        texts, unit = self.document.amounts, self.edition.unit
        return [
            single_row(place.amount(line.key), plain_label(line.label), texts.get(line.key, ""), unit)
            for line in self.edition.lines
        ]

    def tasks(self) -> list[ComparedRow]:
        columns = [(column.key, plain_label(column.label)) for column in self.edition.task_columns]
        rows = []
        for task in self.document.tasks:
            cells = [
                _cell(place.task(task.key, key), label, task.cells.get(key, ""), self._unit(key))
                for key, label in columns or [(key, key) for key in task.cells]
            ]
            name = task.cells.get("name") or next(iter(task.cells.values()), "")
            rows.append(ComparedRow(place.task(task.key), name, tuple(cells)))
        return rows

    def duties(self) -> list[ComparedRow]:
        return [_prose(place.duty(duty.key), duty.text) for duty in self.document.duties]

    def goals(self) -> list[ComparedRow]:
        return [_prose(place.goal(number), text) for number, text in enumerate(self.document.goals)]

    def indicators(self) -> list[ComparedRow]:
        columns = [(column.key, plain_label(column.label)) for column in self.edition.further_columns]
        rows = []
        for row in self.document.indicators:
            heading = _class(row)
            cells = [
                _cell(place.indicator(row.key), CLASS, heading),
                _cell(place.indicator(row.key, "name"), "指标名称", row.name),
                _cell(place.indicator(row.key, "target"), "指标值", row.target),
                *(_cell(place.indicator(row.key, key), label, row.more.get(key, "")) for key, label in columns),
            ]
            rows.append(ComparedRow(place.indicator(row.key), row.name, tuple(cells), row.node or heading, heading))
        return rows

    def _unit(self, column: str) -> str:
        return self.edition.unit if column == "amount" else ""


def single_row(where: place.Place, label: str, text: str, unit: str = "") -> ComparedRow:
    """A field or budget line, whose only cell is the row."""
    return ComparedRow(where, label, (_cell(where, "", text, unit),))


def _prose(where: place.Place, text: str) -> ComparedRow:
    """A paragraph. Its numeral counts its position and is no part of its content."""
    content = split_numeral(text)[1]
    return ComparedRow(where, content, (ComparedCell(where, "", text, content),))


def _cell(where: place.Place, label: str, text: str, unit: str = "") -> ComparedCell:
    value = money.parse(text, unit).value if unit else None
    return ComparedCell(where, label, text, text if value is None else money.plain(value), unit)


def _class(row: IndicatorRow) -> str:
    return " / ".join(label for label in (bare(row.first_level), bare(row.second_level)) if label)


def plain_label(label: str) -> str:
    return bare(label).rstrip(":：")
