"""Names to choose from in the fill-in workbook: of the row's own class, and any other is taken."""

from io import BytesIO

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from filings.formats.workbook_form import write as workbook_form
from filings.formats.workbook_form.dropdowns import MOST_NAMES, SHEET
from filings.tests.formats.workbook_form.workbooks import (
    AT,
    IDENTITY,
    back,
    changed,
    texts_of,
)
from filings.tests.founding import EDITION, founding_document

NAMES = {"OUT.QTY": ["培训干部人次", "=1+1"], "BEN.SAT": ["社会公众满意度"]}


def written(names: dict[str, list[str]]) -> bytes:
    return workbook_form.write(founding_document(), EDITION, IDENTITY, made_at=AT, names=names)


def book(names: dict[str, list[str]]) -> Workbook:
    return load_workbook(BytesIO(written(names)))


def offered(workbook: Workbook) -> dict[str, list[str]]:
    """By the name that stands in a cell what is offered there."""
    table, lists = workbook.worksheets[0], workbook[SHEET]
    found: dict[str, list[str]] = {}
    for rule in table.data_validations.dataValidation:
        if rule.type == "list":
            chosen = [cell.value for row in lists[rule.formula1.split("!")[1].replace("$", "")] for cell in row]
            found |= {
                str(table.cell(row, column).value): chosen
                for area in rule.sqref.ranges
                for row, column in area.cells
                if table.cell(row, column).value
            }
    return found


def test_a_name_is_chosen_among_those_of_its_class() -> None:
    assert offered(book(NAMES)) == {
        "财政供养人员": NAMES["OUT.QTY"],
        "部门单位履职、运转": NAMES["OUT.QTY"],
        "社会公众满意度": NAMES["BEN.SAT"],
    }


def test_any_other_name_is_taken_without_a_question() -> None:
    rules = [rule for rule in book(NAMES).worksheets[0].data_validations.dataValidation if rule.type == "list"]
    assert [rule.showErrorMessage for rule in rules] == [False, False]


def test_the_lists_are_hidden_and_hold_no_formula() -> None:
    lists = book(NAMES)[SHEET]
    assert lists.sheet_state == "hidden"
    assert {cell.data_type for row in lists.iter_rows() for cell in row if cell.value} == {"s"}


def test_without_names_there_is_no_list() -> None:
    assert SHEET not in book({}).sheetnames
    assert SHEET not in book({"OUT.TIME": []}).sheetnames


def test_a_list_has_an_end() -> None:
    lists = book({"OUT.QTY": [f"名称{number}" for number in range(MOST_NAMES + 5)]})[SHEET]
    assert lists.max_row == MOST_NAMES


def test_a_form_with_lists_comes_back_as_any_other() -> None:
    found = back(changed(written(NAMES), lambda workbook: None))
    assert found.texts == texts_of(founding_document(), EDITION)
    assert (found.new_rows, found.unknown, found.identity_is_whole) == ((), (), True)
