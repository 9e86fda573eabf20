"""Turns to inspect a file: a few at once, whether of threads or of processes."""

from contextlib import ExitStack
from threading import Timer

import pytest

from filings.verification import turns
from filings.verification.turns import MOST_AT_ONCE, AllBusy, turn


def test_more_than_a_few_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0)
    with ExitStack() as stack:
        for _ in range(MOST_AT_ONCE):
            stack.enter_context(turn())
        with pytest.raises(AllBusy):
            stack.enter_context(turn())
    with turn():
        pass


def test_a_turn_is_waited_for() -> None:
    with ExitStack() as stack:
        for _ in range(MOST_AT_ONCE):
            stack.enter_context(turn())
        release = Timer(0.05, stack.pop_all().close)
        release.start()
        with turn():
            pass
    release.join()
