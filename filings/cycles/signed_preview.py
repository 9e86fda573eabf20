"""Sign what a preview would store, so that the browser sends back exactly that."""

from typing import Any

from django.core import signing

from filings.errors import StepRefused
from filings.models import Cycle, User

MAX_AGE = 60 * 60
INCOMPLETE = "预览的内容不完整，请重新选择文件。"
OUTDATED = "预览之后{what}已有变化，未导入，请重新选择文件预览。"


def sign(data: Any, purpose: str, cycle: Cycle, by: User) -> str:
    """Sign JSON data for this purpose, cycle and user."""
    return signing.dumps(data, salt=_salt(purpose, cycle, by), compress=True)


def unsign(text: str, purpose: str, cycle: Cycle, by: User) -> Any:
    """Read signed data. Raises StepRefused if they are over an hour old, altered, or of another cycle or user."""
    try:
        return signing.loads(text, salt=_salt(purpose, cycle, by), max_age=MAX_AGE)
    except signing.SignatureExpired as error:
        raise StepRefused("预览已经过了一小时，请重新选择文件。") from error
    except signing.BadSignature as error:
        raise StepRefused(INCOMPLETE) from error


def _salt(purpose: str, cycle: Cycle, by: User) -> str:
    return f"filings.cycles.{purpose}:{cycle.pk}:{by.pk}"
