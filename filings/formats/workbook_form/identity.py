"""Which filing a form belongs to, as its workbook carries it: a line of text with a short check value.

It keeps forms from being mixed up. It is no secret and keeps out nobody; who may write is decided elsewhere.
"""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256

from filings.formats.file import CannotRead

SHEET_MARK = "perf-targets-form/1 "
RECORD_MARK = "perf-targets-form-record/1 "
_CHECK = "check"
_CANNOT_TELL = "这份填报表里隐藏的标识不完整，看不出是哪一张表的。请重新下载填报表，把内容复制过去，再上传。"


@dataclass(frozen=True)
class Identity:
    """The filing, its form and what people call it. All but the year are texts; `department` is its printed name."""

    filing: str
    edition: str
    edition_sha256: str
    department: str
    year: int | None

    @property
    def check(self) -> str:
        """Sixteen hex digits over all fields: a copy that lost a part is noticed."""
        return sha256(json.dumps(list(asdict(self).values())).encode()).hexdigest()[:16]

    def items(self) -> dict[str, str]:
        """Every field and the check value, as texts."""
        texts = {name: "" if value is None else str(value) for name, value in asdict(self).items()}
        return texts | {_CHECK: self.check}


def dumps(identity: Identity) -> str:
    """One line of text."""
    return json.dumps(identity.items(), ensure_ascii=False)


def loads(text: str) -> tuple[Identity, bool]:
    """The identity that `dumps` wrote, and whether its check value is right. Raises CannotRead for no such line."""
    try:
        items = {str(name): str(value) for name, value in json.loads(text).items()}
        year = int(items["year"]) if items.get("year") else None
    except (ValueError, AttributeError, RecursionError) as error:
        raise CannotRead(_CANNOT_TELL) from error
    identity = Identity(
        filing=items.get("filing", ""),
        edition=items.get("edition", ""),
        edition_sha256=items.get("edition_sha256", ""),
        department=items.get("department", ""),
        year=year,
    )
    return identity, items.get(_CHECK) == identity.check
