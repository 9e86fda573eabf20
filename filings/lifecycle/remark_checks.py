"""Checks of the remarks that a decision contains. Browsers may send anything."""

from collections.abc import Iterable
from dataclasses import replace

from filings import permissions
from filings.document.place import Place
from filings.document.text import prose, shorten
from filings.errors import StepRefused
from filings.formats.pdf import check_glyphs
from filings.models import Filing, Remark, User
from filings.reviewing.new_remark import NewRemark, length_refusal

_LONGEST_PLACE = Remark._meta.get_field("place").max_length or 0
_QUOTED = 20


def checked(remarks: Iterable[NewRemark], filing: Filing, by: User) -> tuple[NewRemark, ...]:
    """Return the remarks with normal texts. Raises StepRefused for the first that cannot be stored."""
    codes = {reason.key for reason in filing.cycle.review_policy().reasons}
    return tuple(_checked(remark, codes, filing, by) for remark in remarks)


def _checked(remark: NewRemark, codes: set[str], filing: Filing, by: User) -> NewRemark:
    _check_place(remark.place)
    text = prose(remark.text)
    if not text:
        raise StepRefused("有一条意见没有写内容，请写明须修改的内容，或删去这一条。")
    if refusal := length_refusal(text):
        raise StepRefused(refusal)
    if not remark.internal and (refusal := check_glyphs.refusal(text)):
        raise StepRefused(f"意见「{shorten(text, _QUOTED)}」{refusal}")
    if remark.code and remark.code not in codes:
        raise StepRefused(f"意见「{shorten(text, _QUOTED)}」的原因已不在本批次的审核办法中，请刷新页面后重选。")
    if remark.internal and not permissions.may_see_internal(by, filing):
        raise StepRefused(
            f"意见「{shorten(text, _QUOTED)}」选了仅内部可见；只有财政局的审核人可以写内部意见，请取消后再办。"
        )
    return replace(remark, text=text)


def require_printable_reason(reason: str) -> None:
    """Check the reason of a return, which the letter to the department prints. Raises StepRefused."""
    if refusal := check_glyphs.refusal(reason):
        raise StepRefused(f"总体意见{refusal}")


def _check_place(place: str) -> None:
    try:
        Place.parse(place)
        is_known = len(place) <= _LONGEST_PLACE
    except ValueError:
        is_known = False
    if not is_known:
        raise StepRefused("有一条意见所指的位置不在表中，请刷新页面后再写。")
