"""Libraries imported sparingly are whole all the same: what was put off is there when somebody uses it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
import yaml

import generator.compose
import generator.load  # noqa: F401 - these two import Jinja and YAML their way
from tests.conftest import ROOT


@pytest.mark.parametrize("letter", ["\x01", "\x7f", "\ufffe", "\ud800"])
def test_the_reader_of_yaml_in_python_refuses_what_it_always_did(letter: str) -> None:
    with pytest.raises(yaml.reader.ReaderError, match="special characters"):
        yaml.safe_load(f"甲: {letter}")
    assert yaml.safe_load("甲: 乙\U0001f600\n年: 2022-01-01").keys() == {"甲", "年"}
    assert yaml.safe_dump({"甲": [1.5, None]}, allow_unicode=True) == "甲:\n- 1.5\n- null\n"


def test_jinja_compiles_and_has_all_its_names() -> None:
    import jinja2

    made = jinja2.Environment(autoescape=True).from_string(
        "{% for x in [1, 2] %}{{ x + 1 }}{{ '<' | urlize }}{% endfor %}"
    )
    assert made.render() == "2&lt;3&lt;"
    assert isinstance(jinja2.DictLoader({}), jinja2.BaseLoader)


@pytest.mark.parametrize(
    ("room", "loaded", "put_off"),
    [
        ("load", "yaml.nodes", ["yaml.constructor", "yaml.resolver", "yaml.representer"]),
        ("compose", "jinja2.runtime", ["jinja2.compiler", "jinja2.lexer", "jinja2.bccache", "inspect"]),
    ],
)
def test_what_is_put_off_is_not_loaded_on_import(room: str, loaded: str, put_off: list[str]) -> None:
    """In a process of its own; and re is as it was."""
    code = (
        f"import re, sys; compiled = re.compile\nimport generator.{room}\n"
        f"assert re.compile is compiled and '{loaded}' in sys.modules\nprint([*filter(sys.modules.get, {put_off})])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    assert isinstance(re.compile(""), re.Pattern)
