"""基准 of figures.yaml: what else a place compares its amounts with, beside last year's budget."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.load.fields import fields_of, pairs_of
from generator.load.yaml_text import Node, Reader
from generator.model.basis import LAST_YEAR, Basis

_FILE = re.compile(r"[a-z][a-z0-9-]*\.yaml")
TAKEN = ("department.yaml", "basic.yaml", "projects.yaml", "performance.yaml", "narrative.yaml", "accepted.yaml")


def read_bases(reader: Reader, node: Node | None) -> Iterator[Basis]:
    """The declared bases in their order; one whose file is taken or no file's name is reported."""
    used = [LAST_YEAR.file, *TAKEN]
    for key, value in pairs_of(reader, node, "基准"):
        fields = fields_of(reader, value, f"基准“{key.value}”")
        years = fields.choice("早几年", tuple("0123456789"))
        stage, file = fields.text("口径"), fields.text("文件")
        fields.finish()
        if key.value == LAST_YEAR.name or (file and (not _FILE.fullmatch(file) or file in used)):
            what = (
                f"“{key.value}”已有别的用处"
                if key.value == LAST_YEAR.name
                else f"“{file}”不能作填报的文件名，或已有别的用处"
            )
            reader.report("P006", key, what, "名称和文件各用一个，文件名只用小写字母、数字和“-”，如 last-actual.yaml。")
            continue
        used.append(file)
        yield Basis(key.value, int(years or 0), stage, file, f"{key.value}数")
