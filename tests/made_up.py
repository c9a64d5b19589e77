"""How tests over made-up departments are run: how many examples, and what they share."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from generator.kept import remembered

KEPT = partial(remembered, Path(tempfile.mkdtemp(prefix="shuoming-")))
"""Compiled templates: the same for every example."""


_SHARE = {"few": 0.1, "all": 1, "soak": 40}


def examples(number: int) -> Callable[[Any], Any]:
    """How many departments to make up: ``number`` with -m made_up; in make test the first tenth, in make soak forty times."""
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    phases = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
    share = _SHARE[settings.get_current_profile_name()]
    chosen = settings(max_examples=max(1, int(number * share)), suppress_health_check=checks, phases=phases)
    return lambda test: pytest.mark.made_up(chosen(test))
