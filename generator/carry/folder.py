"""What lies beside a new department's data: how to go on, in the department's words, and what a double click starts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from string import Template

from generator.carry.blank import Begun
from generator.model.profile import Profile

_TEXTS = Path(__file__).parent / "texts"
_ENDS = {".cmd": "\r\n", ".txt": "\r\n"}
"""For Windows: its old Notepad shows no other line ends."""
STARTERS = (".sh", ".desktop")
"""What a desktop runs only where it is allowed to."""
_BOM = "\ufeff"
_OF_DATA = {
    "department.yaml": "部门名称、代码、职责、机构、控制数",
    "basic.yaml": "基本支出：人员经费、公用经费",
    "projects.yaml": "项目支出和绩效指标",
    "performance.yaml": "整体绩效目标",
    "narrative.yaml": "变动原因、政府采购、国有资产等",
    "prior.yaml": "上年预算数",
}


def beside(said: Begun, profile: Profile, data: Iterable[str]) -> dict[str, bytes]:
    """The files around the ``data`` files, by their names in the department's folder."""
    words = {
        "name": said.name,
        "year": str(said.year),
        "place": said.place,
        "line": "=" * (2 * len(said.name) + 20),
        "files": _listed(said, profile, data),
    }
    found = {}
    for path in sorted(_TEXTS.iterdir()):
        name = path.name.replace("git", ".git", 1) if path.name.startswith("git") else path.name
        text = path.read_text(encoding="utf-8")
        text = Template(text).substitute(words) if path.suffix in (".txt", "") else text
        mark = _BOM if path.suffix == ".txt" else ""  # without it Notepad may take Chinese for GBK
        found[name] = (mark + text.replace("\n", _ENDS.get(path.suffix, "\n"))).encode()
    return found


def _listed(said: Begun, profile: Profile, data: Iterable[str]) -> str:
    """The data files, a line each, with what stands in them."""
    of_others = {
        **{basis.file: f"{basis.name}，比较用" for basis in profile.bases if basis.file not in _OF_DATA},
        **{one.file: one.name for one in profile.lists},
        **{one.file: one.name for one in profile.dimensions if one.file},
    }
    lines = []
    for name in data:
        told = said.units.get(name.removeprefix("units/").removesuffix(".yaml"), "")
        lines.append(f"data/{said.year}/{name}  {_OF_DATA.get(name) or of_others.get(name) or told}")
    return "\n".join(lines)
