"""The statements that a head confirms: one line each, limited, none in policies of earlier versions."""

import pytest

from filings.policy.errors import PolicyError
from filings.policy.policy import LONGEST_STATEMENT, MOST_STATEMENTS, ReviewPolicy, seed


def parse(statements: list[str]) -> tuple[str, ...]:
    return ReviewPolicy.from_json({**seed(), "statements": statements}).statements


def test_the_seed_is_not_verified() -> None:
    policy = ReviewPolicy.from_json(seed())
    assert (len(policy.statements), policy.statements_verified) == (3, False)


def test_a_policy_of_an_earlier_version_has_none() -> None:
    data = {name: value for name, value in seed().items() if not name.startswith("statements")}
    assert ReviewPolicy.from_json(data).statements == ()


def test_each_statement_is_one_line_and_listed_once() -> None:
    assert parse(["数据\n一致", "数据 一致", "已经 研究"]) == ("数据 一致", "已经 研究")


@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        ([f"第{number}条" for number in range(MOST_STATEMENTS + 1)], "审签确认事项共 13 条，最多 12 条。"),
        (["长" * (LONGEST_STATEMENT + 1)], "共 101 字，须在 1 到 100 字之间。"),
        (["  "], "共 0 字"),
    ],
)
def test_too_many_or_too_long_statements_are_refused(statements: list[str], sentence: str) -> None:
    with pytest.raises(PolicyError, match=sentence):
        parse(statements)
