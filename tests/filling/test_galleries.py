"""Two galleries: wrong workbooks, each refused with all that is wrong, cell by cell; and odd ones that come in all the same."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from functools import cache

from generator.edit import edited
from generator.filling.layout import put_back
from generator.filling.mark import mark_of
from generator.filling.nouns import Desk
from generator.filling.read import rows_of
from generator.filling.write import workbook_of
from generator.model.tree import Trees
from generator.sheets.read import read_workbook
from generator.sheets.sheet import Workbook
from tests.conftest import ROOT, Golden
from tests.filling.departments import desk_of, ground
from tests.filling.right import RIGHT
from tests.filling.wrong import WRONG, Wrong


@cache
def _sound(folder: str) -> Workbook:
    its = ground(folder)
    return read_workbook("填报表.xlsx", workbook_of(its, mark_of(its, "x")))


def _read(case: Wrong) -> tuple[Trees, Desk]:
    its = ground(case.folder)
    desk, book = desk_of(its), case.change(_sound(case.folder))
    return put_back(its, lambda forms: rows_of(book, forms, desk), desk), desk


def test_what_is_said_of_wrong_ones(golden: Golden) -> None:
    assert len(WRONG) > 50
    told = []
    for case in WRONG:
        _, desk = _read(case)
        told.append(f"{case.what}\n")
        told += [f"  注意：{remark}\n" for remark in desk.remarks]
        told += [f"  {one.position}：{one.message}\n    改法：{one.remedy}\n" for one in desk.problems]
        assert desk.problems, case.what
    golden(ROOT / "tests/golden/filling-wrong.txt", "".join(told))


def test_what_odd_ones_come_to(golden: Golden) -> None:
    told = []
    for case in RIGHT:
        trees, desk = _read(case)
        told.append(f"{case.what}\n")
        told += [f"  注意：{remark}\n" for remark in desk.remarks]
        told += [f"  {one.position}：{one.message}\n    改法：{one.remedy}\n" for one in desk.problems]
        told += _changes(case.folder, trees)
    golden(ROOT / "tests/golden/filling-odd.txt", "".join(told))


def _changes(folder: str, trees: Trees) -> Iterator[str]:
    """The lines of files that differ."""
    for name, tree in trees.items():
        if tree == ground(folder).trees.get(name):
            continue
        path = ROOT / folder / name
        text = path.read_text("utf-8") if path.exists() else ""
        lines = unified_diff(text.splitlines(), edited(text, tree).splitlines(), n=0, lineterm="")
        changed = [line for line in lines if line[:3] not in ("---", "+++") and not line.startswith("@@")]
        if changed:
            yield f"  {name}\n"
            yield from (f"    {line}\n" for line in changed)
