"""Tables as files, and datapackage.json that describes them (Frictionless Data Package, version 1 of its specifications)."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from hashlib import sha256
from io import StringIO
from typing import Any

from generator.render.open_data.resource import Field, Resource

DESCRIPTION = "datapackage.json"


_A_FORMULA = re.compile(r"[=@\t\r]|[+-](?![0-9.,]*[%％]?$)", re.ASCII)
"""The beginning of a text that a spreadsheet would calculate when it opens a CSV; a number, or a mere sign, is none."""


def csv_bytes(resource: Resource) -> bytes:
    """A table as CSV in UTF-8, with the mark by which Excel knows it; an apostrophe before what it would take for a formula."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([field.name for field in resource.fields])
    writer.writerows([f"'{text}" if _A_FORMULA.match(text) else text for text in row] for row in resource.rows)
    return text.getvalue().encode("utf-8-sig")


def files_of(title: str, resources: Sequence[Resource]) -> dict[str, bytes]:
    """The tables as files, and their description, by name."""
    files = {resource.file: csv_bytes(resource) for resource in resources}
    described = [
        {
            **_described(resource),
            "path": resource.file,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(files[resource.file]),
            "hash": f"sha256:{sha256(files[resource.file]).hexdigest()}",
        }
        for resource in resources
    ]
    return {DESCRIPTION: _package(title, described), **files}


def files_described(data: bytes) -> frozenset[str]:
    """The files of a folder that we described, itself among them; none where it is not one of ours."""
    try:
        described = json.loads(data)
        return frozenset((DESCRIPTION, *(str(one["path"]) for one in described["resources"])))
    except (ValueError, KeyError, TypeError):
        return frozenset()


def json_bytes(title: str, resources: Sequence[Resource]) -> bytes:
    """The same in one file: the description with the rows in it, a number as the text that Table Schema reads as one."""
    described = [
        {
            **_described(resource),
            "data": [dict(zip(_names(resource), row, strict=True)) for row in resource.rows],
        }
        for resource in resources
    ]
    return _package(title, described)


def _names(resource: Resource) -> list[str]:
    return [field.name for field in resource.fields]


def _package(title: str, resources: Sequence[dict[str, Any]]) -> bytes:
    package = {
        "profile": "tabular-data-package",
        "name": "budget-disclosure",
        "title": title,
        "sources": [{"title": title}],
        "resources": resources,
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _described(resource: Resource) -> dict[str, Any]:
    meaning = {"description": resource.meaning} if resource.meaning else {}
    return {
        "profile": "tabular-data-resource",
        "name": resource.name,
        "title": resource.title,
        **meaning,
        "schema": {
            "fields": [_field(field) for field in resource.fields],
            "missingValues": [""],
            "primaryKey": list(resource.key),
        },
    }


def _field(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {"name": field.name, "type": field.kind}
    if field.meaning or field.unit:
        found["description"] = "，".join(filter(None, (field.meaning, f"单位：{field.unit}" if field.unit else "")))
    if field.unit:
        found["unit"] = field.unit
    if field.required:
        found["constraints"] = {"required": True}
    return found
