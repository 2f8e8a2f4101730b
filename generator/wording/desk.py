"""What is said where an editor's command can't be carried out."""

from __future__ import annotations

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
        "en": ("records of “{label}” are written by a command only", "use `gongshi {command}`"),
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
    "unwritable": {
        "zh": ("写不出 `{name}`（{reason}）", "看看磁盘满没满、这个文件夹可不可以写，再把同一条命令运行一次"),
        "en": ("`{name}` can't be written ({reason})", "see whether the disk is full or the folder read-only, and run the same command again"),
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
    "hook-exists": {
        "zh": ("已有一个提交前的钩子 `{name}`，不动它", "在那个文件里另加一行：{line}"),
        "en": ("there is a hook already, `{name}`, which is left alone", "add a line to that file: {line}"),
    },
    "hooks-elsewhere": {
        "zh": ("git 的钩子放在仓库外面（`{name}`），那里管着别的仓库，不往里写", "自己在那里的 pre-commit 加一行：{line}；或用 `git config --local core.hooksPath .githooks` 给这个仓库单设"),
        "en": ("git's hooks are outside this repository (`{name}`) and serve others too: nothing is written there", "add a line to pre-commit there: {line}; or give this repository its own: `git config --local core.hooksPath .githooks`"),
    },
    "hook-folder": {
        "zh": ("文件夹名 `{name}` 里有引号、反斜杠、`$` 或反引号，钩子里写不了", "改文件夹的名字，再来一次"),
        "en": ("the folder's name `{name}` has quotes, backslashes, `$` or backticks, which a hook can't hold", "rename the folder and try again"),
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
    # ── releases ──
    "rollback-none": {
        "zh": ("{name} 里没有更早的一版可退", "看有哪些：`gongshi rollback --list`"),
        "en": ("{name} holds no earlier release to go back to", "see which there are: `gongshi rollback --list`"),
    },
    "rollback-unknown": {
        "zh": ("没有 `{name}` 这一版，有：{names}", "写成其中一个，或不写，退回上一版"),
        "en": ("there is no release `{name}`, only {names}", "name one of them, or none for the one before"),
    },
    "rollback-stands": {
        "zh": ("现在上线的就是 `{name}`", "要退到别的版，写它的名字"),
        "en": ("`{name}` is the release that stands", "name another one"),
    },
    "rollback-damaged": {
        "zh": ("`{name}` 已损坏，`{path}` 等 {count} 个文件与清单不符，没有退回", "换一版，或在 git 里退回内容后重新 `gongshi build`"),
        "en": ("`{name}` is damaged: {count} files are not what its manifest says, as `{path}`", "take another one, or revert the content in git and `gongshi build` again"),
    },
    "rollback-ended": {
        "zh": ("`{name}` 里有 {day} 就到期的内容，不能再公布", "在 git 里退回内容后重新 `gongshi build`，到期的会自动撤下"),
        "en": ("`{name}` shows what ended on {day} and must not be published again", "revert the content in git and `gongshi build` again, which leaves out what has ended"),
    },
    "rollback-withdrawn": {
        "zh": ("`{name}` 里的 `{path}` 后来撤回或到期了，不能再公布", "在 git 里退回其他改动后重新 `gongshi build`"),
        "en": ("`{name}` shows `{path}`, which was withdrawn or has ended since", "revert the other changes in git and `gongshi build` again"),
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
        "zh": ("“{name}”由命令写出，不用表格填", "用写它的命令，例如定榜用 `gongshi close`"),
        "en": ("records of “{name}” are written by a command, not filled in on a sheet", "use that command, as `gongshi close`"),
    },
    "cell-too-long": {
        "zh": ("`{name}` 的“{label}”超过 {limit} 个字，一格放不下", "直接改这条记录的 YAML，不用表格"),
        "en": ("`{name}`: “{label}” has more than {limit} characters and fits into no cell", "edit the YAML of this record itself"),
    },
    "worker-died": {
        "zh": ("处理 `{what}` 时，工作进程一再被系统终止，单独运行也一样", "先把它移开再试；移开就好的，把它交给开发者；都不行，多半是内存不够。什么都没有发布"),
        "en": ("the system ended every worker at `{what}`, even with nothing else running", "move it away and try again; if that helps, show it to the developers; if not, memory is probably short. Nothing was published"),
    },
    "workers-died": {
        "zh": ("工作进程被系统终止了 {times} 次，多半是内存不够", "再试：加 `--workers 1`。什么都没有发布"),
        "en": ("the system ended workers {times} times, probably for lack of memory", "try again with `--workers 1`. Nothing was published"),
    },
    "cluster-missing": {
        "zh": ("没有装 `--executor` 要用的软件包", "安装：`pip install distributed==2026.8.0`；或去掉 `--executor`，只用这一台机器"),
        "en": ("what `--executor` needs is not installed", "`pip install distributed==2026.8.0`, or leave `--executor` out and use this machine alone"),
    },
    "cluster-unreachable": {
        "zh": ("连不上 {address}", "看地址对不对，那台机器上 `dask scheduler` 在不在运行，防火墙放不放行"),
        "en": ("{address} can't be reached", "look at the address, whether `dask scheduler` runs there, and at the firewall"),
    },
    "cluster-empty": {
        "zh": ("{address} 上没有工作进程", "在每台机器上运行 `dask worker`，再试"),
        "en": ("{address} has no worker", "run `dask worker` on each machine, then try again"),
    },
    "cluster-differs": {
        "zh": ("工作进程 {worker} 的 {what} 是 `{there}`，这里是 `{here}`", "各台机器装成一样的，重启 `dask worker`"),
        "en": ("the worker {worker} has {what} `{there}`, this machine `{here}`", "install the same on all machines, and restart `dask worker`"),
    },
    "cluster-unshared": {
        "zh": ("工作进程 {worker} 用不了 {path}（{reason}）", "各台机器把同一个文件夹挂在同一个路径下，用同一个用户运行"),
        "en": ("the worker {worker} can't use {path} ({reason})", "mount one folder at the same path on all machines, and run as the same user"),
    },
    "cluster-lost": {
        "zh": ("{address} 断开了，或已经没有工作进程", "看 `dask scheduler` 和 `dask worker` 各说了什么，重启再试；什么都没有发布"),
        "en": ("{address} is gone, or has no workers any more", "look at what `dask scheduler` and `dask worker` say, restart them and try again; nothing was published"),
    },
}
