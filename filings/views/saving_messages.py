"""Messages of the scripts that save what is typed, shared by the fill-in page and the review page."""

from collections.abc import Mapping


def saving_messages() -> Mapping[str, str]:
    """Messages by name. Scripts fill in the names in braces."""
    return {
        "saved": "已保存 {time}",
        "saving": "正在保存…",
        "typing": "有修改尚未保存",
        "offline": "未保存：网络中断，已存本机，恢复后自动保存",
        "offline_unkept": "未保存：网络中断，本机也存不下，请不要关闭这一页",
        "expired": "未保存：登录已过期，已存本机",
        "not_saved": "没有保存：",
        "unreadable": "服务器没有接受，请刷新页面后再试",
        "recovery_found": "本机留有 {time} 没有存上的 {count} 处填写",
        "login_failed": "没有登录成功，请再试一次。",
        "offline_login": "连不上服务器，请稍后再试。",
        "blank": "空白",
    }
