"""How tests over made-up departments are run: how many examples, and what they share."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings

from generator.kept import remembered
from tests.conftest import SOAK

KEPT = partial(remembered, Path(tempfile.mkdtemp(prefix="shuoming-")))
"""Compiled templates: the same for every example."""


def examples(few: int) -> Any:
    """How many departments to make up: ``few`` in make test, forty times as many in make soak."""
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    phases = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
    return settings(max_examples=few * 40 if SOAK else few, suppress_health_check=checks, phases=phases)
