"""A QR code as the path of a drawing, one unit a module."""

from __future__ import annotations

import segno

QUIET = 4
"""Modules of white around it (ISO/IEC 18004)."""


def code_path(url: str) -> tuple[str, int]:
    """The dark modules of a code for this address, and how wide the whole is, its white margin included."""
    matrix = segno.make(url, error="m", micro=False).matrix
    pieces = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            wide = next((end for end in range(x, len(row)) if not row[end]), len(row)) - x
            if wide:
                pieces.append(f"M{x + QUIET} {y + QUIET}h{wide}v1h-{wide}z")
            x += wide or 1
    return "".join(pieces), len(matrix) + 2 * QUIET
