"""What stops or delays the publication of a copy: texts that are not for the public, and a missing seal or signature.

The texts are those that the public would read, so that names and telephone numbers at the foot of the table do not
count.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from filings.choices import TargetKind
from filings.document import place, target
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.place import Place
from filings.document.public_document import personal_fields, public_document
from filings.models import AdjustmentReason, Cycle, IssuedCopy, WrongWord
from filings.policy.policy import FIXTURES
from filings.publication.listing import signs
from filings.publication.wrong_words import WordIndex
from filings.reviewing.row_names import row_name
from filings.rules.texts.personal_numbers import personal_numbers

# Offices publish the numbers of their own hotlines; other numbers belong to a single user.
_OFFICE_NUMBER = "电话号码"


class Effect(StrEnum):
    """REFUSES publication; publication NEEDS_NOTE, copy by copy; is a NOTICE only."""

    REFUSES = "refuses"
    NEEDS_NOTE = "needs_note"
    NOTICE = "notice"


@dataclass(frozen=True)
class CopyCheck:
    """One result: its effect, and a sentence with the place and what to do."""

    effect: Effect
    sentence: str


@dataclass(frozen=True)
class Inspection:
    """What the checks of all copies of a cycle share. `signs` if issued copies are signed.

    `reasons` are the words given for adjustments, by filing: the public reads them with the changed rows.
    """

    edition: Edition
    words: WordIndex
    signs: bool
    reasons: Mapping[int, tuple[str, ...]]

    def check(self, copy: IssuedCopy) -> tuple[CopyCheck, ...]:
        """Check a copy, whose revision is loaded."""
        document = copy.revision.document()
        public = public_document(document, self.edition)
        return (*self._check_texts(public), *self._check_reasons(copy), *self._check_copy(copy, document))

    def _check_texts(self, document: FilingDocument) -> Iterator[CopyCheck]:
        for text_place, text in public_texts(document, self.edition):
            for effect, fact in self._facts(text):
                yield CopyCheck(effect, f"{_name(text_place, document, self.edition)}{fact}")
        for row in document.indicators:
            value = target.parse(row.target)
            if value and value.kind == TargetKind.PLACEHOLDER:
                name = _name(place.indicator(row.key, "target"), document, self.edition)
                yield CopyCheck(Effect.NEEDS_NOTE, f"{name}的指标值「{row.target}」尚未填定。")

    def _check_reasons(self, copy: IssuedCopy) -> Iterator[CopyCheck]:
        for words in self.reasons.get(copy.filing_id, ()):
            for effect, fact in self._facts(words):
                yield CopyCheck(effect, f"调整原因的说明{fact}")

    def _facts(self, text: str) -> Iterator[tuple[Effect, str]]:
        for number in personal_numbers(text):
            fact = f"中疑似含有{number.kind} {number.hidden}，公开的表格不得含有个人信息。"
            if number.kind == _OFFICE_NUMBER:
                yield Effect.NEEDS_NOTE, f"{fact}确是对外公布的办公电话的，写明后可以公开。"
            else:
                yield Effect.REFUSES, f"{fact}请撤回批复，由单位更正。"
        for word in draft_words():
            if word in text:
                yield Effect.NEEDS_NOTE, f"中有「{word}」，可能不是定稿的文字。"
        for wrong in self.words.found_in(text):
            instead = f"，应改为「{wrong.instead}」" if wrong.instead else "，不宜公开"
            note = f"（{wrong.note}）" if wrong.note else ""
            yield Effect.NEEDS_NOTE, f"中有「{wrong.word}」{instead}{note}。"

    def _check_copy(self, copy: IssuedCopy, document: FilingDocument) -> Iterator[CopyCheck]:
        if not copy.seal_sha256 and self.edition.has_stamp:
            yield CopyCheck(Effect.NOTICE, "定稿没有印章。应先补办用印，再公开。")
        if self.signs and not copy.signed_by:
            yield CopyCheck(Effect.NOTICE, "定稿没有电子签名。应先补办签名，再公开。")
        if printed := personal_fields(document, self.edition):
            labels = "、".join(printed)
            sentence = f"盖章的定稿印有{labels}，不提供给公众；公开的表格不含这些内容。"
            yield CopyCheck(Effect.NOTICE, sentence)


def inspection_of(cycle: Cycle) -> Inspection:
    """Read what the checks of a cycle share, with two queries besides the edition."""
    reasons: dict[int, tuple[str, ...]] = {}
    frozen = AdjustmentReason.objects.filter(filing__cycle=cycle, revision__isnull=False).exclude(words="")
    for filing, words in frozen.order_by("pk").values_list("filing", "words"):
        reasons[filing] = (*reasons.get(filing, ()), words)
    return Inspection(cycle.edition.definition(), WordIndex(WrongWord.objects.all()), signs(), reasons)


def public_texts(document: FilingDocument, edition: Edition) -> Iterator[tuple[Place, str]]:
    """Yield the texts of a document with their places, in printed order, without blank ones."""
    for text_place, text in _texts(document, edition):
        if text:
            yield text_place, text


@cache
def draft_words() -> tuple[str, ...]:
    """Return the words of texts that are not finished, from `fixtures/policy/draft_words.json`."""
    return tuple(json.loads((FIXTURES / "draft_words.json").read_text(encoding="utf-8")))


def _texts(document: FilingDocument, edition: Edition) -> Iterator[tuple[Place, str]]:
    for key in edition.field_keys:
        yield place.field(key), document.fields.get(key, "")
    for task in document.tasks:
        yield from ((place.task(task.key, column), text) for column, text in task.cells.items())
    for duty in document.duties:
        yield place.duty(duty.key), duty.text
    for number, goal in enumerate(document.goals):
        yield place.goal(number), goal
    for row in document.indicators:
        yield place.indicator(row.key, "name"), row.name
        if (value := target.parse(row.target)) and value.kind != TargetKind.PLACEHOLDER:
            yield place.indicator(row.key, "target"), row.target
        yield from ((place.indicator(row.key, column), text) for column, text in row.more.items())


def _name(text_place: Place, document: FilingDocument, edition: Edition) -> str:
    """Name the row of a place: 年度绩效指标「接收档案」."""
    row = row_name(text_place, document, edition)
    return row.section if row.name == row.section else f"{row.section}「{row.name}」"
