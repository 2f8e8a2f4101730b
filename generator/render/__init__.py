"""Level 2, the fifth stage: the register and the standings become pages.

In: rows, outcomes, and batches of records. Out: files in the release's folder, named as `Written`. MkDocs makes the
shells (`shell`), views are closed (`view`, `pages`), templates only place what a view holds (`paint`, `cells`).
"""

from __future__ import annotations

from generator.render.assets import assets
from generator.render.cells import Blocks
from generator.render.endings import NOTICE, Ending, due, ended, endings
from generator.render.entries import entry_of, page_entries, prose_entries
from generator.render.links import Links
from generator.render.manuals import FOLDER as MANUALS
from generator.render.notice import board, boards_below, sheets
from generator.render.pages import all_pages
from generator.render.paint import (
    TARGETS,
    File,
    Page,
    Painted,
    Studio,
    environment,
    forget_templates,
    paint_pages,
    paint_records,
    record_article,
)
from generator.render.prints import Prints, row_print
from generator.render.shell import Shell, Shells, files_below, make_shells, navigation
from generator.render.traces import Traced, mark, marks
from generator.render.view import Context, Views

__all__ = [
    "MANUALS",
    "NOTICE",
    "TARGETS",
    "Blocks",
    "Context",
    "Ending",
    "File",
    "Links",
    "Page",
    "Painted",
    "Prints",
    "Shell",
    "Shells",
    "Studio",
    "Traced",
    "Views",
    "all_pages",
    "assets",
    "board",
    "boards_below",
    "due",
    "ended",
    "endings",
    "entry_of",
    "environment",
    "files_below",
    "forget_templates",
    "make_shells",
    "mark",
    "marks",
    "navigation",
    "page_entries",
    "paint_pages",
    "paint_records",
    "prose_entries",
    "record_article",
    "row_print",
    "sheets",
]
