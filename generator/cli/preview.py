"""``shuoming preview``: the page in a browser, made again at every save, on this machine only."""

from __future__ import annotations

import argparse

from generator.cli.options import Command, add_common, again, shop_of, year_of
from generator.model.problem import UsageError

EVERY = 0.1
"""Seconds between two looks at the files."""


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", default="0", metavar="端口", help="本机端口（缺省由系统选一个空闲的）")
    add_common(parser)


def _run(arguments: argparse.Namespace) -> int:
    import gc
    import time

    from generator.cli.serve import serve
    from generator.load.watch import marks_of, years_in
    from generator.work.preview import NOTHING, screen

    gc.enable()  # unlike other commands, this one stays
    year, shop = year_of(arguments.year), shop_of(arguments)
    seen = marks_of(shop.folders, years_in(arguments.data))
    accept = again(arguments, "accept", "--year", arguments.year, unit=arguments.unit)
    shown = screen(shop, arguments.data, year, NOTHING._replace(accept=accept), arguments.unit)
    try:
        with serve(_port(arguments.port), shown) as server:
            print(f"预览地址：http://127.0.0.1:{server.server_port}/", flush=True)
            print("保存数据或格式方案的文件后，页面会自己更新。按 Ctrl-C 结束。", flush=True)
            took = 0.0
            while True:
                time.sleep(_pause(took))
                began = time.perf_counter()
                now = marks_of(shop.folders, years_in(arguments.data))
                took = time.perf_counter() - began
                if now != seen:
                    seen = now
                    server.screen = screen(shop, arguments.data, year, server.screen, arguments.unit)
    except KeyboardInterrupt:
        print("预览已结束。")
    return 0


def _pause(took: float) -> float:
    """How long to wait after a look that took so long: where there are thousands of files, at most a tenth of a core."""
    return max(EVERY, 9 * took)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 5 or int(text) > 65535:
        raise UsageError(f"端口应是0到65535的整数，不能是“{text}”。")
    return int(text)


PREVIEW = Command("preview", "在浏览器里看，保存文件后自动更新。", _add_arguments, _run)
