"""Read a file shaped like basic.yaml: as our program does, or with the fast loader of PyYAML alone.

python -m bench.read_yaml ours|pyyaml FILE
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path


def _ours(path: Path) -> int:
    from generator.load.classification import load_classification
    from generator.load.code_book import CodeBook
    from generator.load.files import Folder
    from generator.load.projects import read_basic
    from generator.load.spending import SpendingReader
    from generator.model.classification import ExtraCodes
    from generator.model.department import Department, Performance, Structure
    from generator.model.money import Scale

    reader, node = Folder(path.parent).open(path.name)
    codes = CodeBook(load_classification(2022, ExtraCodes()), 2022, ExtraCodes())
    department = Department(
        year=2022, name="示例单位", code="900", nature="事业", scale=Scale.WAN, agencies={"900001": "示例单位"}, date="",
        duties=(), structure=Structure("", "", ()), controls=(), projects={}, performance=Performance((), (), ()),
        facts={}, words={}, reasons={}, prior={},
    )  # fmt: skip
    spending = SpendingReader(reader, codes, department)
    read_basic(spending, node, department.agencies)
    if reader.problems:
        sys.exit(reader.problems[0].message)
    return len(spending.lines)


def _pyyaml(path: Path) -> int:
    import yaml

    with path.open("rb") as file:
        fundings = yaml.load(file, Loader=yaml.CSafeLoader)
    return sum(len(lines) for funding in fundings for lines in funding["支出"].values())


if __name__ == "__main__":
    gc.disable()  # as the program does; without, trees of this size are mostly looked through
    sys.stdout.write(f"{ {'ours': _ours, 'pyyaml': _pyyaml}[sys.argv[1]](Path(sys.argv[2])) }\n")
