"""部门预算说明 from source: YAML in, a complete Word document out."""

from generator.later import sparing

with sparing("gettext", "ntpath", "urllib.parse"):  # for other languages, paths of Windows, and paths as addresses
    import argparse  # noqa: F401
    import pathlib  # noqa: F401
