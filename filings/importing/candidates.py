"""What a file holds on a form: each of its tables as a document, with what is uncertain and what found no place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from filings.document import numerals, place, shipped
from filings.document.content import DutyRow, FilingDocument, compose
from filings.document.edition import Edition
from filings.document.place import Place
from filings.document.text import bare
from filings.formats.uploads import Upload
from filings.models import FormEdition
from filings.table.grid import Grid
from filings.table.layout.document import lay_out
from filings.table.reading.find_tables import FoundTable, find, recognise
from filings.table.reading.read_table import NotATable, read
from filings.table.reading.result import Leftover
from filings.table.reading.row_cells import RowCell


@dataclass(frozen=True)
class Candidate:
    """A table of a file, read on a form. `grid` are its cells as they were found, None where the file carries the
    document itself."""

    document: FilingDocument
    warnings: Mapping[Place, str] = field(default_factory=dict)
    left: tuple[Leftover, ...] = ()
    grid: Grid | None = None
    origins: Mapping[Place, Sequence[RowCell]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.document.owner or "没有写部门名称的表"

    @cached_property
    def sure(self) -> int:
        """How many texts were read without a warning."""
        return len([at for at in self.origins if at not in self.warnings])


@dataclass(frozen=True)
class Candidates:
    """The tables of a file, the likeliest first; texts of the file that belong to none of them."""

    tables: tuple[Candidate, ...]
    others: tuple[Leftover, ...] = ()


def of(opened: Upload, edition: Edition, *, department: str = "") -> Candidates:
    """The tables of a file that has been opened; the one of the department first. Raises NotATable."""
    if opened.document is not None:
        return Candidates((_carried(opened.document, edition),))
    found = find(opened.grids, edition)
    tables = [_candidate(table, edition) for table in found.tables]
    return Candidates(tuple(sorted(tables, key=lambda table: bare(table.name) != bare(department))), found.others)


def _candidate(table: FoundTable, edition: Edition) -> Candidate:
    reading = table.reading
    document, warnings = _with_duties_apart(reading.document, dict(reading.warnings), edition)
    remarks = ["这是项目支出绩效目标表，只读入了与部门整体表相同的部分。"] if reading.is_project else []
    form = recognise(table.grid, [edition, *shipped.editions().values()])
    if form.code != edition.code:
        remarks.append(f"文件像是「{form.name}」，已按本次的表样读入。")
    return Candidate(document, warnings, reading.not_understood, table.grid, reading.origins, tuple(remarks))


def _carried(document: FilingDocument, edition: Edition) -> Candidate:
    """A document that came whole. One on another form is laid out on its own and read on this one by its labels."""
    if document.edition == edition.code:
        return Candidate(on_form(document, edition))
    form = _form_of(document)
    if form is None:
        raise NotATable(f"文件是按「{document.edition}」表样填的，系统里没有这个表样。")
    reading = read(lay_out(document, form, whole_texts=True), edition)
    remark = f"文件是按「{form.name}」填的，已按本次的表样读入。"
    return Candidate(reading.document, reading.warnings, reading.not_understood, remarks=(remark,))


def _form_of(document: FilingDocument) -> Edition | None:
    stored = FormEdition.objects.filter(code=document.edition).order_by("-version")
    forms = [row.definition() for row in stored] + [
        form for form in shipped.editions().values() if form.code == document.edition
    ]
    exact = [form for form in forms if form.sha256 == document.edition_sha256]
    return next(iter([*exact, *forms]), None)


def _with_duties_apart(
    document: FilingDocument, warnings: dict[Place, str], edition: Edition
) -> tuple[FilingDocument, Mapping[Place, str]]:
    """All duties in one paragraph are cut at their numerals; that they were is to be checked."""
    if len(document.duties) != 1:
        return document, warnings
    (whole,) = document.duties
    pieces = numerals.split_at_numerals(whole.text)
    if len(pieces) < 2 or not numerals.counted(pieces):
        return document, warnings
    duties = tuple(DutyRow(f"r{number}", text) for number, text in enumerate(pieces, start=1))
    said = f"职责原来写成一段，已按序号分成 {len(pieces)} 条。"
    warnings |= {place.duty(duty.key): said for duty in duties}
    return on_form(replace(document, duties=duties), edition), warnings


def on_form(document: FilingDocument, edition: Edition) -> FilingDocument:
    """The document in normal form on a form, whoever has made it: what the form has no key for is not in it."""
    return compose(
        edition,
        year=document.year,
        fields=document.fields,
        amounts=document.amounts,
        duties=[(duty.key, duty.text) for duty in document.duties],
        goals=document.goals,
        indicators=document.indicators,
        tasks=document.tasks,
    )
