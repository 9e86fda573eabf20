"""Keys in PKCS#12 files: kept parsed, loaded again after a change, and named when they cannot be used."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12

from filings.signing import configuration, keys, pades
from filings.signing.check import check_signature
from filings.signing.configuration import Trust
from filings.signing.demonstration_ca import Issuer
from filings.signing.keys import SigningKey
from filings.signing.report import SignatureState
from filings.signing.signer import SigningFileError
from filings.tests.signing.authorities import (
    NOW,
    PASSWORD,
    found_authorities,
    with_rsa_key,
    write_pem,
    write_signing_file,
)


def load(path: Path) -> SigningKey:
    settings = configuration.read(path)
    return keys.load(settings, "bureau", settings.key_of("100"))


def der(issuer: Issuer) -> bytes:
    return issuer.certificate.public_bytes(Encoding.DER)


def test_a_key_is_kept_until_its_file_changes(tmp_path: Path) -> None:
    path = write_signing_file(tmp_path, found_authorities())
    key = load(path)
    assert load(path) is key
    write_signing_file(tmp_path, found_authorities())
    assert load(path).certificate.sha256 != key.certificate.sha256


def test_a_wrong_password_is_named_and_can_be_corrected(tmp_path: Path) -> None:
    path = write_signing_file(tmp_path, found_authorities())
    password = tmp_path / "bureau.password"
    password.write_text("wrong", encoding="utf-8")
    with pytest.raises(SigningFileError, match=r"的 bureau.pkcs12 所列的 .*bureau.p12 不能打开：密码不正确"):
        load(path)
    password.write_text(f"{PASSWORD}\n", encoding="utf-8")
    assert load(path).signer.signing_cert is not None


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("bureau.p12", None, r"bureau.pkcs12 所列的 .*bureau.p12 不能读取"),
        ("bureau.password", None, r"bureau.password_file 所列的 .*bureau.password 不能读取"),
        ("bureau.password", b"", r"bureau.password_file 所列的 .* 为空或者不是文本"),
        ("bureau.password", b"\xff\xff", r"bureau.password_file 所列的 .* 为空或者不是文本"),
        ("bureau.p12", b"junk", r"bureau.pkcs12 所列的 .* 不能打开"),
    ],
)
def test_an_unusable_file_is_named(tmp_path: Path, name: str, content: bytes | None, sentence: str) -> None:
    path = write_signing_file(tmp_path, found_authorities())
    (tmp_path / name).unlink()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SigningFileError, match=sentence):
        load(path)


def test_a_file_without_a_key_is_refused(tmp_path: Path) -> None:
    authorities = found_authorities()
    path = write_signing_file(tmp_path, authorities)
    encryption = BestAvailableEncryption(PASSWORD.encode())
    certificate = authorities.bureau.certificate
    content = pkcs12.serialize_key_and_certificates(None, None, certificate, None, encryption)
    (tmp_path / "bureau.p12").write_bytes(content)
    with pytest.raises(SigningFileError, match="没有证书或者没有 EC、RSA 私钥"):
        load(path)


def test_certificates_that_are_not_needed_stay_out_of_the_signature(printed: bytes, tmp_path: Path) -> None:
    """Files of authorities hold the root as well, and lists of intermediates those of other years."""
    authorities, others = found_authorities(), found_authorities()
    path = write_signing_file(tmp_path, authorities)
    listed = [authorities.root, others.intermediate, authorities.intermediate]
    pem = b"".join(each.certificate.public_bytes(Encoding.PEM) for each in listed)
    (tmp_path / "chain.pem").write_bytes(pem)
    assert [each.dump() for each in load(path).chain] == [der(authorities.intermediate)]
    signed = pades.sign(printed, unit="100", at=NOW, signing_file=path)
    assert check_signature(signed.content, configuration.read(path).trust).state == SignatureState.VALID


@pytest.mark.parametrize("trusted", ["bureau", "intermediate"])
def test_a_certificate_below_the_root_can_be_trusted(printed: bytes, tmp_path: Path, trusted: str) -> None:
    authorities = found_authorities()
    path = write_signing_file(tmp_path, authorities)
    write_pem(tmp_path / "root.pem", getattr(authorities, trusted))
    signed = pades.sign(printed, unit="100", at=NOW, signing_file=path)
    trust = configuration.read(path).trust
    assert trust == Trust((der(getattr(authorities, trusted)),))
    assert check_signature(signed.content, trust).state == SignatureState.VALID


def test_an_rsa_key_signs_as_well(printed: bytes, tmp_path: Path) -> None:
    authorities = found_authorities()
    path = write_signing_file(tmp_path, authorities)
    bureau = with_rsa_key(authorities.bureau.certificate, authorities.intermediate)
    encryption = BestAvailableEncryption(PASSWORD.encode())
    content = pkcs12.serialize_key_and_certificates(b"rsa", bureau.key, bureau.certificate, None, encryption)
    (tmp_path / "bureau.p12").write_bytes(content)
    signed = pades.sign(printed, unit="100", at=NOW, signing_file=path)
    assert signed.certificate_sha256 == bureau.certificate.fingerprint(SHA256()).hex()
    assert check_signature(signed.content, configuration.read(path).trust).state == SignatureState.VALID
