"""The system check of the address that issued copies carry as a QR code."""

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from filings.formats.file import CannotPrint
from filings.formats.pdf import qr_code
from filings.table.marks import CopyMark
from perf_targets.checks import address_fits_a_qr_code, address_is_public


def test_an_address_is_accepted_exactly_if_its_qr_code_can_be_printed() -> None:
    longest, longer = (CopyMark("2" * 20, 1, f"https://{'a' * length}") for length in (114, 116))
    with override_settings(SITE_ADDRESS=longest.site):
        assert address_fits_a_qr_code(None) == []
    assert qr_code.svg(longest.address)
    with override_settings(SITE_ADDRESS=longer.site):
        errors = address_fits_a_qr_code(None)
    assert [error.msg for error in errors] == ["SITE_ADDRESS 太长，定稿上印不下核验二维码。请缩短 2 个字符。"]
    with pytest.raises(CannotPrint):
        qr_code.svg(longer.address)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://jixiao.example.cn", True),
        ("https://jixiao.example.cn:8443/targets", True),
        ("https://10.1.2.3", True),
        ("https://127.0.0.1", False),
        ("https://localhost:8000", False),
        ("https://[::1]", False),
        ("https://.example.cn", False),
        ("https://*", False),
        ("http://jixiao.example.cn", False),
        ("jixiao.example.cn", False),
        ("https://[jixiao", False),
    ],
)
def test_an_address_that_others_cannot_open_is_an_error_when_deployed(address: str, expected: bool) -> None:
    with override_settings(SITE_ADDRESS=address, DEMO=False):
        errors = address_is_public(None)
        assert (errors == []) is expected
        assert all(error in run_checks(include_deployment_checks=True) for error in errors)
        assert all(address in error.msg for error in errors)
    with override_settings(SITE_ADDRESS=address, DEMO=True):
        assert address_is_public(None) == []
