"""Reading a signing file: what it holds, and a sentence for each mistake that names the file and the entry."""

from pathlib import Path

import pytest

from filings.signing import configuration
from filings.signing.configuration import BUREAU, Pkcs11Key, Pkcs12Key, TimestampService
from filings.signing.signer import SigningFileError
from filings.tests.signing.authorities import found_authorities, write_pem

BUREAU_KEY = '[bureau]\npkcs12 = "bureau.p12"\npassword_file = "bureau.password"\n'
TOKEN = 'module = "/usr/lib/token.so"\ntoken = "财政局"\npin_file = "pin"\nkey = "k"\ncertificate = "c"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_pem(tmp_path / "root.pem", found_authorities().root)
    (tmp_path / "empty.pem").write_bytes(b"")
    return tmp_path


def read(folder: Path, content: str) -> configuration.Configuration:
    path = folder / "signing.toml"
    path.write_text(content, encoding="utf-8")
    return configuration.read(path)


def test_keys_of_bureau_and_departments_are_read(folder: Path) -> None:
    settings = read(folder, f'trust = ["root.pem"]\n{BUREAU_KEY}\n[departments."101001".pkcs11]\n{TOKEN}')
    bureau = Pkcs12Key(folder / "bureau.p12", folder / "bureau.password")
    token = Pkcs11Key(Path("/usr/lib/token.so"), "财政局", folder / "pin", "k", "c")
    assert settings.keys() == {BUREAU: bureau, 'departments."101001"': token}
    assert (settings.key_of("101001"), settings.key_of("102001")) == (token, bureau)
    assert (len(settings.trust.signers), settings.trust.timestamps, settings.timestamp) == (1, (), None)


def test_a_time_stamp_service_is_read(folder: Path) -> None:
    service = '[timestamp]\nurl = "https://tsa.example.cn/tsr"\ntrust = ["root.pem"]\nlong_term = true\n'
    settings = read(folder, f'trust = ["root.pem"]\n{BUREAU_KEY}{service}revocation_lists = ["a.crl"]\n')
    assert settings.timestamp == TimestampService("https://tsa.example.cn/tsr", True, (folder / "a.crl",))
    assert settings.trust.timestamps == settings.trust.signers


def test_a_department_without_any_key_is_refused(folder: Path) -> None:
    settings = read(folder, f'trust = ["root.pem"]\n[departments."101001".pkcs11]\n{TOKEN}')
    with pytest.raises(SigningFileError, match=r"中没有单位 102001 的密钥，也没有 \[bureau\]"):
        settings.key_of("102001")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("trust = [", "不是有效的 TOML 文件"),
        ('trust = ["root.pem"]', "的 bureau 没有填写，请写明密钥文件或者密码设备"),
        (BUREAU_KEY, "的 trust 没有填写，应为文件名的列表"),
        (f'trust = "root.pem"\n{BUREAU_KEY}', "的 trust 没有填写，应为文件名的列表"),
        (f'trust = ["none.pem"]\n{BUREAU_KEY}', "none.pem 不能读取"),
        (f'trust = ["empty.pem"]\n{BUREAU_KEY}', "empty.pem 不是 PEM 格式的证书"),
        (f'trust = ["root.pem"]\nsecret = 1\n{BUREAU_KEY}', "的 secret 不是可以设置的项目（可用：bureau、chain、"),
        ('trust = ["root.pem"]\n[bureau]\npkcs12 = "bureau.p12"', "的 bureau.password_file 没有填写"),
        ('trust = ["root.pem"]\n[bureau]\npkcs12 = 3\npassword_file = "p"', "的 bureau.pkcs12 没有填写"),
        ('trust = ["root.pem"]\nbureau = 3', "的 bureau 应为一个表"),
        ('trust = ["root.pem"]\n[bureau]\npkcs11 = 3', "的 bureau.pkcs11 应为一个表"),
        ('trust = ["root.pem"]\n[bureau.pkcs11]\nmodule = "m"', "的 bureau.pkcs11.token 没有填写"),
        (f'trust = ["root.pem"]\ndepartments = 3\n{BUREAU_KEY}', "的 departments 应为一个表"),
        (f'trust = ["root.pem"]\n{BUREAU_KEY}[timestamp]\ntrust = ["root.pem"]', "的 timestamp.url 没有填写"),
        (f'trust = ["root.pem"]\n{BUREAU_KEY}[timestamp]\nurl = "x"\ntrust = ["root.pem"]', "timestamp.url 不是网址"),
        (f'trust = ["root.pem"]\n{BUREAU_KEY}[timestamp]\nurl = "http://a"', "的 timestamp.trust 没有填写"),
    ],
)
def test_a_mistake_is_named(folder: Path, content: str, sentence: str) -> None:
    with pytest.raises(SigningFileError) as error:
        read(folder, content)
    assert sentence in str(error.value)
    assert str(folder / "signing.toml") in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SigningFileError, match=r"none.toml 不存在。请核对环境变量 SIGNING_FILE。"):
        configuration.read(tmp_path / "none.toml")
