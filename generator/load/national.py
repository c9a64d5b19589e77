"""reference/forms.yaml: what places call the national forms, their columns and their rows."""

from __future__ import annotations

from pkgutil import get_data
from typing import Any

import yaml

from generator.model.national import National


def load_national() -> National:
    """The forms' words. Reads a file of the package: asked for only by who reads a document that others made."""
    text = get_data("generator.load", "reference/forms.yaml")
    assert text is not None
    found: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)  # noqa: S506 - a file of our own
    forms = found["表种"]
    return National(
        {key: form["名称"] for key, form in forms.items()},
        {key: tuple(form.get("又称", ())) for key, form in forms.items()},
        tuple(found["可有可无"]),
        tuple(map(tuple, found["同义"])),
        tuple(found["合计词"]),
    )
