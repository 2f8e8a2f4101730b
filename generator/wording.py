"""Level 0. What every Problem says: `code: {language: (what is wrong, what to do)}`, with gaps in braces."""

from __future__ import annotations

import re
from string import Formatter
from typing import Any, Literal

Language = Literal["zh", "en"]

WORDING: dict[str, dict[str, tuple[str, str]]] = {
    # ── files and folders ──
    "unknown-folder": {
        "zh": ("content 下没有 `{name}` 这一类记录", "{near}改名，或移到已有的文件夹"),
        "en": ("content/ has no kind of record called `{name}`", "{near}rename it or move it"),
    },
    "unexpected-file": {
        "zh": ("这里只放 .yml 记录，`{name}` 不是", "移走它，或改成一条 .yml 记录"),
        "en": ("only .yml records belong here, `{name}` is none", "move it away or make it a record"),
    },
    "symlink": {
        "zh": ("这是符号链接，内容里不允许", "把文件本身放在这里"),
        "en": ("this is a symbolic link, which content must not hold", "put the file itself here"),
    },
    "not-a-file": {
        "zh": ("`{name}` 不是文件", "文件夹改名去掉 .yml；别的移走"),
        "en": ("`{name}` is no file", "rename a folder without .yml; move anything else away"),
    },
    "bad-id": {
        "zh": ("文件名 `{name}` 不能作编号", "只用小写字母、数字和中间的短横，例如 `lu-deng-01.yml`"),
        "en": ("the file name `{name}` can't be an id", "use a-z, 0-9 and single hyphens, as in `lamp-01.yml`"),
    },
    "duplicate-id": {
        "zh": ("编号 `{id}` 已被 {other} 使用", "给其中一个文件换名"),
        "en": ("the id `{id}` is already used by {other}", "rename one of the files"),
    },
    "id-differs": {
        "zh": ("`id: {id}` 与文件名 `{stem}` 不一致", "删去 id 这一行，或改成 `{stem}`"),
        "en": ("`id: {id}` differs from the file name `{stem}`", "delete the id line or write `{stem}`"),
    },
    "too-large": {
        "zh": ("文件有 {size} 字节，超过 {limit}", "拆成几条记录，或把长文放进附件"),
        "en": ("the file has {size} bytes, more than {limit}", "split it into several records"),
    },
    "unreadable": {
        "zh": ("文件读不出来（{reason}）", "检查文件权限，重新保存一次"),
        "en": ("the file can't be read ({reason})", "check its permissions and save it again"),
    },
    "not-utf8": {
        "zh": ("文件不是 UTF-8 编码，第 {offset} 个字节读不懂", "用 UTF-8 另存一次"),
        "en": ("the file is not UTF-8: byte {offset} can't be read", "save it again as UTF-8"),
    },
    "empty-file": {
        "zh": ("文件是空的", "写入这条记录，或删去文件；`gongshi new` 给出样例"),
        "en": ("the file is empty", "write the record or delete the file; `gongshi new` prints an example"),
    },
    "hidden-character": {
        "zh": ("有看不见的字符 {name}，会让读者看到的与写下的不同", "删去它，重新输入这一处"),
        "en": ("an invisible character {name} makes text read differently from what is written",
               "delete it and type this spot again"),
    },
    # ── photos ──
    "photo-path": {
        "zh": ("`{name}` 不是照片的路径", "写 content/photos 下面的路径，例如 `2026/louti-qian.jpg`；不写网址、`..` 和反斜线"),
        "en": ("`{name}` is no path of a photo", "write a path below content/photos, as in `2026/stairs.jpg`; no address, `..` or backslash"),
    },
    "photo-alt": {
        "zh": ("`{value}` 没有说出照片上是什么", "给看不见照片的人写一句，例如“楼梯间的灯都亮了”"),
        "en": ("`{value}` doesn't say what is to be seen", "write a sentence for those who can't see it, as in “all lamps in the stairwell are lit”"),
    },
    "pair-unclear": {
        "zh": ("有几张改造前、改造后的照片，分不出哪两张是一对", "每一对写上相同的 `pair`，例如 `pair: 1`"),
        "en": ("there are several photos from before and after: which two belong together?", "give each two the same `pair`, as in `pair: 1`"),
    },
    "photo-missing": {
        "zh": ("content/photos 下没有 `{name}`", "{near}把照片放进去，或改正路径"),
        "en": ("there is no `{name}` in content/photos", "{near}put the photo there or correct the path"),
    },
    "photo-unused": {
        "zh": ("没有一条记录用到照片 `{name}`，它不会公布", "在记录里写 `images: [{{file: {name}, alt: …}}]`，或把照片移走"),
        "en": ("no record names the photo `{name}`, so nobody would see it", "name it in a record, `images: [{{file: {name}, alt: …}}]`, or move it away"),
    },
    "photo-mixed": {
        "zh": ("照片 `{name}` 既用在真实记录里，又用在示例里", "给示例换一张照片；真实的和编写的不能混用"),
        "en": ("the photo `{name}` is shown by a real record and by a made-up one", "take another for the made-up one"),
    },
    "photo-too-large": {
        "zh": ("照片有 {size} MB，超过 {limit} MB", "用手机或电脑另存一张小些的"),
        "en": ("the photo has {size} MB, more than {limit} MB", "save a smaller one"),
    },
    "photo-type": {
        "zh": ("这不是能用的照片（{found}）", "另存为 JPEG（.jpg）、PNG 或 WebP；动图截一张"),
        "en": ("this is no photo that can be used ({found})", "save it as JPEG (.jpg), PNG or WebP; of a moving one, a single picture"),
    },
    "photo-heic": {
        "zh": ("这是苹果手机的 HEIC 照片，多数浏览器打不开", "在手机上导出为 JPEG：用微信“文件传输”发一次原图，或在“设置→相机→格式”里选“兼容性最佳”再拍"),
        "en": ("this is an iPhone's HEIC photo, which most browsers can't show", "export it as JPEG, or choose Settings → Camera → Formats → Most Compatible"),
    },
    "photo-broken": {
        "zh": ("照片读不完整（{reason}）", "重新拷贝一次原文件，打开看看是否完好，再另存为 JPEG"),
        "en": ("the photo can't be read to its end ({reason})", "copy the original again, look at it, and save it as JPEG"),
    },
    "photo-pixels": {
        "zh": ("照片是 {size} 像素，超过 {limit} 百万像素", "另存一张小些的，长边 4000 像素足够"),
        "en": ("the photo has {size} pixels, more than {limit} million", "save a smaller one; 4000 pixels on the long side are plenty"),
    },
    # ── YAML ──
    "yaml-syntax": {
        "zh": ("YAML 写法有误：{reason}", "检查这一行的缩进、冒号后的空格和引号"),
        "en": ("this is not valid YAML: {reason}", "check indentation, the space after the colon, and quotes"),
    },
    "yaml-anchor": {
        "zh": ("不允许用锚点或引用 `{name}`", "把内容照写一遍；若这是文字，用引号括起来"),
        "en": ("anchors and aliases such as `{name}` are not allowed", "write the content out, or quote the text"),
    },
    "yaml-tag": {
        "zh": ("不允许用标签 `{name}`", "删去它；若这是文字，用引号括起来"),
        "en": ("tags such as `{name}` are not allowed", "delete it, or quote the text"),
    },
    "yaml-depth": {
        "zh": ("嵌套超过 {limit} 层", "检查括号和缩进；记录用不到这么深"),
        "en": ("nested deeper than {limit} levels", "check brackets and indentation"),
    },
    "yaml-documents": {
        "zh": ("一个文件里有不止一条记录（`---`）", "每条记录单独一个文件"),
        "en": ("there is more than one record in this file (`---`)", "give each record its own file"),
    },
    "duplicate-key": {
        "zh": ("`{key}` 写了两次", "留下一个"),
        "en": ("`{key}` is given twice", "keep one"),
    },
    "bad-key": {
        "zh": ("这里的键不是一个词", "写成 `键: 值`；若花括号是文字，用引号括起来"),
        "en": ("this key is not a word", "write `key: value`, or quote the text"),
    },
    # ── fields ──
    "not-a-mapping": {
        "zh": ("这里应是一条记录（`键: 值`），写成了{found}", "去掉开头的短横，每行写 `键: 值`"),
        "en": ("a record (`key: value`) belongs here, found {found}", "drop the leading dashes"),
    },
    "unknown-key": {
        "zh": ("没有 `{key}` 这一项", "{near}可用的有：{known}"),
        "en": ("there is no key `{key}`", "{near}known keys: {known}"),
    },
    "missing-key": {
        "zh": ("缺少 `{key}`（{label}）", "补上一行 `{key}: …`"),
        "en": ("`{key}` ({label}) is missing", "add a line `{key}: …`"),
    },
    "empty-value": {
        "zh": ("这一项没有填", "填上内容，或删去这一行"),
        "en": ("nothing is given here", "fill it in or delete the line"),
    },
    "wrong-type": {
        "zh": ("`{key}` 应是{expects}，写成了{found}", "照 `gongshi new {kind}` 的样例改"),
        "en": ("`{key}` should be {expects}, found {found}", "see the example of `gongshi new {kind}`"),
    },
    "not-one-of": {
        "zh": ("`{value}` 不在可选范围", "{near}可选：{allowed}"),
        "en": ("`{value}` is not one of the choices", "{near}choose from: {allowed}"),
    },
    "not-a-number": {
        "zh": ("`{value}` 不是数", "写阿拉伯数字，例如 12 或 2.5"),
        "en": ("`{value}` is not a number", "write digits, as in 12 or 2.5"),
    },
    "out-of-range": {
        "zh": ("`{value}` 超出范围", "应 {bound}"),
        "en": ("`{value}` is out of range", "it must be {bound}"),
    },
    "too-long": {
        "zh": ("这里最多 {limit} 个字", "缩短；长文写在 description"),
        "en": ("at most {limit} characters fit here", "shorten it; long text belongs in description"),
    },
    "too-few": {
        "zh": ("`{key}` 至少要有 {limit} 项", "补上一项"),
        "en": ("`{key}` needs at least {limit} item(s)", "add one"),
    },
    "one-line": {
        "zh": ("这里只能写一行", "写成一行；分段的文字写在 description"),
        "en": ("only one line fits here", "join the lines; paragraphs belong in description"),
    },
    "blank-text": {
        "zh": ("这里是空白", "填上文字，或删去这一行"),
        "en": ("this is blank", "fill it in or delete the line"),
    },
    "bad-money": {
        "zh": ("`{value}` 不是金额", '写成元，最多两位小数，例如 "240.00"'),
        "en": ("`{value}` is not an amount", 'write yuan with at most two decimals, as in "240.00"'),
    },
    "bad-date": {
        "zh": ("`{value}` 不是日期", "写成 `{example}` 这样；只知道年月就写 `2025-03` 或 `2025`"),
        "en": ("`{value}` is not a date", "write it like `{example}`, or `2025-03`, or `2025`"),
    },
    "no-such-day": {
        "zh": ("日历上没有 `{value}` 这一天", "核对月和日"),
        "en": ("the calendar has no day `{value}`", "check month and day"),
    },
    "date-range": {
        "zh": ("`{value}` 的年份不在 1900 到 2100 之间", "核对年份"),
        "en": ("the year of `{value}` is not between 1900 and 2100", "check the year"),
    },
    "inferred-without-ground": {
        "zh": ("推断的日期要写明 inferred 和 ground 两项", "补上推断的部分和依据"),
        "en": ("an inferred date needs both `inferred` and `ground`", "say what was inferred, and why"),
    },
    "bad-period": {
        "zh": ("`{value}` 不是时期", "写成 2026、2026-H1、2026-Q4、2026-11、2026-11-a 或 2026-W47"),
        "en": ("`{value}` is not a period", "write 2026, 2026-H1, 2026-Q4, 2026-11, 2026-11-a or 2026-W47"),
    },
    "just-one": {
        "zh": ("{names} 只能写一项，也要写一项", "留下其中一项"),
        "en": ("give exactly one of {names}", "keep one of them"),
    },
    "not-together": {
        "zh": ("{names} 不能一起写", "留下其中一项"),
        "en": ("{names} can't stand together", "keep one of them"),
    },
    "one-of": {
        "zh": ("{names} 至少要写一项", "补上其中一项"),
        "en": ("give at least one of {names}", "add one of them"),
    },
    "invalid": {
        "zh": ("`{key}` 的写法不对（{reason}）", "照 `gongshi new {kind}` 的样例改"),
        "en": ("`{key}` is not valid ({reason})", "see the example of `gongshi new {kind}`"),
    },
    # ── meaning ──
    "bad-reference": {
        "zh": ("`{value}` 不是编号", "写目标文件的名字，不带 .yml；几类都可指的写 `类/编号`"),
        "en": ("`{value}` is not an id", "write the target's file name without .yml, or `kind/id`"),
    },
    "missing-reference": {
        "zh": ("{label} `{id}` 不存在", "{near}新建 content/{folder}/{id}.yml，或改成已有的编号"),
        "en": ("{label} `{id}` does not exist", "{near}create content/{folder}/{id}.yml or name an existing one"),
    },
    "reference-kind": {
        "zh": ("`{value}` 没有写清是哪一类，或类不对", "写成 `类/编号`，类为：{kinds}"),
        "en": ("`{value}` does not say which kind, or names a wrong one", "write `kind/id`, kind being: {kinds}"),
    },
    "area-cycle": {
        "zh": ("所在地绕成了圈：{path}", "改掉其中一个 area"),
        "en": ("areas contain each other: {path}", "change one `area`"),
    },
    "address-taken": {
        "zh": ("地址 /{url} 已属于 {other}", "改掉编号或 formerly"),
        "en": ("the address /{url} already belongs to {other}", "change the id or `formerly`"),
    },
    "unmasked-name": {
        "zh": ("志愿者称呼 `{value}` 看来是全名", "写成“张某”“李阿姨”；本人同意公开的，加 `ground: consent`"),
        "en": ("the volunteer's name `{value}` looks like a full name",
               "mask it (张某, 李阿姨), or add `ground: consent`"),
    },
    "state-beside-milestones": {
        "zh": ("有了节点，进度由节点算出，不再另写 state", "删去 state"),
        "en": ("progress is computed from milestones; `state` must not stand beside them", "delete `state`"),
    },
    "unknown-milestone": {
        "zh": ("计划变更所指的节点 `{value}` 不存在", "改成 milestones 里的名字"),
        "en": ("the amended milestone `{value}` does not exist", "use a name from `milestones`"),
    },
    "confirmed-before-resolved": {
        "zh": ("尚未办结，不能先由居民确认", "补上 resolved，或删去 confirmed"),
        "en": ("it can't be confirmed before it is resolved", "add `resolved` or delete `confirmed`"),
    },
    "outside-plan": {
        "zh": ("图上的“{label}”伸到图外：图宽 {width}，图高 {height}", "让 x 加 w 不超过图宽，y 加 h 不超过图高，例如 `{{label: 3栋, x: 10, y: 10, w: 80, h: 40}}`"),
        "en": ("`{label}` reaches beyond the plan, which is {width} wide and {height} high", "keep x + w within the width and y + h within the height, as in `{{label: 3栋, x: 10, y: 10, w: 80, h: 40}}`"),
    },
    "ladder-order": {
        "zh": ("四级办理的顺序不对", "按 社区自办→责任单位承办→网格长联办→领导小组交办，每级一次"),
        "en": ("the levels are out of order", "社区自办→责任单位承办→网格长联办→领导小组交办, each once"),
    },
    "dates-reversed": {
        "zh": ("{earlier} 早于 {later}", "核对两个日期"),
        "en": ("{earlier} lies before {later}", "check both dates"),
    },
    "scheme-incomplete": {
        "zh": ("这种办法要有 {needs}", "补上；只作说明的写 `form: mechanism`"),
        "en": ("this form of scheme needs {needs}", "add them, or use `form: mechanism`"),
    },
    "band-gap": {
        "zh": ("等级要从 0 分起，起点分逐级升高", "检查 bands 的 floor"),
        "en": ("bands must start at 0 and rise", "check the floors in `bands`"),
    },
    "band-out-of-reach": {
        "zh": ("最高等级从 {top} 分起，满分却只有 {sum}", "改 floor 或 max"),
        "en": ("the top band starts at {top}, but only {sum} points can be earned", "change a floor or a max"),
    },
    "same-criterion": {
        "zh": ("两个评分项代号相同", "改掉一个 id"),
        "en": ("two criteria share an id", "change one"),
    },
    "measure-needs": {
        "zh": ("算法 {take} 要配的是 {names}，多写或漏写了", "补上缺的，删去多的"),
        "en": ("take {take} goes with {names}: one is missing or one too many", "add or delete it"),
    },
    "zero-divisor": {
        "zh": ("{what} 会让计算除以零", "{what} 不能相等，也不能是 0"),
        "en": ("{what} would make this divide by zero", "{what} must differ, and not be 0"),
    },
    "floor-over-cap": {
        "zh": ("最少得分 {floor} 高过最多得分 {cap}", "核对 floor 和 cap"),
        "en": ("the floor {floor} lies above the cap {cap}", "check `floor` and `cap`"),
    },
    "bands-upside-down": {
        "zh": ("数值越小越好（direction: low）的榜不能用 bands", "用 worst、best 折成分，或删去 bands"),
        "en": ("a board where less is better (direction: low) can't have bands", "scale by worst and best instead"),
    },
    "weights-not-full": {
        "zh": ("各项满分加起来是 {sum}，不是 {full}", "改各项的 weight（或 max），使它们正好加到 {full}"),
        "en": ("the parts add up to {sum}, not to {full}", "change a weight (or max) so that they do"),
    },
    "weight-unbounded": {
        "zh": ("“{value}”没有上限，不能按满分加权", "给它 worst、best，或删去 full"),
        "en": ("“{value}” has no upper bound, so it can't be a part of a full mark", "give worst and best, or drop `full`"),
    },
    "scheme-cycle": {
        "zh": ("办法互相取代或互相比较，绕成了圈：{path}", "改掉其中一个 replaces 或 compares"),
        "en": ("schemes replace or compare each other in a circle: {path}", "change one of them"),
    },
    "version-differs": {
        "zh": ("与所取代的 {value} 不是同一种办法", "form、subject、illustrative 要与上一版相同；另起的办法不写 replaces"),
        "en": ("this is another kind of scheme than {value}, which it replaces",
               "keep form, subject and illustrative, or drop `replaces`"),
    },
    "version-twice": {
        "zh": ("{value} 被两个版本同时取代", "后一版写 replaces: 前一版"),
        "en": ("{value} is replaced by two versions", "let the later one replace the earlier one"),
    },
    "version-not-in-force": {
        "zh": ("{day} 施行的不是 {value} 这一版", "改成 {right}"),
        "en": ("on {day} the version {value} was not in force", "write {right}"),
    },
    "compares-differs": {
        "zh": ("{value} 不是评 {subject}、按 {period} 的榜，没法比进步", "比较同一对象、同一周期的榜"),
        "en": ("{value} is no board of {subject} by {period}", "compare a board of the same subjects and period"),
    },
    "wrong-form": {
        "zh": ("{value} 不是 {form} 这种办法", "指向 form: {form} 的办法"),
        "en": ("{value} is no scheme of form {form}", "name one that is"),
    },
    "listed-too-long": {
        "zh": ("留在榜上太久", "按办法最长 {months} 个月，这里最迟 {latest}"),
        "en": ("this stays on the list too long", "the scheme allows {months} months; the latest here is {latest}"),
    },
    "same-decider": {
        "zh": ("`{value}` 参与过前面的评定或提出，不能由他再作决定", "由没有参与的人决定"),
        "en": ("`{value}` took part before and can't decide now", "let somebody else decide"),
    },
    "one-with-another": {
        "zh": ("{names} 要写就一起写", "补全，或都删去"),
        "en": ("{names} belong together", "give all of them or none"),
    },
    "day-outside-year": {
        "zh": ("`{value}` 不是 {year} 年的某一天", "写成 {year}-05-01 这样，或移到那一年的文件"),
        "en": ("`{value}` is no day of {year}", "write it like {year}-05-01, or move it to that year's file"),
    },
    "unknown-reading": {
        "zh": ("目标变更指的 {period} `{value}` 没有原来的目标", "先在 readings 里写上这一期原定的 target 或 plan"),
        "en": ("the amendment names {period} `{value}`, which has no first target",
               "give that reading its first target or plan under readings"),
    },
    "baseline-differs": {
        "zh": ("这次变更的“原为”是 `{value}`，可在它之前的是 `{before}`", "原定的目标不能改写；照 `{before}` 填，再写改为多少"),
        "en": ("this amendment starts from `{value}`, but before it stood `{before}`",
               "a first target is never overwritten: write `{before}` under was, and the new one under to"),
    },
    "period-of-other-length": {
        "zh": ("`{value}` 不是“{every}”的一期", "{every}的时期写法见 `gongshi new duty` 的样例"),
        "en": ("`{value}` is no period of `{every}`", "see the example of `gongshi new duty`"),
    },
    "day-needed": {
        "zh": ("`{key}` 要写到哪一天", "写成 2026-11-22 这样"),
        "en": ("`{key}` needs a full day", "write it like 2026-11-22"),
    },
    "id-not-serial": {
        "zh": ("这一类的编号只能是代号加序号，`{name}` 可能透露是谁", "文件名改成 `{example}` 这样"),
        "en": ("ids of this kind are serials; `{name}` may tell who it is", "rename the file like `{example}`"),
    },
    "appeal-incomplete": {
        "zh": ("申诉的决定没有写全：缺 {names}", "决定日期、决定人、结果、理由一起写；改判的附上新的评定"),
        "en": ("the decision on this appeal is incomplete: {names} missing",
               "give date, decider, outcome and reasons, and the new assessment if it was revised"),
    },
    "appeal-not-carried-out": {
        "zh": ("申诉结果是“{outcome}”，{path} 却还有效", "在 {path} 写上 `withdrawn: {{date: …, reason: 经申诉{outcome}}}`"),
        "en": ("the appeal ended with “{outcome}”, but {path} still stands", "add `withdrawn` to {path}"),
    },
    "balance-below-zero": {
        "zh": ("兑换要 {points} 分，当时只有 {had} 分", "核对积分、日期，或补上漏记的服务"),
        "en": ("this spends {points} points, but only {had} were there", "check points and date, or add missing service"),
    },
    "stars-fall": {
        "zh": ("分数高的等级，星反而少", "检查 bands 的 stars"),
        "en": ("a higher band has fewer stars", "check the stars in `bands`"),
    },
    "not-notified": {
        "zh": ("还没有告知当事人（{day} 才告知），不能公布不合格", "告知以后再提交"),
        "en": ("the subject is told on {day} only; a failing mark can't be published before", "publish it afterwards"),
    },
    "other-subject": {
        "zh": ("改判后的评定评的是 {value}，不是被申诉的那一个", "指向同一对象的新评定"),
        "en": ("the new assessment is of {value}, not of the subject that appealed", "name one of the same subject"),
    },
    "listed-twice": {
        "zh": ("这个对象已经在同一个榜上（{other}）", "撤回其中一条，或等前一条移出"),
        "en": ("this subject stands on the same list already ({other})", "withdraw one, or wait until it has left"),
    },
    "closed-twice": {
        "zh": ("这一期已由 {other} 定榜", "删去多出来的一条；要更正，用 `gongshi correct`"),
        "en": ("this period is frozen by {other} already", "delete the other one; to correct it, use `gongshi correct`"),
    },
    "wrong-field": {
        "zh": ("`{key}` 不用于{form}这种办法", "删去它；比较进步的榜沿用所比较的那个榜"),
        "en": ("`{key}` is not for this form of scheme ({form})", "delete it; a board of improvement takes it from the other"),
    },
    "not-spendable": {
        "zh": ("{value} 的积分不能兑换：只有按条数或数量直接相加的志愿者积分才能", "指向这样的办法"),
        "en": ("points of {value} can't be spent: only volunteers' plain counts and sums can", "name such a scheme"),
    },
    "bulletin-twice": {
        "zh": ("这一期在这个地方已有简报 {other}", "删去多出来的一条，或改 period、area"),
        "en": ("{other} is about this period and place already", "delete one, or change `period` or `area`"),
    },
    "other-period": {
        "zh": ("`{value}` 不是{series}的一期", "写成 {example} 这样"),
        "en": ("`{value}` is no period of this series (“{series}”)", "write it like {example}"),
    },
    "outcome-edited": {
        "zh": ("{path} 定榜后被改动过，与封签不符", "恢复原文件；要更正，用 `gongshi correct`"),
        "en": ("{path} was changed after it was frozen: the seal is broken",
               "restore the file; to correct it, use `gongshi correct`"),
    },
    "outcome-rows-missing": {
        "zh": ("定榜的结果文件 {path} 不见了", "从 git 历史恢复它"),
        "en": ("the rows of this frozen outcome, {path}, are gone", "restore them from git"),
    },
    "unknown-measure": {
        "zh": ("计分项取自 `{value}`，没有这一类或这一项", "可写：{known}"),
        "en": ("the measure takes from `{value}`, which does not exist", "known: {known}"),
    },
    "criterion-unknown": {
        "zh": ("办法 {scheme} 里没有评分项 `{value}`", "可用：{known}"),
        "en": ("scheme {scheme} has no criterion `{value}`", "known: {known}"),
    },
    "criterion-missing": {
        "zh": ("缺少评分项 {names} 的得分", "补上；确未评的不能按零分算"),
        "en": ("no points for {names}", "add them; what was not assessed is not zero"),
    },
    "points-over-max": {
        "zh": ("`{value}` 得 {points} 分，超过满分 {max}", "核对得分"),
        "en": ("`{value}` has {points} points, more than its {max}", "check the points"),
    },
    "not-rated": {
        "zh": ("办法 {scheme} 不评 `{value}`", "改成它所评的对象，或改办法的 subject、only"),
        "en": ("scheme {scheme} does not rate `{value}`", "name a subject that it rates, or change the scheme"),
    },
    "no-due-process": {
        "zh": ("评为“{word}”却缺少 {names}", "不合格的评定要先告知、给申辩渠道、由评定人以外的人决定、定有效期"),
        "en": ("rated “{word}” without {names}",
               "a failing mark needs notice, a reply channel, a decider other than the assessor, and an expiry"),
    },
    "resident-named": {
        "zh": ("`{value}` 看来是居民的姓名", "写成“陈奶奶”“某居民”“独居老人”这样的称呼；有公开职务的，建人员记录后用 who"),
        "en": ("`{value}` looks like a resident's name",
               "mask it (“陈奶奶”, “某居民”), or name a person with a public role in `who`"),
    },
    "health-detail": {
        "zh": ("写到了个人的健康情况（{value}）", "删去，或写“（健康情况略）”"),
        "en": ("this tells somebody's health (“{value}”)", "leave it out"),
    },
    "free-with-price": {
        "zh": ("收费方式是“免费”，却写了价格", "删去价格，或改收费方式"),
        "en": ("the service is free of charge (“免费”) but has a price", "delete the price or change `charge`"),
    },
    "same-gift": {
        "zh": ("两项捐赠同名", "改掉一个 item"),
        "en": ("two gifts have the same name", "change one `item`"),
    },
    "unknown-gift": {
        "zh": ("捐来的东西里没有 `{value}`", "item 照 gifts 里的写"),
        "en": ("nothing called `{value}` was given", "use an `item` from `gifts`"),
    },
    "used-more-than-given": {
        "zh": ("“{item}”用出去 {used}，捐来的只有 {given}", "核对数目，或补上漏记的捐赠"),
        "en": ("of “{item}” (`{used}`) went out, but only (`{given}`) came in", "check the figures, or add a missing gift"),
    },
    "self-verified": {
        "zh": ("`{value}` 自己整改、自己核实", "由别人核实"),
        "en": ("`{value}` verified what it was to put right itself", "let somebody else verify it"),
    },
    "illustrative-credit": {
        "zh": ("示例记录不能把事情记到真实的对象名下", "改指示例对象，或写真实来源并去掉 illustrative"),
        "en": ("an illustrative record must not credit or charge a real subject", "name an illustrative one"),
    },
    "illustrative-source": {
        "zh": ("示例来源只能用于示例记录", "加上 `illustrative: true`，或写真实来源"),
        "en": ("an illustrative source fits illustrative records only", "add `illustrative: true` or a real source"),
    },
    # ── money and meetings ──
    "opening-missing": {
        "zh": ("有收支却没有期初", "补上 `opening: {{date: 建账日期, amount: 期初结余}}`；只有约定没有账的，删去收支"),
        "en": ("there are movements of money but no opening", "add `opening` with date and amount, or leave a rule alone"),
    },
    "before-opening": {
        "zh": ("这一笔在 {day}，早于建账那天 {first}", "核对日期，或把期初提前"),
        "en": ("this is dated {day}, before the books begin on {first}", "check the date, or begin the books earlier"),
    },
    "said-twice": {
        "zh": ("`{value}` 在这里写了两次", "删去一个；一张票据分两笔记的，票据号后加 -1、-2"),
        "en": ("`{value}` is given twice", "delete one; for a receipt over two entries add -1 and -2"),
    },
    "statement-differs": {
        "zh": ("{period} 公布的“{what}”是 {stated} 元，按期初和流水算是 {computed} 元，相差 {by} 元",
               "查这一期的收支有没有漏记、重记、写错金额或日期；流水没错的，改公布的数并另行更正"),
        "en": ("“{what}” of {period} was posted as {stated}, but opening and entries give {computed}: {by} apart",
               "look for a missing, doubled or mistyped entry, or mend what was posted"),
    },
    "more-than-all": {
        "zh": ("{part} 比总数 {whole} 还多", "核对两个数"),
        "en": ("{part} is more than the whole, {whole}", "check both numbers"),
    },
    "unknown-resolution": {
        "zh": ("会议 `{meeting}` 里没有决议 `{value}`", "{near}那次会议的决议有：{known}"),
        "en": ("the meeting `{meeting}` has no resolution `{value}`", "{near}its resolutions: {known}"),
    },
    "over-approved": {
        "zh": ("会议 `{meeting}` 的决议 `{value}` 批准 {approved} 元，到这一笔已支 {spent} 元，多 {by} 元",
               "核对金额；确实多花的，写上追加的决议"),
        "en": ("resolution `{value}` of `{meeting}` approved {approved}; with this entry {spent} are spent, {by} too much",
               "check the amount, or name the resolution that approved more"),
    },
    "votes-differ": {
        "zh": ("各种票加起来是 {sum}，参加表决的却是 {cast}", "核对同意、反对、弃权、废票和参加表决的数"),
        "en": ("the votes add up to {sum}, but {cast} took part", "check agree, against, abstain, invalid and cast"),
    },
    "not-unanimous": {
        "zh": ("写了全票，却有反对票、弃权票，同意的比参加的少，或没有通过", "删去 unanimous，或改票数"),
        "en": ("said to be unanimous, yet not all who took part agreed, or it failed", "drop `unanimous` or mend the votes"),
    },
    "bad-share": {
        "zh": ("`{value}` 不是比例", "写成 1/2、2/3 这样的分数，不超过 1"),
        "en": ("`{value}` is no share", "write a fraction such as 1/2 or 2/3, at most 1"),
    },
    "vote-not-carried": {
        "zh": ("写的是“通过”，票数却没有达到“{rule}”", "核对票数和规定；没有达到的，结果写“未通过”"),
        "en": ("the result is “通过” although the votes miss “{rule}”", "check votes and rule, or write “未通过”"),
    },
    "vote-carried": {
        "zh": ("写的是“未通过”，票数却达到了规定", "核对票数和规定"),
        "en": ("the result is “未通过” although the votes meet the rule", "check votes and rule"),
    },
    "resolved-without-vote": {
        "zh": ("这个议题没有通过，却写了决议", "删去决议，或改表决结果；另定的事另起一个议题"),
        "en": ("this item failed, yet it has resolutions", "delete them, mend the result, or make another item"),
    },
    "resolution-twice": {
        "zh": ("决议编号 `{value}` 在这次会议里用了两次", "改掉一个"),
        "en": ("the resolution id `{value}` is used twice in this meeting", "change one"),
    },
    # ── privacy ──
    "personal-id": {
        "zh": ("这里有身份证号（{shown}）", "删去它；公开内容里任何时候都不写证件号码"),
        "en": ("an identity-card number stands here ({shown})", "delete it; it never belongs in public content"),
    },
    "personal-phone": {
        "zh": ("这里有手机号（{shown}）", "删去它；公务电话只写在 contact 一项"),
        "en": ("a mobile number stands here ({shown})", "delete it; office numbers belong in `contact` only"),
    },
    "personal-bank-card": {
        "zh": ("这里有银行卡号（{shown}）", "删去它"),
        "en": ("a bank-card number stands here ({shown})", "delete it"),
    },
    # ── site ──
    "no-config": {
        "zh": ("找不到配置文件", "在站点文件夹里运行，或用 --config 指定 site_config.yml"),
        "en": ("there is no such configuration file", "run inside the site's folder, or give --config"),
    },
    "newer-format": {
        "zh": ("设置和记录是按第 {value} 版写法写的，这个程序只认得到第 {known} 版",
               "换成新版的程序：python -m pip install --require-hashes -r requirements.txt"),
        "en": ("the site is written in format {value}, this program knows up to {known}",
               "install the newer program: python -m pip install --require-hashes -r requirements.txt"),
    },
    "older-format": {
        "zh": ("设置和记录还是第 {value} 版写法，这个程序用第 {known} 版", "运行 gongshi migrate 看要改什么，再加 --write"),
        "en": ("the site is written in format {value}, this program uses {known}",
               "run gongshi migrate to see what changes, then with --write"),
    },
    "no-folder": {
        "zh": ("找不到文件夹 `{path}`", "新建它，或改 site_config.yml 的 {key}"),
        "en": ("there is no folder `{path}`", "create it, or change `{key}` in site_config.yml"),
    },
    "outside-folder": {
        "zh": ("文件夹 `{path}` 在仓库外面，里面的东西不经合并就会公布", "放到 site_config.yml 旁边，把 {key} 改成它的名字；不要用链接"),
        "en": ("the folder `{path}` lies outside the site, where nobody reviews what would be published",
               "move it beside site_config.yml and name it in `{key}`; no link"),
    },
    "mkdocs-refused": {
        "zh": ("MkDocs 不接受这项设置：{reason}", "改 site_config.yml 的 mkdocs 一段，或改正文页"),
        "en": ("MkDocs refuses this: {reason}", "change the `mkdocs` block of site_config.yml or the page"),
    },
    "reserved-setting": {
        "zh": ("`{key}` 由生成器决定，不能在 mkdocs 一段里设", "删去它"),
        "en": ("`{key}` is set by the generator, not in the `mkdocs` block", "delete it"),
    },
    "no-chinese": {
        "zh": ("`languages` 里没有 zh：网页都是中文的，英文只能加在旁边", "写 `languages: [zh, en]`"),
        "en": ("`languages` lacks zh: every page is Chinese, English stands beside it", "write `languages: [zh, en]`"),
    },
    "bad-registration": {
        "zh": ("`{key}` 的 `{value}` 不是完整的号", "照证书写全，像 `{example}`；还没有就删去这一行"),
        "en": ("`{value}` is no whole number for `{key}`", "write it as issued, like `{example}`; without one delete the line"),
    },
    "unknown-section": {
        "zh": ("栏目 `{value}` 不存在", "可用：{known}"),
        "en": ("there is no section `{value}`", "known: {known}"),
    },
    "broken-link": {
        "zh": ("链接 `{target}` 打不开：站内没有这一页", "改正链接，站内写 `/类/编号.html`"),
        "en": ("the link `{target}` leads nowhere on this site", "mend it; inside the site write `/kind/id.html`"),
    },
    "bad-link": {
        "zh": ("链接 `{target}` 的写法不允许", "只写 https://、http://、mailto:、tel: 或站内 `/…`"),
        "en": ("the link `{target}` is not allowed", "use https://, http://, mailto:, tel: or `/…`"),
    },
    # ── short codes ──
    "bad-repository": {
        "zh": ("`{target}` 不是仓库首页的网址", "打开仓库首页，照抄地址栏，像 `https://git.example.org/town/gongshi`，结尾不要 `.git` 和斜线"),
        "en": ("`{target}` is no address of a repository", "copy it from the repository's first page, as in `https://github.com/town/gongshi`, without `.git` or a slash at its end"),
    },
    "bad-page": {
        "zh": ("`{value}` 不是本站一页的地址", "写成 `boards/a.html`，前面不加网址和斜线；记录用 `to:`"),
        "en": ("`{value}` is no page of this site", "write it like `boards/a.html`, without a slash in front; for a record use `to:`"),
    },
    "code-withdrawn": {
        "zh": ("短码印出去了就不能撤回，纸还在墙上", "改写 `retired: {{date: …, reason: …}}`，它仍通向原处"),
        "en": ("a short code is on paper and can't be withdrawn", "write `retired: {{date: …, reason: …}}`; it goes on leading there"),
    },
    "code-deleted": {
        "zh": ("短码 `{code}` 发出过（通向 {target}），它的记录不见了", "从 git 里找回 `codes/{code}.yml`；不再用的写 `retired`，不能删"),
        "en": ("the short code `{code}` was issued (for {target}) and its record is gone", "get `codes/{code}.yml` back from git; write `retired` in one that is out of use, never delete it"),
    },
    "code-not-issued": {
        "zh": ("短码 `{code}` 没有登记", "删去这个文件，用 `gongshi code` 发码；若是误删了登记，从 git 里找回 `codes/issued.txt` 的那一行"),
        "en": ("the short code `{code}` is not in the ledger", "delete this file and issue one with `gongshi code`; if its line was lost, get `codes/issued.txt` back from git"),
    },
    "ledger-line": {
        "zh": ("登记簿这一行读不懂，或码重复、抄错：`{line}`", "每行是“码 日期 通向”，由 `gongshi code` 写，不手改"),
        "en": ("this line of the ledger is unreadable, or its code is mistyped or there twice: `{line}`", "a line is “code day target”, written by `gongshi code`, never by hand"),
    },
}

