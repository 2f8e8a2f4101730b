"""What an editor should know and nothing fails for."""

from __future__ import annotations

NOTES: dict[str, dict[str, tuple[str, str]]] = {
    "consent-ended": {
        "zh": ("本人同意公开姓名的期限（到 {until}）不在了，网站上已写成“{value}”", "把文件里的名字也改成“{value}”，再删去 ground 和 consent"),
        "en": ("the consent to be named (until {until}) does not hold, the site shows {value}",
               "mask the name in the file too, and delete `ground` and `consent`"),
    },
    "provisional-end": {
        "zh": ("公示到 {end} 是暂定的", "{year} 年的放假安排写进 holidays/ 就准了"),
        "en": ("the notice ends on {end} provisionally", "holidays/ may settle {year}"),
    },
}
