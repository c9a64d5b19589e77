"""``python -m generator`` is the console script ``shuoming``."""

try:
    from generator.cli import run
except KeyboardInterrupt:  # in the first tenth of a second
    raise SystemExit(130) from None

run()
