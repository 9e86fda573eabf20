"""Write the sample files and their expectations: `python -m filings.tests.samples.compose`; needs LibreOffice.

The files are committed: reading them must always give the content of their .expected.json files.
"""

import json
from pathlib import Path

from filings.tests.samples import file_types, refused_files, special_cases, surrounding_lines, table_variants

FILES = Path(__file__).parent / "files"
LARGEST = 60_000


def main() -> None:
    """Write all samples again."""
    for module in (file_types, table_variants, surrounding_lines, special_cases, refused_files):
        for sample in module.samples():
            if len(sample.data) > LARGEST:
                raise ValueError(f"{sample.name} has {len(sample.data)} bytes")
            (FILES / sample.name).write_bytes(sample.data)
            expected = json.dumps(sample.expected, ensure_ascii=False, indent=1)
            (FILES / f"{sample.name}.expected.json").write_text(f"{expected}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
