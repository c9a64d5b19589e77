"""A profile's outline (大纲) and its numbering (编号): which parts and tables there are, in which order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from generator.load.fields import Fields, brief, fields_of, items_of, text_of, texts_of
from generator.load.layers import Layered
from generator.load.tables import Usual, read_entry, read_headline, read_table
from generator.load.yaml_text import Node, Reader
from generator.model.problem import which_of
from generator.model.profile import HEADING_OPTIONS, NUMBER_PLACE, Numbering, Part
from generator.model.source import Position, Source, Text
from generator.model.table_spec import Standing, TableSpec

_FILE = re.compile(r"[\w-]+")
_PATTERNS = {
    "部分": "part", "一级": "first", "二级": "second", "列举": "item", "附表": "table", "引用": "reference", "细目": "detail",
}  # fmt: skip
_KINDS = ("部分", "附件", "表")
_DEPTHS = ("1", "2", "3")


def read_numbering(reader: Reader, node: Node | None) -> Numbering:
    """编号: the patterns that a place numbers with."""
    usual = Numbering()
    if node is None:
        return usual
    fields = fields_of(reader, node, "“编号”")
    values = {key: _pattern(reader, fields, name, getattr(usual, key)) for name, key in _PATTERNS.items()}
    fields.finish()
    return Numbering(**values)


def _pattern(reader: Reader, fields: Fields, name: str, usual: str) -> str:
    node = fields.take(name, False)
    text = node.value if isinstance(node, yaml.ScalarNode) else usual  # a space at the end counts
    if text and len(NUMBER_PLACE.findall(text)) != 1:
        remedy = "请写出序号的位置：{一}为中文数字，{1}为阿拉伯数字，{01}为两位数字，{One}为英文。"
        reader.report("P004", node or reader.at(fields.node), f"编号“{name}”的“{text}”没有序号", remedy)
    return text


class _Outline(NamedTuple):
    """What every item of the outline is read with."""

    folder: Layered
    reader: Reader
    numbering: Numbering
    depth: int

    def part(self, node: Node) -> Part:
        """One item: 部分 (words, perhaps tables), 附件 (tables, perhaps words), or 表 alone."""
        fields = fields_of(self.reader, node, "大纲")
        kind = next((kind for kind in _KINDS if kind in fields.values), "部分")
        title = fields.words(kind) if kind != "表" else None
        entry, listed = read_entry(fields) if title else (None, False)
        numbered = fields.choice("编号", ("是", "否", "只在目录"), "否" if kind != "部分" else "是") if title else "否"
        depth = int(fields.choice("目录层次", _DEPTHS, str(self.depth)))
        tables = self._tables(fields, "表" if kind == "表" else "附表", kind != "部分", depth)
        part = Part(
            title=title,
            prose=self._prose(fields, kind == "部分" and not tables) if title else None,
            tables=tables,
            ordinal=_pattern(self.reader, fields, "序号", self.numbering.part) if numbered != "否" else "",
            shown=numbered == "是",
            section=fields.located("节题"),
            entry=entry,
            listed=listed,
            depth=depth,
            annex=kind == "附件",
            cover=self._lines(fields, "封面") if kind == "附件" else (),
            lists=fields.flag("列附表") if kind == "部分" else False,
            only_listed=fields.choice("标题", ("是", "只在目录"), "是") == "只在目录" if title else False,
        )
        fields.finish()
        self._reject_marks(part)
        return part

    def _lines(self, fields: Fields, name: str) -> tuple[Text, ...]:
        node = fields.take(name, False)
        return tuple(
            Text(text_of(self.reader, item, name), self.reader.at(item)) for item in items_of(self.reader, node, name)
        )

    def _tables(self, fields: Fields, name: str, required: bool, depth: int) -> tuple[TableSpec, ...]:
        node = fields.take(name, required)
        again = fields.flag("重新编号")
        headline = fields.take("表头行", False)
        standing = Standing(
            fields.located("表题") or Text("{{ 表名 }}", self.reader.at(fields.node)),
            None if headline is None else read_headline(self.reader, headline),
            _pattern(self.reader, fields, "附表编号", ""),
            listed=depth > 1,
        )
        notes = tuple(texts_of(self.reader, fields.take(each, False), each) for each in ("注", "有数据注"))
        usual = Usual(standing, notes[0], fields.text("无数据", ""), notes[1])
        nodes = [node] if isinstance(node, yaml.ScalarNode) else items_of(self.reader, node, name)
        found = [(item, below) for each in nodes for item, below in self._nested(each)]
        return tuple(
            self._table(item, usual._replace(standing=standing._replace(below=below, again=again and not place)))
            for place, (item, below) in enumerate(found)
        )

    def _nested(self, node: Node) -> Iterator[tuple[Node, bool]]:
        """A table, or one with those below it: “01-income: [02-fund]” are 1 and 1-1."""
        if not isinstance(node, yaml.MappingNode):
            yield node, False
            return
        for key, value in node.value:
            yield key, False
            yield from ((item, True) for item in items_of(self.reader, value, f"“{brief(key.value)}”下的表"))

    def _table(self, node: Node, usual: Usual) -> TableSpec:
        folder, reader = self.folder, self.reader
        name = text_of(reader, node, "附表")
        if not _FILE.fullmatch(name):
            message = f"“{brief(name)}”不是表的文件名"
            reader.report("P001", node, message, "请填 tables/ 下的文件名，不带“.yaml”，不带目录。")
            return read_table(Reader(reader.source), node, "", usual)
        if not folder.at(f"tables/{name}.yaml").is_file():
            known = [found.removesuffix(".yaml") for found in folder.listed("tables", "*.yaml")]
            remedy = f"请核对文件名。{which_of(name, known, '现有')}"
            reader.report("P001", node, f"没有 tables/{name}.yaml 这个表", remedy)
            return read_table(Reader(reader.source), node, name, usual)
        return read_table(*folder.continued(f"tables/{name}.yaml"), name, usual)

    def _prose(self, fields: Fields, required: bool) -> Source | None:
        node = fields.take("正文", required)
        if node is None:
            return Source("", "") if required else None
        name = text_of(self.reader, node, "“正文”")
        known = self.folder.listed("prose", "*.j2")
        if name and name not in known:
            remedy = f"请核对文件名，要写上“.j2”。{which_of(name, known, '现有')}"
            self.reader.report("P001", node, f"没有 prose/{brief(name)} 这个模板", remedy)
        return self.folder.prose(f"prose/{name}") if name in known else Source("", "")

    def _reject_marks(self, part: Part) -> None:
        """Of a part's words: tables that it does not have, headings with options that there are not."""
        if part.prose is None or not part.prose.name:
            return
        keys, placed = [spec.key for spec in part.tables], set[str]()
        for number, line in enumerate(part.prose.text.split("\n"), 1):
            place = Position(part.prose.name, number, 1)
            table = re.match(r"\s*@表\s+(\S*)\s*$", line)
            if table and (table[1] not in keys or table[1] in placed):
                hint = which_of(table[1], keys, "可放的表")
                what = "已经放过了" if table[1] in placed else "不在这一部分的“附表”里"
                self.reader.report("P001", place, f"表“{brief(table[1])}”{what}", f"请核对 report.yaml。{hint}")
            placed |= {table[1]} if table else set()
            options = re.match(r"\s*#{1,5} .*\{([^{}%]+=[^{}%]*)\}\s*$", line)
            for word in options[1].split() if options else ():
                key, _, value = word.partition("=")
                if not value or HEADING_OPTIONS.get(key, (value,))[0] not in ("", value) or key not in HEADING_OPTIONS:
                    remedy = "可写：{目录=另一个名称}、{目录=不列}、{编号=否}，两项之间空一格。"
                    self.reader.report("P001", place, f"标题后面的“{brief(word)}”看不懂", remedy)


def read_outline(
    folder: Layered, reader: Reader, node: Node | None, numbering: Numbering, depth: int
) -> tuple[Part, ...]:
    """大纲: the document's parts and tables; ``depth`` is how deep the contents go where a part says nothing of it."""
    outline = _Outline(folder, reader, numbering, depth)
    return tuple(outline.part(item) for item in items_of(reader, node, "大纲"))
