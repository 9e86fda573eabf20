"""Architecture rules: one import direction, no import cycles, no Django in pure packages, small files and functions."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "filings"

# Lowest layer first. A package imports from lower layers only; packages of one layer do not import each other.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"apps", "choices", "local_time", "verification_code"}),
    frozenset({"actions", "document", "labels", "policy"}),
    frozenset({"models", "rules", "similarity", "table"}),
    frozenset({"four_eyes"}),
    frozenset(
        {"clocks", "editions", "errors", "formats", "library", "manager_group", "middleware", "permissions", "signing"}
    ),
    frozenset({"checks", "controls", "cycles", "progress"}),
    frozenset({"drafts"}),
    frozenset({"reviewing"}),
    frozenset({"filing_list", "forms", "importing", "lifecycle"}),
    frozenset({"integrity", "letters", "oversight", "publication", "verification"}),
    frozenset({"exports", "public_data"}),
    frozenset({"background", "demonstration"}),
    frozenset({"admin", "management", "views"}),
    frozenset({"templatetags", "urls"}),
)
PURE = frozenset(
    {
        *("actions", "choices", "document", "policy", "rules", "similarity", "table", "formats", "signing"),
        "verification_code",
    }
)
NOT_PURE = ("django", "allauth", "crispy_forms", "environ", "csp", "perf_targets")

LONGEST_FILE = 300
LONGEST_FUNCTION = 60


def modules() -> list[Path]:
    """List the program's modules without tests and migrations."""
    paths = (path.relative_to(ROOT) for path in PROGRAM.rglob("*.py"))
    return sorted(path for path in paths if path.parts[1] not in ("tests", "migrations", "__init__.py"))


def sources() -> list[Path]:
    """List every hand-written module, tests and benchmarks included."""
    folders = [PROGRAM, ROOT / "perf_targets", ROOT / "bench"]
    return sorted(path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts)


def package_of(path: Path) -> str:
    return path.parts[1].removesuffix(".py")


def imported(source: str) -> Iterator[str]:
    """Yield the full name of each import, including those inside functions and for type checking."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def wrong_imports(path: Path, source: str) -> list[str]:
    """List the imports of a module that its layer does not allow."""
    package = package_of(path)
    layer = next(index for index, packages in enumerate(LAYERS) if package in packages)
    below = frozenset[str]().union(*LAYERS[:layer]) | {package}
    allowed = below & PURE if package in PURE else below
    wrong = []
    for name in imported(source):
        first, _, rest = name.partition(".")
        if first == "filings" and rest.split(".")[0] not in allowed:
            wrong.append(name)
        if package in PURE and first in NOT_PURE:
            wrong.append(name)
    return wrong


def documented_layers() -> dict[str, set[str]]:
    """Read the packages of each layer from the table of docs/architecture.md; a row without a layer continues one."""
    layers: dict[str, set[str]] = {}
    layer = ""
    for line in (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 5 and (cells[1].isdigit() or (layer and not cells[1])):
            layer = cells[1] or layer
            names = re.findall(r"`(\w+)(?:\.py|/)`", cells[2])
            layers.setdefault(layer, set()).update(names)
        elif layer:
            return layers
    return layers


def test_the_documentation_has_the_same_layers() -> None:
    assert documented_layers() == {str(number): set(names) for number, names in enumerate(LAYERS, start=1)}


def test_every_package_has_a_layer() -> None:
    assert {package_of(path) for path in modules()} == frozenset[str]().union(*LAYERS)


def test_imports_point_one_way() -> None:
    found = {str(path): wrong_imports(path, (ROOT / path).read_text(encoding="utf-8")) for path in modules()}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("filings/document/money.py", "from filings.rules import engine"),
        ("filings/document/money.py", "from django.db import models"),
        ("filings/rules/money/budget.py", "import filings.table.grid"),
        ("filings/formats/html.py", "from filings.models import Filing"),
        ("filings/models/tables/filing.py", "from filings.lifecycle import workflow"),
        ("filings/lifecycle/workflow.py", "def late():\n    from filings.views import todo"),
        ("filings/drafts/save_changes.py", "from filings.lifecycle import issuing"),
        ("filings/permissions/pages.py", "if True:\n    from filings.errors import StepRefused"),
    ],
)
def test_a_planted_wrong_import_is_found(path: str, line: str) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")
    assert len(wrong_imports(Path(path), f"{source}\n{line}\n")) == 1


def imports_at_start(source: str) -> Iterator[str]:
    """Yield the imports executed when a module is loaded: not inside functions, not for type checking only."""
    pending: list[ast.AST] = [ast.parse(source)]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            pending.extend(node.orelse)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        else:
            pending.extend(ast.iter_child_nodes(node))


def import_graph(read: Mapping[str, str]) -> dict[str, set[str]]:
    """Map each module to the modules it loads. `read` holds sources by full module name."""
    graph = {}
    for name, source in read.items():
        targets = {target if target in read else target.rpartition(".")[0] for target in imports_at_start(source)}
        loaded = {package for target in targets for package in (target, *packages_above(target))}
        graph[name] = {target for target in loaded if target in read} - {name, *packages_above(name)}
    return graph


def packages_above(name: str) -> Iterator[str]:
    """Yield the packages that are loaded before a module."""
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def cycle(graph: Mapping[str, set[str]]) -> list[str]:
    """Return the modules that import each other in a circle; empty without a circle."""
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        return list(error.args[1])
    return []


def module_sources() -> dict[str, str]:
    names = {path: ".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in modules()}
    return {name: (ROOT / path).read_text(encoding="utf-8") for path, name in names.items()}


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert cycle(import_graph(module_sources())) == []


def test_a_planted_circle_is_found() -> None:
    read = module_sources()
    read["filings.document.edition"] += "\nfrom filings.document import edition_json\n"
    assert {"filings.document.edition", "filings.document.edition_json"} <= set(cycle(import_graph(read)))


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


def test_every_module_has_a_docstring() -> None:
    undocumented = [
        str(path)
        for path in modules()
        if (source := (ROOT / path).read_text(encoding="utf-8")).strip() and not ast.get_docstring(ast.parse(source))
    ]
    assert undocumented == []


def classes() -> Iterator[tuple[str, str]]:
    """Yield each class of filings, tests included, with its file. Django finds some by a fixed name."""
    for path in sorted(PROGRAM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name not in ("Meta", "Media", "Command", "Migration"):
                yield node.name, str(path.relative_to(ROOT))


def test_class_names_are_unique() -> None:
    files = defaultdict(list)
    for name, path in classes():
        files[name].append(path)
    assert {name: paths for name, paths in files.items() if len(paths) > 1} == {}
