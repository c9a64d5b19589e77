"""Bytes from a folder, as text; what can't be read is a problem, a folder that isn't there is wrong use."""

from __future__ import annotations

from pathlib import Path

from generator.load.yaml_text import Node, Reader, parse
from generator.model.problem import Problem, UsageError
from generator.model.source import Position, Source

LIMIT = 64 * 1024 * 1024


def read_yaml(
    folder: Path, name: str, shown: str, problems: list[Problem], required: bool = True
) -> tuple[Reader, Node | None]:
    """A YAML file's reader and root. Problems found in it are added by ``Reader`` and kept by the caller.

    ``shown`` is the folder as messages name it.
    """
    path = folder / name
    label = f"{shown}/{name}"
    if not path.exists() and not required:
        return Reader(Source(label, "")), None
    text = read_text(path, label, problems)
    reader = Reader(Source(label, text or ""))
    if text is None:
        return reader, None
    return reader, parse(reader)


def read_text(path: Path, label: str, problems: list[Problem]) -> str | None:
    """A UTF-8 text file, line ends as “\\n”, without a byte order mark; None after reporting."""
    reader = Reader(Source(label, ""))
    start = Position(label)
    if not path.is_file():
        reader.report("Y013", start, "没有这个文件", "请新建该文件，可参考 data/2022/ 下的同名文件。")
        problems.extend(reader.problems)
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"无法读取 {label}：{error.strerror}") from error
    if len(data) > LIMIT:
        reader.report("Y014", start, f"文件过大（{len(data) // 1024 // 1024} MB）", "请确认没有误放其他文件。")
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data:
        reader.report("Y001", start, "文件不是UTF-8编码（看似UTF-16）", "请用文本编辑器另存为UTF-8编码。")
    else:
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            place = Position(label, line, 1)
            reader.report("Y001", place, "文件不是UTF-8编码（看似GBK）", "请用文本编辑器另存为UTF-8编码。")
    problems.extend(reader.problems)
    return None
