"""Messages of the scripts that save what is typed, shared by the fill-in page and the review page."""

from collections.abc import Mapping


def saving_messages() -> Mapping[str, str]:
    """Messages by name. Scripts fill in the names in braces."""
    return {
        "saved": "已保存 {time}",
        "saving": "正在保存…",
        "typing": "有修改尚未保存",
        "offline": "未保存：网络中断，已存本机，恢复后自动保存",
        "offline_unkept": "未保存：网络中断，本机也无法保存，请勿关闭本页",
        "expired": "未保存：登录已过期，已存本机",
        "not_saved": "未保存：",
        "unreadable": "服务器未接受，请刷新页面后重试。",
        "recovery_found": "本机存有 {time} 未保存的 {count} 处填写",
        "login_failed": "登录未成功，请重试。",
        "offline_login": "无法连接服务器，请稍后重试。",
        "blank": "空白",
    }
