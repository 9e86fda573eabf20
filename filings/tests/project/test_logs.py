"""User text cannot forge lines of the log."""

import logging
import sys

from perf_targets.logs import OneLineFormatter


def test_a_message_stays_on_its_line() -> None:
    typed = "甲单位\n2026-01-01 INFO 已批复\u2028\x1b[2J"
    record = logging.LogRecord("filings", logging.INFO, __file__, 1, "名称：%s", (typed,), None)
    assert (
        OneLineFormatter().format(record).endswith(r"INFO filings: 名称：甲单位\n2026-01-01 INFO 已批复\u2028\x1b[2J")
    )


def test_the_text_of_an_exception_is_indented() -> None:
    try:
        raise ValueError("甲单位\n2026-01-01 INFO 已批复\r2026-01-02 INFO 已公开")
    except ValueError:
        record = logging.LogRecord("filings", logging.ERROR, __file__, 1, "failed", None, sys.exc_info())
    _, *following = OneLineFormatter().format(record).splitlines()
    assert following[-1] == "  | 2026-01-02 INFO 已公开"
    assert all(line.startswith("  | ") for line in following)
