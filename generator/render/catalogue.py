"""The catalogue of rules as text for a terminal and as docs/rules.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.model.entry import Checker, Entry

_GROUPS = {
    "Y": "数据文件的写法",
    "P": "格式方案",
    "D": "数据",
    "J": "勾稽",
    "T": "叙述",
    "L": "版式与结构",
    "B": "本程序另加的",
    "R": "读回",
    "K": "跨部门",
}
_INTRODUCTION = """# 检查规则

本页由 `shuoming rules --markdown` 生成，不要手工修改；改规则请改 `generator/check/` 里相应的一行，再运行 `make golden`。

每条规则检查的结果有四种：**通过**、**不符**、**不适用**（本文档没有这张表或这件事）、**无法检查**（没有把握确认要比较的是哪两个数，并说明原因）。
`shuoming check 2022 --verbose` 列出各有多少条。

- 级别：**错误**不改不能生成文档；**警告**须由人看过，可以改，也可以在 `data/<年度>/accepted.yaml` 里写明原因接受；**建议**供参考。
- 格式方案可以在 `report.yaml` 的“检查”下关闭一条规则或改变它的级别，例如 `检查: {D026: 关, L318: 警告}`。读取时的规则（Y、P 和 D 的一部分）不能关。
- 谁来检查：*读取时*——读文件时；*检查数据*——对填报的数据；*检查文档*——把成文后的文字和表当作读者来读；*读回文件*——把写出的 .docx 再读一遍，与台账比较；
  *检查方案*——`shuoming profile check`，用试编的各种部门；*全市*——`shuoming city`，有了各部门的数才能问的，见[全市一次做完](全市.md)；*未列入*——没有做，说明原因。
"""


def entries_text(entries: Iterable[Entry]) -> str:
    """One line a rule."""
    return "".join(f"{entry.code} {entry.severity.label} {entry.title}（{entry.checker.value}）\n" for entry in entries)


def entry_text(entry: Entry) -> str:
    """One rule with its examples."""
    rows = [
        f"{entry.code} {entry.title}",
        f"  级别：{entry.severity.label}",
        f"  检查：{entry.checker.value}{f'——{entry.why}' if entry.why else ''}",
    ]
    rows += [f"  依据：{entry.source}"] if entry.source else []
    rows += [f"  不符的例子：{entry.wrong}", f"  改正以后：{entry.right}"] if entry.wrong else []
    return "\n".join(rows) + "\n"


def catalogue_markdown(entries: Sequence[Entry]) -> str:
    """docs/rules.md: a table for each group, and how many of each kind."""
    return "\n".join([_INTRODUCTION, *_counts(entries), *_tables(entries)]) + "\n"


def _counts(entries: Sequence[Entry]) -> Iterator[str]:
    of_catalogue = [entry for entry in entries if entry.code[0] in "DJTL"]
    yield f"D、J、T、L 四组共 {len(of_catalogue)} 条："
    for checker in Checker:
        number = sum(entry.checker is checker for entry in of_catalogue)
        if number:
            yield f"- {checker.value} {number} 条"
    yield ""


def _tables(entries: Sequence[Entry]) -> Iterator[str]:
    for letter, name in _GROUPS.items():
        yield f"## {letter} {name}\n\n| 编号 | 规则 | 级别 | 检查 | 不符的例子 | 改正以后 |\n|---|---|---|---|---|---|"
        for entry in entries:
            if entry.code[0] == letter:
                checker = f"{entry.checker.value}：{entry.why}" if entry.why else entry.checker.value
                cells = (entry.code, entry.title, entry.severity.label, checker, entry.wrong, entry.right)
                yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
        yield ""
