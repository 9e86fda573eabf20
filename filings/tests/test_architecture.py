"""The house's plan, held: imports point one way, pure rooms know no Django, files and functions stay small."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "filings"

# From the ground up. A room imports from rooms on lower floors only; rooms on one floor do not know each other.
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"choices", "append_only", "apps"}),
    frozenset({"document"}),
    frozenset({"rules", "table", "models"}),
    frozenset({"formats", "refusals", "events", "inputs", "permissions", "managers"}),
    frozenset({"checking", "controls", "verdict", "drafts", "issuing", "library", "notices"}),
    frozenset({"assessing"}),
    frozenset({"steps", "waiving"}),
    frozenset({"workflow", "labels"}),
    frozenset({"forms", "admin", "importing"}),
    frozenset({"views"}),
    frozenset({"templatetags", "urls", "management"}),
)
PURE = frozenset({"choices", "document", "rules", "table", "formats"})
NOT_PURE = ("django", "allauth", "crispy_forms", "environ", "csp", "perf_targets")

LONGEST_FILE = 300
LONGEST_FUNCTION = 60


def modules() -> list[Path]:
    """The program without its tests and migrations."""
    found = (path.relative_to(ROOT) for path in PROGRAM.rglob("*.py"))
    return sorted(path for path in found if path.parts[1] not in ("tests", "migrations", "__init__.py"))


def sources() -> list[Path]:
    """Everything written by hand."""
    folders = [PROGRAM, ROOT / "perf_targets", ROOT / "bench"]
    return sorted(path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts)


def room_of(path: Path) -> str:
    return path.parts[1].removesuffix(".py")


def imported(source: str) -> Iterator[str]:
    """Full names of whatever a source imports, also inside functions and for type checking."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole way"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def wrong_imports(path: Path, source: str) -> list[str]:
    """The imports by which a module would break the plan."""
    room = room_of(path)
    floor = next(at for at, rooms in enumerate(FLOORS) if room in rooms)
    below = frozenset[str]().union(*FLOORS[:floor]) | {room}
    allowed = below & PURE if room in PURE else below
    found = []
    for name in imported(source):
        first, _, rest = name.partition(".")
        if first == "filings" and rest.split(".")[0] not in allowed:
            found.append(name)
        if room in PURE and first in NOT_PURE:
            found.append(name)
    return found


def test_every_room_has_its_floor() -> None:
    assert {room_of(path) for path in modules()} == frozenset[str]().union(*FLOORS)


@pytest.mark.parametrize("path", modules(), ids=str)
def test_imports_point_one_way(path: Path) -> None:
    assert wrong_imports(path, (ROOT / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("filings/document/money.py", "from filings.rules import engine"),
        ("filings/document/money.py", "from django.db import models"),
        ("filings/rules/budget.py", "import filings.table.grid"),
        ("filings/formats/html.py", "from filings.models import Filing"),
        ("filings/models/filing.py", "from filings import workflow"),
        ("filings/workflow.py", "def late():\n    from filings.views import read"),
        ("filings/drafts/rows.py", "from filings import issuing"),
        ("filings/permissions.py", "if True:\n    from filings import labels"),
    ],
)
def test_a_planted_wrong_import_is_found(path: str, line: str) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")
    assert len(wrong_imports(Path(path), f"{source}\n{line}\n")) == 1


def test_files_and_functions_are_small() -> None:
    long = []
    for path in sources():
        source = path.read_text(encoding="utf-8")
        if len(source.splitlines()) > LONGEST_FILE:
            long.append(f"{path.relative_to(ROOT)}: {len(source.splitlines())} lines")
        long += [f"{path.relative_to(ROOT)}: {name}" for name in long_functions(source)]
    assert long == []


def test_a_long_function_is_found() -> None:
    body = "    pass\n" * LONGEST_FUNCTION
    assert list(long_functions(f"def longest():\n{body}")) == ["longest, 61 lines"]


def long_functions(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{node.name}, {lines} lines"


def test_every_module_says_what_lives_in_it() -> None:
    silent = [
        str(path)
        for path in modules()
        if (source := (ROOT / path).read_text(encoding="utf-8")).strip() and not ast.get_docstring(ast.parse(source))
    ]
    assert silent == []
