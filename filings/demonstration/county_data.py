"""Read the data of the large county."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

SOURCE = Path(__file__).resolve().parents[2] / "fixtures" / "demo" / "large_county.json"
PREFIX = "演示县"


@dataclass(frozen=True)
class DepartmentPlan:
    """A department to create; `sector` is the key of the texts of its tables."""

    code: str
    name: str
    section: str
    sector: str

    @property
    def short_name(self) -> str:
        return self.name.removeprefix(PREFIX)

    def random(self, purpose: str) -> Random:
        """Return a generator that gives the same numbers at each load."""
        return Random(f"{self.code} {purpose}")  # noqa: S311 — invented contents, no secrets


@dataclass(frozen=True)
class LargeCounty:
    """The departments in order of their codes, and the texts and names from which contents are composed."""

    data: Mapping[str, Any]
    departments: tuple[DepartmentPlan, ...]

    def sector(self, plan: DepartmentPlan) -> Mapping[str, Any]:
        sector: Mapping[str, Any] = self.data["sectors"][plan.sector]
        return sector

    def names(self, count: int) -> list[str]:
        """Return invented names of people, all different."""
        every = [surname + given for given in self.data["given"] for surname in self.data["surnames"]]
        Random(len(every)).shuffle(every)  # noqa: S311 — invented names
        return every[:count]


def load() -> LargeCounty:
    data = json.loads(SOURCE.read_text(encoding="utf-8"))
    departments = [
        DepartmentPlan(f"{section['code']}{number:03}1", name, section["name"], sector)
        for section in data["sections"]
        for number, (name, sector) in enumerate(section["departments"], start=1)
    ]
    return LargeCounty(data, tuple(sorted(departments, key=lambda plan: plan.code)))
