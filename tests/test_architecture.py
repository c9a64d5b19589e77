"""Promises about the code itself that no linter states."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

MODEL = sorted((ROOT / "generator" / "model").glob("*.py"))
RULE_FILES = sorted((ROOT / "generator" / "check").glob("*_rules.py"))


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


def test_model_needs_the_standard_library_only() -> None:
    assert len(MODEL) > 8
    for path in MODEL:
        assert imported(path) <= set(sys.stdlib_module_names) | {"generator"}, path.name


def test_every_rule_function_is_in_its_tuple() -> None:
    assert len(RULE_FILES) >= 8
    for path in RULE_FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        answering = {
            node.name
            for node in tree.body
            if isinstance(node, ast.FunctionDef)
            and node.returns
            and "Iterator" in ast.unparse(node.returns)
            and any(word in ast.unparse(node.returns) for word in ("Answer", "Finding"))
            and not node.name.startswith("_")
        }
        text = path.read_text(encoding="utf-8")
        rows = text.partition("_RULES: ")[2]
        called = {name for name in answering if re.search(rf"(?<!def ){name}\(", text)}
        assert answering and all(re.search(rf"\b{name}\b", rows) for name in answering - called), path.name


@pytest.mark.parametrize("room", ["work", "cli"])
def test_a_run_is_never_half_there(room: str) -> None:
    """What a verb returns holds all that its type names; nothing is asserted to be there."""
    files = sorted((ROOT / "generator" / room).glob("*.py"))
    assert len(files) > 8
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)], path.name
        fields = [
            ast.unparse(field)
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef)
            for field in node.body
            if isinstance(field, ast.AnnAssign)
        ]
        assert not [field for field in fields if "| None" in field or "Optional" in field], path.name


def test_no_float_near_money() -> None:
    for folder in ("model", "derive", "compose", "check", "explain"):
        for path in (ROOT / "generator" / folder).glob("*.py"):
            names = {
                node.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)
            }
            assert not names & {"float", "round"}, path


def loaded_by(words: list[str], libraries: set[str]) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own; the last line of its stderr says which of the libraries it has loaded."""
    code = (
        f"import sys\nfrom generator.cli import main\ntry: main({words})\nexcept SystemExit: pass\n"
        f"print(sorted({libraries} & set(sys.modules)), file=sys.stderr)"
    )
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)


def test_help_imports_no_heavy_library() -> None:
    done = loaded_by(["--help"], {"docx", "docxtpl", "jinja2", "yaml", "lxml", "num2words"})
    assert done.stderr.strip() == "[]"
    assert "部门预算说明" in done.stdout


def test_check_imports_nothing_that_only_a_file_needs() -> None:
    """But for the master, which it looks into: it should see what ``report`` would refuse."""
    done = loaded_by(["check", "2022"], {"docx", "docxtpl", "lxml", "num2words"})
    assert done.stderr.splitlines()[-1] == "[]"


def test_a_report_loads_nothing_that_only_tries_profiles(tmp_path: Path) -> None:
    trials = {
        f"generator.{name}"
        for name in ("trial", "check.footing", "compose.traced", "compose.names", "work.trying", "work.profile_check")
    }
    done = loaded_by(["report", "2022", "--output", str(tmp_path)], trials)
    assert done.stderr.splitlines()[-1] == "[]"
    assert list(tmp_path.iterdir())


def test_nothing_of_a_place_stands_in_code() -> None:
    words, titles = ("伊滨", "yibin.", "027001"), ("部门收支预算表", "支出经济分类汇总表")
    for path in (ROOT / "generator").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not [word for word in words if word in text], path
        if path.parent.name != "check":  # the rules read documents by the names that all places' forms go by
            assert not [word for word in titles if word in text], path
