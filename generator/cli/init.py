"""``shuoming init``: a folder for a department that begins, with every file that is to be filled in."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from generator.cli.options import Command, add_templates, year_of
from generator.model.department import NATURES
from generator.model.file_names import profile_of
from generator.model.problem import UsageError

_SCALES = ("万元", "元")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="部门名称", help="部门的全称，印在封面上")
    parser.add_argument("--year", required=True, metavar="年度", help="预算年度，如 2027")
    parser.add_argument(
        "--place", default="通用", metavar="方案", help="用哪里的格式（缺省 通用）；有哪些，见 shuoming profiles"
    )
    parser.add_argument("--folder", type=Path, metavar="目录", help="放在哪个目录（缺省是当前目录里以部门名称为名的）")
    parser.add_argument("--code", default="", metavar="代码", help="部门代码，如 045；还不知道可以不写")
    parser.add_argument(
        "--nature", choices=NATURES, default="", metavar="性质", help=f"单位性质：{'、'.join(NATURES)}；可以不写"
    )
    parser.add_argument(
        "--unit", choices=_SCALES, default=_SCALES[0], metavar="单位", help="填报用的金额单位：万元（缺省）或元"
    )
    parser.add_argument(
        "--units",
        nargs="+",
        default=[],
        metavar="代码=名称",
        help="有几个预算单位的，一个一个写出来，如 045001=某某局机关 045002=某某馆",
    )
    add_templates(parser)


def _run(arguments: argparse.Namespace) -> int:
    from generator.carry.blank import Begun
    from generator.save import save_all
    from generator.work.init import init

    name, place = arguments.name.strip(), profile_of(arguments.place)
    units = _units(arguments.units)
    said = Begun(name, place, year_of(arguments.year), arguments.code, arguments.nature, arguments.unit, units)
    folder = arguments.folder or Path(name)
    files = init(folder, said, arguments.templates)
    save_all(files)
    print(f"已在 {folder.as_posix()} 建好{len(files)}个文件：")
    print("\n".join(f"  {file.path.relative_to(folder).as_posix()}" for file in files))
    print("下一步：打开这个文件夹，看“使用说明.txt”；或双击里面的“开始”。")
    return 0


def _units(typed: Sequence[str]) -> dict[str, str]:
    """The units typed. Raises UsageError where two have one code: none of them may be lost in silence."""
    units: dict[str, str] = {}
    for code, name in map(_unit, typed):
        if code in units:
            raise UsageError(f"--units 里代码“{code}”写了两次：“{units[code]}”和“{name}”。请核对代码。")
        units[code] = name
    return units


def _unit(text: str) -> tuple[str, str]:
    """A unit typed, its code and its name. Raises UsageError where it is none."""
    code, sign, name = text.partition("=")
    if not (sign and code.strip() and name.strip()):
        raise UsageError(f"--units 后面应是“代码=名称”，如 045001=某某局机关，不能是“{text}”。")
    return code.strip(), name.strip()


INIT = Command("init", "新建一个部门的文件夹：列出要填的全部文件，附使用说明和双击就能用的菜单。", _add_arguments, _run)
