"""Child process: its limits, its results and refusals, and failures that do not affect the parent."""

import logging
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given

from filings.formats.file import CannotRead
from filings.formats.readers import __main__ as child_main
from filings.formats.readers.sandbox import child, limits, process, result
from filings.formats.readers.sandbox.file_type import FileType
from filings.formats.readers.sandbox.result import InvalidResult, ReadResult
from filings.formats.readers.word import read as word_reader
from filings.table.grid import Cell, Grid, Row
from filings.tests.formats.readers import packages
from filings.tests.formats.readers.grids import grids

TABLE = packages.document(("产出指标", "数量指标"), ("满意度", "≥90%"))


def texts(read: ReadResult) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for grid in read.grids for row in grid.rows]


def under_limits(attempt: str) -> str:
    """Run code in a process with the limits of the child; return its output, or the last line of its traceback."""
    code = f"from filings.formats.readers.sandbox.limits import apply_limits; apply_limits()\n{attempt}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=process.ROOT, timeout=60)
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_a_table_comes_back_as_it_was_read() -> None:
    assert texts(child.read(FileType.DOCX, TABLE)) == [["产出指标", "数量指标"], ["满意度", "≥90%"]]


def test_a_refusal_comes_back_unchanged() -> None:
    with pytest.raises(CannotRead) as direct:
        word_reader.read(b"PK nothing")
    with pytest.raises(CannotRead) as from_child:
        child.read(FileType.DOCX, b"PK nothing")
    assert str(from_child.value) == str(direct.value)


def test_a_reader_that_takes_too_long_is_killed(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(CannotRead) as caught:
        child.read(FileType.DOCX, TABLE, timeout=0)
    assert str(caught.value) == result.TOO_COMPLEX
    assert caplog.messages == [f"the reader of docx ended with code -9 over {len(TABLE)} bytes"]


def test_a_crash_of_a_reader_is_a_refusal(caplog: pytest.LogCaptureFixture) -> None:
    # RTF is converted, not read in a child, so the child has no reader for it.
    with caplog.at_level(logging.WARNING), pytest.raises(CannotRead) as caught:
        child.read(FileType.RTF, b"")
    assert str(caught.value) == child.UNREADABLE
    assert caplog.messages == ["the reader of rtf ended with code 1 over 0 bytes"]


def test_several_threads_read_at_the_same_time() -> None:
    results: list[list[list[str]]] = []
    threads = [
        threading.Thread(target=lambda: results.append(texts(child.read(FileType.DOCX, TABLE)))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [[["产出指标", "数量指标"], ["满意度", "≥90%"]]] * 4


def test_memory_is_limited() -> None:
    assert under_limits("bytearray(310 * 1024 * 1024)") == "MemoryError"
    assert under_limits("print(len(bytearray(200 * 1024 * 1024)))") == str(200 * 1024 * 1024)


def test_no_file_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "a"
    attempt = f"import os; os.write(os.open({str(path)!r}, os.O_WRONLY | os.O_CREAT), b'a')"
    assert under_limits(attempt) == "OSError: [Errno 27] File too large"


def test_processor_time_open_files_and_core_dumps_are_limited() -> None:
    names = "RLIMIT_CPU", "RLIMIT_NOFILE", "RLIMIT_CORE"
    output = under_limits(f"import resource; print([resource.getrlimit(getattr(resource, name)) for name in {names}])")
    assert output == "[(20, 20), (32, 32), (0, 0)]"


def test_it_imports_neither_django_nor_libraries_of_other_file_types() -> None:
    names = {name.split(".")[0] for name in under_limits("import sys; print(*sys.modules)").split()}
    assert names & {"django", "openpyxl", "docx", "lxml", "pdfplumber", "pypdfium2", "python_calamine"} == set()
    assert "filings" in names


def test_it_does_not_inherit_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """With LD_SHOW_AUXV, the dynamic loader would write to stdout."""
    monkeypatch.setenv("LD_SHOW_AUXV", "1")
    assert process.ENVIRONMENT == {"PATH": "/bin:/usr/bin", "LANG": "C.UTF-8"}
    assert len(child.read(FileType.DOCX, TABLE).grids) == 1


@given(grids())
def test_a_result_survives_serialisation(given: list[Grid]) -> None:
    whole = ReadResult(tuple(given), "{}")
    assert result.loads(result.dumps(whole)) == whole


def test_a_lone_surrogate_is_replaced() -> None:
    loaded = result.loads(result.dumps(ReadResult((Grid((Row((Cell("a\ud800b"),), ""),)),))))
    assert texts(loaded) == [["a?b"]]


def test_a_result_that_is_too_large_is_a_refusal() -> None:
    with pytest.raises(CannotRead, match=f"^{result.TOO_COMPLEX}$"):
        result.dumps(ReadResult((Grid((Row((Cell("a" * result.LARGEST),), ""),)),)))


@pytest.mark.parametrize(
    "output",
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
def test_output_that_is_not_a_result_is_rejected(output: bytes) -> None:
    with pytest.raises(InvalidResult):
        result.loads(output)


def test_every_file_type_that_is_read_in_a_child_has_a_reader() -> None:
    assert set(child_main.READERS) == {"xlsx", "xlsb", "xls", "ods", "docx", "pdf", "html", "mhtml"}
    assert resource.RLIMIT_AS in limits.LIMITS