DESK: dict[str, dict[str, tuple[str, str]]] = {
    "new-pair": {
        "zh": ("`{pair}` 看不懂", "写成 `键=内容`，如 `title=楼道漏水`、`ladder.0.level=社区自办`"),
        "en": ("`{pair}` can't be understood", "write `key=value`, as in `title=Leak`, `ladder.0.level=社区自办`"),
    },
    "new-gap": {
        "zh": ("`{pair}` 跳过了前面的", "从 0 数起，一个接一个；下一个是 `{next}`"),
        "en": ("`{pair}` leaves a gap", "count from 0, one after the other; the next is `{next}`"),
    },
    "new-brackets": {
        "zh": ("`{value}` 的括号里写法有误", "写成 `{{键: 内容, 键: 内容}}` 或 `[内容, 内容]`，冒号后空一格"),
        "en": ("`{value}` is no YAML between its brackets", "write `{{key: value}}` or `[value, value]`, a space after each colon"),
    },
    "new-exists": {
        "zh": ("编号 `{id}` 已有一条记录（{path}）", "改那一条，或换一个编号：`--id`"),
        "en": ("there is a record `{id}` already ({path})", "change that one, or choose another id: `--id`"),
    },
    "new-id": {
        "zh": ("`{id}` 不能作编号", "只用小写字母、数字和中间的短横，例如 `{example}`"),
        "en": ("`{id}` can't be an id", "use a-z, 0-9 and single hyphens, as in `{example}`"),
    },
    "new-by-command": {
        "zh": ("{label}由命令写出，不手写", "用 `gongshi {command}`"),
        "en": ("records of the kind `{kind}` are written by a command only", "use `gongshi {command}`"),
    },
    "bad-settings": {
        "zh": ("`{path}` 不是没有注释的 JSON（{reason}）", "去掉里面的注释和多余的逗号，或把文件挪开，再运行一次"),
        "en": ("`{path}` is no JSON without comments ({reason})", "take out comments and trailing commas, or move the file away, and run this again"),
    },
    "no-scheme": {
        "zh": ("没有办法 `{name}`，或它不按期排榜", "可用：{known}"),
        "en": ("there is no scheme `{name}`, or it has no periods", "known: {known}"),
    },
    "no-period": {
        "zh": ("没有 `{name}` 这一期的结果", "有结果的：{known}"),
        "en": ("there is no outcome for `{name}`", "there are: {known}"),
    },
    "not-over": {
        "zh": ("`{name}` 这一期还没有结束，不能定榜", "等这一期过完"),
        "en": ("the period `{name}` is not over and can't be frozen", "wait until it is"),
    },
    "no-room": {
        "zh": ("`{name}` 末尾加不上定稿的三行", "一项写一行，不用大括号，不写 `...`，也不先写 closed、rows、seal"),
        "en": ("no lines can be added at the end of `{name}`",
               "one key a line, no braces, no `...`, and no `closed`, `rows` or `seal` of your own"),
    },
    "already-closed": {
        "zh": ("已经定榜：{name}", "定榜的结果不改；要更正，用 `gongshi correct`"),
        "en": ("this is frozen already: {name}", "it is never changed; to correct it, use `gongshi correct`"),
    },
    "no-outcome": {
        "zh": ("没有定榜 `{name}`", "可更正的：{known}"),
        "en": ("there is no frozen outcome `{name}`", "there are: {known}"),
    },
    "nothing-differs": {
        "zh": ("按现在的记录，`{name}` 的结果没有不同，没有什么要更正", "先改正记录，再发更正"),
        "en": ("by the records of today nothing in `{name}` differs", "mend the records first"),
    },
    "no-target": {
        "zh": ("没有 `{name}` 这条记录或这一页", "{near}写成 `area/编号` 这样；别的页面写地址，如 `boards/a.html`"),
        "en": ("there is no record or page `{name}`", "{near}write it like `area/id`, or a page's address like `boards/a.html`"),
    },
    "fmt-nothing": {
        "zh": ("`{path}` 不是一条手写的记录，里面也没有", "写 {content} 下的文件或文件夹；定榜与更正由命令写出，不整理"),
        "en": ("`{path}` is no record that is written by hand, nor a folder of such",
               "name a file or folder below {content}; outcomes and corrections are written by commands"),

    },
    "folder-used": {
        "zh": ("{folder} 不是空的，里面有 {names}", "换一个新文件夹，或先把里面的东西移走"),
        "en": ("{folder} is not empty: it holds {names}", "take a new folder, or move these away first"),
    },
    "no-wheel": {
        "zh": ("找不到程序的安装包（{reason}）", "用 --wheel 指出 gongshi-….whl；在程序的仓库里，先运行 make setup"),
        "en": ("there is no wheel of this program ({reason})",
               "name one with --wheel; in a checkout run make setup first"),
    },
    "not-a-wheel": {
        "zh": ("`{name}` 不是本程序的安装包", "用名字像 gongshi-0.1.0-py3-none-any.whl 的文件，不要改名"),
        "en": ("`{name}` is no wheel of this program", "take one named like gongshi-0.1.0-py3-none-any.whl"),
    },
    "git-refused": {
        "zh": ("网站的文件都写好了，git 没有提交成：{reason}", "照它说的改好，再运行 git add --all 和 git commit"),
        "en": ("all files are written, but git did not commit: {reason}", "mend that, then git add --all and git commit"),
    },
    "sheet-unwritable": {
        "zh": ("写不出 `{name}`（{reason}）", "若它正开着，先在 Excel 或 WPS 里关掉，再来一次"),
        "en": ("`{name}` can't be written ({reason})", "if it is open, close it in Excel or WPS, and try again"),
    },
    "sheet-exists": {
        "zh": ("已有文件 `{name}`，不盖掉它", "用 -o 换一个名字，或先移走它"),
        "en": ("the file `{name}` exists and is not overwritten", "give another name with -o, or move it away"),
    },
    "has-code": {
        "zh": ("`{name}` 已有短码 {codes}", "用已有的；确要另发，加 `--another`"),
        "en": ("`{name}` has a code: {codes}", "use it; to issue another one all the same add `--another`"),
    },
    "no-board": {
        "zh": ("`{name}` 不是楼栋、单元、网格，下面也没有", "{near}告示只给楼栋、单元、网格；写上级地方的编号，就做它下面的全部"),
        "en": ("`{name}` is no building, unit or grid, and holds none", "{near}name one of these, or a place that holds some"),
    },
    "no-plates": {
        "zh": ("这些地方还没有短码：{name}", "先用 `gongshi code` 发码"),
        "en": ("these places have no code yet: {name}", "issue some with `gongshi code` first"),
    },
    "bad-address": {
        "zh": ("`{name}` 不是网址", "写成 https://example.org/"),
        "en": ("`{name}` is no web address", "write it like https://example.org/"),
    },
    "no-git": {
        "zh": ("用不了 git（{reason}）", "装上 git，再试一次"),
        "en": ("git can't be used ({reason})", "install git and try again"),
    },
    "no-repository": {
        "zh": ("`{name}` 不在 git 仓库里，没有可以比较的版本", "在仓库里用这个命令；新仓库先 `git init` 并提交一次"),
        "en": ("`{name}` is in no git repository: there is nothing to compare with", "use this inside a repository; `git init` and commit once in a new one"),
    },
    "no-commit": {
        "zh": ("git 里没有版本 `{name}`", "写提交号、分支名或标签名；别人的分支先 `git fetch`"),
        "en": ("git knows no version `{name}`", "name a commit, a branch or a tag; `git fetch` what others pushed"),
    },
    "shallow-clone": {
        "zh": ("这个仓库只取了一部分历史，里面没有 `{name}`", "取全部历史：`git fetch --unshallow`；CI 里设 `fetch-depth: 0` 或 `GIT_DEPTH: 0`"),
        "en": ("this clone is shallow and does not hold `{name}`", "fetch the whole history: `git fetch --unshallow`; in CI `fetch-depth: 0` or `GIT_DEPTH: 0`"),
    },
    "git-failed": {
        "zh": ("git 做不到：{reason}", "照它说的改好，再试一次"),
        "en": ("git failed: {reason}", "do as it says and try again"),
    },
    "no-pdf-engine": {
        "zh": ("做 PDF 要用 WeasyPrint，这里用不了（{reason}）", "`pip install weasyprint`；Debian、Ubuntu 另要 `apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`；或不加 --pdf，用浏览器打印"),
        "en": ("PDF needs WeasyPrint, which can't be used here ({reason})", "`pip install weasyprint`; on Debian and Ubuntu also `apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`; or leave out --pdf and print from a browser"),
    },
    "admin-not-made": {
        "zh": ("site_config.yml 里写了 admin，填表用的程序还没有做好", "有 Node 的机器上跑一次 `make admin`；安装包里本来就有；不要表单就删去 admin 这一项"),
        "en": ("site_config.yml asks for forms (admin), and their program was not made", "run `make admin` once where Node is; wheels hold it already; or delete the key admin"),
    },
    "no-font": {
        "zh": ("系统里没有字体能印这些字：{name}", "装一种中文字体，例如 `apt install fonts-noto-cjk`"),
        "en": ("no font of this system has the characters {name}", "install a Chinese font, as with `apt install fonts-noto-cjk`"),
    },
    # ── sheets ──
    "sheet-type": {
        "zh": ("{name} 不是 .xlsx 或 .csv 表格", "在 Excel 或 WPS 里另存为 .xlsx"),
        "en": ("{name} is no .xlsx or .csv sheet", "save it as .xlsx in Excel or WPS"),
    },
    "sheet-old": {
        "zh": ("{name} 是旧格式（.xls 或 .et），只是可能改了名", "在 Excel 或 WPS 里打开，另存为 .xlsx"),
        "en": ("{name} is of an old format (.xls or .et), whatever its name", "open it in Excel or WPS and save it as .xlsx"),
    },
    "sheet-encrypted": {
        "zh": ("{name} 加了打开密码，读不了", "去掉打开密码，另存一份"),
        "en": ("{name} is encrypted with a password", "save a copy without one"),
    },
    "sheet-macros": {
        "zh": ("{name} 里有宏，不导入", "另存为不带宏的 .xlsx"),
        "en": ("{name} holds macros and is not imported", "save it as an .xlsx without macros"),
    },
    "sheet-broken": {
        "zh": ("{name} 打不开：文件坏了，或内容不是表格", "在 Excel 或 WPS 里打开，另存一份 .xlsx；打不开就重新导出"),
        "en": ("{name} can't be read: it is damaged or no workbook", "open it in Excel or WPS and save a copy, or export it anew"),
    },
    "sheet-too-large": {
        "zh": ("{name} 太大，或展开后太大", "删去数据下面和右边的空行空列，取消大片的合并，或分成几个文件导入"),
        "en": ("{name} is too large, as it is or once unpacked", "delete empty rows and columns around the data, unmerge large areas, or split the file"),
    },
    "sheet-encoding": {
        "zh": ("{name} 既不是 UTF-8，也不是 GB 18030（GBK）编码", "在 Excel 或 WPS 里另存为“CSV UTF-8”，或 .xlsx"),
        "en": ("{name} is neither UTF-8 nor GB 18030 (GBK)", "save it as “CSV UTF-8” or as .xlsx"),
    },
    "sheet-quotes": {
        "zh": ("{name} 第 {line} 行的引号不成对", "改正引号，或改用 .xlsx"),
        "en": ("{name} has unbalanced quotes at line {line}", "correct them, or use .xlsx"),
    },
    "sheet-unknown": {
        "zh": ("{name} 里找不到要导入的表：没有一行表头是认得的", "用 `gongshi export --template` 给的模板；不是模板的，说明是哪一类记录，表头照模板写"),
        "en": ("{name} holds no sheet of ours: no row of heads is known", "use a template of `gongshi export --template`; else name the kind, and write heads as templates do"),
    },
    "sheet-two-kinds": {
        "zh": ("{name} 里有几类记录的表：{kinds}", "说明导入哪一类，或分成几个文件"),
        "en": ("{name} holds sheets of several kinds: {kinds}", "name the kind to import, or split the file"),
    },
    "sheet-other-kind": {
        "zh": ("{name} 是“{other}”的表，不是“{kind}”的", "换一个文件，或改成导入“{other}”"),
        "en": ("{name} is a sheet of “{other}”, not of “{kind}”", "take another file, or import it as “{other}”"),
    },
    "sheet-twice": {
        "zh": ("{name} 里有几张一样的表：{sheets}", "只留一张，复制出来的删去"),
        "en": ("{name} has several sheets of the same table: {sheets}", "keep one and delete the copies"),
    },
    "sheet-by-command": {
        "zh": ("“{name}”由命令写出，不用表格填", "用写它的命令，例如定榜用 `gongshi freeze`"),
        "en": ("records of “{name}” are written by a command, not filled in on a sheet", "use that command, as `gongshi freeze`"),
    },
    "cell-too-long": {
        "zh": ("`{name}` 的“{label}”超过 {limit} 个字，一格放不下", "直接改这条记录的 YAML，不用表格"),
        "en": ("`{name}`: “{label}” has more than {limit} characters and fits into no cell", "edit the YAML of this record itself"),
    },
}
"""What is said where an editor's command can't be carried out, in the same form."""

