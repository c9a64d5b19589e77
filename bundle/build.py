"""``make bundle``: one zip a platform: our wheel, the pinned libraries' wheels for each Python, an installer, how to install.

    python -m bundle.build [--platform linux] [--python 3.12] [--output dist]

Libraries are those of requirements/runtime.txt and no others: pip compares their hashes, here and once more when they are
installed. Our wheel and the zip are the same bytes whenever they are made of the same files.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.model.version import VERSION

ROOT = Path(__file__).parent.parent
TEXTS, STARTERS = ROOT / "bundle/texts", ROOT / "generator/carry/texts"
RUNTIME = ROOT / "requirements/runtime.txt"
PYTHONS = ("3.11", "3.12", "3.13")
_DAY = (2020, 2, 2, 0, 0, 0)
"""No clock: as in our wheel (hatchling)."""


class Platform(NamedTuple):
    """A kind of computer: the wheels that run there, and the files of the bundle by name; ``crlf``: its line ends."""

    tags: tuple[str, ...]
    files: Mapping[str, Path]
    crlf: bool


PLATFORMS = {
    "windows": Platform(
        ("win_amd64",),
        {
            "install.cmd": TEXTS / "install.cmd",
            "安装说明.txt": TEXTS / "windows.txt",
            "开始.cmd": STARTERS / "开始.cmd",
        },
        True,
    ),
    "linux": Platform(
        # glibc 2.28 is what the oldest desktops in use have
        ("manylinux2014_x86_64", *(f"manylinux_2_{minor}_x86_64" for minor in range(17, 29))),
        {
            "install.sh": TEXTS / "install.sh",
            "安装说明.txt": TEXTS / "linux.txt",
            "开始.sh": STARTERS / "开始.sh",
            "开始.desktop": STARTERS / "开始.desktop",
        },
        False,
    ),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Make the bundles asked for, all of them unless told otherwise."""
    parser = argparse.ArgumentParser(prog="python -m bundle.build", description=__doc__)
    parser.add_argument("--platform", choices=tuple(PLATFORMS), action="append", help="缺省是全部")
    parser.add_argument("--python", choices=PYTHONS, action="append", help="缺省是全部")
    parser.add_argument("--output", type=Path, default=Path("dist"))
    given = parser.parse_args(argv)
    for name in given.platform or PLATFORMS:
        path = given.output / f"shuoming-{VERSION}-{name}-x86-64.zip"
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="shuoming-") as scratch:
            wheels = libraries(Path(scratch), PLATFORMS[name], given.python or PYTHONS)
            data = zipped(dict(contents(PLATFORMS[name], own_wheel(Path(scratch)), wheels)), path.stem)
        path.write_bytes(data)
        print(f"已生成 {path.as_posix()}（{len(data) / 1e6:.1f} MB，SHA-256 {hashlib.sha256(data).hexdigest()}）")
    return 0


def own_wheel(folder: Path) -> Path:
    """Our wheel, made of this checkout."""
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "own")]
    subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    [made] = (folder / "own").glob("*.whl")
    return made


def libraries(folder: Path, platform: Platform, pythons: Sequence[str]) -> list[Path]:
    """The pinned libraries' wheels for a platform, fetched; most are the same for every Python."""
    tags = [word for tag in platform.tags for word in ("--platform", tag)]
    for python in pythons:
        print(f"正在取 Python {python} 用的库…", file=sys.stderr)
        command = [
            sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input",
            "--require-hashes", "--no-deps", "--only-binary", ":all:", "--implementation", "cp",
            "--python-version", python, *tags, "--dest", str(folder / "wheels"), "-r", str(RUNTIME),
        ]  # fmt: skip
        subprocess.run(command, check=True)
    return sorted((folder / "wheels").glob("*.whl"))


def contents(platform: Platform, own: Path, wheels: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """The files of a bundle by name."""
    digest = hashlib.sha256(own.read_bytes()).hexdigest()
    pinned = RUNTIME.read_text(encoding="utf-8")
    yield "requirements.txt", f"shuoming=={VERSION} --hash=sha256:{digest}\n{pinned}".encode()
    yield "install.py", (TEXTS / "install.py").read_bytes()
    for name, path in platform.files.items():
        text = path.read_text(encoding="utf-8").replace("$version", VERSION)
        mark = "\ufeff" if platform.crlf and path.suffix == ".txt" else ""
        yield name, (mark + (text.replace("\n", "\r\n") if platform.crlf else text)).encode()
    for wheel in (own, *wheels):
        yield f"wheels/{wheel.name}", wheel.read_bytes()


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """Them as a zip, in one folder; what is to be run may be."""
    with tempfile.TemporaryFile() as made:
        with zipfile.ZipFile(made, "w") as package:
            for name in sorted(files):
                entry = zipfile.ZipInfo(f"{folder}/{name}", _DAY)
                entry.create_system = 3  # so that the mode counts
                entry.external_attr = (0o100755 if name.endswith((".sh", ".desktop")) else 0o100644) << 16
                entry.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
                package.writestr(entry, files[name])
        made.seek(0)
        return made.read()


if __name__ == "__main__":
    sys.exit(main())
