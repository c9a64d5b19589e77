"""``shuoming profiles``: which places' formats there are, and what each is for."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from generator.cli.options import Command, add_templates

if TYPE_CHECKING:
    from generator.work.profiles import About


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_templates(parser)


def _run(arguments: argparse.Namespace) -> int:
    from generator.work.profiles import profiles_in

    print("\n".join(_line(about) for about in profiles_in(arguments.templates)))
    return 0


def _line(about: About) -> str:
    size = f"{about.tables}个表" if about.sound else "有错误，请运行 shuoming profile check " + about.folder
    base = f"，基于{'、'.join(about.bases)}" if about.bases else ""
    years = f"，{'、'.join(map(str, about.years))}年起另有不同" if about.years else ""
    return f"{about.folder}　{about.title}（{size}{base}{years}）" + (f"\n    {about.purpose}" if about.purpose else "")


PROFILES = Command("profiles", "列出各地的格式方案，以及各是给谁用的。", _add_arguments, _run)
