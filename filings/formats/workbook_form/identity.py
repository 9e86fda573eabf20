"""The identity of the filing stored in a workbook form: a line of JSON with a short check value.

It prevents workbook forms from being mixed up. It is not secret and grants no access; permissions are checked on
upload.
"""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256

from filings.formats.file import CannotRead

SHEET_PREFIX = "perf-targets-form/1 "
RECORD_PREFIX = "perf-targets-form-record/1 "
_CHECK = "check"
_UNREADABLE = "这份填报表里隐藏的标识不完整，无法确定属于哪一张表。请重新下载填报表，把内容复制过去，再上传。"


@dataclass(frozen=True)
class Identity:
    """The filing, its edition, and department and year for messages. `department` is the printed name."""

    filing: str
    edition: str
    edition_sha256: str
    department: str
    year: int | None

    @property
    def check(self) -> str:
        """Return 16 hex digits over all fields, to detect a copy that lost a part."""
        return sha256(json.dumps(list(asdict(self).values())).encode()).hexdigest()[:16]

    def items(self) -> dict[str, str]:
        """Return all fields and the check value as texts."""
        texts = {name: "" if value is None else str(value) for name, value in asdict(self).items()}
        return texts | {_CHECK: self.check}


def dumps(identity: Identity) -> str:
    """Write an identity as one line of JSON."""
    return json.dumps(identity.items(), ensure_ascii=False)


def loads(text: str) -> tuple[Identity, bool]:
    """Parse a line written by `dumps`; return the identity and whether its check value is right. Raises CannotRead."""
    try:
        items = {str(name): str(value) for name, value in json.loads(text).items()}
        year = int(items["year"]) if items.get("year") else None
    except (ValueError, AttributeError, RecursionError) as error:
        raise CannotRead(_UNREADABLE) from error
    identity = Identity(
        filing=items.get("filing", ""),
        edition=items.get("edition", ""),
        edition_sha256=items.get("edition_sha256", ""),
        department=items.get("department", ""),
        year=year,
    )
    return identity, items.get(_CHECK) == identity.check
