"""Read the TOML of SIGNING_FILE: the bureau's key, keys of departments, trusted certificates, time stamps.

Paths are relative to the folder of the file. docs/signing.md has an example of each entry.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from filings.signing.signer import SigningFileError

BUREAU = "bureau"
DEPARTMENTS = "departments"
TIMESTAMP = "timestamp"
TOP_LEVEL = frozenset({BUREAU, DEPARTMENTS, TIMESTAMP, "trust", "chain"})


@dataclass(frozen=True)
class Pkcs12Key:
    """A key with its certificate in a PKCS#12 file, and the file with its password."""

    path: Path
    password_file: Path


@dataclass(frozen=True)
class Pkcs11Key:
    """A key on a PKCS#11 token; `token`, `key` and `certificate` are labels."""

    module: Path
    token: str
    pin_file: Path
    key: str
    certificate: str


KeySource = Pkcs12Key | Pkcs11Key


@dataclass(frozen=True)
class Trust:
    """Trusted certificates as DER: of signers, and of time stamps."""

    signers: tuple[bytes, ...]
    timestamps: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class TimestampService:
    """A time-stamp service (RFC 3161). `long_term` adds the proof that no certificate was revoked (B-LT).

    Without `revocation_lists` (CRL files), that proof is fetched from the addresses in the certificates.
    """

    url: str
    long_term: bool
    revocation_lists: tuple[Path, ...]


@dataclass(frozen=True)
class Configuration:
    """The content of a signing file. `chain` are the certificates between those of the keys and the trusted ones."""

    path: Path
    bureau: KeySource | None
    departments: Mapping[str, KeySource]
    chain: tuple[bytes, ...]
    trust: Trust
    timestamp: TimestampService | None

    def keys(self) -> dict[str, KeySource]:
        """Map the names of the tables that hold a key to the keys."""
        own = {f'{DEPARTMENTS}."{code}"': key for code, key in self.departments.items()}
        return {BUREAU: self.bureau, **own} if self.bureau else own

    def key_of(self, unit: str) -> KeySource:
        """Return the department's own key, otherwise the bureau's. Raises SigningFileError."""
        key = self.departments.get(unit, self.bureau)
        if key is None:
            raise SigningFileError(
                f"签名配置 {self.path} 中没有单位 {unit} 的密钥，也没有 [bureau]。请补充后重新批复。"
            )
        return key


def read(path: Path) -> Configuration:
    """Read and check a signing file, but not its keys. Raises SigningFileError."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SigningFileError(f"签名配置 {path} 不存在。请核对环境变量 SIGNING_FILE。") from error
    except OSError as error:
        raise SigningFileError(f"签名配置 {path} 不能读取（{error.strerror}）。请核对文件权限。") from error
    except ValueError as error:
        raise SigningFileError(f"签名配置 {path} 不是有效的 TOML 文件（{error}）。请更正。") from error
    return _Reader(path).configuration(content)


class _Reader:
    """Reads the entries of one signing file; every error names the file and the entry."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def configuration(self, content: Mapping[str, Any]) -> Configuration:
        self._require_known(content, TOP_LEVEL, "")
        departments = self._table(content, DEPARTMENTS, "")
        bureau = self._key(content[BUREAU], BUREAU) if BUREAU in content else None
        own = {code: self._key(table, f'{DEPARTMENTS}."{code}"') for code, table in departments.items()}
        if bureau is None and not own:
            raise self._error(BUREAU, "没有填写，请写明密钥文件或者密码设备")
        timestamp = self._table(content, TIMESTAMP, "")
        stamped = self._certificates(timestamp, "trust", TIMESTAMP) if timestamp else ()
        trusted = self._certificates(content, "trust", "")
        chain = self._certificates(content, "chain", "") if "chain" in content else ()
        service = self._timestamp(timestamp) if timestamp else None
        return Configuration(self.path, bureau, own, chain, Trust(trusted, stamped), service)

    def _key(self, table: Any, name: str) -> KeySource:
        if not isinstance(table, dict):
            raise self._error(name, "应为一个表")
        if "pkcs11" in table:
            self._require_known(table, {"pkcs11"}, name)
            name, token = f"{name}.pkcs11", table["pkcs11"]
            if not isinstance(token, dict):
                raise self._error(name, "应为一个表")
            self._require_known(token, {"module", "token", "pin_file", "key", "certificate"}, name)
            return Pkcs11Key(
                self._path(token, "module", name),
                self._text(token, "token", name),
                self._path(token, "pin_file", name),
                self._text(token, "key", name),
                self._text(token, "certificate", name),
            )
        self._require_known(table, {"pkcs12", "password_file"}, name)
        return Pkcs12Key(self._path(table, "pkcs12", name), self._path(table, "password_file", name))

    def _timestamp(self, table: Mapping[str, Any]) -> TimestampService:
        self._require_known(table, {"url", "trust", "long_term", "revocation_lists"}, TIMESTAMP)
        url = self._text(table, "url", TIMESTAMP)
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise self._error(f"{TIMESTAMP}.url", "不是网址，应以 http:// 或 https:// 开头")
        long_term = table.get("long_term", False)
        if not isinstance(long_term, bool):
            raise self._error(f"{TIMESTAMP}.long_term", "应为 true 或 false")
        lists = self._paths(table, "revocation_lists", TIMESTAMP) if "revocation_lists" in table else ()
        return TimestampService(url, long_term, lists)

    def _certificates(self, table: Mapping[str, Any], key: str, name: str) -> tuple[bytes, ...]:
        """Read a list of PEM files with one or more certificates each."""
        found: list[bytes] = []
        for path in self._paths(table, key, name):
            try:
                certificates = x509.load_pem_x509_certificates(path.read_bytes())
            except OSError as error:
                raise self._error(_joined(name, key), f"所列的 {path} 不能读取（{error.strerror}）") from error
            except ValueError as error:
                raise self._error(_joined(name, key), f"所列的 {path} 不是 PEM 格式的证书") from error
            found += [certificate.public_bytes(Encoding.DER) for certificate in certificates]
        return tuple(found)

    def _paths(self, table: Mapping[str, Any], key: str, name: str) -> tuple[Path, ...]:
        value = table.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(each, str) and each for each in value):
            raise self._error(_joined(name, key), "没有填写，应为文件名的列表")
        return tuple(self.path.parent / each for each in value)

    def _path(self, table: Mapping[str, Any], key: str, name: str) -> Path:
        return self.path.parent / self._text(table, key, name)

    def _text(self, table: Mapping[str, Any], key: str, name: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self._error(_joined(name, key), "没有填写")
        return value

    def _table(self, table: Mapping[str, Any], key: str, name: str) -> Mapping[str, Any]:
        value = table.get(key, {})
        if not isinstance(value, dict):
            raise self._error(_joined(name, key), "应为一个表")
        return value

    def _require_known(self, table: Mapping[str, Any], known: frozenset[str] | set[str], name: str) -> None:
        if unknown := sorted(table.keys() - known):
            raise self._error(_joined(name, unknown[0]), f"不是可以设置的项目（可用：{'、'.join(sorted(known))}）")

    def _error(self, name: str, wrong: str) -> SigningFileError:
        return SigningFileError(f"签名配置 {self.path} 的 {name} {wrong}。请更正。")


def _joined(name: str, key: str) -> str:
    return f"{name}.{key}" if name else key
