"""check_table: findings of a file as text or JSON, exit codes, last year's table and the control figure."""

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from filings.rules.catalogue import CATALOGUE
from filings.rules.finding import Undetermined
from filings.tests.founding import SAMPLE, sample_text


def checked(path: Path, *options: str) -> tuple[int, str]:
    """Return the exit code and the output."""
    out = StringIO()
    try:
        call_command("check_table", str(path), *options, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def checked_data(path: Path, *options: str) -> tuple[int, dict[str, Any]]:
    code, printed = checked(path, *options, "--to", "json")
    return code, json.loads(printed)


def changed(tmp_path: Path, before: str, after: str) -> Path:
    path = tmp_path / "table.txt"
    path.write_text(sample_text().replace(before, after), encoding="utf-8")
    return path


def test_a_table_that_can_be_submitted_ends_with_code_0_and_a_summary() -> None:
    code, printed = checked(SAMPLE)
    lines = printed.splitlines()
    assert code == 0
    assert [line for line in lines if not line.startswith("  ")] == [
        "提醒",
        "建议",
        "可以提交：0 项须改正，3 项提醒（1 项需说明），3 项建议",
    ]
    message = "项目支出 233.00 万元没有成本指标对应。请补充项目支出的成本指标，或者说明原因。"
    assert lines[1] == f"  K2 amounts[EXP.PROJECT] {message}（需说明）"


def test_a_table_with_errors_ends_with_code_1(tmp_path: Path) -> None:
    code, printed = checked(changed(tmp_path, "233万元", "230万元"))
    assert code == 1
    lines = printed.splitlines()
    assert lines[0] == "须改正"
    assert lines[1].startswith("  B2 amounts[TOTAL] ")
    assert lines[-1].startswith("暂不能提交：1 项须改正，3 项提醒（1 项需说明）")


def test_findings_are_printed_as_json(tmp_path: Path) -> None:
    code, data = checked_data(changed(tmp_path, "38.14万元", "**万元"))
    assert code == 1
    assert list(data) == ["edition", "findings", "silent", "verdict", "failed"]
    assert (data["edition"], data["failed"]) == ("hunan-county-2022", [])
    assert [list(item) for item in data["silent"]] == [["code", "reason"]] * len(data["silent"])
    (finding,) = (item for item in data["findings"] if item["code"] == "T6")
    assert finding.pop("message")
    assert finding == {
        "code": "T6",
        "severity": "error",
        "place": "indicators[5].target",
        "places": ["indicators[5].target"],
        "asks": False,
        "criterion": "completeness",
        "basis": "审核口径：指标值应当填实",
    }
    assert data["verdict"].startswith("暂不能提交：1 项须改正")


def test_an_undetermined_rule_is_listed_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = {rule.code: rule for rule in CATALOGUE}
    silent = replace(rules["K1"], answer=lambda case: Undetermined("看不出来"))
    broken = replace(rules["K2"], answer=lambda case: [][1])
    monkeypatch.setattr("filings.rules.engine.CATALOGUE", (silent, broken))
    code, data = checked_data(SAMPLE)
    assert (code, data["silent"], data["failed"]) == (0, [{"code": "K1", "reason": "看不出来"}], ["K2"])
    assert data["verdict"] == "可以提交：没有发现问题"
    assert checked(SAMPLE)[1] == "规则 K2 自身出错，没有核对\n可以提交：没有发现问题\n"


@pytest.mark.parametrize(("amount", "codes"), [("550.13", []), ("5501300元", []), ("545.13", ["B7"])])
def test_a_control_figure_is_compared_with_the_total(amount: str, codes: list[str]) -> None:
    _, data = checked_data(SAMPLE, "--control", amount)
    assert [item["code"] for item in data["findings"] if item["code"] == "B7"] == codes


def test_last_years_table_is_compared() -> None:
    assert "H6" not in [item["code"] for item in checked_data(SAMPLE)[1]["findings"]]
    assert "H6" in [item["code"] for item in checked_data(SAMPLE, "--last-year", str(SAMPLE))[1]["findings"]]


@pytest.mark.parametrize("options", [("--control", "许多"), ("--control", ""), ("--last-year", "missing.txt")])
def test_an_unreadable_option_ends_with_code_2(options: tuple[str, ...]) -> None:
    with pytest.raises(CommandError) as caught:
        checked(SAMPLE, *options)
    assert caught.value.returncode == 2
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_table_cannot_be_checked(tmp_path: Path) -> None:
    path = tmp_path / "other.txt"
    path.write_text("今天天气很好。", encoding="utf-8")
    with pytest.raises(CommandError, match="不是部门整体支出绩效目标表") as caught:
        checked(path)
    assert caught.value.returncode == 2
