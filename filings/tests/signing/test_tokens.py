"""Keys on a PKCS#11 token, here SoftHSM2."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11 import Attribute, ObjectClass

from filings.signing import configuration, pades
from filings.signing.check import check_signature
from filings.signing.report import SignatureState
from filings.signing.signer import NotSigned
from filings.tests.signing.authorities import NOW, Authorities, found_authorities, write_pem
from filings.tests.signing.programs import program

LIBRARIES = [*Path("/usr/lib").glob("softhsm/libsofthsm2.so"), *Path("/usr/lib").glob("*/softhsm/libsofthsm2.so")]
PIN = "123456"
TOKEN = "演示县财政局"
# A process logs in once to each token; this one is for the wrong PIN.
OTHER_TOKEN = "演示备用"


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make a token with the bureau's key and return the folder of its signing file."""
    tool = program("softhsm2-util", "softhsm2")
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n", encoding="utf-8")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    authorities = found_authorities()
    for label in (TOKEN, OTHER_TOKEN):
        softhsm(tool, "--init-token", "--free", "--label", label, "--so-pin", "87654321", "--pin", PIN)
    key = authorities.bureau.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(key)
    softhsm(
        tool, *("--import", str(folder / "key.pem"), "--token", TOKEN, "--label", "bureau", "--id", "01", "--pin", PIN)
    )
    store_certificate(authorities)
    write_pem(folder / "root.pem", authorities.root)
    write_pem(folder / "chain.pem", authorities.intermediate)
    (folder / "pin").write_text(f"{PIN}\n", encoding="utf-8")
    yield folder
    del os.environ["SOFTHSM2_CONF"]


def softhsm(tool: str, *arguments: str) -> None:
    subprocess.run([tool, *arguments], check=True, capture_output=True)


def store_certificate(authorities: Authorities) -> None:
    certificate = authorities.bureau.certificate
    with pkcs11.lib(str(LIBRARIES[0])).get_token(token_label=TOKEN).open(rw=True, user_pin=PIN) as session:
        session.create_object(
            {
                Attribute.CLASS: ObjectClass.CERTIFICATE,
                Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                Attribute.TOKEN: True,
                Attribute.LABEL: "bureau-certificate",
                Attribute.ID: b"\x01",
                Attribute.SUBJECT: certificate.subject.public_bytes(),
                Attribute.VALUE: certificate.public_bytes(Encoding.DER),
            }
        )


def write_file(folder: Path, *, pin_file: str = "pin", **labels: str) -> Path:
    chosen = {"token": TOKEN, "key": "bureau", "certificate": "bureau-certificate", **labels}
    lines = [f'{key} = "{label}"' for key, label in chosen.items()]
    lines += [f'module = "{LIBRARIES[0]}"', f'pin_file = "{pin_file}"']
    path = folder / "signing.toml"
    content = ['trust = ["root.pem"]', 'chain = ["chain.pem"]', "[bureau.pkcs11]", *lines]
    path.write_text("\n".join(content), encoding="utf-8")
    return path


def test_a_key_on_a_token_signs(token: Path, printed: bytes) -> None:
    path = write_file(token)
    for _ in range(2):
        signed = pades.sign(printed, unit="100", at=NOW, signing_file=path)
        assert check_signature(signed.content, configuration.read(path).trust).state == SignatureState.VALID


@pytest.mark.parametrize("label", ["token", "key", "certificate"])
def test_a_wrong_label_is_named(token: Path, label: str) -> None:
    with pytest.raises(NotSigned, match=r"的 bureau.token 「.*」不能使用（.*），请核对驱动、设备和标签"):
        pades.sign(b"%PDF-1.7", unit="100", at=NOW, signing_file=write_file(token, **{label: "other"}))


def test_a_wrong_pin_is_tried_once(token: Path) -> None:
    """A second try with the same PIN does not reach the token, which would lock after a few."""
    (token / "wrong").write_text("000000", encoding="utf-8")
    path = write_file(token, pin_file="wrong", token=OTHER_TOKEN)
    errors = []
    for _ in range(2):
        with pytest.raises(NotSigned, match=r"的 bureau.pin_file 所列的 .*wrong 中的密码不正确") as error:
            pades.sign(b"%PDF-1.7", unit="100", at=NOW, signing_file=path)
        errors.append(error.value)
    assert errors[0] is errors[1]
