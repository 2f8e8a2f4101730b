"""What an editor should know and nothing fails for."""

from __future__ import annotations

NOTES: dict[str, dict[str, tuple[str, str]]] = {
    "provisional-end": {
        "zh": ("公示到 {end} 是暂定的", "{year} 年的放假安排写进 holidays/ 就准了"),
        "en": ("the notice ends on {end} provisionally", "holidays/ may settle {year}"),
    },
}