NOTES: dict[str, dict[str, tuple[str, str]]] = {
    "provisional-end": {
        "zh": ("公示到 {end} 是暂定的", "{year} 年的放假安排写进 holidays/ 就准了"),
        "en": ("the notice ends on {end} provisionally", "holidays/ may settle {year}"),
    },
}
"""What an editor should know and nothing fails for, in the same form."""

SHEETS: dict[str, dict[str, tuple[str, str]]] = {
    "cell-yaml": {
        "zh": ("`{text}` 的括号、引号或冒号不成对", "写成 {{名称: 内容, 名称: 内容}}，用半角的冒号（后面空一格）和逗号；文字里有逗号、冒号的，两头加半角双引号"),
        "en": ("`{text}` has unbalanced brackets, quotes or colons", "write {{name: text, name: text}} with a colon and a space; put text with commas or colons in double quotes"),
    },
    "cell-not-mapping": {
        "zh": ("这里每项要写几样内容，不能只写一句", "写成 {example}"),
        "en": ("an item here has several parts, not a text alone", "write {example}"),
    },
    "cell-flag": {
        "zh": ("`{value}` 不是“是”或“否”", "写“是”或“否”，不知道就空着"),
        "en": ("`{value}` is neither “是” (yes) nor “否” (no)", "write one of these, or leave it empty"),
    },
    "cell-formula": {
        "zh": ("这一格是公式，文件里没有算出的结果", "复制这一格，“选择性粘贴”为数值；或用 Excel、WPS 打开后再存一次"),
        "en": ("this is a formula whose result is not in the file", "paste it as a value, or open and save the file once in Excel or WPS"),
    },
    "cell-error": {
        "zh": ("这一格是公式的错误 `{value}`", "改正公式，或直接写内容"),
        "en": ("this cell holds the error `{value}`", "correct the formula, or write the value itself"),
    },
    "cell-changed": {
        "zh": ("这一格被表格软件当成了日期或时间（{value}），原来写的已经不在了", "把单元格格式改成“文本”，再重新写一遍"),
        "en": ("the spreadsheet took this cell for a date or time ({value}): what was typed is lost", "format it as text and type it again"),
    },
    "cell-digits": {
        "zh": ("这个数超过 15 位，表格软件已把后面的数字变成 0", "把单元格格式改成“文本”，照原件重新写一遍；身份证号、银行卡号不要写"),
        "en": ("this number has more than 15 digits: the spreadsheet has turned the rest into zeros", "format it as text and type it again from the original; never enter identity or bank card numbers"),
    },
    "cell-percent": {
        "zh": ("这一格是百分比格式，分不清是 {value} 还是它的百分之一", "把单元格格式改成“文本”，写上数，单位另写"),
        "en": ("this cell is formatted as a percentage: {value} may be meant, or a hundredth of it", "format it as text and type the number, its unit apart"),
    },
    "cell-no-day": {
        "zh": ("`{value}` 看不出是哪一天", "写成 2026-05-06；只知道月就写 2026-05，只知道年就写 2026"),
        "en": ("`{value}` is no day", "write it as 2026-05-06, 2026-05 or 2026"),
    },
    "cell-no-year": {
        "zh": ("这一格没有写年，表格软件自己填成了 {value}", "连年一起写，例如 2026-05-06"),
        "en": ("no year was typed here; the spreadsheet made it {value}", "type the year as well, as in 2026-05-06"),
    },
    "cell-epoch": {
        "zh": ("这一格的日期是 {value}，不在 2000 到 2100 年之间", "重新写这个日期；更早的日期把单元格格式改成“文本”再写"),
        "en": ("the date in this cell is {value}, outside 2000 to 2100", "type it again; format the cell as text for an earlier one"),
    },
    "cell-merged": {
        "zh": ("这里是合并的单元格，分不清内容属于哪一行、哪一列", "取消合并，每一格各写各的"),
        "en": ("these cells are merged: nobody can tell to which row or column the text belongs", "unmerge them and fill in each"),
    },
    "cell-beside-whole": {
        "zh": ("同一组的另一格已经写了整组内容，这一格就不能再写", "清空这一格，或把整组内容拆开写进各列"),
        "en": ("another cell already holds the whole of this group", "clear this cell, or spread the group over its columns"),
    },
    "cell-bad-id": {
        "zh": ("`{name}` 不能作编号", "新增的空着，或写“新1”“新2”；自己定编号只用小写字母、数字和中间的短横，如 lu-deng-01"),
        "en": ("`{name}` can't be an id", "leave it empty for a new record, or write 新1, 新2; an id of your own has a-z, 0-9 and single hyphens"),
    },
    "column-unknown": {
        "zh": ("没有“{label}”这一列", "{near}改正表头；不要导入的列删去"),
        "en": ("there is no column “{label}”", "{near}correct the head, or delete a column that is not to be imported"),
    },
    "column-twice": {
        "zh": ("“{label}”这一列有两列", "只留一列"),
        "en": ("there are two columns “{label}”", "keep one"),
    },
    "column-moved": {
        "zh": ("表头写的是“{label}”，隐藏的第 1 行说这一列是“{other}”", "内容是“{label}”的，就把隐藏的那一格清空；不是的，改回表头"),
        "en": ("the head says “{label}”, the hidden first row says this is “{other}”", "clear the hidden cell if it is “{label}”, else correct the head"),
    },
    "column-no-head": {
        "zh": ("这一列有内容，没有表头", "写上表头，或删去这一列"),
        "en": ("this column has content, but no head", "write its head or delete the column"),
    },
    "record-twice": {
        "zh": ("编号 `{id}` 在第 {row} 行已经有了", "改正编号，或并成一行"),
        "en": ("the id `{id}` already stands in row {row}", "correct it, or make one row of the two"),
    },
    "item-no-id": {
        "zh": ("这一行没有编号，不知道属于哪条记录", "写上那条记录的编号；新增的记录两处都写“新1”“新2”"),
        "en": ("this row has no id: nobody can tell to which record it belongs", "write the record's id; for a new one 新1 or 新2 in both places"),
    },
    "item-no-record": {
        "zh": ("主表里没有编号 `{id}` 的记录", "改正编号，或在主表里加上这一行"),
        "en": ("the main sheet has no record `{id}`", "correct the id, or add the record to the main sheet"),
    },
    "sheet-passed-over": {
        "zh": ("这张表像是“{label}”，表名或表头却认不出，里面的内容不会导入", "要导入，表名改成“{label}”（只能有一张），表头照模板写；不要导入，删去这张表"),
        "en": ("this sheet looks like “{label}”, but its name or its heads are not known: nothing in it would be imported",
               "name it “{label}” (once only) with heads as in the template, or delete it"),
    },
    "item-twice": {
        "zh": ("这些内容在主表的一格里也写了", "只留一处"),
        "en": ("the main sheet has these items in a cell as well", "keep one of the two"),
    },
}

