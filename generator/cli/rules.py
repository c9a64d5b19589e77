"""``shuoming rules``: the catalogue of rules, or one of them."""

from __future__ import annotations

import argparse

from generator.cli.options import Command
from generator.model.problem import UsageError


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", nargs="?", metavar="编号", help="规则编号，如 J101")
    parser.add_argument("--markdown", action="store_true", help="以 Markdown 列出全部规则（docs/rules.md）")


def _run(arguments: argparse.Namespace) -> int:
    from generator.check.catalogue import catalogue
    from generator.city.rules import entries as of_city
    from generator.model.problem import did_you_mean
    from generator.render.catalogue import catalogue_markdown, entries_text, entry_text

    entries = {entry.code: entry for entry in (*catalogue(), *of_city())}
    code = (arguments.code or "").upper()
    if code and code not in entries:
        raise UsageError(f"没有“{arguments.code}”这条规则。{did_you_mean(code, list(entries))}")
    if code:
        print(entry_text(entries[code]), end="")
    else:
        print((catalogue_markdown if arguments.markdown else entries_text)(tuple(entries.values())), end="")
    return 0


RULES = Command("rules", "列出检查规则，或说明其中一条。", _add_arguments, _run)
