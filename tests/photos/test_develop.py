"""Photos to small bare copies: whatever a telephone or mischief puts into a file."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageCms

from generator.photos.develop import LIMIT_COPY, Unfit, developed, kind_of, opened
from tests.pictures import bomb, encoded, exif, noise, picture, scene

RED, BLUE = (208, 16, 16), (16, 48, 192)


def near(one: object, other: tuple[int, int, int], by: int = 12) -> bool:
    """Whether a pixel has about this colour."""
    assert isinstance(one, tuple)
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def corners(image: Image.Image) -> tuple[object, object]:
    """Return the pixels near the upper left and the lower right corner."""
    return image.getpixel((2, 2)), image.getpixel((image.width - 3, image.height - 3))


@pytest.mark.parametrize("type", ["JPEG", "PNG", "WEBP"])
def test_held_sideways_is_upright_and_bare(type: str) -> None:
    """A photo taken with the telephone on its side stands upright, and no copy tells who took it, where, with what."""
    lying = scene(80, 60).transpose(Image.Transpose.ROTATE_90)
    image = opened(encoded(lying, type, exif=exif(6), **({"comment": b"SecretNote"} if type == "JPEG" else {})))
    assert image.size == (80, 60)
    assert near(corners(image)[0], RED, 40) and near(corners(image)[1], BLUE, 40)
    for copy in developed(image):
        assert b"Secret" not in copy.data and b"Exif\0" not in copy.data
        with Image.open(io.BytesIO(copy.data)) as made:
            assert not made.getexif() and not {"icc_profile", "xmp", "comment", "exif"} & made.info.keys()


@pytest.mark.parametrize(("mode", "type"), [
    ("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("LA", "PNG"), ("RGBA", "WEBP"), ("1", "PNG")])
def test_every_mode_becomes_plain_colour(mode: str, type: str) -> None:
    """Photos for printers, in grey, with a palette or see-through end as plain colours that look the same."""
    image = opened(encoded(scene(60, 60, mode), type))
    assert image.mode == "RGB" and image.size == (60, 60)
    if mode in ("CMYK", "P", "RGBA"):
        assert near(corners(image)[0], RED, 40) and near(corners(image)[1], BLUE, 40)


def test_sixteen_bits_are_scaled_not_clipped() -> None:
    """Half grey in 16 bits is half grey, not white."""
    deep = Image.new("I;16", (20, 20), 32768)
    assert near(opened(encoded(deep)).getpixel((5, 5)), (128, 128, 128), 2)


def test_see_through_stands_on_white() -> None:
    """What nothing covers is white, as on paper, not black."""
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert opened(encoded(clear)).getpixel((5, 5)) == (255, 255, 255)


def test_profile_is_applied_and_left_behind() -> None:
    """Colours meant for another screen are converted; a broken profile changes nothing and stops nothing."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (lab, b"no profile at all"):
        image = opened(encoded(scene(), "PNG", icc_profile=profile))
        assert near(corners(image)[0], RED) and "icc_profile" not in image.info


@pytest.mark.parametrize(("data", "code"), [
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo-type"),
    (b"GIF89a", "photo-type"),
    (b"version https://git-lfs.github.com/spec/v1", "photo-type"),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "photo-heic"),
    (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "photo-heic"),
    (picture(400, 300, "JPEG")[:-400], "photo-broken"),
    (picture(400, 300)[:200], "photo-broken"),
    (picture(400, 300, "WEBP")[:-100], "photo-broken"),
    (b"\xff\xd8\xff\xe0", "photo-broken"),
    (bomb(), "photo-pixels"),
    (bomb(9000, 6000), "photo-pixels"),
    (b"", "photo-type"),
], ids=["svg", "gif", "lfs", "heic", "mif1", "half jpeg", "half png", "half webp", "head", "bomb", "big", "empty"])
def test_what_is_no_photo_is_refused(data: bytes, code: str) -> None:
    """Other types, halves, and files that would fill the memory are refused, each with its own words."""
    with pytest.raises(Unfit) as refused:
        opened(data)
    assert refused.value.code == code


def test_moving_picture_is_refused() -> None:
    """Of an animation nobody knows which picture is meant."""
    moving = encoded(scene(), "WEBP", save_all=True, append_images=[scene().rotate(180)], duration=100)
    with pytest.raises(Unfit):
        opened(moving)


def test_bytes_tell_the_type() -> None:
    """A file is what its first bytes say, whatever it is called."""
    assert [kind_of(picture(type=type)) for type in ("JPEG", "PNG", "WEBP", "AVIF")] == ["JPEG", "PNG", "WEBP", "AVIF"]


def test_copies_are_light_and_never_larger_than_the_photo() -> None:
    """Three types, each up to three widths, none wider than the photo, none over 60 KB though nothing compresses."""
    made = list(developed(opened(encoded(noise(900, 700)))))
    assert {copy.type for copy in made} == {"avif", "webp", "jpg"}
    assert [copy.type for copy in made] == sorted((copy.type for copy in made), key=("avif", "webp", "jpg").index)
    for copy in made:
        assert len(copy.data) <= LIMIT_COPY and copy.width <= 900
        with Image.open(io.BytesIO(copy.data)) as image:
            assert image.size == (copy.width, copy.height)
            assert image.format == {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[copy.type]


def test_small_and_upright_photos_keep_their_shape() -> None:
    """A small photo gets one copy of its own size; a tall one is bounded by its height."""
    assert [(c.width, c.height) for c in developed(scene(100, 80))] == [(100, 80)] * 3
    assert [(c.width, c.height) for c in developed(scene(1000, 4000)) if c.type == "jpg"] == [
        (120, 480), (240, 960), (360, 1440)]


def test_same_photo_gives_the_same_bytes() -> None:
    """Two runs, two decodings: not a byte differs."""
    data = picture(1500, 1100, "JPEG")
    assert list(developed(opened(data))) == list(developed(opened(data)))
