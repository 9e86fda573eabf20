"""错敏词: the list of words that are not published, which managers edit."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from filings.document.text import line
from filings.errors import StepRefused
from filings.models import User, WrongWord

LONGEST_WORD = 60
LONGEST_NOTE = 200
MOST_WORDS = 2000
_SEPARATOR = re.compile(r"\s*[=＝\t]\s*")


@dataclass(frozen=True)
class TypedWord:
    """A word, what to write instead ('' if it is to be left out), and a note."""

    word: str
    instead: str = ""
    note: str = ""


class WordIndex:
    """The list by first two characters: a text is searched only for the words that begin with two of its characters."""

    def __init__(self, words: Iterable[WrongWord]) -> None:
        self._by_start: dict[str, list[tuple[int, WrongWord]]] = defaultdict(list)
        for number, wrong in enumerate(words):
            self._by_start[wrong.word[:2]].append((number, wrong))

    def found_in(self, text: str) -> list[WrongWord]:
        """Return the words that a text contains, in the order of the list."""
        pairs = {text[at : at + 2] for at in range(len(text))}
        starts = self._by_start.keys() & (pairs | set(text))
        candidates = (each for start in starts for each in self._by_start[start])
        found = {number: wrong for number, wrong in candidates if wrong.word in text}
        return [found[number] for number in sorted(found)]


def parse_lines(text: str) -> list[TypedWord]:
    """Parse lines of 错词=正词=说明, the last two optional. Raises StepRefused with the number of the line."""
    words = []
    for number, typed in enumerate(text.splitlines(), start=1):
        if not typed.strip():
            continue
        parts = [line(part) for part in _SEPARATOR.split(typed.strip(), maxsplit=2)]
        try:
            words.append(_checked(TypedWord(*parts)))
        except StepRefused as refusal:
            raise StepRefused(f"第 {number} 行：{refusal.reason}") from refusal
    if not words:
        raise StepRefused("没有可以增加的词。请每行写一个，如「按装=安装」。")
    return words


@transaction.atomic
def add(words: Iterable[TypedWord], *, by: User, now: datetime) -> int:
    """Add words; those on the list already get the new text. Return their number. Raises StepRefused."""
    unique = {each.word: each for each in words}
    kept = WrongWord.objects.exclude(word__in=unique).count()
    if kept + len(unique) > MOST_WORDS:
        raise StepRefused(f"错敏词最多 {MOST_WORDS} 个，现有 {kept} 个，这次 {len(unique)} 个。请先删去不用的。")
    for each in unique.values():
        values = {"instead": each.instead, "note": each.note, "by_name": by.name, "at": now}
        WrongWord.objects.update_or_create(word=each.word, defaults=values)
    return len(unique)


@transaction.atomic
def change(key: int, typed: TypedWord, *, by: User, now: datetime) -> None:
    """Change a word of the list. Raises StepRefused."""
    checked = _checked(typed)
    if WrongWord.objects.filter(word=checked.word).exclude(pk=key).exists():
        raise StepRefused(f"「{checked.word}」已在列表中。")
    values = {"word": checked.word, "instead": checked.instead, "note": checked.note, "by_name": by.name, "at": now}
    if not WrongWord.objects.filter(pk=key).update(**values):
        raise StepRefused("这个词已被他人删去，未保存。")


def remove(key: int) -> None:
    """Remove a word, unless it has been removed."""
    WrongWord.objects.filter(pk=key).delete()


def _checked(typed: TypedWord) -> TypedWord:
    """Return the word on one line. Raises StepRefused."""
    checked = TypedWord(line(typed.word), line(typed.instead), line(typed.note))
    if not checked.word:
        raise StepRefused("请填写词语。")
    if checked.word == checked.instead:
        raise StepRefused(f"「{checked.word}」与应改为的词相同。")
    for name, text, longest in (
        ("词语", checked.word, LONGEST_WORD),
        ("应改为的词", checked.instead, LONGEST_WORD),
        ("说明", checked.note, LONGEST_NOTE),
    ):
        if len(text) > longest:
            raise StepRefused(f"{name}共 {len(text)} 字，请缩短到 {longest} 字以内。")
    return checked
