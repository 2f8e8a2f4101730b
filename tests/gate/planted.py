"""What tests plant: one value of each family, with the code under which it is found. All of it is invented."""

from __future__ import annotations

PLANTED = [
    ("personal-phone", "13907330000"),
    ("personal-id", "11010519491231002X"),
    ("personal-bank-card", "6222020000000000000"),
    ("personal-plate", "湘B12345"),
    ("personal-address", "3栋2单元501室"),
    ("personal-passport", "护照E12345678"),
    ("personal-wechat", "微信号liuwater99"),
    ("personal-qq", "QQ号123456789"),
    ("personal-email", "liu.water@163.com"),
    ("personal-gps", "27.8273,113.1516"),
    ("personal-mask", "张*三"),
]
