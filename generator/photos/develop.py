"""Bytes of a photo to small copies that hold its pixels and nothing else. Neither disk nor clock.

The same bytes give the same copies: one thread, fixed steps, no metadata. Another version of Pillow may give others,
so that its version is part of what the copies are called by.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

from PIL import Image, ImageCms, ImageOps, JpegImagePlugin
from PIL import __version__ as pillow

LIMIT_PIXELS = 52_000_000
"""8192 by 6144, the largest that telephones take: decoded it fills 160 MB."""
LIMIT_COPY = 60_000
WIDTHS = (360, 720, 1080)
TALLEST = 4 / 3
"""A copy is at most so much taller than its width's name says, so that an upright photo is no heavier than others."""
SMALLER = 0.85
LEAST = 120
WHITE = (255, 255, 255)


class Format(NamedTuple):
    """How copies of one type are encoded: qualities from best to worst, then a smaller size."""

    type: str
    qualities: tuple[int, ...]
    options: dict[str, Any]


FORMATS = (Format("avif", (60, 50, 40, 32), {"speed": 6, "max_threads": 1, "autotiling": False, "codec": "aom"}),
           Format("webp", (80, 68, 56, 44), {"method": 4}),
           Format("jpg", (82, 72, 62, 52, 44), {"optimize": True, "progressive": True}))
RECIPE = f"1 {pillow} {WIDTHS} {TALLEST} {LIMIT_COPY} {SMALLER} {FORMATS}"
"""Whatever decides how copies look: another recipe gives them other names, and makes cached ones anew."""
_NAMES = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}
_HEADS = ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"))
_OTHERS = ((b"GIF8", "GIF"), (b"BM", "BMP"), (b"%PDF", "PDF"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"))


class Unfit(Exception):
    """A file that is no photo we publish; becomes a Problem."""

    def __init__(self, code: str, **values: Any):
        super().__init__(code)
        self.code, self.values = code, values


class Developed(NamedTuple):
    """One encoded copy: its type, width and height, and its bytes."""

    type: str
    width: int
    height: int
    data: bytes


def kind_of(data: bytes) -> str:
    """Return what a file is by its first bytes, whatever it is called: `JPEG`, `PNG`, `WEBP`, or something else."""
    for head, name in (*_HEADS, *_OTHERS):
        if data.startswith(head):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        if data[8:12] in (b"avif", b"avis"):
            return "AVIF"
        return "HEIC" if data[8:11] in (b"hei", b"hev", b"mif", b"msf") else "MP4"
    return "SVG" if b"<svg" in data[:1000].lower() else "?"


def opened(data: bytes) -> Image.Image:
    """Return a photo upright, in plain sRGB on white, no larger than copies need. Raises: Unfit."""
    kind = kind_of(data)
    if kind not in ("JPEG", "PNG", "WEBP"):
        raise Unfit("photo-heic") if kind == "HEIC" else Unfit("photo-type", found=kind)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata, which is left behind; sizes are judged here
            return _read(data, kind)
    except Image.DecompressionBombError:
        raise Unfit("photo-pixels", size="?", limit=LIMIT_PIXELS // 1_000_000) from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, MemoryError) as error:
        raise Unfit("photo-broken", reason=(str(error).splitlines() or ["?"])[0][:80]) from None


def _read(data: bytes, kind: str) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=(kind,)) as image:
        width, height = image.size
        if width * height > LIMIT_PIXELS:
            raise Unfit("photo-pixels", size=f"{width}×{height}", limit=LIMIT_PIXELS // 1_000_000)
        if getattr(image, "is_animated", False) and not isinstance(image, JpegImagePlugin.JpegImageFile):
            raise Unfit("photo-type", found=f"{kind}, animated")
        longest = int(WIDTHS[-1] * TALLEST)
        image.draft(None, (longest, longest))  # a JPEG is read at a half, quarter or eighth: a tenth of the time
        image.load()
        profile = image.info.get("icc_profile")
        return _plain(ImageOps.exif_transpose(_shrunk(image, longest)), profile)


def _shrunk(image: Image.Image, longest: int) -> Image.Image:
    """Return a large image at twice the size that is needed, quickly: what follows then costs little memory."""
    factor = min(image.size) // (2 * longest)
    return image.reduce(factor) if factor > 1 and image.mode in ("L", "RGB", "RGBA", "CMYK") else image


def _plain(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the pixels alone, as sRGB on white: every mode, every colour profile, and nothing that stood beside."""
    if image.mode.startswith("I"):
        image = image.point(lambda value: value * (1 / 256)).convert("L")  # 16 bits: convert alone would clip them
    if image.mode in ("P", "PA", "LA") or "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode == "RGBA":
        ground = Image.new("RGBA", image.size, (*WHITE, 255))
        image = Image.alpha_composite(ground, image).convert("RGB")
    image = _in_srgb(image, profile) if profile else image.convert("RGB")
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    return bare


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Return the colours as the profile means them; as they are where the profile is broken or for another mode."""
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
        return turned or image.convert("RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image.convert("RGB")


def developed(image: Image.Image) -> Iterator[Developed]:
    """Yield the copies, best type first, small to large; each small enough, none larger than the photo itself."""
    for form in FORMATS:
        before = 0
        for width in WIDTHS:
            copy = _small_enough(image, width, form)
            if copy.width > before:
                yield copy
            before = max(before, copy.width)


def _small_enough(image: Image.Image, width: int, form: Format) -> Developed:
    """Return the best copy up to a width that weighs no more than it may: quality goes down first, then size."""
    scale = min(1.0, width / image.width, width * TALLEST / image.height)
    while True:
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        small = image.resize(size, Image.Resampling.LANCZOS)
        for quality in form.qualities:
            data = _encoded(small, form, quality)
            if len(data) <= LIMIT_COPY or (quality == form.qualities[-1] and max(size) < LEAST):
                return Developed(form.type, *size, data)
        scale *= SMALLER


def _encoded(image: Image.Image, form: Format, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, _NAMES[form.type], quality=quality, **form.options)
    return out.getvalue()
