"""The docstring of errors.py lists every exception of the program with its base."""

import ast
import re
from pathlib import Path

from filings import errors

PROGRAM = Path(errors.__file__).parent
ROW = re.compile(r"^ +(\w+)\((\w+)\)", re.MULTILINE)


def class_bases() -> dict[str, str]:
    """Map the classes of the program that have one plain base to it."""
    bases = {}
    for path in PROGRAM.rglob("*.py"):
        if path.relative_to(PROGRAM).parts[0] in ("tests", "migrations"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and len(node.bases) == 1 and isinstance(node.bases[0], ast.Name):
                bases[node.name] = node.bases[0].id
    return bases


def exceptions() -> dict[str, str]:
    """Map the program's exceptions to their bases."""
    bases = class_bases()

    def is_exception(name: str) -> bool:
        return name.endswith(("Error", "Exception")) if name not in bases else is_exception(bases[name])

    return {name: base for name, base in bases.items() if is_exception(name)}


def test_every_exception_is_listed_with_its_base() -> None:
    assert dict(ROW.findall(errors.__doc__ or "")) == exceptions()
