"""Trying out the keys of a signing file for the system checks."""

from datetime import timedelta
from pathlib import Path

from filings.signing.readiness import Problem, problems
from filings.tests.signing.authorities import NOW, found_authorities, write_pem, write_signing_file


def test_good_keys_have_no_problems(signing_file: Path) -> None:
    assert list(problems(signing_file, NOW)) == []


def test_an_unreadable_file_is_a_problem(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path / "none.toml", NOW)
    assert problem.is_error
    assert "不存在" in problem.sentence


def test_a_certificate_that_is_not_trusted_is_a_problem(tmp_path: Path) -> None:
    path = write_signing_file(tmp_path, found_authorities())
    write_pem(tmp_path / "root.pem", found_authorities().root)
    (problem,) = problems(path, NOW)
    assert problem.is_error
    assert "签名后核对未通过" in problem.sentence


def test_a_certificate_that_soon_expires_is_a_warning(tmp_path: Path) -> None:
    path = write_signing_file(tmp_path, found_authorities(years=30 / 365))
    last = f"{NOW + timedelta(days=30):%Y-%m-%d}"
    assert list(problems(path, NOW)) == [
        Problem(
            f"「演示县财政局（演示）」的签名证书 {last} 到期，只剩 30 天；到期后不能批复。"
            f"请尽快向发证机构申请新证书，写入 {path} 的 bureau。",
            is_error=False,
        )
    ]
    (problem,) = problems(path, NOW + timedelta(days=31))
    assert problem.is_error
    assert "现在不能签名" in problem.sentence
