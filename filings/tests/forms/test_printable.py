"""Texts for letters: line breaks as browsers post them are no characters to print."""

import pytest
from django.core.exceptions import ValidationError

from filings.forms.printable import printable


def test_line_breaks_are_allowed_as_browsers_post_them() -> None:
    printable("请细化。\r\n并补充依据。")


@pytest.mark.parametrize("text", ["请细化\U0001f600", "请\r细化"])
def test_a_character_that_the_font_lacks_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="有 1 个字符无法打印"):
        printable(text)
