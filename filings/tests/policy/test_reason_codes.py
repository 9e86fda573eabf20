"""Canned remarks: which one follows a typed text."""

import pytest

from filings.policy.reason_codes import next_text

FIRST, SECOND = "请补全。", "请改正：\n见附件。"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", FIRST),
        (FIRST, SECOND),
        (f" {SECOND}\n", FIRST),
        ("再核。", f"再核。\n{FIRST}"),
        (f"再核。\n{FIRST}", f"再核。\n{SECOND}"),
        (f"再核。\n{SECOND}", f"再核。\n{FIRST}"),
        (f"再核，{FIRST}", f"再核，{FIRST}\n{FIRST}"),
        (f"{FIRST}\n再核。", f"{FIRST}\n再核。\n{FIRST}"),
    ],
)
def test_the_canned_text_at_the_end_is_replaced_by_the_next_one(typed: str, expected: str) -> None:
    assert next_text([FIRST, SECOND], typed) == expected
