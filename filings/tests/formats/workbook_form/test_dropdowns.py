"""Lists of names in the workbook form: those of the row's class; any other name is accepted."""

from io import BytesIO

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from filings.formats.workbook_form import write as workbook_form
from filings.formats.workbook_form.dropdowns import MOST_NAMES, SHEET
from filings.tests.formats.workbook_form.workbooks import AT, IDENTITY, back, changed, texts_of
from filings.tests.founding import EDITION, founding_document

NAMES = {"OUT.QTY": ["培训干部人次", "=1+1"], "BEN.SAT": ["社会公众满意度"]}


def written(names: dict[str, list[str]]) -> bytes:
    return workbook_form.write(founding_document(), EDITION, IDENTITY, made_at=AT, names=names)


def book(names: dict[str, list[str]]) -> Workbook:
    return load_workbook(BytesIO(written(names)))


def listed(workbook: Workbook) -> dict[str, list[str]]:
    """Return the lists of names by the text of the cells that have them."""
    table, lists = workbook.worksheets[0], workbook[SHEET]
    names: dict[str, list[str]] = {}
    for rule in table.data_validations.dataValidation:
        if rule.type == "list":
            options = [cell.value for row in lists[rule.formula1.split("!")[1].replace("$", "")] for cell in row]
            names |= {
                str(table.cell(row, column).value): options
                for area in rule.sqref.ranges
                for row, column in area.cells
                if table.cell(row, column).value
            }
    return names


def test_the_list_has_the_names_of_its_class() -> None:
    assert listed(book(NAMES)) == {
        "财政供养人员": NAMES["OUT.QTY"],
        "部门单位履职、运转": NAMES["OUT.QTY"],
        "社会公众满意度": NAMES["BEN.SAT"],
    }


def test_any_other_name_is_accepted_without_a_message() -> None:
    rules = [rule for rule in book(NAMES).worksheets[0].data_validations.dataValidation if rule.type == "list"]
    assert [rule.showErrorMessage for rule in rules] == [False, False]


def test_the_lists_are_hidden_and_contain_no_formula() -> None:
    lists = book(NAMES)[SHEET]
    assert lists.sheet_state == "hidden"
    assert {cell.data_type for row in lists.iter_rows() for cell in row if cell.value} == {"s"}


def test_without_names_there_is_no_list() -> None:
    assert SHEET not in book({}).sheetnames
    assert SHEET not in book({"OUT.TIME": []}).sheetnames


def test_the_length_of_a_list_is_limited() -> None:
    lists = book({"OUT.QTY": [f"名称{number}" for number in range(MOST_NAMES + 5)]})[SHEET]
    assert lists.max_row == MOST_NAMES


def test_a_form_with_lists_is_read_like_any_other() -> None:
    filled = back(changed(written(NAMES), lambda workbook: None))
    assert filled.texts == texts_of(founding_document(), EDITION)
    assert (filled.new_rows, filled.unknown, filled.identity_is_whole) == ((), (), True)
