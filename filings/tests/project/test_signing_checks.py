"""System checks of the signing settings, in `check --deploy` only."""

from pathlib import Path

import pytest
from django.core.checks import Error, run_checks
from pytest_django import Settings

from filings.tests.signing.authorities import found_authorities, write_signing_file
from perf_targets.checks import can_sign


def identifiers() -> list[str | None]:
    return [message.id for message in can_sign(None)]


def test_good_keys_pass(signing_file: Path, settings: Settings) -> None:
    assert identifiers() == []
    settings.SIGNING_FILE = str(signing_file)
    assert identifiers() == []


def test_a_wrong_password_is_an_error_when_deployed(tmp_path: Path, settings: Settings) -> None:
    settings.SIGNING_FILE = str(write_signing_file(tmp_path, found_authorities()))
    (tmp_path / "bureau.password").write_text("wrong", encoding="utf-8")
    (error,) = can_sign(None)
    assert isinstance(error, Error)
    assert (error.id, "密码不正确" in error.msg) == ("perf_targets.E003", True)
    assert error in run_checks(include_deployment_checks=True)
    assert error not in run_checks()


def test_a_certificate_that_soon_expires_is_a_warning(tmp_path: Path, settings: Settings) -> None:
    settings.SIGNING_FILE = str(write_signing_file(tmp_path, found_authorities(years=30 / 365)))
    assert identifiers() == ["perf_targets.W002"]


@pytest.mark.parametrize(("signer", "expected"), [("os.getcwd", []), ("filings.nothing.sign", ["perf_targets.E002"])])
def test_another_signer_is_only_imported(settings: Settings, signer: str, expected: list[str]) -> None:
    settings.SIGNING_FILE, settings.SIGNER = "/etc/province.toml", signer
    assert identifiers() == expected
