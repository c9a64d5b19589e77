"""``python -m generator`` is the console script ``shuoming``."""

from generator.cli import run

run()
