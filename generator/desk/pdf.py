"""HTML to PDF with WeasyPrint, an extra: no browser, and the same bytes for the same page and fonts."""

from __future__ import annotations

import importlib
import logging
import re

from PIL import ImageFile

from generator.problem import DeskError

ENGINE = "weasyprint"
_MISSING = re.compile(r"\.notdef glyph rendered.*\(U\+([0-9A-F]+)\)")


def pdf_of(html: str) -> bytes:
    """Return a document as PDF. Raises: DeskError without the engine, or where a character has no font."""
    try:
        engine = importlib.import_module(ENGINE)
    except (ImportError, OSError) as error:  # OSError: its wheel is there, the system's Pango is not
        raise DeskError("no-pdf-engine", reason=str(error).splitlines()[0]) from None
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the engine's import allows them, for the checks of our photos too
    said = _Missing()
    engine.LOGGER.addHandler(said)
    try:
        data: bytes = engine.HTML(string=html, url_fetcher=_nothing).write_pdf()
    finally:
        engine.LOGGER.removeHandler(said)
    if said.characters:
        raise DeskError("no-font", name="".join(sorted(said.characters)[:10]))
    return data


def _nothing(url: str, *_: object, **__: object) -> dict[str, object]:
    """Refuse whatever a page would load: it holds all it needs."""
    raise ValueError(f"{url} is not part of the page")


class _Missing(logging.Handler):
    """Collects the characters that no font has."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.characters: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        if found := _MISSING.search(record.getMessage()):
            self.characters.add(chr(int(found[1], 16)))
