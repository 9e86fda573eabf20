"""Format cell values as spreadsheets display them, with a warning where the text differs from the stored value.

Functions return the text and a Chinese warning, '' where there is nothing to check.
"""

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from filings.document.money import plain
from filings.formats.readers.spreadsheet.number_formats import FormatKind, FormatSection, parse_format

NO_RESULT = "公式未保存计算结果，请在 Excel 中打开、保存后再导入，或在这里填写"
PERCENT = "表格里按百分比显示"

Display = tuple[str, str]
_ERRORS = frozenset({"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
# Excel displays at most 15 digits.
_LARGEST = Decimal(10) ** 15
# Serial number of the day after 9999-12-31, the last that Excel can display.
_LAST_DAY = 2_958_466
# 1900-03-01; Excel counts a 29 February 1900 before it, which did not exist.
_FIRST_RELIABLE_DAY = 61
# A number with at most this many decimal places was probably typed rather than calculated.
_TYPED_DECIMALS = 2


def display_number(value: float, code: str = "General", *, from_1904: bool = False) -> Display:
    """Format a number by a number format code. `from_1904` selects the workbook's date system."""
    # Excel keeps 15 significant digits. `or 0` turns -0.0 into 0.
    exact = Decimal(f"{value or 0:.15g}")
    if not exact.is_finite():
        return str(value), "这个单元格的数无法识别，请核对"
    section, signed = _section(exact, code)
    if section.kind is FormatKind.DATE:
        return _display_serial(value, section.date_code, from_1904=from_1904) or _unformatted(exact, code)
    if section.kind is FormatKind.GENERAL and not section.before and not section.after:
        return plain(signed), ""
    if section.kind is FormatKind.EMPTY:
        return plain(exact), "表格里不显示这个数"
    if section.kind is FormatKind.LITERAL:
        return section.before, f"表格里这样显示，单元格里的数是 {plain(exact)}"
    if section.kind is FormatKind.UNSUPPORTED or abs(exact) >= _LARGEST:
        return _unformatted(exact, code)
    return _display_digits(exact, signed, section, code)


def display_date(value: date | datetime | time | timedelta) -> Display:
    """Format a date or time whose number format is unknown."""
    if isinstance(value, datetime) and value.time() != time():
        text = value.isoformat(" ", "minutes")
    elif isinstance(value, date):
        text = value.strftime("%Y-%m-%d") if value.year >= 1000 else value.isoformat()[:10]
    else:
        text = str(value)
    return text, date_warning(text)


def display_boolean(value: bool) -> Display:
    """Format TRUE and FALSE as 是 and 否."""
    return ("是", "表格里显示为 TRUE") if value else ("否", "表格里显示为 FALSE")


def display_error(text: str) -> Display:
    """Keep an error value such as #REF! as text, with a warning."""
    return text, f"表格里的公式没有算出来，显示为 {text}，请填写应有的内容"


def is_error(text: str) -> bool:
    """Whether a text is an error value of a spreadsheet."""
    return text in _ERRORS


def display_iso_date(text: str) -> Display:
    """Format an ISO 8601 date; other text is kept."""
    try:
        return display_date(datetime.fromisoformat(text))
    except ValueError:
        return text, date_warning(text)


def date_warning(text: str) -> str:
    """Build the warning for a date or time displayed as `text`."""
    return f"表格里是日期或时间，读作 {text}，请核对写法"


def _section(exact: Decimal, code: str) -> tuple[FormatSection, Decimal]:
    """Select the section for a number; return both, the number made positive if the section is for negative ones."""
    sections = parse_format(code)
    if exact < 0 and len(sections) > 1:
        return sections[1], -exact
    if exact == 0 and len(sections) > 2:
        return sections[2], exact
    return sections[0], exact


def _display_digits(exact: Decimal, signed: Decimal, section: FormatSection, code: str) -> Display:
    """Format digits with literals before and after.

    If the format hides decimals, a number with few of them was probably typed and is kept in full; one with many was
    calculated, and the displayed, rounded number is returned.
    """
    scaled = signed * 100 if section.is_percent else signed
    rounded = (
        scaled.quantize(Decimal(1).scaleb(-section.max_decimals), ROUND_HALF_UP)
        if section.kind is FormatKind.NUMBER
        else scaled
    )
    displayed, full = _with_literals(rounded, section), _with_literals(scaled, section)
    is_typed = -int(scaled.normalize().as_tuple().exponent) <= _TYPED_DECIMALS
    text = full if is_typed else displayed
    has_literals = bool(section.before.strip("-") or section.after.strip("%")) or (exact < 0 and "-" not in text)
    warnings = [PERCENT] if section.is_percent else []
    if has_literals:
        warnings.append(f"表格里按格式 {code} 显示，单元格里的数是 {plain(exact)}")
    if rounded != scaled and is_typed:
        warnings.append(f"表格里显示为 {displayed}")
    elif rounded != scaled and not has_literals:
        warnings.append(f"单元格里的数是 {plain(exact)}")
    return text, "；".join(warnings)


def _with_literals(value: Decimal, section: FormatSection) -> str:
    integer, _, decimals = plain(abs(value)).partition(".")
    integer = integer.zfill(section.min_integers)
    if section.is_grouped:
        integer = f"{int(integer):,}"
    decimals = decimals.ljust(section.min_decimals, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{section.before}{integer}{'.' if decimals else ''}{decimals}{section.after}"


def _unformatted(exact: Decimal, code: str) -> Display:
    return plain(exact), f"表格里按格式 {code[:60]} 显示，这里是单元格里的数"


def _display_serial(serial: float, date_code: str, *, from_1904: bool) -> Display | None:
    """Format a serial number of days as a date or time; None if it is out of range."""
    if not 0 <= serial < _LAST_DAY - (1462 if from_1904 else 0):
        return None
    if from_1904:
        epoch = datetime(1904, 1, 1)
    else:
        epoch = datetime(1899, 12, 30) if serial >= _FIRST_RELIABLE_DAY else datetime(1899, 12, 31)
    seconds = round(serial * 86_400)
    text = _date_parts(epoch + timedelta(seconds=seconds), date_code)
    if not text:
        hours, rest = divmod(seconds, 3600)
        text = f"{hours:02}:{rest // 60:02}" + (f":{rest % 60:02}" if "s" in date_code else "")
    return text, date_warning(text)


def _date_parts(value: datetime, date_code: str) -> str:
    """Format the parts of a date that the format displays; '' if it displays only the time."""
    has_year, has_day = "y" in date_code or "e" in date_code, "d" in date_code
    if not has_year and not has_day:
        return "" if "h" in date_code or "s" in date_code else f"{value.month}月"
    if not has_day:
        return f"{value.year}年{value.month}月" if "m" in date_code else f"{value.year}年"
    if not has_year:
        return f"{value.month}月{value.day}日"
    chinese = f"{value.year}年{value.month}月{value.day}日"
    text = chinese if "日" in date_code else f"{value.year:04}-{value.month:02}-{value.day:02}"
    return f"{text} {value:%H:%M}" if "h" in date_code else text
