"""Extract the document, in canonical JSON, that this program attaches to its own PDF files."""

from filings.formats.file import ATTACHMENT_NAME, CannotRead
from filings.formats.pdf.pdfium import LONGEST_WAIT, ONE_AT_A_TIME

# Bytes: four times the longest document that can be printed.
LARGEST = 2_000_000
MOST_ATTACHMENTS = 20
# A file with neither of these keywords has no attachment; in object streams, other keywords are compressed.
_KEYWORDS = (b"/EmbeddedFile", b"/ObjStm")


def document_json(data: bytes) -> str | None:
    """Return the text attached to a PDF as ATTACHMENT_NAME; None without an attachment or if the file is broken.

    It is not checked whether the text is a document; `filings.document.canonical_json` does that. Raises CannotRead if
    another PDF keeps PDFium busy for LONGEST_WAIT seconds.
    """
    if not any(keyword in data for keyword in _KEYWORDS):
        return None
    import pypdfium2  # loads a large library that is not needed for other files

    if not ONE_AT_A_TIME.acquire(timeout=LONGEST_WAIT):
        raise CannotRead("正在读取其他 PDF 文件，请一分钟后重试。")
    try:
        with pypdfium2.PdfDocument(data) as opened:
            for index in range(min(opened.count_attachments(), MOST_ATTACHMENTS)):
                attachment = opened.get_attachment(index)
                if attachment.get_name() == ATTACHMENT_NAME:
                    content = attachment.get_data().raw
                    return str(content, "utf-8") if len(content) <= LARGEST else None
    except (pypdfium2.PdfiumError, UnicodeError):
        return None
    finally:
        ONE_AT_A_TIME.release()
    return None
