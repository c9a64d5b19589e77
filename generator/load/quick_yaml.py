"""PyYAML, imported without a pattern it does not need.

On import its reader in Python compiles a class of characters over all of Unicode: a twenty-seventh of the instructions
of a report, for a reader that is idle wherever libyaml reads. Here that pattern is compiled when it is first searched for.
"""

from __future__ import annotations

import re
from typing import Any


class _Later:
    """A pattern that is compiled when it is needed; ``re`` keeps it from then on."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    def search(self, text: str) -> re.Match[str] | None:
        return re.search(self._pattern, text)


def _import_yaml() -> None:
    compiled = re.compile

    def sparing(pattern: Any, flags: Any = 0) -> Any:
        return _Later(pattern) if str(pattern).startswith("[^\t\n\r -~") and not flags else compiled(pattern, flags)

    re.compile = sparing
    try:
        import yaml  # noqa: F401 - for those who import it after this
    finally:
        re.compile = compiled


_import_yaml()
