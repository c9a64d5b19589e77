"""The wheel and the offline bundles: what is in them, the same bytes twice, and that they install without an index."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest

from bundle.build import PLATFORMS, PYTHONS, RUNTIME, TEXTS, contents, main, own_wheel, zipped
from generator.cli import main as program_of_checkout
from generator.model.version import VERSION
from tests.conftest import ROOT

hatchling = pytest.importorskip("hatchling", reason="hatchling (requirements/dev.txt) is not installed")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return own_wheel(tmp_path_factory.mktemp("wheel"))


def test_the_wheel_carries_the_program_its_profiles_and_its_reference_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as package:
        held = {name for name in package.namelist() if not name.startswith("shuoming-")}
        script = package.read(f"shuoming-{VERSION}.dist-info/entry_points.txt").decode()
    files = [path for folder in ("generator", "templates") for path in (ROOT / folder).rglob("*") if path.is_file()]
    names = {path.relative_to(ROOT).as_posix() for path in files if path.parent.name != "__pycache__"}
    assert held == {name.replace("templates/", "generator/places/", 1) for name in names}
    assert "generator/places/通用/master.docx" in held and "generator/load/reference/function.csv" in held
    assert "shuoming = generator.cli:run" in script


@pytest.mark.slow
def test_the_wheel_and_the_zip_are_the_same_bytes_twice(wheel: Path, tmp_path: Path) -> None:
    again = own_wheel(tmp_path)
    assert again.name == wheel.name and again.read_bytes() == wheel.read_bytes()
    files = {"开始.sh": b"sh", "wheels/a.whl": b"PK", "requirements.txt": b"a==1"}
    assert zipped(files, "x") == zipped(dict(reversed(files.items())), "x")


@pytest.mark.parametrize("name", PLATFORMS)
def test_what_a_bundle_holds(wheel: Path, name: str) -> None:
    files = dict(contents(PLATFORMS[name], wheel, []))
    pinned = files["requirements.txt"].decode()
    assert pinned.startswith(f"shuoming=={VERSION} --hash=sha256:{sha256(wheel.read_bytes()).hexdigest()}\n")
    assert pinned.endswith(RUNTIME.read_text(encoding="utf-8"))
    told = files["安装说明.txt"].decode("utf-8-sig")
    assert VERSION in told and "$" not in told and all(python in told for python in PYTHONS)
    assert set(re.findall(r"install\.\w+|wheels|requirements\.txt", told)) <= {*files, "wheels"}
    for other, data in files.items():
        if other.endswith(".cmd"):  # whatever the code page, and with the line ends that its labels need
            assert data.isascii() and data.count(b"\r\n") == data.count(b"\n")
        if other.endswith((".sh", ".desktop", ".py")):
            assert b"\r" not in data


@pytest.mark.parametrize("shell", ["install.sh", "开始.sh"])
def test_the_scripts_are_plain_sh(shell: str) -> None:
    folder = TEXTS if shell.startswith("install") else ROOT / "generator/carry/texts"
    assert subprocess.run(["sh", "-n", folder / shell], check=False).returncode == 0


def run(command: list[object], folder: Path, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """In an environment without an index and, as far as settings go, without a network."""
    nowhere = {f"{kind}_proxy": "http://127.0.0.1:9" for kind in ("http", "https", "all")}
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "PIP_NO_INDEX": "1", **nowhere, **more,
    }  # fmt: skip
    alone = ["unshare", "-rn"] if can_unshare() else []
    words = [*alone, *map(str, command)]
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def can_unshare() -> bool:
    program = shutil.which("unshare")
    return program is not None and subprocess.run([program, "-rn", "true"], check=False, stderr=-3).returncode == 0


class Installed(NamedTuple):
    """A bundle of this Python that was unpacked and installed into a home of its own."""

    bundle: Path
    home: Path
    program: Path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("bundle")
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert main(["--platform", "linux", "--python", python, "--output", str(folder)]) == 0
    [package] = folder.glob("*.zip")
    with zipfile.ZipFile(package) as opened:
        opened.extractall(folder)
    home = folder / "家 里"
    home.mkdir()
    done = run(["sh", "install.sh"], folder / package.stem, home, PYTHON=sys.executable)
    assert (done.returncode, done.stderr) == (0, "") and "装好了" in done.stdout
    return Installed(folder / package.stem, home, home / ".local/bin/shuoming")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the bundle of Linux")
def test_what_was_installed_without_a_network_makes_the_document(installed: Installed, tmp_path: Path) -> None:
    _, home, program = installed
    assert run([program, "--version"], home, home).stdout == f"shuoming {VERSION}\n"
    assert run([program, "init", "某局", "--year", "2027"], home, home).returncode == 0
    done = run([program, "check", "2027"], home / "某局", home)
    assert done.returncode == 1 and "data/2027/department.yaml" in done.stdout
    done = run(["sh", "开始.sh"], home / "某局", home)
    assert done.returncode == 0 and "检查" in done.stdout
    shutil.copytree(ROOT / "data/2022", home / "某局/data/2022")  # its place is a shipped one
    done = run([program, "report", "2022"], home / "某局", home)
    [made] = (home / "某局/output/2022").glob("*.docx")
    assert done.returncode == 0
    assert program_of_checkout(["report", "2022", "--output", str(tmp_path)]) == 0
    assert made.read_bytes() == (tmp_path / "2022" / made.name).read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the bundle of Linux")
def test_an_installation_that_fails_leaves_what_was_there(installed: Installed, tmp_path: Path) -> None:
    (installed.bundle / "wheels").rename(tmp_path / "away")
    done = run(["sh", "install.sh"], installed.bundle, installed.home, PYTHON=sys.executable)
    assert done.returncode == 1 and "没有装成，原来的没有动" in done.stderr
    assert run([installed.program, "--version"], installed.home, installed.home).returncode == 0
    done = run(["sh", "install.sh", installed.home], installed.bundle, installed.home, PYTHON=sys.executable)
    assert done.returncode == 1 and "里是别的东西，没有动它" in done.stderr
