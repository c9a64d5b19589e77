"""Values as a person would type them in YAML: words in quotes, amounts and counts bare."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any


def typed(value: Any) -> str:
    """A value as a person would type it in YAML: every word in quotes, amounts and counts bare."""
    if isinstance(value, Mapping):
        return "".join(f"{json.dumps(key, ensure_ascii=False)}: {_flow(inner)}\n" for key, inner in value.items())
    return _flow(value) + "\n"


def list_of(items: Iterable[Any]) -> str:
    """Items as a file that is a list, one a line."""
    return "".join(f"- {_flow(item)}\n" for item in items) or "[]\n"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return (
            f"{{{', '.join(f'{json.dumps(key, ensure_ascii=False)}: {_flow(inner)}' for key, inner in value.items())}}}"
        )
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_flow, value))}]"
    return str(value) if isinstance(value, (Decimal, int)) else json.dumps(value, ensure_ascii=False)
