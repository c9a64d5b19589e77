"""What the commands share: a parser that speaks Chinese, and the options every run has."""

import argparse
import os
import re
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from generator.model.file_names import profile_of
from generator.model.problem import UsageError

if TYPE_CHECKING:
    from generator.work.workshop import Workshop

_YEAR = r"[12][0-9]{3}"
_STATES = "两个年度（2021 2022）、两个git版本（HEAD~1 HEAD）、两个数据目录，或两个Word文件"
_ALONE = "只给一个git版本时与现在的文件比较；main...分支 是从两者的分叉处比到分支"


class Command(NamedTuple):
    """A command: its name, its help in one sentence, what it takes, and what it does (returns the exit code)."""

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


class _ChineseHelp(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        """As wide as anything: the terminal is asked when there is something to show, not for every argument."""
        super().__init__(prog, width=sys.maxsize)

    def format_help(self) -> str:
        """As wide as the terminal."""
        from shutil import get_terminal_size

        self._width = get_terminal_size().columns - 2
        self._max_help_position = min(self._max_help_position, max(self._width - 20, self._indent_increment * 2))
        return super().format_help()

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The usage line under its Chinese name."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """Wrong use becomes a UsageError with one Chinese line."""

    def _print_message(self, message: str, file: Any = None) -> None:
        """Help that can't be written is not passed over."""
        (file or sys.stdout).write(message)

    def error(self, message: str) -> None:  # type: ignore[override]
        """Wrong use in one Chinese line."""
        raise UsageError(f"{_translated(message)}用法见 {self.prog} --help。")


# ``_translated`` knows them as they are: nothing else is to translate them, nor to load what would.
vars(argparse).update(_=lambda text: text, ngettext=lambda one, many, count: one if count == 1 else many)


def _translated(message: str) -> str:
    for pattern, text in _MESSAGES:
        found = re.search(pattern, message)
        if found:
            return text.format(*(group.replace("'", "").replace(", ", "、") for group in found.groups()))
    return "命令写法不对。"


_MESSAGES = (
    (r"unrecognized arguments: (.+)", "不认识“{0}”。"),
    (r"invalid choice: '([^']+)' \(choose from (.+)\)", "没有“{0}”，可用的有：{1}。"),
    (r"argument (.+): expected (?:at least )?one argument", "{0} 后面少了内容。"),
    (r"the following arguments are required: (.+)", "缺少“{0}”。"),
)


def new_parser(make: Any, name: str, description: str) -> argparse.ArgumentParser:
    """A parser, or a command's parser, with Chinese headings."""
    first = {"prog": name} if make is ChineseParser else {"name": name, "help": description.rstrip("。")}
    parser: argparse.ArgumentParser = make(
        **first, description=description, add_help=False, formatter_class=_ChineseHelp, allow_abbrev=False
    )
    parser._positionals.title, parser._optionals.title = "参数", "选项"
    parser.add_argument("-h", "--help", action="help", help="显示这份说明")
    return parser


def add_common(parser: argparse.ArgumentParser) -> None:
    """The year, and where data and profile are."""
    parser.add_argument("year", metavar="年度", help="预算年度，如 2022")
    parser.add_argument("--unit", default="", metavar="代码", help="这个预算单位的单位版；缺省是部门版")
    add_places(parser)


def add_format(parser: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    """In which form it is told; the first unless another is asked for."""
    parser.add_argument(
        "--format",
        choices=formats,
        default=formats[0],
        metavar="格式",
        help=f"{'、'.join(formats)}（缺省 {formats[0]}）",
    )


def add_states(parser: argparse.ArgumentParser) -> None:
    """Two states to compare, and what they need to be found."""
    parser.add_argument("old", metavar="原来", help=_STATES)
    parser.add_argument("new", metavar="现在", nargs="?", help=_ALONE)
    parser.add_argument("--year", metavar="年度", help="比较版本或目录时看哪个年度（缺省是最新的）")
    add_places(parser)


def states_of(arguments: argparse.Namespace) -> tuple["Workshop", Path, tuple[str, ...], int]:
    """The states typed, as the verbs that compare take them."""
    year, names = year_of(arguments.year) if arguments.year else 0, (arguments.old, arguments.new)
    given = tuple(name for name in names if name is not None)
    return shop_of(arguments, given[::-1]), arguments.data, given, year


def add_places(parser: argparse.ArgumentParser) -> None:
    """Where data and profile are."""
    parser.add_argument("--data", type=Path, default=Path("data"), metavar="目录", help="数据目录（缺省 data）")
    add_profile(parser)


def add_profile(parser: argparse.ArgumentParser) -> None:
    """Which place's format, and where it is."""
    add_templates(parser)
    parser.add_argument(
        "--profile", metavar="方案", help="格式方案名（缺省是 department.yaml 里写的“格式”；没有写就是 yibin）"
    )


def add_templates(parser: argparse.ArgumentParser) -> None:
    """Where a person's own formats are; those that come with the program are found without."""
    parser.add_argument(
        "--templates",
        type=_folder,
        default=Path("templates"),
        metavar="目录",
        help="格式方案目录（缺省 templates；里面没有的，用程序随附的）",
    )


def _folder(text: str) -> Path:
    """The folder typed. Raises UsageError when it is none: a slip must not lead to the shipped profiles in silence."""
    path = Path(text)
    if not path.is_dir():
        raise UsageError(f"没有 {path.as_posix()} 这个目录；--templates 后面写格式方案所在的目录。")
    return path


def year_of(text: str) -> int:
    """The year typed. Raises UsageError when it is none."""
    if not re.fullmatch(_YEAR, text):
        raise UsageError(f"年度应是四位数字，不能是“{text}”。")
    return int(text)


def shop_of(arguments: argparse.Namespace, states: tuple[str, ...] = ()) -> "Workshop":
    """The workshop of the place typed, else of the first of ``states`` that is a folder of data, else of the data's.

    It keeps things in the user's cache folder where that is to be trusted.
    """
    from generator.kept import remembering
    from generator.load.watch import profile_of_states
    from generator.work.workshop import Workshop

    ask_all = getattr(arguments, "verbose", False)
    year = str(getattr(arguments, "year", None) or "")
    name = arguments.profile or profile_of_states(states, arguments.data, year)
    return Workshop(arguments.templates, profile_of(name), remembering(), ask_all)


def again(arguments: argparse.Namespace, command: str, *words: str, unit: str = "") -> str:
    """Another command for the same data, as it is typed here."""
    usual = (("--data", arguments.data, "data"), ("--templates", arguments.templates, "templates"))
    options = [f"{name}={_quoted(str(value))}" for name, value, default in usual if str(value) != default]
    options += [f"--profile={arguments.profile}"] if arguments.profile else []
    options += [f"--unit={unit}"] if unit else []
    program = ".venv/bin/shuoming" if Path(".venv/bin/shuoming").exists() else "shuoming"
    return " ".join([program, command, *map(_quoted, words), *options])


def _quoted(text: str) -> str:
    """A path as one word, and as it is where no shell would take it for more: quotes are not the same in all of them."""
    if re.fullmatch(r"[\w./:\\-]+", text):
        return text
    return f'"{text}"' if os.name == "nt" else quote(text)  # where no name holds a quote


def waiting(words: str) -> AbstractContextManager[object]:
    """While it lasts, a terminal is told what is being done; where there is none, nothing is loaded for it."""
    if not sys.stderr.isatty():
        return nullcontext()
    from generator.cli.progress import progress

    return progress(words)


def colour_on(stream: TextIO) -> bool:
    """Colour on a terminal only, and not where NO_COLOR is set (no-color.org); the old console of Windows shows none."""
    if os.name == "nt" and not os.environ.get("WT_SESSION"):
        return False
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
