"""Level 2: what readers may search becomes indexes of Pagefind: parts of each kind and year that is large enough.

In: rows, and one `Entry` for each page. Out: folders below `search/` of the release. Pagefind is a program of its own;
without it a site has its lists and no search.
"""

from __future__ import annotations

from generator.search.indexes import by_year, plan, year_of
from generator.search.pagefind import AT_ONCE, SearchError, installed, write_index

__all__ = ["AT_ONCE", "SearchError", "by_year", "installed", "plan", "write_index", "year_of"]
