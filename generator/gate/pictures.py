"""What stands in a picture beside its pixels: where and by whom it was taken, comments, whatever was added behind it.

Read from the list of chunks of PNG, JPEG, WebP, AVIF, GIF and ICO; pixels are never decoded. A picture whose chunks
can't be followed to its end is told as one that holds something more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from struct import error as StructError
from struct import unpack_from

PNG, GIF, ICO = b"\x89PNG\r\n\x1a\n", b"GIF8", b"\0\0\1\0"
MORE = "data behind the picture"
PLAIN_PNG = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"pHYs",
             b"hIST", b"sPLT", b"cICP", b"acTL", b"fcTL", b"fdAT"}
PLAIN_WEBP = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
PLAIN_JPEG = {0xE0: (b"JFIF\0", b"JFXX\0"), 0xE2: (b"ICC_PROFILE\0",), 0xEE: (b"Adobe",)}
"""Markers of applications that describe pixels, with what such a segment begins with."""


def is_one(data: bytes) -> bool:
    """Whether a file is a picture of a type that is looked into."""
    return _reader(data) is not None


def metadata(data: bytes) -> list[str]:
    """Return the names of whatever a picture holds besides what it needs to be shown, in order, each once."""
    read = _reader(data)
    if read is None:
        return []
    try:
        return list(dict.fromkeys(read(data)))
    except (StructError, IndexError, ValueError):
        return [MORE]


def _reader(data: bytes) -> Callable[[bytes], Iterator[str]] | None:
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _webp
    if data[4:8] == b"ftyp":
        return _avif
    return next((read for head, read in ((PNG, _png), (b"\xff\xd8\xff", _jpeg), (GIF, _gif), (ICO, _ico))
                 if data.startswith(head)), None)


def _png(data: bytes) -> Iterator[str]:
    at, name = len(PNG), b""
    while name != b"IEND":
        length, name = unpack_from(">I4s", data, at)
        if name not in PLAIN_PNG:
            yield _named(name)
        at += 12 + length
    if at != len(data):
        yield MORE


def _named(chunk: bytes) -> str:
    told = chunk.decode("latin-1").strip()
    return "EXIF" if told.upper() == "EXIF" else told


def _jpeg(data: bytes) -> Iterator[str]:
    at = 2
    while (marker := data[at + 1]) != 0xD9:
        if data[at] != 0xFF:
            raise ValueError("no marker")
        length = unpack_from(">H", data, at + 2)[0]
        inside = data[at + 4:at + 2 + length]
        if marker == 0xFE:
            yield "comment"
        elif 0xE0 <= marker <= 0xEF and not inside.startswith(PLAIN_JPEG.get(marker, ())):
            yield _segment(marker, inside)
        at += 2 + length
        if marker == 0xDA:
            at = _behind_scan(data, at)
    if at + 2 != len(data):
        yield MORE


def _segment(marker: int, inside: bytes) -> str:
    if inside.startswith(b"Exif"):
        return "EXIF"
    if inside.startswith(b"http://ns.adobe.com/"):
        return "XMP"
    return "IPTC" if inside.startswith(b"Photoshop") else f"APP{marker - 0xE0}"


def _behind_scan(data: bytes, at: int) -> int:
    """Return where the next marker stands: within a scan 0xFF is followed by 0, or by the number of a restart."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        elif data[at + 1] == 0xFF:
            at += 1
        else:
            return at


def _webp(data: bytes) -> Iterator[str]:
    end = 8 + unpack_from("<I", data, 4)[0]
    at = 12
    while at < end:
        name, length = unpack_from("<4sI", data, at)
        if name not in PLAIN_WEBP:
            yield _named(name)
        at += 8 + length + length % 2
    if at != len(data):
        yield MORE


def _avif(data: bytes) -> Iterator[str]:
    for name, start, end in _boxes(data, 0, len(data)):
        if name == b"meta":
            for inner, first, last in _boxes(data, start + 4, end):
                yield from _items(data, first, last) if inner == b"iinf" else _boxes_told(inner)
        elif name not in (b"ftyp", b"mdat", b"free"):
            yield _named(name)


def _boxes_told(name: bytes) -> Iterator[str]:
    if name not in (b"hdlr", b"pitm", b"iloc", b"iprp", b"iref", b"idat", b"grpl"):
        yield _named(name)


def _items(data: bytes, start: int, end: int) -> Iterator[str]:
    """Yield the items of an AVIF that are no picture. A list of items: version, flags, their count, a box for each."""
    wide = data[start] != 0
    for _, first, _ in _boxes(data, start + (8 if wide else 6), end):
        at = first + (10 if data[first] == 3 else 8)
        kind = data[at:at + 4]
        if kind not in (b"av01", b"grid", b"iovl"):
            yield "XMP" if kind == b"mime" else _named(kind)


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the name, start and end of every box between two places."""
    while at < end:
        length, name = unpack_from(">I4s", data, at)
        head = 8
        if length == 1:
            length, head = unpack_from(">Q", data, at + 8)[0], 16
        if length < head or at + length > end:
            raise ValueError("no box")
        yield name, at + head, at + length
        at += length


def _gif(data: bytes) -> Iterator[str]:
    at = 13 + _colours(data[10])
    while data[at] != 0x3B:
        if data[at] == 0x2C:
            at += 11 + _colours(data[at + 9])
        else:
            loop = data[at + 3:at + 14] in (b"NETSCAPE2.0", b"ANIMEXTS1.0")
            if data[at + 1] == 0xFE or (data[at + 1] == 0xFF and not loop) or data[at + 1] == 0x01:
                yield "comment" if data[at + 1] == 0xFE else "XMP"
            at += 2
        while data[at]:
            at += 1 + data[at]
        at += 1
    if at + 1 != len(data):
        yield MORE


def _colours(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _ico(data: bytes) -> Iterator[str]:
    end = 0
    for number in range(unpack_from("<H", data, 4)[0]):
        length, start = unpack_from("<II", data, 6 + 16 * number + 8)
        yield from metadata(data[start:start + length])
        end = max(end, start + length)
    if end != len(data):
        yield MORE
