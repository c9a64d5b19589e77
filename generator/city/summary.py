"""What a bureau asks of a department's numbers."""

from __future__ import annotations

from generator.model.city import Summary
from generator.work.stages import Ended


def summary_of(ended: Ended) -> Summary:
    """Of a run of the 部门版."""
    return Summary()
