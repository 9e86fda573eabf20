"""List the tables of a file as documents of an edition, with their warnings and leftovers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from filings.document import bundled_editions, numerals, place
from filings.document.content import DutyRow, FilingDocument, compose
from filings.document.edition import Edition
from filings.document.place import Place
from filings.document.text import bare
from filings.formats.uploads import Upload
from filings.models import FormEdition
from filings.table.grid import Grid
from filings.table.layout.document import lay_out
from filings.table.reading.find_tables import FoundTable, find_tables, recognise_edition
from filings.table.reading.read_table import NotATable, read_table
from filings.table.reading.result import Leftover
from filings.table.reading.row_cells import RowCell


@dataclass(frozen=True)
class Candidate:
    """A table of a file, read by an edition. A file that contains the document itself has no `grid`."""

    document: FilingDocument
    warnings: Mapping[Place, str] = field(default_factory=dict)
    leftovers: tuple[Leftover, ...] = ()
    grid: Grid | None = None
    origins: Mapping[Place, Sequence[RowCell]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.document.owner or "没有写部门名称的表"

    @cached_property
    def certain_count(self) -> int:
        """Number of texts that were read without a warning."""
        return len([place for place in self.origins if place not in self.warnings])


@dataclass(frozen=True)
class Candidates:
    """The tables of a file, the most likely first, and the texts outside them."""

    tables: tuple[Candidate, ...]
    others: tuple[Leftover, ...] = ()


def find_candidates(opened: Upload, edition: Edition, *, department: str = "") -> Candidates:
    """List the tables of an opened file, the department's own first. Raises NotATable without one."""
    if opened.document is not None:
        return Candidates((_from_document(opened.document, edition),))
    result = find_tables(opened.grids, edition)
    tables = [_candidate(table, edition) for table in result.tables]
    return Candidates(tuple(sorted(tables, key=lambda table: bare(table.name) != bare(department))), result.others)


def _candidate(table: FoundTable, edition: Edition) -> Candidate:
    reading = table.reading
    document, warnings = _split_duties(reading.document, dict(reading.warnings), edition)
    remarks = ["这是项目支出绩效目标表，只读入了与部门整体表相同的部分。"] if reading.is_project else []
    other = recognise_edition(table.grid, [edition, *bundled_editions.editions().values()])
    if other.code != edition.code:
        remarks.append(f"文件像是「{other.name}」，已按本次的表样读入。")
    return Candidate(document, warnings, reading.leftovers, table.grid, reading.origins, tuple(remarks))


def _from_document(document: FilingDocument, edition: Edition) -> Candidate:
    """Convert a document read from JSON. One of another edition is laid out by that edition and read by this one."""
    if document.edition == edition.code:
        return Candidate(normalised(document, edition))
    other = _edition_of(document)
    if other is None:
        raise NotATable(f"文件是按「{document.edition}」表样填的，系统里没有这个表样。")
    reading = read_table(lay_out(document, other, whole_texts=True), edition)
    remark = f"文件是按「{other.name}」填的，已按本次的表样读入。"
    return Candidate(reading.document, reading.warnings, reading.leftovers, remarks=(remark,))


def _edition_of(document: FilingDocument) -> Edition | None:
    """Find the edition of a document, stored or bundled; the exact version if there is one."""
    stored = FormEdition.objects.filter(code=document.edition).order_by("-version")
    editions = [
        *(row.definition() for row in stored),
        *(edition for edition in bundled_editions.editions().values() if edition.code == document.edition),
    ]
    exact = (edition for edition in editions if edition.sha256 == document.edition_sha256)
    return next(exact, editions[0] if editions else None)


def _split_duties(
    document: FilingDocument, warnings: dict[Place, str], edition: Edition
) -> tuple[FilingDocument, Mapping[Place, str]]:
    """Split duties that were read as one paragraph at their numerals, with a warning for each."""
    if len(document.duties) != 1:
        return document, warnings
    (whole,) = document.duties
    pieces = numerals.split_at_numerals(whole.text)
    if len(pieces) < 2 or not numerals.are_consecutive(pieces):
        return document, warnings
    duties = tuple(DutyRow(f"r{number}", text) for number, text in enumerate(pieces, start=1))
    warning = f"职责原来写成一段，已按序号分成 {len(pieces)} 条。"
    warnings |= {place.duty(duty.key): warning for duty in duties}
    return normalised(replace(document, duties=duties), edition), warnings


def normalised(document: FilingDocument, edition: Edition) -> FilingDocument:
    """Convert a document of any origin to the normal form of an edition; content without a key in it is dropped."""
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
