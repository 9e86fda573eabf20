"""Small pictures of seals, embedded in pages because stored files have no URL."""

from base64 import b64encode
from io import BytesIO

from PIL import Image

# Pixels; the seal itself is larger.
SIDE = 240


def thumbnail(png: bytes, side: int = SIDE) -> str:
    """Return a smaller copy of a seal as a data: address."""
    with Image.open(BytesIO(png)) as image:
        image.thumbnail((side, side))
        small = BytesIO()
        image.save(small, "PNG")
    return f"data:image/png;base64,{b64encode(small.getvalue()).decode()}"
