"""Plain language: docstrings, comments, names and documents use the field's standard terms."""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

WORDS = [
    "told",
    "tells",
    "said",
    "says",
    "stands",
    "lies",
    "lives",
    "nobody",
    "nought",
    "whoever",
    "anew",
    "beside",
    "leash",
    "desk",
    "somebody",
    "anybody",
    "somebody's",
    "anybody's",
    "doubt",
    "doubts",
    "doubtful",
]
PHRASES = (
    "so many",
    "hands on",
    "at a glance",
    "a door",
    "the door",
    "a house",
    "the house",
    "a room",
    "the room",
    "a way",
    "on its way",
    "of elsewhere",
    "that which",
    "is none",
    "comes of",
    "speaks for",
    "speak for",
    "gives out",
    "kept out",
    "a person",
    "a word for",
    "in words",
)
# Parts of identifiers; some words of prose are ordinary names in code.
NAME_PARTS = frozenset(WORDS) | {"door", "house", "person", "fault", "mend", "spot", "strip"}
PROSE = re.compile(r"\b(?:{})\b".format("|".join(map(re.escape, (*WORDS, *PHRASES)))), re.IGNORECASE)
PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
SCRIPT_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\w\"'`])//[^\n]*", re.DOTALL)
SCRIPT_TEXT = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|/\*.*?\*/|(?<![:\w\"'`])//[^\n]*", re.DOTALL)
# Names that a script defines: no keys of objects and no properties, which belong to the data.
SCRIPT_NAME = re.compile(r"(?<![.\w$])[A-Za-z_$][\w$]*(?!\s*:)(?![\w$])")
TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)

# This file has to spell the words; migrations keep what they were when they ran.
EXCLUDED = (
    "filings/tests/samples/files/",
    "filings/migrations/",
    "filings/tests/test_plain_words.py",
    "filings/tests/browser/vendor/",
    "static/vendor/",
)


def files(*patterns: str) -> list[str]:
    folders = ("filings", "perf_targets", "bench", "docs", "deploy", "static", "templates")
    paths = [path for folder in folders for pattern in patterns for path in (ROOT / folder).rglob(pattern)]
    paths += [path for pattern in patterns for path in ROOT.glob(pattern)]
    names = sorted(str(path.relative_to(ROOT)) for path in paths if path.is_file())
    return [name for name in names if not name.startswith(EXCLUDED)]


def private_prose(text: str, line: int = 1) -> Iterator[str]:
    """Yield `line: word` for each private word of a comment, docstring or document."""
    for match in PROSE.finditer(text):
        yield f"{line + text[: match.start()].count(chr(10))}: {match[0]}"


def private_names(names: Iterable[tuple[str, int]]) -> Iterator[str]:
    """Yield `line: name` for each identifier with a private word as one of its parts."""
    for name, line in names:
        if NAME_PARTS & {part.lower() for part in PARTS.findall(name)}:
            yield f"{line}: {name}"


def python_prose(source: str, nodes: Iterable[ast.AST]) -> Iterator[tuple[str, int]]:
    """Yield docstrings and comments with the line on which they begin."""
    for node in nodes:
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = ast.get_docstring(node, clean=False)
            if docstring is not None:
                yield docstring, node.body[0].lineno
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string, token.start[0]


def python_names(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, int]]:
    """Yield what a module itself names: functions, classes, parameters, variables and attributes that it sets."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno


def python_violations(path: str, source: str) -> list[str]:
    nodes = list(ast.walk(ast.parse(source)))
    prose = [word for text, line in python_prose(source, nodes) for word in private_prose(text, line)]
    module = Path(path).stem if Path(path).stem != "__init__" else Path(path).parent.name
    return [*private_names([(module, 1)]), *prose, *private_names(python_names(nodes))]


def script_violations(path: str, source: str) -> list[str]:
    """List private words in a script's or style sheet's comments, and in a script's identifiers."""
    violations: list[str] = []
    for match in SCRIPT_COMMENT.finditer(source):
        violations += private_prose(match[0], source[: match.start()].count("\n") + 1)
    if path.endswith(".js"):
        code = SCRIPT_TEXT.sub(lambda match: "\n" * match[0].count("\n"), source)
        names = ((match[0], code[: match.start()].count("\n") + 1) for match in SCRIPT_NAME.finditer(code))
        violations += private_names(names)
    return [*private_names([(Path(path).stem, 1)]), *violations]


def template_violations(path: str, source: str) -> list[str]:
    comments = TEMPLATE_COMMENT.finditer(source)
    prose = [word for match in comments for word in private_prose(match[0], source[: match.start()].count("\n") + 1)]
    return [*private_names([(Path(path).stem, 1)]), *prose]


def document_violations(_path: str, source: str) -> list[str]:
    return list(private_prose(source))


@pytest.mark.parametrize(
    ("patterns", "find"),
    [
        (("*.py",), python_violations),
        (("*.js", "*.css"), script_violations),
        (("*.html",), template_violations),
        (("*.md", "*.sh", "*.toml", "*.ini"), document_violations),
    ],
    ids=["python", "scripts and styles", "templates", "documents"],
)
def test_files_are_plain(patterns: tuple[str, ...], find: Callable[[str, str], list[str]]) -> None:
    paths = files(*patterns)
    assert paths
    found = {path: find(path, (ROOT / path).read_text(encoding="utf-8")) for path in paths}
    assert {path: words for path, words in found.items() if words} == {}


def test_planted_words_are_found() -> None:
    source = '"""What a person is told."""\n\n\ndef landing(said):  # on its way\n    nobody = said\n'
    assert python_violations("filings/desk.py", source) == [
        "1: desk",
        "1: a person",
        "1: told",
        "4: on its way",
        "4: said",
        "5: nobody",
    ]
    assert script_violations("static/js/a.js", 'const beside = "told"; // as it lies\n') == ["1: lies", "1: beside"]