ROWS: dict[str, dict[str, tuple[str, str]]] = {
    "cell-missing": {
        "zh": ("这一行没有写“{label}”", "补上；这一项必须有"),
        "en": ("this row has no {label}", "fill it in: it is required"),
    },
    "row-unreadable": {
        "zh": ("这条记录的文件 {path} 现在读不出来", "先改好那个文件，再导入"),
        "en": ("the file of this record, {path}, can't be read", "mend that file first"),
    },
    "row-items-unsure": {
        "zh": ("这张表没有“{parts}”这几列，条数又和现有的不同，分不清哪一条是哪一条", "重新导出，用带全部列的表来改"),
        "en": ("the sheet lacks the columns {parts}, and the number of items differs: which is which?",
               "export anew and edit the sheet with all columns"),
    },
    "row-stale": {
        "zh": ("导出这张表以后，`{id}` 已被别人改过；照这一行写会盖掉那次改动", "重新导出，把你的改动填进新表"),
        "en": ("`{id}` was changed by somebody else since this sheet was exported; this row would undo that",
               "export anew and make your change there"),
    },
    "row-gone": {
        "zh": ("导出这张表以后，`{id}` 已被删去或改名", "重新导出；若要新建一条，清空这一行的编号"),
        "en": ("`{id}` was deleted or renamed since this sheet was exported", "export anew, or clear the id for a new record"),
    },
    "row-repeated": {
        "zh": ("这一行和第 {row} 行完全一样", "删去一行；确是两件事，写出不同之处"),
        "en": ("this row says the same as row {row}", "delete one, or write what tells them apart"),
    },
    "row-repeated-elsewhere": {
        "zh": ("这一行和文件 {file} 第 {row} 行完全一样", "只在一个文件里留这一行；确是两件事，写出不同之处"),
        "en": ("this row says the same as row {row} of the file {file}", "keep it in one of the files, or write what tells them apart"),
    },
    "row-maybe-known": {
        "zh": ("标题、日期、地点都和已有的 `{id}` 一样，像是同一件", "是同一件，编号填 `{id}`；是另一件，编号填一个新的，如 `{example}`"),
        "en": ("title, date and place are those of `{id}`: it may be the same", "if so, write `{id}` as its id; if not, write a new one, as `{example}`"),
    },
    "row-elsewhere": {
        "zh": ("`{id}` 在另一个文件 {file} 里也有", "一条记录只在一个文件里改"),
        "en": ("`{id}` is in {file} as well", "change a record in one file only"),
    },
}
"""What a row of a sheet says that can't be laid over the content, by code."""
"""What is said of a cell of an editor's sheet that can't be read, in the same form."""

