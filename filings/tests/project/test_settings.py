"""Settings import with any environment; unsafe ones are refused; routes that must not exist do not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from perf_targets.checks import is_loopback

KEY = "k-0123456789-abcdefghij-0123456789-ABCDEFGHIJ-0123456789"
SERVED = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "jixiao.example.cn"}


def python(code: str, var_dir: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run code in a process with these environment variables only."""
    clean = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", "VAR_DIR": str(var_dir)}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env=clean | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_settings_import_with_nothing_set(tmp_path: Path) -> None:
    done = python("import perf_targets.settings as s; print(s.DEBUG, s.DEMO, s.HTTPS, len(s.SECRET_KEY))", tmp_path, {})
    assert (done.returncode, done.stdout) == (0, "False False True 50\n"), done.stderr


def test_without_a_key_each_process_makes_its_own(tmp_path: Path) -> None:
    keys = {python("import perf_targets.settings as s; print(s.SECRET_KEY)", tmp_path, {}).stdout for _ in range(2)}
    assert len(keys) == 2


def test_settings_import_where_nothing_can_be_written() -> None:
    assert python("import perf_targets.settings", Path("/proc/nowhere"), {}).returncode == 0


@pytest.mark.parametrize(
    "environment",
    [
        SERVED,
        SERVED | {"ALLOWED_HOSTS": "127.0.0.1,localhost", "DEMO": "1", "HTTPS": "0"},
        {"DEBUG": "1", "HTTPS": "0"},
    ],
)
def test_safe_settings_start(environment: dict[str, str], tmp_path: Path) -> None:
    done = python("import perf_targets.wsgi", tmp_path, environment)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("environment", "reasons"),
    [
        ({}, ["SECRET_KEY", "ALLOWED_HOSTS"]),
        (SERVED | {"SECRET_KEY": ""}, ["SECRET_KEY"]),
        (SERVED | {"ALLOWED_HOSTS": ""}, ["ALLOWED_HOSTS"]),
        (SERVED | {"ALLOWED_HOSTS": "*"}, ["ALLOWED_HOSTS"]),
        (SERVED | {"DEBUG": "1"}, ["DEBUG=1"]),
        (SERVED | {"DEMO": "1"}, ["DEMO=1"]),
        (SERVED | {"HTTPS": "0"}, ["HTTPS=0"]),
        (SERVED | {"HTTPS": "0", "DEMO": "1", "ALLOWED_HOSTS": "localhost,10.0.0.8"}, ["DEMO=1", "HTTPS=0"]),
    ],
)
def test_it_refuses_to_start_with_reasons(environment: dict[str, str], reasons: list[str], tmp_path: Path) -> None:
    done = python("import perf_targets.wsgi", tmp_path, environment)
    title, *sentences = done.stderr.splitlines()
    assert (done.returncode, title) == (1, "拒绝启动：")
    assert [reason in sentence for reason, sentence in zip(reasons, sentences, strict=True)] == [True] * len(reasons)


def test_the_deployment_check_refuses_the_same(tmp_path: Path) -> None:
    code = "import os, sys; from django.core.management import execute_from_command_line as run; run(sys.argv)"
    code = f"import sys; sys.argv = ['manage.py', 'check', '--deploy', '--fail-level', 'WARNING']; {code}"
    environment = {"DJANGO_SETTINGS_MODULE": "perf_targets.settings"}
    assert python(code, tmp_path, SERVED | environment).returncode == 0
    refused = python(code, tmp_path, SERVED | {"DEMO": "1"} | environment)
    assert (refused.returncode, "DEMO=1" in refused.stderr) == (1, True)
    unreachable = SERVED | {"ALLOWED_HOSTS": "127.0.0.1,files.county.gov.cn"}
    refused = python(code, tmp_path, unreachable | environment)
    assert (refused.returncode, "https://127.0.0.1，" in refused.stderr) == (1, True)
    given = unreachable | {"SITE_ADDRESS": "https://files.county.gov.cn"}
    assert python(code, tmp_path, given | environment).returncode == 0


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("[::1]", True),
        ("0.0.0.0", False),  # noqa: S104  # not bound to, only named
        ("10.0.0.8", False),
        (".localhost.example.cn", False),
        ("127.0.0.1.example.cn", False),
        ("*", False),
    ],
)
def test_only_this_machine_is_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


@pytest.mark.parametrize(
    "address",
    ["signup/", "email/", "confirm-email/", "password/reset/", "password/set/", "social/signup/", "2fa/", ""],
)
@pytest.mark.django_db
def test_addresses_of_accounts_that_do_not_exist(client: Client, address: str) -> None:
    assert client.get(f"/accounts/{address}").status_code == 404


@pytest.mark.django_db
def test_the_content_security_policy_forbids_foreign_and_inline_scripts(client: Client) -> None:
    policy = client.get("/accounts/login/")["Content-Security-Policy"].split("; ")
    assert sorted(policy) == [
        "base-uri 'self'",
        "default-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "object-src 'none'",
    ]


@pytest.mark.django_db
def test_the_admin_logs_in_through_the_same_page(client: Client) -> None:
    assert client.get("/admin/login/?next=/admin/")["Location"].startswith("/accounts/login/")
