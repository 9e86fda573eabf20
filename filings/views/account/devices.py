"""Name the browser and the system of a session from its User-Agent header."""

# In this order: the header of a browser also names those that it is derived from.
_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Edg", "Edge"),
    ("QQBrowser", "QQ 浏览器"),
    ("360", "360 浏览器"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓手机"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
UNKNOWN = "未识别的浏览器"


def device_of(user_agent: str) -> str:
    """Return browser and system, as in Edge，Windows; UNKNOWN if the header names neither."""
    found = [_first(user_agent, names) for names in (_BROWSERS, _SYSTEMS)]
    return "，".join(name for name in found if name) or UNKNOWN


def _first(user_agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((label for mark, label in names if mark in user_agent), "")
