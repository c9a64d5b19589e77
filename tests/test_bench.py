"""What is measured is right: the made-up data has no error, and both readers of a ledger find the same lines."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench import workload
from generator.model.problem import has_errors
from tests.conftest import ROOT
from tests.runs import run


@pytest.mark.parametrize("projects", [1, 300])
def test_the_department_that_is_measured_has_no_error(projects: int, tmp_path: Path) -> None:
    workload.department(tmp_path / "data", projects)
    shutil.copytree(ROOT / "bench/profile", tmp_path / "bench")
    shutil.copy(ROOT / "templates/yibin/master.docx", tmp_path / "bench")
    done = run(tmp_path / "data", tmp_path, "bench", workload.YEAR)
    assert not has_errors(done.problems) and done.document is not None


def test_both_readers_find_every_line(tmp_path: Path) -> None:
    path = tmp_path / "ledger.yaml"
    with_module("bench.workload", "ledger", str(path), "50")
    assert {with_module("bench.read_yaml", reader, str(path)) for reader in ("ours", "pyyaml")} == {"50\n"}


def with_module(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout
