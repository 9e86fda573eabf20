"""Log format. What is logged is decided by each module."""

import logging
import re
from typing import Any

CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class OneLineFormatter(logging.Formatter):
    """Format each record as one line and indent tracebacks, so that user text cannot forge log lines."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = CONTROL_CHARACTERS.sub(lambda match: repr(match.group())[1:-1], record.message)
        return super().formatMessage(record)

    def formatException(self, exc_info: Any) -> str:
        return "\n".join(f"  | {line}" for line in super().formatException(exc_info).splitlines())
