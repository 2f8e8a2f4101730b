"""What an editor should know and nothing fails for."""

from __future__ import annotations

NOTES: dict[str, dict[str, tuple[str, str]]] = {
    "consent-ended": {
        "zh": ("本人同意公开姓名的期限（到 {until}）不在了，网站上已写成“{value}”", "把文件里的名字也改成“{value}”，再删去 ground 和 consent"),
        "en": ("the consent to be named (until {until}) does not hold, the site shows {value}",
               "mask the name in the file too, and delete `ground` and `consent`"),
    },
    "photo-place": {
        "zh": ("这张照片里带着拍摄地点（GPS）", "网站上的照片不带，仓库里的原图带；拍到谁家的，先去掉位置信息再放进来：手机相册分享时关掉“位置”"),
        "en": ("this photo says where it was taken (GPS)",
               "the site's copies do not, the file in the repository does; take the position out first where it is somebody's home"),
    },
    "provisional-end": {
        "zh": ("公示到 {end} 是暂定的", "{year} 年的放假安排写进 holidays/ 就准了"),
        "en": ("the notice ends on {end} provisionally", "holidays/ may settle {year}"),
    },
    "record-ends": {
        "zh": ("这一条公开到 {day} 为止", "过了那天自动撤下，只留一句话，文件不用改"),
        "en": ("this record is public until {day}", "it goes by itself the day after; nothing needs editing"),
    },
    "notice-ends": {
        "zh": ("公示期到 {day} 为止", "过后把收到的异议和决定写进 outcome"),
        "en": ("the notice period ends on {day}", "then write objections and decision under `outcome`"),
    },
    "part-ends": {
        "zh": ("“{what}”到 {day} 为止", "过了那天自动撤下；还需要的，重新决定以后改截止日期"),
        "en": ("“{what}” ends on {day}", "what it allows goes by itself the day after; if it is still needed, decide anew"),
    },
    "exception-ended": {
        "zh": ("公开例外到 {day} 已经期满，网页上已经撤下", "从文件里也删去那项内容，再删去这一条例外"),
        "en": ("a privacy exception ended on {day}; pages no longer show what it covered",
               "delete that from the file as well, and then the exception"),
    },
}
