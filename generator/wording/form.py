"""What is said of a file, a photo, a line of YAML, a field: content that can't be read as a record."""

from __future__ import annotations

FORM: dict[str, dict[str, tuple[str, str]]] = {
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
        "zh": ("有看不见、或各处显示不同的字符 {name}，会让读者看到的与写下的不同", "删去它，重新输入这一处"),
        "en": ("a character that shows nothing, or not the same everywhere, {name}, makes text read differently from what is written",
               "delete it and type this spot again"),
    },
    "lookalike-character": {
        "zh": ("`{shown}`（{name}）看上去是 `{meant}`，其实是另一个字符，查不到、对不上；多半是从 PDF 复制来的", "重新输入 `{meant}`"),
        "en": ("`{shown}` ({name}) looks like `{meant}` but is another character, which no search finds; PDFs give such when copied from",
               "type `{meant}` instead"),
    },
    "piled-marks": {
        "zh": ("一个字上叠了 {limit} 个以上的附加符号，会盖住别的字", "删去它们，重新输入这一处"),
        "en": ("more than {limit} marks are piled up on one letter, which covers other text", "delete them and type this spot again"),
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
}
