"""The note from the filler to the head (留言), stored with the event of a submission."""

from filings.formats.pdf import check_glyphs

LONGEST_NOTE = 500


def note_refusal(text: str) -> str:
    """Return why a note cannot be stored; '' if it can."""
    if len(text) > LONGEST_NOTE:
        return f"留言共 {len(text)} 字，请缩短到 {LONGEST_NOTE} 字以内。"
    if refusal := check_glyphs.refusal(text):
        return f"留言{refusal}"
    return ""
