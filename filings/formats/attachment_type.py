"""Detect the type of an attachment from its content. Attachments are stored and downloaded, never read as tables."""

from filings.formats import protection
from filings.formats.file import CannotRead
from filings.formats.readers.sandbox.file_type import FileType, detect_file_type

_REFUSAL = "「{name}」不是可以上传的文件。只接收 PDF、JPG、PNG 和 Word、Excel 文件，不接收设有密码或者含有宏的文件。"
_LOCKED = "「{name}」设有密码或者权限限制，未上传。请去掉限制后另存，再上传；也可以上传扫描件。"
_MACROS = "「{name}」含有宏，未上传。请另存为 .docx、.xlsx 或者 PDF，再上传。"
_EMPTY = "「{name}」是空文件。请确认选对了文件。"
_PICTURES = ((b"\x89PNG\r\n\x1a\n", "png", "image/png"), (b"\xff\xd8\xff", "jpg", "image/jpeg"))
_OFFICE = "application/vnd.openxmlformats-officedocument"
# File extension and content type.
_DOCUMENTS = {
    FileType.PDF: ("pdf", "application/pdf"),
    FileType.DOCX: ("docx", f"{_OFFICE}.wordprocessingml.document"),
    FileType.XLSX: ("xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
    FileType.DOC: ("doc", "application/msword"),
    FileType.XLS: ("xls", "application/vnd.ms-excel"),
}


def attachment_type(name: str, data: bytes) -> tuple[str, str]:
    """Return file extension and content type.

    Raises CannotRead, naming the file, for any other type, and for files with a password or macros.
    """
    if not data:
        raise CannotRead(_EMPTY.format(name=name))
    for signature, extension, content_type in _PICTURES:
        if data.startswith(signature):
            return extension, content_type
    try:
        file_type = detect_file_type(data)
        stored_as = _DOCUMENTS[file_type]
        is_locked, has_macros = protection.has_password(file_type, data), protection.has_macros(file_type, data)
    except (CannotRead, KeyError) as error:
        raise CannotRead(_REFUSAL.format(name=name)) from error
    if is_locked or has_macros:
        raise CannotRead((_LOCKED if is_locked else _MACROS).format(name=name))
    return stored_as