TERMS = {
    "a list": "一个列表（每项前加短横）",
    "a mapping": "一组 `键: 值`",
    "text": "一行文字",
    "a whole number": "一个整数",
    "a number": "一个数",
    "true or false": "true 或 false",
    "nothing": "空",
    "mapping values are not allowed in this context": "这里不该有冒号；文字里含“: ”时要用引号括起来",
    "could not find expected ':'": "缺少冒号，或上一行的引号没有收尾",
    "did not find expected key": "缩进对不齐，或引号、括号没有收尾",
    "did not find expected '-' indicator": "列表项的短横没有对齐",
    "found character that cannot start any token": "这里有不能直接写的字符（如 Tab、@、`、%），用空格缩进或用引号括起来",
    "found unexpected end of stream": "引号或括号没有收尾",
    "did not find expected ',' or ']'": "方括号没有收尾，或少了逗号",
    "did not find expected ',' or '}'": "花括号没有收尾，或少了逗号",
    "found unknown escape character": "双引号里的反斜杠要写成两个，或改用单引号",
    "found a tab character that violates indentation": "缩进用了 Tab，要用空格",
    "full-width colon": "冒号是全角的“：”，要用半角“: ”，后面空一格",
    "no space after the colon": "冒号后面要空一格",
    "block sequence entries are not allowed in this context": "短横不能跟在“键:”的同一行，另起一行缩进",
}


