"""The demonstration's certificates: marked in every field, private, never overwritten."""

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from django.core.management import CommandError, call_command

from filings.signing import configuration


def test_every_field_of_every_name_has_the_word_demonstration(signing_file: Path) -> None:
    certificates = [
        certificate
        for name in ("root.pem", "chain.pem")
        for certificate in x509.load_pem_x509_certificates((signing_file.parent / name).read_bytes())
    ]
    for path in signing_file.parent.glob("*.p12"):
        password = path.with_suffix(".password").read_bytes().strip()
        certificate = pkcs12.load_key_and_certificates(path.read_bytes(), password)[1]
        assert certificate
        certificates.append(certificate)
    names = [name for certificate in certificates for name in (certificate.subject, certificate.issuer)]
    fields = [str(attribute.value) for name in names for attribute in name]
    assert len(certificates) == 4
    assert len(fields) == 24
    assert [field for field in fields if "演示" not in field] == []


def test_only_the_owner_can_read_the_keys(signing_file: Path) -> None:
    folder = signing_file.parent
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert sorted(path.name for path in folder.iterdir()) == [
        *("bureau.p12", "bureau.password", "chain.pem", "department-101001.p12", "department-101001.password"),
        *("root.pem", "signing.toml"),
    ]


def test_the_command_prints_the_setting_and_overwrites_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("make_test_ca", tmp_path / "keys")
    path = tmp_path / "keys" / "signing.toml"
    assert capsys.readouterr().out.splitlines()[-1] == f"SIGNING_FILE={path}"
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    assert set(configuration.read(path).departments) == {"101001"}
    with pytest.raises(CommandError, match="已经存在，没有改动"):
        call_command("make_test_ca", tmp_path / "keys")
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before
    assert [each.name for each in tmp_path.iterdir()] == ["keys"]


def test_a_folder_that_cannot_be_written_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="证书未能写入 /proc/nowhere"):
        call_command("make_test_ca", "/proc/nowhere/keys")
    assert settings.SIGNING_FILE == ""
