"""LibreOffice opens a signed copy and shows its first page."""

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

SOFFICE = shutil.which("soffice") or ""
DRAW = Path("/usr/lib/libreoffice/program/libpdfimportlo.so")
# Darker than this is print.
INK = 128


@pytest.mark.office
@pytest.mark.skipif(not SOFFICE or not DRAW.exists(), reason="needs libreoffice-draw-nogui")
def test_libreoffice_opens_a_signed_copy(signed: bytes, tmp_path: Path) -> None:
    (tmp_path / "copy.pdf").write_bytes(signed)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [
            SOFFICE,
            profile,
            "--headless",
            "--convert-to",
            "png",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "copy.pdf"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with Image.open(tmp_path / "copy.png") as opened:
        shown = opened.convert("L")
    with pypdfium2.PdfDocument(signed) as opened_pdf:
        printed = opened_pdf[0].render(scale=shown.width / opened_pdf[0].get_width()).to_pil().convert("L")
    assert abs(shown.height - printed.height) <= 2
    assert ink_of(shown) == pytest.approx(ink_of(printed), rel=0.35)


def ink_of(picture: Image.Image) -> float:
    """Return the share of dark pixels."""
    dark = sum(picture.histogram()[:INK])
    return dark / (picture.width * picture.height)
