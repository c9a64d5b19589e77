"""PyYAML is whole, whatever is compiled later: its reader in Python refuses what it always refused."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
import yaml

import generator.load  # noqa: F401 - imports yaml its way
from tests.conftest import ROOT


@pytest.mark.parametrize("letter", ["\x01", "\x7f", "\ufffe", "\ud800"])
def test_the_reader_in_python_refuses_what_it_always_did(letter: str) -> None:
    with pytest.raises(yaml.reader.ReaderError, match="special characters"):
        yaml.safe_load(f"甲: {letter}")
    assert yaml.safe_load("甲: 乙\U0001f600") == {"甲": "乙\U0001f600"}


def test_the_costly_pattern_is_not_compiled_on_import() -> None:
    """In a process of its own; and re is as it was."""
    code = (
        "import re; compiled = re.compile\nimport generator.load, yaml\n"
        "assert re.compile is compiled\nprint(type(yaml.reader.Reader.NON_PRINTABLE).__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "_Later\n"
    assert isinstance(re.compile(""), re.Pattern)
