"""`python -m generator` is the command `gongshi`."""

from generator.cli import main

main()
