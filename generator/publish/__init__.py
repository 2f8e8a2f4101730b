"""Level 2, the last stage: a release is written beside the one that stands, and put in place by one rename.

`DIR/releases/<id>/` holds a release, `DIR/current` is the link that servers take. What is killed before the link is
renamed leaves the old site whole, and the next build clears what was left; `rollback` puts an older one in place again.
"""

from __future__ import annotations

from collections.abc import Callable

from generator.publish.assets import recall, remember
from generator.publish.compress import COPIES, compress, decompressed, encodings, is_worth_it
from generator.publish.hosting import HEADERS, NGINX, headers_file
from generator.publish.kept import MANIFEST, standing
from generator.publish.release import Release, keep
from generator.publish.rollback import Kept, listed, rollback
from generator.publish.sitemap import told
from generator.publish.transaction import STAGING, Published, begin, commit, locked

__all__ = ["COPIES", "MANIFEST", "NGINX", "STAGING", "Kept", "Published", "Release", "begin", "commit", "compress",
           "decompressed", "encodings", "is_worth_it", "keep", "listed", "locked", "recall", "remember", "rollback",
           "standing", "tell"]


def tell(release: Release, address: str | None, updated: Callable[[str], str]) -> None:
    """Write what search engines and servers read. updated: gives a page's last day, empty where it is not known."""
    for path, data in (*told(release.pages(), updated, address), (HEADERS, headers_file(release.forms).encode())):
        release.put(path, data)
