"""A profile's outline (大纲) and its numbering (编号): which parts and tables there are, in which order."""

from __future__ import annotations

import re

import yaml

from generator.load.fields import Fields, brief, fields_of, items_of, text_of
from generator.load.files import Folder
from generator.load.tables import read_table
from generator.load.yaml_text import Node, Reader
from generator.model.problem import did_you_mean
from generator.model.profile import NUMBER_PLACE, Annex, Numbering, Part, TableSpec
from generator.model.source import Source

_FILE = re.compile(r"[\w-]+")


def read_outline(folder: Folder, reader: Reader, node: Node | None) -> tuple[Part | Annex, ...]:
    """大纲: the document's parts and tables."""
    return tuple(_item(folder, reader, item) for item in items_of(reader, node, "大纲"))


def read_numbering(reader: Reader, node: Node | None) -> Numbering:
    """编号: the patterns that a place numbers with."""
    usual = Numbering()
    if node is None:
        return usual
    fields = fields_of(reader, node, "“编号”")
    values = []
    for name, default in zip(
        ("部分", "一级", "二级", "列举", "附表", "引用"),
        (usual.part, usual.first, usual.second, usual.item, usual.table, usual.reference),
        strict=True,
    ):
        node = fields.take(name, False)
        text = node.value if isinstance(node, yaml.ScalarNode) else default  # a space at the end counts
        if len(NUMBER_PLACE.findall(text)) != 1:
            remedy = "请写出序号的位置：{一}为中文数字，{1}为阿拉伯数字，{One}为英文。"
            reader.report("P004", node or reader.at(fields.node), f"编号“{name}”的“{text}”没有序号", remedy)
        values.append(text)
    fields.finish()
    return Numbering(*values)


def _item(folder: Folder, reader: Reader, node: Node) -> Part | Annex:
    fields = fields_of(reader, node, "大纲")
    annex = fields.located("附件")
    item: Part | Annex
    if annex is None:
        title = fields.words("部分")
        item = Part(title, _prose(folder, reader, fields), fields.located("节题"), fields.flag("编号", True))
    else:
        caption = fields.words("表题")
        names = items_of(reader, fields.take("附表"), "附表")
        item = Annex(annex, caption, tuple(_table(folder, reader, name) for name in names))
    fields.finish()
    return item


def _prose(folder: Folder, reader: Reader, fields: Fields) -> Source:
    node = fields.take("正文")
    name = text_of(reader, node, "“正文”") if node is not None else ""
    known = sorted(path.name for path in (folder.path / "prose").glob("*.j2"))
    if node is not None and name and name not in known:
        hint = did_you_mean(name, known) or f"现有：{'、'.join(known) or '无'}。"
        reader.report("P001", node, f"没有 prose/{brief(name)} 这个模板", f"请核对文件名，要写上“.j2”。{hint}")
    return folder.prose(f"prose/{name}") if name in known else Source("", "")


def _table(folder: Folder, reader: Reader, node: Node) -> TableSpec:
    name = text_of(reader, node, "附表")
    if not _FILE.fullmatch(name):
        message = f"“{brief(name)}”不是表的文件名"
        reader.report("P001", node, message, "请填 tables/ 下的文件名，不带“.yaml”，不带目录。")
        return read_table(Reader(reader.source), node, "")
    if not (folder.path / "tables" / f"{name}.yaml").is_file():
        known = [path.stem for path in sorted((folder.path / "tables").glob("*.yaml"))]
        hint = did_you_mean(name, known) or f"现有：{'、'.join(known) or '无'}。"
        reader.report("P001", node, f"没有 tables/{name}.yaml 这个表", f"请核对文件名。{hint}")
        return read_table(Reader(reader.source), node, name)
    return read_table(*folder.open(f"tables/{name}.yaml"), name)
