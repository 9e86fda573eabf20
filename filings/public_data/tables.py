"""Published tables: a publication with its document and edition, without personal data, and its addresses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.public_document import personal_fields, public_document
from filings.models import Publication

TABLES_AT_ONCE = 200


@dataclass(frozen=True)
class PublicTable:
    """A publication, loaded by `with_contents`, and the edition of its cycle."""

    publication: Publication
    edition: Edition

    @classmethod
    def of(cls, publication: Publication) -> "PublicTable":
        return cls(publication, publication.cycle.edition.definition())

    @cached_property
    def document(self) -> FilingDocument:
        """The published content, without names and telephones of officers."""
        return public_document(self.publication.copy.revision.document(), self.edition)

    @property
    def has_public_pdf(self) -> bool:
        """Whether the sealed copy may be published: a signed file cannot be blanked."""
        return not personal_fields(self.publication.copy.revision.document(), self.edition)

    @property
    def stem(self) -> str:
        """The name of its files without the extension."""
        publication = self.publication
        unit = f"{publication.department_code}-{publication.department_name}"
        return f"{unit}{publication.year}年度部门整体支出绩效目标表"

    @property
    def address(self) -> str:
        return address_of(self.publication)


def address_of(publication: Publication) -> str:
    """Return the full address of a table's page."""
    return absolute(reverse("public_table", args=(publication.year, publication.filing_id)))


def absolute(path: str) -> str:
    return f"{settings.SITE_ADDRESS}{path}"


def with_contents(publications: QuerySet[Publication]) -> QuerySet[Publication]:
    """Select the copy, its version and the edition with each publication."""
    return publications.select_related("copy__revision", "cycle__edition").defer("words", "cycle__policy")


def load(ids: Sequence[int], edition: Edition) -> Iterator[PublicTable]:
    """Yield the tables of a cycle's publications in the given order, with a query for each batch.

    They were public when `ids` was read: all are yielded, so that a file is complete for its ids.
    """
    for start in range(0, len(ids), TABLES_AT_ONCE):
        batch = ids[start : start + TABLES_AT_ONCE]
        found = with_contents(Publication.objects.all()).in_bulk(batch)
        yield from (PublicTable(found[key], edition) for key in batch)
