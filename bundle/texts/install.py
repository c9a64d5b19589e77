"""Install the program from this folder, without a network: a virtual environment of its own, for this user alone.

python install.py [folder]. What was installed there before stays until the new one runs.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"


def main() -> int:
    """Install, or say what is in the way; the exit code."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        return failed(f"需要 Python 3.11 至 3.13，这里是 {sys.version_info[0]}.{sys.version_info[1]}。")
    home = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else usual()
    before = home.with_name(home.name + ".before")
    try:
        shutil.rmtree(before, ignore_errors=True)
        if home.exists():
            if not (home / "pyvenv.cfg").is_file():
                return failed(f"{home} 里是别的东西，没有动它。请另写一个目录。")
            home.rename(before)
        home.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return failed(f"{home} 动不了（{error.strerror}）。程序开着的，请先关掉。")
    print(f"正在安装到 {home} …", flush=True)
    said = install(home)
    if said:
        shutil.rmtree(home, ignore_errors=True)
        if before.exists():
            before.rename(home)
        return failed(f"没有装成，原来的没有动。最后说的是：\n{said[-1000:]}")
    shutil.rmtree(before, ignore_errors=True)
    print("装好了。" + link(home))
    print("接下来：把这里的“开始”复制到放文件的地方，双击它，新建本部门的文件夹。")
    return 0


def install(home: Path) -> str:
    """What went wrong; nothing where nothing did."""
    python = home / ("Scripts/python.exe" if WINDOWS else "bin/python")
    pip = "-m pip --isolated install --quiet --no-input --disable-pip-version-check --no-cache-dir"
    pinned = "--no-index --no-deps --require-hashes --only-binary :all:"
    commands = (
        [sys.executable, "-m", "venv", str(home)],
        [python, *pip.split(), *pinned.split(), "--find-links", HERE / "wheels", "-r", HERE / "requirements.txt"],
        [python, "-m", "generator", "--version"],
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    for command in commands:
        done = subprocess.run(
            [str(word) for word in command],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=str(HERE),
        )
        if done.returncode:
            return done.stdout.decode("utf-8", "replace").strip() or f"退出码 {done.returncode}"
    return ""


def usual() -> Path:
    """Where a user's own programs are."""
    if WINDOWS:
        return Path(os.environ["LOCALAPPDATA"]) / "shuoming" / "program"
    return Path.home() / ".local/share/shuoming/program"


def link(home: Path) -> str:
    """The program under a name that terminals find, where nothing else has it; what to say of that."""
    name = Path.home() / ".local/bin/shuoming"
    program = home / "bin/shuoming"
    if WINDOWS or home != usual() or (name.exists() and not name.is_symlink()):
        return ""
    try:
        name.parent.mkdir(parents=True, exist_ok=True)
        if name.is_symlink():
            name.unlink()
        name.symlink_to(program)
    except OSError:
        return ""
    return "在终端里可以用命令 shuoming（没有的，请重新登录一次）。"


def failed(message: str) -> int:
    """The exit code of an installation that came to nothing."""
    print("错误：" + message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
