"""System checks: unsafe settings, a useless address on paper, missing printing libraries, and keys that cannot sign."""

import ctypes
import sys
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.utils import timezone
from django.utils.module_loading import import_string

from filings.table.marks import LONGEST_ADDRESS, CopyMark
from filings.verification_code import LENGTH

# Libraries that WeasyPrint loads, with their Debian packages.
PRINTING_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def refusals() -> list[str]:
    """List the reasons why these settings must not be served, as Chinese sentences; empty if they are safe."""
    public = [host for host in settings.ALLOWED_HOSTS if not is_loopback(host)]
    return [*missing(), *(loopback_only("、".join(public)) if public else [])]


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def missing() -> Iterator[str]:
    if not settings.DEBUG and not settings.SECRET_KEY_GIVEN:
        yield (
            "没有设置 SECRET_KEY（会话与签名所用的密钥）。请把至少 50 个随机字符写入环境变量 SECRET_KEY 并妥善保管；"
            "以后更换它，所有人都要重新登录。"
        )
    if not settings.DEBUG and (not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS):
        yield (
            "没有写明本系统的访问地址。请把域名或 IP 地址写入环境变量 ALLOWED_HOSTS，"
            "多个地址用英文逗号分开，不能用 *，例如：ALLOWED_HOSTS=jixiao.example.cn。"
        )


def loopback_only(public: str) -> Iterator[str]:
    if settings.DEBUG:
        yield f"DEBUG=1 会把程序内部信息显示给访问者，只能在本机使用，但 ALLOWED_HOSTS 中有 {public}。请设 DEBUG=0。"
    if settings.DEMO:
        yield (
            f"DEMO=1（演示）不用密码就能登录，只能在本机使用，但 ALLOWED_HOSTS 中有 {public}。"
            "请设 DEMO=0，或者让 ALLOWED_HOSTS 只含 127.0.0.1 和 localhost。"
        )
    if not settings.HTTPS:
        yield (
            f"HTTPS=0 会让密码在网络上明文传送，只能在本机使用，但 ALLOWED_HOSTS 中有 {public}。"
            "请设 HTTPS=1，并由反向代理提供 HTTPS。"
        )


@register(Tags.security, deploy=True)
def may_be_served(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[Error]:
    return [Error(sentence, id="perf_targets.E001") for sentence in refusals()]


@register()
def can_print(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[Warning]:
    if not sys.platform.startswith("linux"):
        return []
    lacking = [package for library, package in PRINTING_LIBRARIES.items() if not loads(library)]
    if not lacking:
        return []
    message = f"缺少打印所需的系统组件：{'、'.join(lacking)}。没有它们，打印会失败或慢几十倍。"
    return [Warning(message, f"请由管理员安装：apt-get install {' '.join(lacking)}", id="perf_targets.W001")]


@register(Tags.security, deploy=True)
def address_fits_a_qr_code(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[Error]:
    excess = len(CopyMark("2" * LENGTH, 1, settings.SITE_ADDRESS).address.encode()) - LONGEST_ADDRESS
    if excess <= 0:
        return []
    sentence = f"SITE_ADDRESS 太长，定稿上印不下核验二维码。请缩短 {excess} 个字符。"
    return [Error(sentence, id="perf_targets.E004")]


@register(Tags.security, deploy=True)
def address_is_public(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[Error]:
    """Refuse an address on paper that others cannot open; that of the demonstration is on this machine."""
    if settings.DEMO or is_public(settings.SITE_ADDRESS):
        return []
    sentence = (
        f"定稿上将印核验地址 {settings.SITE_ADDRESS}，发出后不能更改，而别人打不开这个地址。请把公众访问本系统的地址"
        "写入环境变量 SITE_ADDRESS，以 https:// 开头，例如：SITE_ADDRESS=https://jixiao.example.cn。"
    )
    return [Error(sentence, id="perf_targets.E005")]


def is_public(address: str) -> bool:
    """Whether an address has HTTPS and a host of its own: neither this machine nor a wildcard of ALLOWED_HOSTS."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    host = parts.hostname or "*"
    return parts.scheme == "https" and not host.startswith(".") and "*" not in host and not is_loopback(host)


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


@register(deploy=True)
def can_sign(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Try out every key of SIGNING_FILE; a plugged-in SIGNER is only imported."""
    if not settings.SIGNING_FILE:
        return []
    try:
        import_string(settings.SIGNER)
    except ImportError as error:
        return [Error(f"签名程序 {settings.SIGNER} 不能装入：{error}。请核对环境变量 SIGNER。", id="perf_targets.E002")]
    # A slow library, not needed by other commands.
    from filings.signing.readiness import problems
    from filings.signing.signer import OWN_SIGNER

    if settings.SIGNER != OWN_SIGNER:
        return []

    return [
        Error(problem.sentence, id="perf_targets.E003")
        if problem.is_error
        else Warning(problem.sentence, id="perf_targets.W002")
        for problem in problems(Path(settings.SIGNING_FILE), timezone.now())
    ]
