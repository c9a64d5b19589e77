"""Open data: what datapackage.json promises of the tables holds, and the tables are the document's cells."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from hashlib import sha256
from io import StringIO
from typing import Any

import jsonschema
import pytest

from generator.cli import main
from generator.model.document import Document, Paragraph, TableBlock
from generator.render.open_data.package import csv_bytes
from generator.render.open_data.resource import Field, Resource
from generator.render.open_data.tables import resources_of
from generator.render.units import units_of
from generator.work.formats import FORMATS
from generator.work.stages import Finished
from tests.conftest import ROOT
from tests.render.test_formats import SOME, made

_NAME = {"type": "string", "pattern": "^[-a-z0-9._/]+$"}
_PATH = {"type": "string", "pattern": r"^(?=[^./~])((?!\.\.).)*$"}
PACKAGE: dict[str, Any] = {
    "type": "object",
    "required": ["profile", "resources", "name", "title"],
    "properties": {
        "profile": {"const": "tabular-data-package"},
        "name": _NAME,
        "sources": {"type": "array", "minItems": 1, "items": {"required": ["title"]}},
        "licenses": {"type": "array", "minItems": 1, "items": {"anyOf": [{"required": ["name"]}, {"required": ["path"]}]}},
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "profile", "schema"],
                "oneOf": [{"required": ["path"]}, {"required": ["data"]}],
                "properties": {
                    "name": _NAME,
                    "profile": {"const": "tabular-data-resource"},
                    "path": _PATH,
                    "data": {"type": "array", "items": {"type": "object", "additionalProperties": {"type": "string"}}},
                    "bytes": {"type": "integer"},
                    "hash": {"type": "string", "pattern": "^([^:]+:[a-fA-F0-9]+|[a-fA-F0-9]{32}|)$"},
                    "schema": {
                        "type": "object",
                        "required": ["fields"],
                        "properties": {
                            "fields": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "type": "object",
                                    "required": ["name", "type"],
                                    "properties": {
                                        "name": {"type": "string", "minLength": 1},
                                        "type": {"enum": ["string", "number", "integer"]},
                                        "constraints": {
                                            "type": "object",
                                            "properties": {"required": {"type": "boolean"}},
                                            "additionalProperties": False,
                                        },
                                    },
                                },
                            },
                            "missingValues": {"type": "array", "items": {"type": "string"}},
                            "primaryKey": {"type": "array", "items": {"type": "string"}},
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip
"""What version 1 of the specifications of Data Package, Data Resource and Table Schema asks, as far as we use them."""
_LEXICAL = {"number": r"-?\d+(\.\d+)?", "integer": r"-?\d+", "string": r"[\s\S]*"}


@pytest.mark.parametrize(("folder", "profile", "year"), SOME)
def test_the_description_holds(folder: str, profile: str, year: int) -> None:
    file = FORMATS["csv"].write(made(folder, profile, year))
    described = json.loads(file.data)
    jsonschema.Draft202012Validator(PACKAGE).validate(described)
    assert [one["path"] for one in described["resources"]] == list(file.beside)
    assert len({one["name"] for one in described["resources"]}) == len(described["resources"])
    for one in described["resources"]:
        data = file.beside[one["path"]]
        assert data.startswith(b"\xef\xbb\xbf")
        assert (one["bytes"], one["hash"]) == (len(data), f"sha256:{sha256(data).hexdigest()}")
        head, *rows = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""))
        check_rows(one["schema"], head, rows)


def check_rows(schema: dict[str, Any], head: list[str], rows: list[list[str]]) -> None:
    """The rows are what Table Schema says of them."""
    fields = schema["fields"]
    assert head == [field["name"] for field in fields] and len(set(head)) == len(head)
    keys = [tuple(row[head.index(name)] for name in schema["primaryKey"]) for row in rows]
    assert len(set(keys)) == len(keys)
    for row in rows:
        assert len(row) == len(fields)
        for text, field in zip(row, fields, strict=True):
            assert text or not field.get("constraints", {}).get("required"), field
            assert not text or re.fullmatch(_LEXICAL[field["type"]], text), (field, text)


@pytest.mark.parametrize(("folder", "profile", "year"), SOME)
def test_json_has_the_same_in_one_file(folder: str, profile: str, year: int) -> None:
    done = made(folder, profile, year)
    alone, file = json.loads(FORMATS["json"].write(done).data), FORMATS["csv"].write(done)
    jsonschema.Draft202012Validator(PACKAGE).validate(alone)
    assert len(alone["resources"]) == len(file.beside)
    for one, (name, data) in zip(alone["resources"], file.beside.items(), strict=True):
        head, *rows = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""))
        assert [list(row.values()) for row in one["data"]] == rows, name
        assert all(list(row) == head for row in one["data"])


@pytest.mark.parametrize(("folder", "profile", "year"), SOME)
def test_open_data_are_the_documents_cells(folder: str, profile: str, year: int) -> None:
    done = made(folder, profile, year)
    blocks = [block for block in done.document.blocks if isinstance(block, TableBlock)]
    *tables, cells, said = resources_of(done.document, units_of(done.document, done.profile), None)
    printed = [
        (block.caption, text)
        for block in blocks
        for row in block.rows
        for place, text in enumerate(row.texts)
        if text.strip() and not row.is_joined(place)
    ]
    assert [(row[1], row[5]) for row in cells.rows] == printed
    for _, _, _, _, head, text, value, unit in cells.rows:
        if value:
            assert unit in ("元", "万元", "%", "")
            assert Decimal(value) == as_number(text), (head, text)
            assert (unit == "%") == text.endswith("%"), (head, text)
    for table, block in zip(tables, blocks, strict=True):
        assert table.title == block.caption and len(table.rows) == len(block.rows)
    runs = [
        run.text for block in done.document.blocks if isinstance(block, Paragraph) for run in block.runs if run.figure
    ]
    assert [row[4] for row in said.rows] == [text for text in runs if text]
    assert all(row[5] and row[5] in row[4].replace(",", "") for row in said.rows if re.search(r"\d", row[4]))


def as_number(text: str) -> Decimal:
    return Decimal(text.strip().rstrip("%").replace(",", "")) if re.search(r"\d", text) else Decimal(0)


def test_merged_words_are_in_each_row_and_amounts_are_not(run_2022: Finished) -> None:
    """Who adds up a column of the project table gets no project twice."""
    tables = list(resources_of(run_2022.document, units_of(run_2022.document, run_2022.profile), None))
    goals = next(table for table in tables if "绩效目标表" in table.title and len(table.fields) == 15)
    codes = [row[1] for row in goals.rows]
    assert codes.count("410395220000000007669") == 5
    amounts = [row[3] for row in goals.rows if row[1] == "410395220000000007669"]
    assert amounts == ["14.48", "", "", "", ""]


def test_two_columns_of_one_name_are_told_apart() -> None:
    from generator.render.open_data.resource import Field, named_apart

    assert [one.name for one in named_apart([Field("金额"), Field("金额"), Field("")])] == ["金额", "金额（2）", "列"]


def test_no_word_is_a_formula_to_a_spreadsheet() -> None:
    words = ["=1+1", "@SUM(1)", "+8610", "-A1", "\t=1", "-1.50", "-5%", "+3", "-", "—", "甲=1", "", "'甲"]
    read = csv_bytes(Resource("a", "a.csv", "甲", (Field("名称"),), tuple((word,) for word in words), ()))
    cells = [row[0] for row in csv.reader(StringIO(read.decode("utf-8-sig"), newline=""))][1:]
    assert cells == ["'=1+1", "'@SUM(1)", "+8610", "'-A1", "'\t=1", *words[5:]]


def test_nothing_but_the_document() -> None:
    """A document without tables and numbers has no rows."""
    empty = Document("标题", "", "目录", (), (), ())
    assert [resource.rows for resource in resources_of(empty, {}, None)] == [(), ()]


@pytest.mark.slow
def test_report_writes_a_folder(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    for _ in range(2):  # the second replaces the first
        assert main(["report", "2022", "--format", "csv", "--output", str(tmp_path)]) == 0
    (folder,) = (tmp_path / "2022").iterdir()
    assert folder.name.endswith("（开放数据）")
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert {path.name for path in folder.iterdir()} == {
        "datapackage.json",
        *(one["path"] for one in described["resources"]),
    }
    assert "datapackage.json（另有16个 CSV）" in capsys.readouterr().out
    (folder / "我的.csv").write_text("x", encoding="utf-8")
    assert main(["report", "2022", "--format", "csv", "--output", str(tmp_path)]) == 2
    assert "不是本命令生成的 我的.csv" in capsys.readouterr().err
