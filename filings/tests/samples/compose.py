"""Writes the sample files and what must come of each: `python -m filings.tests.samples.compose`, with LibreOffice.

The files are kept: they are what was composed once, and reading them must go on giving what stands beside them.
"""

import json
from pathlib import Path

from filings.tests.samples import around, broken, good, mixed, odd

FILES = Path(__file__).parent / "files"
LARGEST = 60_000


def main() -> None:
    """All of them anew."""
    for room in (good, odd, around, mixed, broken):
        for sample in room.samples():
            if len(sample.data) > LARGEST:
                raise ValueError(f"{sample.name} has {len(sample.data)} bytes")
            (FILES / sample.name).write_bytes(sample.data)
            said = json.dumps(sample.expected, ensure_ascii=False, indent=1)
            (FILES / f"{sample.name}.expected.json").write_text(f"{said}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
