"""What is said of an editor's sheet: a cell that can't be read, a row that can't be laid over the content."""

from __future__ import annotations

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
"""Cells, columns and rows, as far as the sheet alone tells."""

ROWS: dict[str, dict[str, tuple[str, str]]] = {
    "cell-missing": {
        "zh": ("这一行没有写“{label}”", "补上；这一项必须有"),
        "en": ("this row has no {label}", "fill it in: it is required"),
    },
    "cell-lost": {
        "zh": ("这一格里的生僻字变成了问号：存成 CSV 时丢了", "另存为 .xlsx 或“CSV UTF-8”，把字补上"),
        "en": ("rare characters of this cell became question marks when it was saved as CSV", "save it as .xlsx or “CSV UTF-8” and type them again"),
    },
    "cell-no-id": {
        "zh": ("`{value}` 不是编号", "从下拉列表里选，或写那条记录的编号（小写字母、数字和短横），不写它的名称"),
        "en": ("`{value}` is not an id", "choose from the list, or write the id of the record (a-z, 0-9, hyphens), not its title"),
    },
    "cell-no-source": {
        "zh": ("`{value}` 不是文件的编号", "几个来源一行写一个编号；没有存成记录的来源写成 {{出处: {value}}}"),
        "en": ("`{value}` is not the id of a document", "write one id a line; a source that is no record is written {{出处: {value}}}"),
    },
    "cell-no-record": {
        "zh": ("没有编号是 `{id}` 的{label}", "{near}从下拉列表里选，或改成已有的编号；还没有这一条的，先导入它"),
        "en": ("there is no {label} with the id `{id}`", "{near}choose from the list, or write an existing id; if the record is to come, import it first"),
    },
    "cell-one-line": {
        "zh": ("这里只能写一行", "删去格子里的换行；分段的文字写在“说明”里"),
        "en": ("only one line fits here", "take out the line breaks; paragraphs belong in “说明”"),
    },
    "cell-wrong-type": {
        "zh": ("{key} 应是{expects}，写成了{found}", "照“填写说明”表里这一列的例子写"),
        "en": ("{key} should be {expects}, found {found}", "see the example of this column on the sheet “填写说明”"),
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
"""Rows beside the content."""
