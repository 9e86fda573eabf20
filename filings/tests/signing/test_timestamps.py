"""Time stamps: PAdES B-T and B-LT, with a time-stamp service on this machine."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, cast

import pytest
from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.timestamps import DummyTimeStamper

from filings.signing import configuration, demonstration_ca, pades
from filings.signing.check import check_signature
from filings.signing.demonstration_ca import Issuer
from filings.signing.report import SignatureState
from filings.signing.signer import NotSigned
from filings.tests.signing.authorities import (
    NOW,
    Authorities,
    RsaKey,
    found_authorities,
    timestamp_key,
    write_pem,
    write_revocation_list,
    write_signing_file,
)


class TimestampServer(HTTPServer):
    """Answers time-stamp requests with the key of `service`."""

    def __init__(self, service: RsaKey) -> None:
        super().__init__(("127.0.0.1", 0), TimestampHandler)
        certificate = x509.Certificate.load(service.certificate.public_bytes(Encoding.DER))
        key = service.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        self.stamper: Any = DummyTimeStamper(certificate, keys.PrivateKeyInfo.load(key))
        self.is_broken = False


class TimestampHandler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = cast(TimestampServer, self.server)
        request = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        answer = b"busy" if server.is_broken else server.stamper.request_tsa_response(request).dump()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture(scope="module")
def root() -> Issuer:
    return demonstration_ca.authority("演示时间戳根证书", None, now=NOW)


@pytest.fixture
def server(root: Issuer) -> Iterator[TimestampServer]:
    with TimestampServer(timestamp_key(root)) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def authorities() -> Authorities:
    return found_authorities()


def write_file(folder: Path, authorities: Authorities, root: Issuer, port: int, more: str = "") -> Path:
    service = f'\n[timestamp]\nurl = "http://127.0.0.1:{port}/"\ntrust = ["stamps.pem"]\n{more}\n'
    path = write_signing_file(folder, authorities, service)
    write_pem(folder / "stamps.pem", root)
    return path


def write_lists(folder: Path, authorities: Authorities, root: Issuer, *, revoked: Issuer | None = None) -> str:
    folder.mkdir(exist_ok=True)
    write_revocation_list(folder / "root.crl", authorities.root)
    write_revocation_list(folder / "chain.crl", authorities.intermediate, revoked=revoked)
    write_revocation_list(folder / "stamps.crl", root)
    return 'long_term = true\nrevocation_lists = ["root.crl", "chain.crl", "stamps.crl"]'


def test_a_time_stamp_dates_the_signature(
    printed: bytes, tmp_path: Path, authorities: Authorities, root: Issuer, server: TimestampServer
) -> None:
    path = write_file(tmp_path, authorities, root, server.server_port)
    signed = pades.sign(printed, unit="100", at=NOW, signing_file=path)
    report = check_signature(signed.content, configuration.read(path).trust)
    assert (report.state, report.level, signed.level) == (SignatureState.VALID, "B-T", "B-T")
    assert report.signed_at
    assert report.signed_at >= NOW


def test_a_time_stamp_of_a_stranger_is_not_trusted(
    printed: bytes, tmp_path: Path, authorities: Authorities, root: Issuer, server: TimestampServer
) -> None:
    path = write_file(tmp_path, authorities, authorities.root, server.server_port)
    with pytest.raises(NotSigned, match="签名后核对未通过"):
        pades.sign(printed, unit="100", at=NOW, signing_file=path)


def test_a_changed_time_stamp_is_not_valid(
    printed: bytes, tmp_path: Path, authorities: Authorities, root: Issuer, server: TimestampServer
) -> None:
    path = write_file(tmp_path, authorities, root, server.server_port)
    content = pades.sign(printed, unit="100", at=NOW, signing_file=path).content
    trust = configuration.read(path).trust
    # The attribute's name (1.2.840.113549.1.9.16.2.14): an unknown one would be a signature without time stamp.
    name = b"060B2A864886F70D010910020E"
    assert content.count(name) == 1
    changed = content.replace(name, name[:-1] + b"D")
    assert check_signature(changed, trust).state == SignatureState.CHANGED
    begin = content.index(name)
    # The version of the token, which its signature does not cover.
    version = content.index(b"020103310", begin) + 5
    for position in (version, *range(begin, content.index(b"0000000000", begin), 97)):
        flipped = content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :]
        assert check_signature(flipped, trust).state != SignatureState.VALID


def test_long_term_proofs_are_covered_by_the_signature(
    printed: bytes, tmp_path: Path, authorities: Authorities, root: Issuer, server: TimestampServer
) -> None:
    lists = write_lists(tmp_path, authorities, root)
    path = write_file(tmp_path, authorities, root, server.server_port, lists)
    signed = pades.sign(printed, unit="100", at=NOW, signing_file=path)
    report = check_signature(signed.content, configuration.read(path).trust)
    assert (report.state, report.level) == (SignatureState.VALID, "B-LT")
    assert b"/DSS" in signed.content[: signed.content.rfind(b"/ByteRange")]


def test_a_revoked_certificate_does_not_sign(
    printed: bytes, tmp_path: Path, authorities: Authorities, root: Issuer, server: TimestampServer
) -> None:
    lists = write_lists(tmp_path, authorities, root, revoked=authorities.bureau)
    path = write_file(tmp_path, authorities, root, server.server_port, lists)
    with pytest.raises(NotSigned):
        pades.sign(printed, unit="100", at=NOW, signing_file=path)


def test_a_service_that_does_not_answer_is_named(
    printed: bytes, tmp_path: Path, authorities: Authorities, root: Issuer, server: TimestampServer
) -> None:
    path = write_file(tmp_path, authorities, root, 1)
    with pytest.raises(NotSigned, match=r"时间戳服务 http://127.0.0.1:1/ 没有正确答复。请稍后重新批复"):
        pades.sign(printed, unit="100", at=NOW, signing_file=path)
    server.is_broken = True
    with pytest.raises(NotSigned, match="没有正确答复"):
        pades.sign(
            printed, unit="100", at=NOW, signing_file=write_file(tmp_path, authorities, root, server.server_port)
        )
