"""Photos of a record: the file, what it shows in words, and which two belong together as before and after.

No kind of its own: every kind has them.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from generator.records.forms import Line, Name, Part, When, check_order, fault, field

_PATH = re.compile(r"(?![/.])(?!.*(?:\.\.|//|/\.|\\|:))[^\x00-\x1f]+\Z")
_NAMES_A_FILE = re.compile(r"\S+\.(?:jpe?g|png|webp|hei[cf]|gif|avif)\Z|(?:IMG|DSC|mmexport|微信图片)[_ \d-]*\Z", re.I)
_SAYS_NOTHING = re.compile(r"(?:现场|示意)?(?:照片|图片|相片|图)|现场|[改整][造改][前后]|photo|image", re.I)


def _file(value: Any) -> Any:
    if isinstance(value, str) and not _PATH.match(value):
        raise fault("photo-path", name=value[:80])
    return value


class Photo(Part):
    """One photo, as an editor names it: `file` is a path below content/photos, `alt` what is to be seen there.

    pair: what a before and an after of the same spot share where a record has several; any short word.
    """

    file: Annotated[Line, BeforeValidator(_file)] = field("照片文件", ...)
    alt: Annotated[Line, Field(max_length=120)] = field("照片上是什么", ...)
    shows: Literal["before", "during", "after"] | None = field("前后")
    date: When | None = field("拍摄日期")
    caption: Line | None = field("图注")
    by: Name | None = field("谁拍的")
    pair: Line | None = field("第几对")

    @model_validator(mode="after")
    def _says_what_is_seen(self) -> Photo:
        name = self.file.rpartition("/")[2]
        said = self.alt.strip(" 。.")
        if said in (name, name.rpartition(".")[0]) or _SAYS_NOTHING.fullmatch(said) or _NAMES_A_FILE.match(said):
            raise fault("photo-alt", ("alt",), value=self.alt[:40])
        return self


def check_pairs(photos: list[Photo]) -> list[Photo]:
    """Return photos of which every before has at most one after, taken no earlier; else refuse them."""
    found: dict[str | None, list[tuple[int, Photo]]] = {}
    for index, photo in enumerate(photos):
        if photo.shows in ("before", "after"):
            found.setdefault(photo.pair, []).append((index, photo))
    for some in found.values():
        before = [photo for _, photo in some if photo.shows == "before"]
        after = [(index, photo) for index, photo in some if photo.shows == "after"]
        if before and after and len(some) > 2:
            raise fault("pair-unclear", (some[2][0],))
        if before and after:
            index, photo = after[0]
            check_order(("before", before[0].date), ("after", photo.date), (index, "date"))
    return photos
