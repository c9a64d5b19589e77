"""``python -m generator`` is the console script ``shuoming``."""

import sys

from generator.cli import main

sys.exit(main())
