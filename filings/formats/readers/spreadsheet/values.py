"""A cell's value as a person sees it in the sheet, and what there is to warning about it: numbers, dates, errors."""

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from filings.document.money import plain
from filings.formats.readers.spreadsheet.number_formats import FormatSection, NumberKind, sections

NO_RESULT = "公式没有保存计算结果，请在 Excel 中打开、保存后再导入，或在这里填写"
PERCENT = "表格里按百分比显示"

Shown = tuple[str, str]
_ERRORS = frozenset({"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
# Beyond these, Excel has neither digits nor dates.
_LARGEST = Decimal(10) ** 15
_LAST_DAY = 2_958_466
_FIRST_CERTAIN_DAY = 61
_FEW_DECIMALS = 2


def number(value: float, code: str = "General", *, from_1904: bool = False) -> Shown:
    """A number under a number format: text and warning. `from_1904` says from where the workbook counts its days."""
    # Fifteen digits are all that Excel keeps of a number; there is no nought below nought.
    exact = Decimal(f"{value or 0:.15g}")
    if not exact.is_finite():
        return str(value), "这一格的数读不出来，请核对"
    section, signed = _section(exact, code)
    if section.kind is NumberKind.DATE:
        return _day(value, section.clock, from_1904=from_1904) or _odd(exact, code)
    if section.kind is NumberKind.GENERAL and not section.before and not section.after:
        return plain(signed), ""
    if section.kind is NumberKind.NOTHING:
        return plain(exact), "表格里不显示这个数"
    if section.kind is NumberKind.WORDS:
        return section.before, f"表格里这样显示，单元格里的数是 {plain(exact)}"
    if section.kind is NumberKind.ODD or abs(exact) >= _LARGEST:
        return _odd(exact, code)
    return _figure(exact, signed, section, code)


def moment(value: date | datetime | time | timedelta) -> Shown:
    """A date or a time of which no format is known."""
    if isinstance(value, datetime) and value.time() != time():
        text = value.isoformat(" ", "minutes")
    elif isinstance(value, date):
        text = value.strftime("%Y-%m-%d") if value.year >= 1000 else value.isoformat()[:10]
    else:
        text = str(value)
    return text, of_day(text)


def truth(value: bool) -> Shown:
    """A yes or no."""
    return ("是", "表格里显示为 TRUE") if value else ("否", "表格里显示为 FALSE")


def failure(text: str) -> Shown:
    """What a formula that could not be worked out shows."""
    return text, f"表格里的公式没有算出来，显示为 {text}，请填写应有的内容"


def is_failure(text: str) -> bool:
    """Whether a text is what a failed formula shows."""
    return text in _ERRORS


def of_text_day(text: str) -> Shown:
    """A date as a file writes it in words; anything else stays as it is."""
    try:
        return moment(datetime.fromisoformat(text))
    except ValueError:
        return text, of_day(text)


def _section(exact: Decimal, code: str) -> tuple[FormatSection, Decimal]:
    """The section of the format that is for this number, and the number with the sign that is still to be shown."""
    found = sections(code)
    if exact < 0 and len(found) > 1:
        return found[1], -exact
    if exact == 0 and len(found) > 2:
        return found[2], exact
    return found[0], exact


def _figure(exact: Decimal, signed: Decimal, section: FormatSection, code: str) -> Shown:
    """Digits between words. A number finer than its format is kept where it is short, for then somebody typed it.

    Otherwise it was worked out, and what one sees is what counts.
    """
    scaled = signed * 100 if section.is_percent else signed
    rounded = (
        scaled.quantize(Decimal(1).scaleb(-section.most), ROUND_HALF_UP)
        if section.kind is NumberKind.NUMBER
        else scaled
    )
    seen, whole = _worded(rounded, section), _worded(scaled, section)
    is_short = -int(scaled.normalize().as_tuple().exponent) <= _FEW_DECIMALS
    text = whole if is_short else seen
    is_unlike = bool(section.before.strip("-") or section.after.strip("%")) or (exact < 0 and "-" not in text)
    warnings = [PERCENT] if section.is_percent else []
    if is_unlike:
        warnings.append(f"表格里按格式 {code} 显示，单元格里的数是 {plain(exact)}")
    if rounded != scaled and is_short:
        warnings.append(f"表格里显示为 {seen}")
    elif rounded != scaled and not is_unlike:
        warnings.append(f"单元格里的数是 {plain(exact)}")
    return text, "；".join(warnings)


def _worded(value: Decimal, section: FormatSection) -> str:
    whole, _, decimals = plain(abs(value)).partition(".")
    whole = whole.zfill(section.least_whole)
    if section.is_grouped:
        whole = f"{int(whole):,}"
    decimals = decimals.ljust(section.least, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{section.before}{whole}{'.' if decimals else ''}{decimals}{section.after}"


def _odd(exact: Decimal, code: str) -> Shown:
    return plain(exact), f"表格里按格式 {code[:60]} 显示，这里是单元格里的数"


def _day(serial: float, clock: str, *, from_1904: bool) -> Shown | None:
    """A count of days as a date; None where the count is none."""
    if not 0 <= serial < _LAST_DAY - (1462 if from_1904 else 0):
        return None
    if from_1904:
        zero = datetime(1904, 1, 1)
    # Excel counts a 29 February 1900 that never was.
    else:
        zero = datetime(1899, 12, 30) if serial >= _FIRST_CERTAIN_DAY else datetime(1899, 12, 31)
    at = zero + timedelta(seconds=round(serial * 86_400))
    text = _dated(at, clock)
    if not text:
        hours, rest = divmod(round(serial * 86_400), 3600)
        text = f"{hours:02}:{rest // 60:02}" + (f":{rest % 60:02}" if "s" in clock else "")
    return text, of_day(text)


def _dated(at: datetime, clock: str) -> str:
    """The parts of a date that the format shows, '' where it shows the time alone."""
    has_year, has_day = "y" in clock or "e" in clock, "d" in clock
    if not has_year and not has_day:
        return "" if "h" in clock or "s" in clock else f"{at.month}月"
    if not has_day:
        return f"{at.year}年{at.month}月" if "m" in clock else f"{at.year}年"
    if not has_year:
        return f"{at.month}月{at.day}日"
    text = f"{at.year}年{at.month}月{at.day}日" if "日" in clock else f"{at.year:04}-{at.month:02}-{at.day:02}"
    return f"{text} {at:%H:%M}" if "h" in clock else text


def of_day(text: str) -> str:
    """What there is to warning about any date."""
    return f"表格里是日期或时间，读作 {text}，请核对写法"
