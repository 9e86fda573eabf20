"""Plain Chinese: one word for each concept of the interface, as listed in docs/glossary.md."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"
# Phrases that an office does not write, whatever their concept.
PHRASES = (
    *("点此", "打勾", "阻断", "办到哪一步", "去审签", "看别人", "新写", "这一格", "您好"),
    *("读不出", "对不上", "不在了"),
)
# Words of foreign tables are data; migrations keep the words of their time.
DATA = ("filings/migrations/", "filings/table/reading/", "filings/tests/")
HAN = re.compile(r"[\u4e00-\u9fff]")
COMMENT = re.compile(r"{#.*?#}|<!--.*?-->|^\s*//.*?$|{% comment.*?endcomment %}", re.DOTALL | re.MULTILINE)
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def rows() -> list[list[str]]:
    """Return the rows of all tables of the glossary: interface, meaning, code, words to avoid."""
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [row for row in cells if row[0] != "interface"]


def avoided() -> list[str]:
    return [*PHRASES, *(word for row in rows() for word in row[3].split("、"))]


def files(*patterns: str) -> list[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    return [path for path in listed if not path.startswith(DATA) and (ROOT / path).exists()]


def texts(path: str, content: str) -> Iterator[str]:
    """Yield the Chinese texts of a file: literals of Python without docstrings, all but comments of other files."""
    if not path.endswith(".py"):
        yield COMMENT.sub("", content)
        return
    nodes = list(ast.walk(ast.parse(content)))
    docstrings = {ast.get_docstring(node, clean=False) for node in nodes if isinstance(node, DOCUMENTED)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docstrings:
            yield node.value


def unwanted(path: str, content: str) -> list[str]:
    found = (text for text in texts(path, content) if HAN.search(text))
    return [f"{path}: {word}" for text in found for word in avoided() if word in text]


def test_texts_use_the_words_of_the_glossary() -> None:
    checked = files("templates/*.html", "templates/*.txt", "static/js/*.js", "filings/*.py")
    assert [line for path in checked for line in unwanted(path, (ROOT / path).read_text(encoding="utf-8"))] == []


def test_unwanted_words_are_found_in_texts_only() -> None:
    assert unwanted("a.html", "<p>校验值</p>{# 哈希 #}") == ["a.html: 校验值"]
    assert unwanted("a.py", '"""校验值"""\nTEXT = f"点此{1}"  # 哈希') == ["a.py: 点此"]


def test_each_concept_has_one_row() -> None:
    words = [row[0] for row in rows()]
    assert words == list(dict.fromkeys(words))


def test_names_of_the_glossary_exist() -> None:
    names = {name for row in rows() for name in re.findall(r"`([^`]+)`", row[2])}
    source = "\n".join((ROOT / path).read_text(encoding="utf-8") for path in files("filings/*.py"))
    words = set(re.findall(r"\w+", source))
    missing = {name for name in names if name.rsplit(".", 1)[-1] not in words}
    assert {name for name in missing if not (ROOT / "filings" / name).is_dir()} == set()
