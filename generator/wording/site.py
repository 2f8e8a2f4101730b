"""What is said of the site as a whole: its configuration, its links, its short codes."""

from __future__ import annotations

SITE: dict[str, dict[str, tuple[str, str]]] = {
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
        "zh": ("`{key}` 不能在 mkdocs 一段里设：由生成器决定，或会读别的文件、运行别的程序", "删去它；可设：{known}"),
        "en": ("`{key}` can't be set in the `mkdocs` block: the generator decides it, or it would read other files or run programs",
               "delete it; choose from: {known}"),
    },
    "tangled-page": {
        "zh": ("正文页这一段太长，方括号、尖括号、星号这些又太多，排版要花几分钟", "用空行分成几段，或分成几页"),
        "en": ("this part of the page is so long, and so full of brackets and stars, that setting it would take minutes",
               "part it by blank lines, or into several pages"),
    },
    "unforeseen": {
        "zh": ("程序读这个文件时出了错（{reason}），这是程序的毛病；这个文件多半也有不寻常的写法", "照样例重写这条记录，并把这一行报告给维护程序的人"),
        "en": ("the program failed on this file ({reason}), which is a fault of the program; the file is probably unusual too",
               "write the record again after its example, and report this line to those who maintain the program"),
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
    # ── what was built ──
    "built-personal": {
        "zh": ("生成的 `{page}` 的{part}里有{what}（{shown}），记录本身没有写它", "它是几处内容拼出来的，或由标题、正文页、自有主题、site_config.yml 带进来；改掉其中一处再生成"),
        "en": ("`{page}`, as built, holds {what} ({shown}) in {part}, which no record says by itself", "it was composed of several parts, or comes from a title, a prose page, your theme or site_config.yml; change one of them"),
    },
    "built-metadata": {
        "zh": ("图片 `{page}` 里除了画面还带着 {what}，会泄露拍摄的地点、时间或人", "照片放进 content/photos/ 由程序处理；正文页和主题的图片用看图软件“另存为”一份再放进来"),
        "en": ("besides its pixels the picture `{page}` holds {what}, which can tell where, when and by whom it was taken", "put photos into content/photos/, which are cleaned; save pictures of pages and themes anew without it"),
    },
    "built-unseen": {
        "zh": ("没有办法查看文件 `{page}` 里有什么（{what}）", "删去它，或换成网页、文字、表格、图片"),
        "en": ("nothing here can look into the file `{page}` ({what})", "delete it, or publish text, a table or a picture instead"),
    },
}
