"""What is said of records that can be read and must not stand: against each other, the books, privacy."""

from __future__ import annotations

MEANING: dict[str, dict[str, tuple[str, str]]] = {
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
        "zh": ("志愿者称呼 `{value}` 看来是全名", "写成“张某”“李阿姨”；本人同意公开的，加 `ground: consent` 和 `consent: {{given: 2026-05-06}}`"),
        "en": ("the volunteer's name `{value}` looks like a full name",
               "mask it (张某, 李阿姨), or add `ground: consent` and `consent: {{given: 2026-05-06}}`"),
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
    "name-without-ground": {
        "zh": ("这里有一个全名（{value}），没有写凭什么公开",
               "写成“李某”或职务；因公职、见过报的，在名字后面写（公职）或（见报）；凭本人同意的，先建人员或志愿者记录；是单位的，写全称"),
        "en": ("here stands a whole name ({value}) without the ground for publishing it",
               "write “李某” or the office; behind the name write `（公职）` for an office, `（见报）` for the press; by "
               "consent only in a record of its own; an organisation has its full name"),
    },
    "name-masked-elsewhere": {
        "zh": ("标题里写了全名（{value}），{other} 却把这个名字遮住，或只凭同意公开一段时间", "标题里也写成“李某”"),
        "en": ("the title names “{value}” in full, whom {other} masks, or names by consent for a time only",
               "write “李某” in the title too"),
    },
    "consent-missing": {
        "zh": ("凭本人同意公开姓名，没有写同意", "加 `consent: {{given: 2026-05-06}}`；不写 until，一年后到期"),
        "en": ("a name published by consent, and no consent", "add `consent: {{given: 2026-05-06}}`; it ends after a year"),
    },
    "consent-without-ground": {
        "zh": ("写了 consent，依据却不是 consent", "改成 `ground: consent`，或删去 consent"),
        "en": ("there is a `consent`, but the ground is another", "write `ground: consent`, or delete `consent`"),
    },
    "minor-named": {
        "zh": ("“{value}”是未成年人，有什么依据都不公开全名", "写成“李某”"),
        "en": ("“{value}” is a minor, whose whole name is never published", "write “李某”"),
    },
    "minor-perhaps": {
        "zh": ("“{value}”写了全名，旁边写着“{word}”，可能是未成年人", "未成年人只写“李某”，并加 `minor: true`；不是的，换个说法"),
        "en": ("“{value}” is named in full beside “{word}”, perhaps a minor",
               "mask a minor (“李某”) and add `minor: true`; else say it otherwise"),
    },
    "guardian-needed": {
        "zh": ("未成年人的同意要由监护人给", "写 `by: 监护人`；没有的，不公开"),
        "en": ("a guardian must consent for a minor", "write `by: 监护人`, or publish nothing"),
    },
    "group-of-few": {
        "zh": ("一栋楼里“{word}”只有“{number}”，邻居都知道是谁", "写到小区一级，或不写数：“少数几户”"),
        "en": ("“{number}” of “{word}” in one building: every neighbour knows who", "tell it of the estate, or give no number"),
    },
    "singled-out": {
        "zh": ("在一栋楼里说一位居民“{word}”，邻居都知道是谁", "写成“某居民”，或把所在地写到小区一级"),
        "en": ("“{word}” is told of one resident of a building: every neighbour knows who",
               "write “某居民”, or name the estate as the place"),
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
        "zh": ("这里有身份证号（{shown}）", "删去它；公开内容里任何时候都不写证件号码，打了星号的也不写"),
        "en": ("an identity-card number stands here ({shown})", "delete it; it never belongs in public content, not even starred"),
    },
    "exception-unused": {
        "zh": ("公开例外用不上：`{at}` 里没有{what}", "`at` 写成那一项的键，如 `note`、`steps.note`；不再需要的，删去这一条例外"),
        "en": ("this exception covers nothing: no {what} stands under `{at}`",
               "name the field in `at`, as `note` or `steps.note`, or delete the exception"),
    },
    "personal-id-like": {
        "zh": ("这里有一个像身份证号的号码（{shown}）：有地区、有生日，只是校验位不对", "是身份证号就删去；是别的号码，在前面写明是什么，如“许可证”“合同”"),
        "en": ("what stands here looks like an identity-card number, its last digit wrong ({shown})",
               "delete it; if it is another number, say before it which, as “许可证” or “合同”"),
    },
    "personal-phone": {
        "zh": ("这里有手机号（{shown}）", "删去它，或写成 138****1234 的样子；办公电话写在 {where}"),
        "en": ("a mobile number stands here ({shown})",
               "delete it or write it like 138****1234; an office's number belongs in {where}"),
    },
    "personal-bank-card": {
        "zh": ("这里有银行卡号（{shown}）", "删去它；对公账户写开户单位和开户行就够了"),
        "en": ("a bank-card number stands here ({shown})", "delete it; of an office's account, name holder and bank"),
    },
    "personal-plate": {
        "zh": ("这里有车牌号（{shown}）", "删去它；要说清是哪辆车，写车型和颜色"),
        "en": ("the plate of a vehicle stands here ({shown})", "delete it; type and colour tell which vehicle is meant"),
    },
    "personal-address": {
        "zh": ("这里写到了哪一户（{shown}）", "写到楼栋或单元为止，如“3栋2单元”；办公室的门牌写在 {where}"),
        "en": ("this address names a single home ({shown})",
               "stop at the building or its stairs, as “3栋2单元”; an office's room belongs in {where}"),
    },
    "personal-passport": {
        "zh": ("这里有护照或通行证号码（{shown}）", "删去它；公开内容里任何时候都不写证件号码"),
        "en": ("the number of a passport or permit stands here ({shown})", "delete it; it never belongs in public content"),
    },
    "personal-wechat": {
        "zh": ("这里有微信号（{shown}）", "删去它；办公用的写在 {where}"),
        "en": ("a WeChat account stands here ({shown})", "delete it; an office's belongs in {where}"),
    },
    "personal-qq": {
        "zh": ("这里有 QQ 号（{shown}）", "删去它；办公用的写在 {where}"),
        "en": ("a QQ number stands here ({shown})", "delete it; an office's belongs in {where}"),
    },
    "personal-email": {
        "zh": ("这里有电子邮箱（{shown}）", "删去它；办公邮箱写在 {where}"),
        "en": ("an e-mail address stands here ({shown})", "delete it; an office's belongs in {where}"),
    },
    "personal-gps": {
        "zh": ("这里的经纬度精确到几米（{shown}）", "只留三位小数，约一百米；或写地名"),
        "en": ("these coordinates are exact to a few metres ({shown})", "keep three decimals, or name the place"),
    },
    "personal-mask": {
        "zh": ("这里的姓名只遮了一个字（{shown}），同一栋楼的人认得出", "写成“张某”"),
        "en": ("one character of a name is hidden here ({shown}): neighbours know who it is", "write “张某”"),
    },
}
