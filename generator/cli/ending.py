"""How a run ends when something from outside ends it: one line in Chinese and an exit code, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress

FAILED, BROKEN, INTERRUPTED, UNREAD = 2, 3, 130, 141
"""Exit codes: wrong use or a machine that can't; a mistake of ours; Ctrl-C; nobody reads on (as after SIGPIPE)."""
_LOCALE = "系统的语言环境写不了中文文件名，请先运行 export PYTHONUTF8=1，或把 LC_ALL 设为 C.UTF-8、zh_CN.UTF-8。"


def ended(command: Callable[[], int]) -> int:
    """The exit code of a command whose words have all been written, or of what kept it from that."""
    _open_streams()
    try:
        try:
            code = command()
        except SystemExit as error:  # argparse, after --help
            code = error.code if isinstance(error.code, int) else 0
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        return UNREAD
    except KeyboardInterrupt:
        return _told("已中断。", INTERRUPTED)
    except MemoryError:
        return _told("错误：内存不够，已停止。", FAILED)
    except Exception as error:  # noqa: BLE001 - the last net; what it catches is told, and kept whole
        return _told(*_reason(error))
    return code


def _open_streams() -> None:
    """A stream that was closed (“>&-”) takes what is written and keeps nothing."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - until the process ends


def _reason(error: Exception) -> tuple[str, int]:
    if isinstance(error, OSError):
        from generator.model.failure import why_not_read, why_not_written

        if error.filename is not None:
            return f"错误：无法读写 {error.filename}：{why_not_read(error)}。", FAILED
        if not _was_printing(error):
            return f"错误：临时文件写不出去（{why_not_written(error)}）。没有说已经写好的文件，都没有写。", FAILED
        return f"错误：要印的话写不出去（{why_not_written(error)}）。生成的文件在此以前已经写好。", FAILED
    if isinstance(error, UnicodeEncodeError):
        near = error.object[max(0, error.start - 20) : error.end + 20].split("\n")
        name = max(near, key=lambda line: sum(map(_is_odd, line))).encode("utf-8", "replace").decode()
        other = f"“{name}”不是UTF-8编码的名称，请改名后再试。"
        return f"错误：{other if error.encoding == 'utf-8' else _LOCALE}", FAILED
    return f"错误：程序里有没有料到的错误，{_kept(error)}", BROKEN


def _was_printing(error: Exception) -> bool:
    """Whether it happened in this room, the only one that prints."""
    import traceback

    return os.path.dirname(traceback.extract_tb(error.__traceback__)[-1].filename) == os.path.dirname(__file__)  # noqa: PTH120 - no need of pathlib


def _is_odd(letter: str) -> bool:
    """Whether it stands for a byte that was no UTF-8."""
    return "\ud800" <= letter <= "\udfff"


def _kept(error: Exception) -> str:
    """Where the details are, for those who mend the program; on the line itself where no file can be written."""
    import tempfile
    import traceback

    with suppress(OSError):
        handle, name = tempfile.mkstemp(prefix="shuoming-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.writelines(traceback.format_exception(error))
        return f"详情写在 {name}，请连同填报的数据交给维护程序的人。"
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"请告诉维护程序的人：{type(error).__name__}，{last.filename}:{last.lineno}。"


def _told(line: str, code: int) -> int:
    """The code, after saying the line where anybody can hear it."""
    with suppress(OSError, ValueError, KeyboardInterrupt):
        print(line, file=sys.stderr, flush=True)
    return code
