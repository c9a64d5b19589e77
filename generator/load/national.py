"""What places call the national forms, their columns and their rows: reference/forms.yaml."""

from __future__ import annotations

from functools import cache
from pkgutil import get_data
from typing import Any

import yaml

from generator.model.national import National

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load_national() -> National:
    """The forms' words. Reads a file of the package: asked for only by who reads a document that others made."""
    found = reference("forms.yaml")
    forms = found["表种"]
    return National(
        {key: form["名称"] for key, form in forms.items()},
        {key: tuple(form.get("又称", ())) for key, form in forms.items()},
        tuple(found["可有可无"]),
        tuple(map(tuple, found["同义"])),
        tuple(found["合计词"]),
    )


def reference(name: str) -> dict[str, Any]:
    """A YAML file in reference/, which is our own: nothing in it is looked over."""
    text = get_data("generator.load", f"reference/{name}")
    assert text is not None
    found: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - the safe loader, in C where there is one
    return found
