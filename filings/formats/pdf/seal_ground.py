"""Make the paper around the print of a seal transparent, in scans and photographs on white or greyish paper."""

from PIL import Image, ImageChops, ImageFilter, ImageStat

# A picture with pixels below this opacity has a transparent ground already.
_OPAQUE = 128
# Longest side of the small copy from which the colour of the paper is estimated, and the square around each of its
# pixels in which the lightest one is paper: larger than the star in the middle of a seal.
_SMALL, _SQUARE = 64, 25
# Darker colours are no paper: then the seal fills the picture.
_DARKEST_PAPER = 100
# Differences from the paper, of 255: all below the first is paper, all above the second is ink.
_PAPER, _INK = 28, 90
_RAMP = [max(0, min(255, round((level - _PAPER) * 255 / (_INK - _PAPER)))) for level in range(256)]
# Share of the pixels of a picture that a coloured seal has at least.
_LEAST_COLOURED = 0.005
# Longest side of the copy in which the inked part is looked for, and the least opacity of a pixel of it: in averages of
# many pixels, so that specks do not count.
_SEARCHED, _INKED = 250, 40


def remove(image: Image.Image) -> Image.Image:
    """Return an RGBA picture without its paper. Pixels of full ink keep their colour, the edges get its average."""
    if image.getchannel("A").point(lambda level: 255 if level < _OPAQUE else 0).getbbox():
        return image
    picture = image.convert("RGB")
    opacity = _ink(ImageChops.subtract(_paper(picture), picture)).point(_RAMP)
    full = opacity.point(lambda level: 255 if level == 255 else 0)
    if full.getbbox():
        average = tuple(round(channel) for channel in ImageStat.Stat(picture, full).mean)
        picture = Image.composite(picture, Image.new("RGB", picture.size, average), full)
    picture.putalpha(opacity)
    return picture


def _ink(darkness: Image.Image) -> Image.Image:
    """Measure the ink at each pixel from its darkness in red, green and blue.

    Coloured ink is what is darker in some colours only, so that shadows, grain and black print do not count. A picture
    without coloured ink is taken as a grey copy of a seal.
    """
    red, green, blue = darkness.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    coloured = ImageChops.subtract(most, _darkest(darkness))
    share = ImageStat.Stat(coloured.point(lambda level: 1 if level > _INK else 0)).mean[0]
    return coloured if share >= _LEAST_COLOURED else most


def inked_box(image: Image.Image) -> tuple[int, int, int, int] | None:
    """Return the box of the visible part of an RGBA picture; None if there is no such part."""
    opacity = image.getchannel("A")
    scale = max(1, max(image.size) / _SEARCHED)
    small = opacity.resize([max(1, round(side / scale)) for side in image.size], Image.Resampling.BOX)
    box = small.point(lambda level: 255 if level >= _INKED else 0).getbbox()
    if box is None:
        return None
    # One pixel of the small copy more on each side; then exactly around the ink within that.
    across, down = image.width / small.width, image.height / small.height
    left, top = int(max(0, box[0] - 1) * across), int(max(0, box[1] - 1) * down)
    right, bottom = round(min(small.width, box[2] + 1) * across), round(min(small.height, box[3] + 1) * down)
    inner = opacity.crop((left, top, right, bottom)).getbbox()
    return (left + inner[0], top + inner[1], left + inner[2], top + inner[3]) if inner else None


def _paper(picture: Image.Image) -> Image.Image:
    """Estimate the colour of the paper at each pixel: its brightness, which shadows change slowly, with one tint.

    Brightness is measured in the darkest of the three colours, since red ink may be lighter in red than grey paper.
    """
    scale = _SMALL / max(picture.size)
    small = picture.resize([max(1, round(side * scale)) for side in picture.size], Image.Resampling.BOX)
    darkest = _darkest(small)
    brightness = darkest.filter(ImageFilter.MaxFilter(_SQUARE)).filter(ImageFilter.GaussianBlur(_SQUARE / 4))
    if ImageStat.Stat(brightness).mean[0] < _DARKEST_PAPER:
        return Image.new("RGB", picture.size, "white")
    is_paper = ImageChops.subtract(brightness, darkest).point(lambda level: 255 if level < _PAPER else 0)
    mean = ImageStat.Stat(small, is_paper).mean if is_paper.getbbox() else [255.0] * 3
    grey = brightness.resize(picture.size, Image.Resampling.BICUBIC)
    tints = [round(channel - min(mean)) for channel in mean]
    return Image.merge("RGB", [ImageChops.add(grey, Image.new("L", grey.size, tint)) for tint in tints])


def _darkest(picture: Image.Image) -> Image.Image:
    red, green, blue = picture.split()
    return ImageChops.darker(ImageChops.darker(red, green), blue)
