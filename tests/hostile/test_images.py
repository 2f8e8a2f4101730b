"""Images from anybody: what is published are pixels, and files made to harm decoders are refused in little memory."""

from __future__ import annotations

import io
import resource
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from generator.photos.develop import Unfit, developed, opened
from tests.pictures import bomb, encoded, exif, picture, scene
from tests.sites import build_site, codes, problems

Make = Callable[..., Path]

MARK = b"SecretMark"
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><exif:GPSLatitude>27,49.5N</exif:GPSLatitude>" + MARK + b"</x:xmpmeta>"


def profile() -> bytes:
    """Return a colour profile that tells who made it."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    at = data.find(b"sRGB built-in")
    data[at:at + len(MARK)] = MARK
    return bytes(data)


def segment(number: int, body: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return bytes([0xff, number]) + struct.pack(">H", len(body) + 2) + body


def jpeg(*segments: bytes, behind: bytes = b"") -> bytes:
    """Return a sound JPEG with segments at its head and bytes behind its end."""
    data = picture(60, 40, "JPEG")
    return data[:2] + b"".join(segments) + data[2:] + behind


def chunk(name: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(*chunks: bytes, behind: bytes = b"") -> bytes:
    """Return a sound PNG with chunks behind its head and bytes behind its end."""
    data = picture(60, 40)
    return data[:33] + b"".join(chunks) + data[33:] + behind


def text() -> bytes:
    """Return a PNG with every sort of text that Pillow writes."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", MARK.decode())
    info.add_text("Comment", MARK.decode(), zip=True)
    info.add_itxt("Title", MARK.decode())
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return encoded(scene(60, 40), "PNG", pnginfo=info, exif=exif(), icc_profile=profile())


def thumbnail() -> bytes:
    """Return what a telephone adds: a small picture inside the metadata."""
    return exif() + picture(16, 12, "JPEG", comment=MARK)


