"""The open data of a cycle: a Frictionless data package (https://specs.frictionlessdata.io) of CSV files."""

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from filings.models import Cycle
from filings.public_data.tables import absolute
from filings.publication.public import live

DESCRIPTION = Path(__file__).resolve().parents[2] / "fixtures" / "public" / "datapackage.json"
DESCRIPTOR = "datapackage.json"
# Part of every ETag: raise it when the contents of the files change.
_FORMAT = 1


@dataclass(frozen=True)
class DataPackage:
    """The published tables of a cycle: the primary keys of their publications in order of publication."""

    cycle: Cycle
    ids: tuple[int, ...]

    @property
    def is_current(self) -> bool:
        """Whether the same tables are public now."""
        return package_of(self.cycle).ids == self.ids

    @property
    def etag(self) -> str:
        """Identify the contents: a publication never changes, so that the published ones determine all files."""
        source = json.dumps([_FORMAT, settings.SITE_ADDRESS, settings.COUNTY, str(self.cycle.name), self.ids])
        return sha256(source.encode()).hexdigest()

    @property
    def stem(self) -> str:
        """The name of the archive without the extension, and the title of a cycle that has a name."""
        return f"{settings.COUNTY}{self.cycle.label}部门整体支出绩效目标数据"

    def descriptor(self) -> bytes:
        """Write datapackage.json, with the paths of the CSV files next to it."""
        data = description()
        title = data["title"].format(county=settings.COUNTY, year=self.cycle.year)
        head = {
            "profile": "tabular-data-package",
            "name": f"performance-targets-{self.cycle.year}-{self.cycle.pk}",
            "title": self.stem if self.cycle.name else title,
            "homepage": absolute(reverse("public_data", args=(self.cycle.year,))),
        }
        resources = [_described(each) for each in data["resources"]]
        return f"{json.dumps({**data, **head, 'resources': resources}, ensure_ascii=False, indent=1)}\n".encode()


def package_of(cycle: Cycle) -> DataPackage:
    """Return the package of what is public now; its `ids` are empty if nothing is."""
    return DataPackage(cycle, tuple(live().filter(cycle=cycle).order_by("pk").values_list("pk", flat=True)))


@cache
def description() -> dict[str, Any]:
    """Read title, terms and schemas."""
    data: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return data


def _described(resource: dict[str, Any]) -> dict[str, Any]:
    file = {"path": f"{resource['name']}.csv", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    return {"profile": "tabular-data-resource", **resource, **file}