_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def legible(text: str) -> str:
    """Return a text on one line that any terminal and file takes: names of files may hold whatever bytes there are."""
    return _UNSEEN.sub(lambda match: " " if match[0].isspace() else "\N{REPLACEMENT CHARACTER}", text)


def say(code: str, values: dict[str, Any], language: Language) -> str:
    """Return what is wrong and what to type, in one line."""
    what, remedy = said(code, values, language)
    return f"{what}{remedy}" if language == "zh" else f"{what} {remedy}"


def said(code: str, values: dict[str, Any], language: Language) -> tuple[str, str]:
    """Return what is wrong, as a sentence, and what to type.

    Values that are one of `TERMS` are said in Chinese; `near`, where not empty, becomes a question.
    """
    what, remedy = _entry(code)[language]
    gaps = {k: _term(v, language) for k, v in values.items()}
    if near := values.get("near"):
        gaps["near"] = f"是不是 `{near}`？" if language == "zh" else f"did you mean `{near}`? "
    return what.format_map(gaps) + ("。" if language == "zh" else "."), remedy.format_map(gaps)


def rule(code: str, language: Language) -> tuple[str, str]:
    """Return what is wrong and what to do as it holds for every case: gaps are an ellipsis."""
    what, remedy = _entry(code)[language]
    gaps = {name: "…" for text in (what, remedy) for _, name, _, _ in Formatter().parse(text) if name} | {"near": ""}
    return what.format_map(gaps), remedy.format_map(gaps)


def _entry(code: str) -> dict[str, tuple[str, str]]:
    return WORDING.get(code) or NOTES.get(code) or SHEETS.get(code) or ROWS.get(code) or DESK[code]


def _term(value: Any, language: Language) -> Any:
    if isinstance(value, str):
        value = legible(value)
    return TERMS.get(value, value) if language == "zh" and isinstance(value, str) else value
