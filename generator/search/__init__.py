"""Level 2: what readers may search becomes indexes of Pagefind, one for each kind and year that is large enough.

In: rows, and one `Entry` for each page. Out: folders below `search/` of the release. Pagefind is a program of its own;
without it a site has its lists and no search.
"""

from __future__ import annotations

from generator.search.indexes import plan
from generator.search.pagefind import SearchError, installed, write_index

__all__ = ["SearchError", "installed", "plan", "write_index"]
