"""Write the rows of published tables as CSV files: UTF-8 with a byte order mark, column names, CRLF line ends."""

import csv
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from filings.formats.rows_csv import BYTE_ORDER_MARK, escape_formula
from filings.public_data import tables
from filings.public_data.package import DataPackage, description
from filings.public_data.rows import RESOURCES, DataRow
from filings.public_data.tables import PublicTable

Write = Callable[[PublicTable], None]


def write(package: DataPackage, folder: Path) -> Iterator[Path]:
    """Write all files of a package in one pass over its tables, then yield their paths."""
    paths = {resource["name"]: folder / f"{resource['name']}.csv" for resource in description()["resources"]}
    files = {name: path.open("w", encoding="utf-8", newline="") for name, path in paths.items()}
    try:
        writers = [_writer(resource, files[resource["name"]]) for resource in description()["resources"]]
        edition = package.cycle.edition.definition()
        for table in tables.load(package.ids, edition):
            for write_rows in writers:
                write_rows(table)
    finally:
        for file in files.values():
            file.close()
    yield from paths.values()


def _writer(resource: dict[str, Any], file: TextIO) -> Write:
    """Return a function that writes the rows of a table."""
    rows_of = RESOURCES[resource["name"]]
    columns = [(field["name"], field["type"] == "string") for field in resource["schema"]["fields"]]
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file)
    writer.writerow(key for key, _ in columns)

    def write_rows(table: PublicTable) -> None:
        for row in rows_of(table):
            row["table"] = table.publication.filing_id
            writer.writerow(_cell(row, key, is_text=is_text) for key, is_text in columns)

    return write_rows


def _cell(row: DataRow, key: str, *, is_text: bool) -> object:
    value = row.get(key)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return escape_formula(str(value)) if is_text else value
