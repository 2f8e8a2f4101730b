"""What tests plant: one value of each family, with the code under which it is found. All of it is invented."""

from __future__ import annotations

PLANTED = [
    ("personal-phone", "13907330000"),
    ("personal-id", "11010519491231002X"),
    ("personal-bank-card", "6222020000000000000"),
]
