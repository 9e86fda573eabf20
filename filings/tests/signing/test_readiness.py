"""Trying out the keys of a signing file for the system checks."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from filings.signing.readiness import Problem, problems
from filings.tests.signing.authorities import (
    NOW,
    found_authorities,
    write_pem,
    write_revocation_list,
    write_signing_file,
)


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


def with_revocation_lists(folder: Path) -> Path:
    """Write a signing file with lists for all certificates, and an address that must not be used."""
    authorities = found_authorities()
    service = '[timestamp]\nurl = "http://127.0.0.1:1/"\ntrust = ["root.pem"]\nlong_term = true\n'
    path = write_signing_file(folder, authorities, f'{service}revocation_lists = ["root.crl", "chain.crl"]\n')
    write_revocation_list(folder / "root.crl", authorities.root)
    write_revocation_list(folder / "chain.crl", authorities.intermediate)
    return path


def test_good_revocation_lists_have_no_problems(tmp_path: Path) -> None:
    path = with_revocation_lists(tmp_path)
    assert list(problems(path, NOW)) == []
    content = (tmp_path / "root.crl").read_bytes()
    (tmp_path / "root.crl").write_bytes(x509.load_der_x509_crl(content).public_bytes(Encoding.PEM))
    assert list(problems(path, NOW)) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "不能读取"), (b"junk", "不是证书吊销列表（CRL），请重新下载"), (b"-----BEGIN junk", "不是证书吊销列表")],
)
def test_an_unusable_revocation_list_is_a_problem(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    path = with_revocation_lists(tmp_path)
    (tmp_path / "chain.crl").unlink()
    if content is not None:
        (tmp_path / "chain.crl").write_bytes(content)
    (problem,) = problems(path, NOW)
    assert problem.is_error
    assert f"{path} 的 timestamp.revocation_lists 所列的 {tmp_path / 'chain.crl'} {sentence}" in problem.sentence


def test_a_missing_list_of_an_authority_is_a_problem(tmp_path: Path) -> None:
    path = with_revocation_lists(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace(', "chain.crl"', ""), encoding="utf-8")
    (problem,) = problems(path, NOW)
    assert problem.is_error
    assert "长期签名要有全部证书的吊销列表" in problem.sentence


def test_a_revocation_list_that_soon_expires_is_a_warning(tmp_path: Path) -> None:
    path = with_revocation_lists(tmp_path)
    last = NOW + timedelta(days=7)
    assert list(problems(path, NOW + timedelta(days=4))) == []
    assert list(problems(path, NOW + timedelta(days=5))) == [
        Problem(
            f"吊销列表 {tmp_path / name} {last:%Y-%m-%d} 到期；到期后不能批复。请在到期前下载新的列表。", is_error=False
        )
        for name in ("root.crl", "chain.crl")
    ]
    (problem,) = problems(path, last)
    assert problem.is_error
    assert f"root.crl 已于 {last:%Y-%m-%d} 过期，请下载新的列表。" in problem.sentence


@pytest.mark.parametrize("name", ["bureau.p12", "bureau.password"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o602])
def test_a_secret_that_others_may_read_is_a_warning(tmp_path: Path, name: str, mode: int) -> None:
    folder = tmp_path / "own keys"
    path = write_signing_file(folder, found_authorities())
    (folder / name).chmod(mode)
    (problem,) = problems(path, NOW)
    assert not problem.is_error
    assert problem.sentence.endswith(f"请由文件的所有者执行：chmod 600 '{folder / name}'")


def test_a_pin_that_others_may_read_is_a_warning(tmp_path: Path) -> None:
    path = write_signing_file(tmp_path, found_authorities())
    token = 'module = "none.so"\ntoken = "t"\npin_file = "pin"\nkey = "k"\ncertificate = "c"\n'
    path.write_text(f'{path.read_text(encoding="utf-8")}\n[departments."101001".pkcs11]\n{token}', encoding="utf-8")
    (tmp_path / "pin").write_text("1234", encoding="utf-8")
    (tmp_path / "pin").chmod(0o644)
    warning, error = problems(path, NOW)
    assert (warning.is_error, error.is_error) == (False, True)
    assert warning.sentence.endswith(f"chmod 600 {tmp_path / 'pin'}")
