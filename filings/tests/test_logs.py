"""What somebody types cannot pass for a line of the log."""

import logging

from perf_targets.logs import OneLineFormatter


def test_a_message_stays_on_its_line() -> None:
    typed = "甲单位\n2026-01-01 INFO 已批复\u2028\x1b[2J"
    record = logging.LogRecord("filings", logging.INFO, __file__, 1, "名称：%s", (typed,), None)
    assert (
        OneLineFormatter().format(record).endswith(r"INFO filings: 名称：甲单位\n2026-01-01 INFO 已批复\u2028\x1b[2J")
    )
