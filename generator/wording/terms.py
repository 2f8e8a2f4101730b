"""Words from elsewhere (the YAML parser, the names of types) that a message says in Chinese."""

from __future__ import annotations

TERMS = {
    "a list": "一个列表（每项前加短横）",
    "a mapping": "一组 `键: 值`",
    "text": "一行文字",
    "a whole number": "一个整数",
    "a number": "一个数",
    "true or false": "true 或 false",
    "nothing": "空",
    "phone": "电话",
    "plate": "车牌",
    "address": "住址",
    "email": "电子邮箱",
    "wechat": "微信号",
    "qq": "QQ号",
    "gps": "精确位置",
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
