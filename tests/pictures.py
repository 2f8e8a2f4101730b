"""Photos that tests are fed with, made on the spot: sound ones, and such as telephones and mischief make."""

from __future__ import annotations

import io
import random
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw


def scene(width: int = 40, height: int = 30, mode: str = "RGB") -> Image.Image:
    """Return a picture whose upper left quarter is red, the rest blue: one sees which way is up."""
    image = Image.new("RGB", (width, height), "#1030c0")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill="#d01010")
    return image.convert(mode)


def encoded(image: Image.Image, type: str = "PNG", **options: Any) -> bytes:
    """Return a picture as a file of this type."""
    out = io.BytesIO()
    image.save(out, type, **options)
    return out.getvalue()


def picture(width: int = 40, height: int = 30, type: str = "PNG", **options: Any) -> bytes:
    """Return a small sound photo."""
    return encoded(scene(width, height), type, **options)


def noise(width: int, height: int) -> Image.Image:
    """Return what compresses worst: a picture without any two pixels alike, the same each time."""
    return Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))


def exif(orientation: int = 1) -> bytes:
    """Return what a telephone writes: how it was held, who owns it, and where it was."""
    data = Image.Exif()
    data[0x0112], data[0x010F], data[0x013B] = orientation, "SecretPhone", "SecretOwner"
    data.get_ifd(0x8825).update({1: "N", 2: (27.0, 49.0, 30.0), 3: "E", 4: (113.0, 9.0, 12.0)})
    return data.tobytes()


def bomb(width: int = 40_000, height: int = 40_000) -> bytes:
    """Return a PNG of a few bytes that claims to be enormous."""
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
