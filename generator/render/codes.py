"""What an import of codes came to, for the person who keeps the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model.imported import Imported


def imported_text(made: Imported, path: str) -> str:
    """One list: how many codes, what differs from the edition before, what remains to be filled in, and where it is."""
    return "\n".join((*_lines(made), f"  已写出 {path}", ""))


def _lines(made: Imported) -> Iterator[str]:
    edition = made.edition
    counts = f"新增{len(made.added)}，删除{len(made.gone)}，改名{len(made.renamed)}"
    yield f"{edition.key}（{edition.year}年）：{len(edition.names)}个；与{made.base}年版相比，{counts}"
    yield from (f"  新增 {code} {name}" for code, name in made.added.items())
    yield from (f"  删除 {code} {name}" for code, name in made.gone.items())
    yield from (f"  改名 {code} {old} → {new}" for code, (old, new) in made.renamed.items())
    if made.from_base:
        yield f"  文件里没有、取自{made.base}年版的上级科目：{_listed(made.from_base)}"
    if made.unknown:
        yield f"  不知道属于哪个预算的科目，不核对它们的资金（可以在“资金”列填写）：{_listed(made.unknown)}"


def _listed(codes: Mapping[str, str]) -> str:
    return "、".join(f"{code} {name}" for code, name in codes.items())
