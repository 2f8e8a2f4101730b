"""Level 2. Photos: looked at before they are believed, published only as small copies without anything but pixels.

`check` finds what is wrong with the files below content/photos, `publish` writes one photo's copies into a release.
Both run in workers, on one file each. Whatever stands in a file besides its pixels (where it was taken, with which
telephone, by whom) stays behind, and so does its name, which may be a resident's.
"""

from generator.photos.named import FOLDER, named
from generator.photos.store import check, publish

__all__ = ["FOLDER", "check", "named", "publish"]
