"""The document that our own PDF files carry beside their pages, as canonical JSON."""

from filings.formats.file import ATTACHMENT_NAME, CannotRead
from filings.formats.pdf.pdfium import LONGEST_WAIT, ONE_AT_A_TIME

# Bytes: four times the longest document that is ever printed.
LARGEST = 2_000_000
MOST_ATTACHMENTS = 20
# A file with none of these words has nothing attached; in a stream of objects words are packed.
_WORDS = (b"/EmbeddedFile", b"/ObjStm")


def document_json(data: bytes) -> str | None:
    """The text attached to a PDF under our name for it; None where there is none, or where the file is broken.

    Whether it is a document, `filings.document.canonical` says. Raises CannotRead when the file before takes too long.
    """
    if not any(word in data for word in _WORDS):
        return None
    import pypdfium2  # loads a large library, and everything but this works without it

    if not ONE_AT_A_TIME.acquire(timeout=LONGEST_WAIT):
        raise CannotRead("正在读别的 PDF 文件，轮不到这一份。请过一分钟再试。")
    try:
        with pypdfium2.PdfDocument(data) as opened:
            for at in range(min(opened.count_attachments(), MOST_ATTACHMENTS)):
                attachment = opened.get_attachment(at)
                if attachment.get_name() == ATTACHMENT_NAME:
                    content = attachment.get_data().raw
                    return str(content, "utf-8") if len(content) <= LARGEST else None
    except (pypdfium2.PdfiumError, UnicodeError):
        return None
    finally:
        ONE_AT_A_TIME.release()
    return None
