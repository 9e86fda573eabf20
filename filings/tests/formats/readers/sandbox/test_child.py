"""One file, one process: it has its limits, answers with cells or a refusal, and takes nobody with it."""

import logging
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given

from filings.formats.file import CannotRead
from filings.formats.readers import __main__ as reading
from filings.formats.readers.sandbox import answer, child
from filings.formats.readers.sandbox.answer import NoAnswer, ReadResult
from filings.formats.readers.sandbox.file_type import FileType
from filings.formats.readers.word import read as word_reader
from filings.table.grid import Cell, Grid, Row
from filings.tests.formats.readers import packages
from filings.tests.formats.readers.grids import grids

TABLE = packages.document(("产出指标", "数量指标"), ("满意度", "≥90%"))


def texts(found: ReadResult) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for grid in found.grids for row in grid.rows]


def under_limits(attempt: str) -> str:
    """What a process says that has put itself under the child's limits and then makes the attempt."""
    code = f"from filings.formats.readers.__main__ import limit; limit()\n{attempt}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=child.PROGRAM, timeout=60)
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_a_table_comes_back_as_it_was_read() -> None:
    assert texts(child.read(FileType.DOCX, TABLE)) == [["产出指标", "数量指标"], ["满意度", "≥90%"]]


def test_a_refusal_comes_back_in_its_words() -> None:
    with pytest.raises(CannotRead) as here:
        word_reader.read(b"PK nothing")
    with pytest.raises(CannotRead) as there:
        child.read(FileType.DOCX, b"PK nothing")
    assert str(there.value) == str(here.value)


def test_one_that_takes_too_long_is_ended(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(CannotRead) as caught:
        child.read(FileType.DOCX, TABLE, longest=0)
    assert str(caught.value) == answer.TOO_COMPLEX
    assert caplog.messages == [f"the reader of docx ended with code -9 over {len(TABLE)} bytes"]


def test_a_reader_that_breaks_down_is_a_refusal(caplog: pytest.LogCaptureFixture) -> None:
    # Nobody reads this kind in a child, so that the child does not know it.
    with caplog.at_level(logging.WARNING), pytest.raises(CannotRead) as caught:
        child.read(FileType.RTF, b"")
    assert str(caught.value) == child.UNREADABLE
    assert caplog.messages == ["the reader of rtf ended with code 1 over 0 bytes"]


def test_several_threads_read_at_once() -> None:
    found: list[list[list[str]]] = []
    threads = [threading.Thread(target=lambda: found.append(texts(child.read(FileType.DOCX, TABLE)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[["产出指标", "数量指标"], ["满意度", "≥90%"]]] * 4


def test_memory_is_limited() -> None:
    assert under_limits("bytearray(310 * 1024 * 1024)") == "MemoryError"
    assert under_limits("print(len(bytearray(200 * 1024 * 1024)))") == str(200 * 1024 * 1024)


def test_no_file_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "a"
    attempt = f"import os; os.write(os.open({str(path)!r}, os.O_WRONLY | os.O_CREAT), b'a')"
    assert under_limits(attempt) == "OSError: [Errno 27] File too large"


def test_the_other_limits() -> None:
    asked = "RLIMIT_CPU", "RLIMIT_NOFILE", "RLIMIT_CORE"
    said = under_limits(f"import resource; print([resource.getrlimit(getattr(resource, name)) for name in {asked}])")
    assert said == "[(20, 20), (32, 32), (0, 0)]"


def test_it_knows_nothing_of_django_nor_of_the_libraries_that_its_kind_does_not_need() -> None:
    names = {name.split(".")[0] for name in under_limits("import sys; print(*sys.modules)").split()}
    assert names & {"django", "openpyxl", "docx", "lxml", "pdfplumber", "pypdfium2", "python_calamine"} == set()
    assert "filings" in names


def test_its_environment_is_ours_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """With this one, the loader would write into the answer."""
    monkeypatch.setenv("LD_SHOW_AUXV", "1")
    assert child.ENVIRONMENT == {"PATH": "/bin:/usr/bin", "LANG": "C.UTF-8"}
    assert len(child.read(FileType.DOCX, TABLE).grids) == 1


@given(grids())
def test_an_answer_comes_back_equal(given: list[Grid]) -> None:
    whole = ReadResult(tuple(given), "{}")
    assert answer.loads(answer.dumps(whole)) == whole


def test_half_a_character_is_replaced() -> None:
    found = answer.loads(answer.dumps(ReadResult((Grid((Row((Cell("a\ud800b"),), ""),)),))))
    assert texts(found) == [["a?b"]]


def test_an_answer_that_is_too_large_is_a_refusal() -> None:
    with pytest.raises(CannotRead, match=f"^{answer.TOO_COMPLEX}$"):
        answer.dumps(ReadResult((Grid((Row((Cell("a" * answer.LARGEST),), ""),)),)))


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[]",
        b"{",
        b"null",
        b"{}",
        b'{"grids": 1, "document": null}',
        b'{"grids": [{}], "document": null}',
        b"[" * 100_000,
        b'{"grids": [{"name": "", "above": [[1]], "rows": [], "below": []}], "document": null}',
        b"\xff",
    ],
)
def test_what_is_no_answer_is_a_fault(said: bytes) -> None:
    with pytest.raises(NoAnswer):
        answer.loads(said)


def test_every_kind_that_no_other_way_reads_has_a_reader() -> None:
    assert set(reading.READERS) == {"xlsx", "xlsb", "xls", "ods", "docx", "pdf", "html", "mhtml"}
    assert resource.RLIMIT_AS in reading.LIMITS
