"""The open data of a cycle: a Frictionless data package (https://specs.frictionlessdata.io) of CSV files."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from hashlib import sha256
from io import StringIO, UnsupportedOperation
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from filings.formats.rows_csv import BYTE_ORDER_MARK, escape_formula
from filings.models import Cycle, Publication
from filings.public_data import tables
from filings.public_data.rows import RESOURCES, DataRow
from filings.publication.public import live

DESCRIPTION = Path(__file__).resolve().parents[2] / "fixtures" / "public" / "datapackage.json"
DESCRIPTOR = "datapackage.json"
# Part of every ETag: raise it when the contents of the files change.
_FORMAT = 1
# Bytes of a CSV file that are sent at once.
_CHUNK = 64 * 1024


@dataclass(frozen=True)
class DataPackage:
    """The published tables of a cycle: the primary keys of their publications in order of publication."""

    cycle: Cycle
    ids: tuple[int, ...]

    @property
    def etag(self) -> str:
        """Identify the contents: a publication never changes, so that the published ones determine all files."""
        source = json.dumps([_FORMAT, settings.SITE_ADDRESS, settings.COUNTY, self.cycle.label, self.ids])
        return sha256(source.encode()).hexdigest()

    @property
    def stem(self) -> str:
        return f"{self.cycle.label}部门整体支出绩效目标数据"

    def csv(self, name: str) -> Iterator[bytes]:
        """Write a CSV file in pieces: UTF-8 with a byte order mark, a row of column names, CRLF line ends."""
        fields = [(field["name"], field["type"] == "string") for field in _resource(name)["schema"]["fields"]]
        out = StringIO(newline="")
        out.write(BYTE_ORDER_MARK)
        writer = csv.writer(out)
        writer.writerow(key for key, _ in fields)
        for table in tables.load(_of(self.cycle), self.ids):
            for row in RESOURCES[name](table):
                row["table"] = table.publication.filing_id
                writer.writerow(_cell(row, key, is_text=is_text) for key, is_text in fields)
            if out.tell() > _CHUNK:
                yield _taken(out)
        yield _taken(out)

    def descriptor(self) -> bytes:
        """Write datapackage.json, with the paths of the CSV files next to it."""
        data = description()
        named = {"county": settings.COUNTY, "year": self.cycle.year}
        head = {
            "profile": "tabular-data-package",
            "name": f"performance-targets-{self.cycle.year}-{self.cycle.pk}",
            "title": data["title"].format(**named) if not self.cycle.name else f"{settings.COUNTY}{self.stem}",
            "homepage": tables.absolute(reverse("public_data", args=(self.cycle.year,))),
        }
        text = json.dumps({**data, **head, "resources": [_described(each) for each in data["resources"]]}, **_READABLE)
        return f"{text}\n".encode()

    def archive(self) -> Iterator[bytes]:
        """Write a zip of all files in pieces, so that no file is in memory as a whole."""
        sink = _Sink()
        newest = _of(self.cycle).filter(pk__in=self.ids[-1:]).values_list("at", flat=True).get()
        date = timezone.localtime(newest).timetuple()[:6]
        with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
            for name, pieces in self._files():
                info = ZipInfo(name, date)
                info.compress_type = ZIP_DEFLATED
                with archive.open(info, "w") as member:
                    for piece in pieces:
                        member.write(piece)
                        yield sink.taken()
        yield sink.taken()

    def _files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        yield DESCRIPTOR, iter([self.descriptor()])
        for name in RESOURCES:
            yield f"{name}.csv", self.csv(name)


_READABLE: dict[str, Any] = {"ensure_ascii": False, "indent": 2}


def package_of(cycle: Cycle) -> DataPackage:
    """Return the package of what is public now; its `ids` are empty if nothing is."""
    return DataPackage(cycle, tuple(_of(cycle).order_by("pk").values_list("pk", flat=True)))


@cache
def description() -> dict[str, Any]:
    """Read title, terms and schemas."""
    data: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return data


def _of(cycle: Cycle) -> QuerySet[Publication]:
    return live().filter(cycle=cycle)


def _resource(name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in description()["resources"] if each["name"] == name)
    return found


def _described(resource: dict[str, Any]) -> dict[str, Any]:
    file = {"path": f"{resource['name']}.csv", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    return {"profile": "tabular-data-resource", **resource, **file}


def _cell(row: DataRow, key: str, *, is_text: bool) -> object:
    value = row.get(key)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return escape_formula(str(value)) if is_text else value


def _taken(out: StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()


class _Sink:
    """A stream that ZipFile writes to, emptied after each piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes, /) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def tell(self) -> int:
        """Refuse, so that ZipFile writes without going back."""
        raise UnsupportedOperation

    def seek(self, offset: int, whence: int = 0, /) -> int:
        raise UnsupportedOperation

    def close(self) -> None:
        """There is nothing to close."""

    def flush(self) -> None:
        """There is nothing to flush."""

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
