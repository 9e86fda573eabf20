"""How lines of the log look. What is logged, each room decides."""

import logging
import re
from typing import Any

CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class OneLineFormatter(logging.Formatter):
    """Keeps a message on one line and sets what follows it in, so that nobody can forge a line of the log with what
    they type."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = CONTROL_CHARACTERS.sub(lambda found: repr(found.group())[1:-1], record.message)
        return super().formatMessage(record)

    def formatException(self, exc_info: Any) -> str:
        return "\n".join(f"  | {line}" for line in super().formatException(exc_info).splitlines())