TELLING: dict[str, bytes] = {
    "EXIF and position": picture(60, 40, "JPEG", exif=exif(6)),
    "XMP": jpeg(segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)),
    "IPTC": jpeg(segment(0xed, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0a" + MARK)),
    "comment": jpeg(segment(0xfe, MARK)),
    "thumbnail": jpeg(segment(0xe1, b"Exif\0\0" + thumbnail()[6:])),
    "profile": picture(60, 40, "JPEG", icc_profile=profile()),
    "maker's note": jpeg(segment(0xe9, MARK * 50)), "behind the end": jpeg(behind=MARK * 100),
    "page behind the end": jpeg(behind=b"<script>alert(1)</script>" + MARK),
    "archive behind the end": jpeg(behind=b"PK\3\4" + MARK),
    "PNG texts": text(), "PNG own chunk": png(chunk(b"prVt", MARK)),
    "PNG time": png(chunk(b"tIME", b"\x07\xea\6\1\0\0\0")),
    "PNG behind the end": png(behind=MARK),
    "WebP": encoded(scene(60, 40), "WEBP", exif=exif(), xmp=XMP, icc_profile=profile()),
    "second picture": jpeg(behind=picture(60, 40, "JPEG", comment=MARK)),
}


@pytest.mark.parametrize("name", TELLING)
def test_copy_holds_pixels_and_nothing_else(name: str) -> None:
    """Whatever stands beside the pixels, before, between or behind them, is in no copy; nor is anything to run."""
    assert b"Secret" in TELLING[name] or name in ("PNG time", "PNG texts")
    for copy in developed(opened(TELLING[name])):
        for told in (b"Secret", b"Exif", b"xmpmeta", b"ICC_PROFILE", b"iCCP", b"<script", b"PK\3\4", b"tEXt", b"iTXt",
                     b"8BIM", b"XMP ",
                     b"EXIF", b"mime"):
            assert told not in copy.data, (copy.type, told)
        with Image.open(io.BytesIO(copy.data)) as made:
            made.load()
            assert not made.getexif() and not {"icc_profile", "xmp", "comment", "exif",
                                               "XML:com.adobe.xmp"} & made.info.keys()
            assert getattr(made, "n_frames", 1) == 1


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


def rows(width: int, height: int, data: bytes) -> bytes:
    """Return a PNG whose head claims a size that its data does not have."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


REFUSED: dict[str, bytes] = {
    "bomb": bomb(), "wide": bomb(65_000, 65_000), "line": bomb(2**31 - 1, 1), "zero": bomb(0, 0),
    "short data": rows(5000, 5000, b""),
    "SVG": SVG, "SVG with a head": b"\xef\xbb\xbf<?xml version='1.0'?>" + SVG,
    "page": b"<html><script>alert(1)</script></html>", "script": b"GIF89a/*\0*/=1;alert(1)//",
    "PDF": b"%PDF-1.7\n" + MARK,
    "moving PNG": encoded(scene(), "PNG", save_all=True, append_images=[scene().rotate(180)], duration=100),
    "moving WebP": encoded(scene(), "WEBP", save_all=True, append_images=[scene().rotate(180)], duration=100),
    "head alone": b"\xff\xd8\xff", "half": picture(400, 300, "JPEG")[:1200], "PNG half": picture(400, 300)[:120],
    "text bomb": b"\x89PNG\r\n\x1a\n" + picture()[8:33] + chunk(b"zTXt",
        b"a\0\0" + zlib.compress(b"a" * 80_000_000)) + picture()[33:],
    "endless segments": b"\xff\xd8" + segment(0xfe, b"a" * 60_000) * 50,
    "wrong WebP": b"RIFF\xff\xff\xff\xffWEBPVP8 " + b"\0" * 50,
    "TIFF": b"II*\0" + b"\0" * 100,
    "JPEG of 0": picture(40, 30, "JPEG").replace(b"\xff\xc0\0\x11\x08\0\x1e\0\x28", b"\xff\xc0\0\x11\x08\0\0\0\0"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_crafted_image_is_refused(name: str) -> None:
    """Claims that don't hold, other types under an image's name, bombs: each is refused, and none fills the memory."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unfit) as caught:
        list(developed(opened(REFUSED[name])))
    assert caught.value.code in ("photo-type", "photo-broken", "photo-pixels")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # KB


def test_other_type_under_an_images_name(make_site: Make) -> None:
    """An SVG called .jpg, a page called .png: named by what they are, published never."""
    shown = "".join(f"  - {{file: {name}, alt: 亮了灯的楼梯间}}\n" for name in ("a.jpg", "b.png"))
    case = f"title: 灯\nsource: press\ncategory: 照明\nimages:\n{shown}"
    files = {"cases/lamp.yml": case, "photos/a.jpg": SVG, "photos/b.png": REFUSED["page"]}
    assert codes(problems(make_site(files))) == ["photo-type"] * 2


def test_prose_serves_no_svg(make_site: Make) -> None:
    """Beside prose, too, lie pictures alone: an SVG would be a page of its own that runs what it likes."""
    assert codes(problems(make_site({"pages/x.svg": SVG, "pages/x.html": b"<p>",
                                     "pages/x.js": b"1"}))) == ["unexpected-file"] * 3


def test_published_copy_has_no_name_of_the_file(make_site: Make) -> None:
    """A file called after a resident is published under another name, without what its telephone wrote."""
    case = "title: 灯\nsource: press\ncategory: 照明\nimages:\n  - {file: li-si-jia.jpg, alt: 亮了灯的楼梯间}\n"
    config = make_site({"cases/lamp.yml": case, "photos/li-si-jia.jpg": TELLING["EXIF and position"]})
    release = build_site(config, config.parent / "site")
    copies = [path for path in release.rglob("*") if path.suffix in (".avif", ".webp", ".jpg")]
    assert copies and not [path for path in release.rglob("*") if "li-si-jia" in path.name]
    assert not [path for path in copies if b"Secret" in path.read_bytes()]
    assert "li-si-jia" not in (release / "cases/lamp.html").read_text(encoding="utf-8")
