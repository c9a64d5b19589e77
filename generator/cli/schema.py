"""``shuoming schema``: what each data file may hold, for editors that help while typing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.cli.options import Command, add_places, inputs_of, profile_of, year_of
from generator.model.problem import UsageError, has_errors

FILES = ("department", "basic", "projects", "performance", "narrative", "prior", "accepted")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", choices=FILES, metavar="文件", help=f"只要其中一个：{'、'.join(FILES)}（缺省全部）"
    )
    parser.add_argument("--output", type=Path, metavar="目录", help="写到这个目录，每个文件一个；缺省印在屏幕上")
    parser.add_argument("--year", metavar="年度", help="用哪一年的科目（缺省是数据目录里最新的）")
    add_places(parser)


def _run(arguments: argparse.Namespace) -> int:
    import json

    from generator.save import save

    year = year_of(arguments.year) if arguments.year else _newest(arguments.data)
    schemas = _schemas(arguments, year)
    if not schemas:
        return 1
    texts = {
        name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in schemas.items()
        if arguments.file in (None, name)
    }
    if arguments.output is None:
        print(next(iter(texts.values())) if arguments.file else _together(texts), end="")
        return 0
    for name, text in texts.items():
        save(arguments.output / f"{name}.json", text.encode(), inputs_of(arguments, year))
    print(f"已写出 {len(texts)} 个文件到 {arguments.output.as_posix()}")
    return 0


def _together(texts: dict[str, str]) -> str:
    """All of them as one JSON object by file name."""
    members = ",\n".join(f'"{name}": {text.rstrip()}' for name, text in texts.items())
    return f"{{\n{members}\n}}\n"


def _schemas(arguments: argparse.Namespace, year: int) -> dict[str, dict[str, object]]:
    """All schemas by file; none, after saying why, where the profile has errors."""
    from generator.check.catalogue import RULE_CODES, catalogue
    from generator.load.classification import load_classification
    from generator.load.profile import load_profile
    from generator.load.schema import schemas_of
    from generator.render.problems import problems_text

    profile, problems, sources = load_profile(arguments.templates / profile_of(arguments.profile))
    if profile is None or has_errors(problems):
        print(problems_text(problems, {source.name: source for source in sources}), end="", file=sys.stderr)
        return {}
    rules = {entry.code: entry.title for entry in catalogue() if entry.code in RULE_CODES}
    return schemas_of(profile, load_classification(year, profile.extra_codes, profile.editions), rules)


def _newest(data: Path) -> int:
    years = [path.name for path in data.glob("[12][0-9][0-9][0-9]") if path.is_dir()]
    if not years:
        raise UsageError(f"{data.as_posix()} 里没有任何年度，请用 --year 指明用哪一年的科目。")
    return int(max(years))


SCHEMA = Command("schema", "生成各数据文件的 JSON Schema，供编辑器补全和提示。", _add_arguments, _run)
