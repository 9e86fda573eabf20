"""Map characters of symbol fonts (Wingdings, Symbol) to the Unicode characters that look like them."""

from typing import Final

_FONTS: Final[dict[str, dict[int, str]]] = {
    "wingdings": {
        0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x74: "◆", 0x75: "◆",
        0xA1: "○", 0xA2: "○", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
        0xE2: "↓", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
        **{0x81 + index: chr(0x2460 + index) for index in range(10)},
    },
    "wingdings 2": {
        0x2A: "□", 0x30: "□", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□",
        **{0x6A + index: chr(0x2460 + index) for index in range(10)},
    },
    "symbol": {
        0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "·", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞",
        0x25: "%", 0x2B: "+", 0x2D: "−", 0x3C: "<", 0x3D: "=", 0x3E: ">",
    },
}  # fmt: skip


def symbol(font: str, code: str) -> str:
    """Return the character for a hexadecimal code in a font; '' if it is unknown.

    Symbol fonts use the private area from F000 on, where the low byte is the code in the font.
    """
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    characters = _FONTS.get(font.casefold())
    if characters is not None:
        return characters.get(number & 0xFF, "")
    return chr(number) if 0x20 <= number < 0xD800 else ""
