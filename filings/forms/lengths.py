"""Sentences about texts that are too long, with their length and the limit."""


def too_long(label: str) -> dict[str, str]:
    """Return the error message of a CharField with this label and a `max_length`."""
    return {"max_length": f"{label}有 %(show_value)d 个字，最多 %(limit_value)d 个。请缩短。"}
