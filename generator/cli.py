"""The command line: arguments in, text and exit code out. The only place that prints."""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from generator.model.problem import UsageError

if TYPE_CHECKING:
    from generator.pipeline import Run
    from generator.render.docx.render import Rendered

_DESCRIPTION = """部门预算说明：由 YAML 数据生成完整的 Word 文档。

  shuoming report 2022      检查数据并生成 output/2022/ 下的文档
  shuoming check 2022       只检查，不写文件
  shuoming rules J101       说明一条检查规则
"""
FORMATS = ("text", "json", "github", "sarif")
_EXIT = "退出码：0 没有错误；1 数据或格式方案有错误；2 用法不对。"
_YEAR = re.compile(r"[12][0-9]{3}")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; 0 well, 1 errors in data or profile, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        arguments = _parser().parse_args(argv)
        return int(arguments.command(arguments))
    except UsageError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 2


def run() -> NoReturn:
    """The console script: one short run whose memory lives until the process ends.

    Collecting garbage would cost a third of the time of a large run, taking memory apart at the end a tenth.
    """
    gc.disable()
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


class _ChineseHelp(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The usage line under its Chinese name."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _ChineseParser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        """Wrong use in one Chinese line."""
        raise UsageError(f"{_translated(message)}用法见 shuoming --help。")


def _translated(message: str) -> str:
    for pattern, text in _MESSAGES:
        found = re.search(pattern, message)
        if found:
            return text.format(*(group.replace("'", "") for group in found.groups()))
    return "命令写法不对。"


_MESSAGES = (
    (r"unrecognized arguments: (.+)", "不认识“{0}”。"),
    (r"invalid choice: '([^']+)' \(choose from (.+)\)", "没有“{0}”，可用的有：{1}。"),
    (r"expected one argument", "选项后面少了内容。"),
    (r"the following arguments are required: (.+)", "缺少“{0}”。"),
)


def _parser() -> argparse.ArgumentParser:
    parser = _new(_ChineseParser, "shuoming", _DESCRIPTION)
    parser.epilog = _EXIT
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)
    report = _new(commands.add_parser, "report", "检查数据并生成 Word 文档。")
    report.add_argument(
        "--output", type=Path, default=Path("output"), metavar="目录", help="写到哪个目录（缺省 output）"
    )
    report.set_defaults(command=_report)
    check = _new(commands.add_parser, "check", "只读取、计算、检查，不写文件。")
    check.add_argument(
        "--format", choices=FORMATS, default="text", metavar="格式", help=f"{'、'.join(FORMATS)}（缺省 text）"
    )
    check.add_argument("--verbose", action="store_true", help="另列出各条规则的结果：通过、不符、不适用、无法检查")
    check.set_defaults(command=_check)
    rules = _new(commands.add_parser, "rules", "列出检查规则，或说明其中一条。")
    rules.add_argument("code", nargs="?", metavar="编号", help="规则编号，如 J101")
    rules.add_argument("--markdown", action="store_true", help="以 Markdown 列出全部规则（docs/rules.md）")
    rules.set_defaults(command=_rules)
    for command in (report, check):
        _add_common(command)
    for item in (parser, report, check, rules):
        item.add_argument("-h", "--help", action="help", help="显示这份说明")
    return parser


def _new(make: Any, name: str, description: str) -> argparse.ArgumentParser:
    first = {"prog": name} if make is _ChineseParser else {"name": name, "help": description.rstrip("。")}
    parser: argparse.ArgumentParser = make(
        **first, description=description, add_help=False, formatter_class=_ChineseHelp, allow_abbrev=False
    )
    parser._positionals.title, parser._optionals.title = "参数", "选项"
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("year", metavar="年度", help="预算年度，如 2022")
    parser.add_argument("--data", type=Path, default=Path("data"), metavar="目录", help="数据目录（缺省 data）")
    parser.add_argument(
        "--templates", type=Path, default=Path("templates"), metavar="目录", help="格式方案目录（缺省 templates）"
    )
    parser.add_argument("--profile", default="yibin", metavar="方案", help="格式方案名（缺省 yibin）")


def _year(text: str) -> int:
    if not _YEAR.fullmatch(text):
        raise UsageError(f"年度应是四位数字，不能是“{text}”。")
    return int(text)


def _profile(text: str) -> str:
    if not re.fullmatch(r"[\w-]+", text):
        raise UsageError(f"格式方案名不能是“{text}”。")
    return text


def _cache() -> Path | None:
    """Where compiled templates are kept between runs: the user's own cache folder; None where there is none."""
    if sys.dont_write_bytecode:
        return None
    home = os.environ.get("XDG_CACHE_HOME")
    try:
        folder = (Path(home) if home else Path.home() / ".cache") / "shuoming"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mine = not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
    except (OSError, RuntimeError):  # no home, or one that can't be written
        return None
    return folder if mine and os.access(folder, os.W_OK) else None


def _check(arguments: argparse.Namespace) -> int:
    from generator.pipeline import run
    from generator.render.problems import outcomes_text

    done = run(arguments.data, arguments.templates, _profile(arguments.profile), _year(arguments.year), _cache())
    print(_shown(done, arguments.format), end="")
    if arguments.verbose:
        titles = _titles()
        outcomes = [(asked.code, titles[asked.code], asked.outcome.value, asked.why) for asked in done.checked.asked]
        print(outcomes_text(outcomes), end="", file=sys.stderr if arguments.format != "text" else sys.stdout)
    return 1 if done.failed else 0


def _shown(done: Run, form: str) -> str:
    """The run's problems in one of the formats."""
    from generator.render import problems, reports

    match form:
        case "json":
            return reports.problems_json(done.problems, done.accepted)
        case "github":
            return reports.problems_github(done.problems)
        case "sarif":
            return reports.problems_sarif(done.problems, _titles())
    return problems.problems_text(done.problems, done.sources, done.accepted, _colour(sys.stdout))


def _colour(stream: TextIO) -> bool:
    """Colour on a terminal only, and not where NO_COLOR is set (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _titles() -> dict[str, str]:
    from generator.check.catalogue import catalogue

    return {entry.code: entry.title for entry in catalogue()}


def _rules(arguments: argparse.Namespace) -> int:
    from generator.check.catalogue import catalogue
    from generator.model.problem import did_you_mean
    from generator.render.catalogue import catalogue_markdown, entries_text, entry_text

    entries = {entry.code: entry for entry in catalogue()}
    code = (arguments.code or "").upper()
    if code and code not in entries:
        raise UsageError(f"没有“{arguments.code}”这条规则。{did_you_mean(code, list(entries))}")
    if code:
        print(entry_text(entries[code]), end="")
    else:
        print((catalogue_markdown if arguments.markdown else entries_text)(tuple(entries.values())), end="")
    return 0


def _report(arguments: argparse.Namespace) -> int:
    from generator.pipeline import make, read_over
    from generator.render.problems import problems_text

    year = _year(arguments.year)
    made = make(arguments.data, arguments.templates, _profile(arguments.profile), year, _cache())
    rendered = _rendered(made, _cache())
    name = _file_name(made.document.file_name) if made.document else ""
    done = read_over(made, rendered.data if rendered else None, name)
    if done.problems:
        print(problems_text(done.problems, done.sources, done.accepted, _colour(sys.stderr)), end="", file=sys.stderr)
    if done.failed or rendered is None:
        print("有错误，没有生成文档。", file=sys.stderr)
        return 1

    from generator.save import save

    path = arguments.output / str(year) / f"{name}.docx"
    save(path, rendered.data)
    for remark in rendered.remarks:
        print(f"注意：{remark}", file=sys.stderr)
    print(f"已生成 {path.as_posix()}（正文{rendered.pages}页）")
    return 0


def _rendered(made: Run, cache: Path | None) -> Rendered | None:
    if made.failed or made.document is None or made.profile is None:
        return None
    from generator.render.docx.master import fill_master
    from generator.render.docx.render import Furniture, render_docx
    from generator.save import remembered

    def fill(master: bytes, furniture: Furniture) -> bytes:
        key = repr((sys.version_info, _library("docxtpl"), furniture)).encode() + master
        return remembered(cache, key, lambda: fill_master(master, furniture))

    return render_docx(made.document, made.profile.master, fill)


def _library(name: str) -> int:
    """When an installed library last changed, without importing it."""
    from importlib.util import find_spec

    spec = find_spec(name)
    return Path(spec.origin).stat().st_mtime_ns if spec and spec.origin else 0


def _file_name(title: str) -> str:
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "", title).strip(". ")
    return name[:80] or "部门预算说明"
