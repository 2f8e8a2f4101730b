"""Level 2, the fifth stage: the register and the standings become pages.

In: rows, outcomes, and batches of records. Out: files in the release's folder, named as `Written`. MkDocs makes the
shells (`shell`), views are closed (`view`, `pages`), templates only place what a view holds (`paint`, `cells`).
"""

from __future__ import annotations

from generator.render.pages import all_pages, contents, place_pages, place_values
from generator.render.paint import Page, Painted, Studio, paint_pages, paint_records
from generator.render.shell import Shells, make_shells
from generator.render.view import Views

__all__ = ["Page", "Painted", "Shells", "Studio", "Views", "all_pages", "contents", "make_shells", "paint_pages",
           "paint_records", "place_pages", "place_values"]
