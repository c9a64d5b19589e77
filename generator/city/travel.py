"""Data that came with an order (``packing.py``), unpacked for as long as somebody works on it."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from generator.city.place import Place
from generator.model.city import Order, Plan


@contextmanager
def unpacked(plan: Plan, order: Order) -> Iterator[Place]:
    """An order's folder and the profiles, for as long as it is worked on; messages name them as the city does."""
    with tempfile.TemporaryDirectory(prefix="shuoming-", ignore_cleanup_errors=True) as name:
        folder = Path(name, "department")
        folder.mkdir()
        _extract(order.packed, folder)
        templates = _templates(plan.packed_templates)
        yield Place(folder, templates, Path(name), ((templates.as_posix(), plan.templates),))


@lru_cache(maxsize=2)
def _templates(packed: bytes) -> Path:
    """The profiles, unpacked once in a worker; taken away when it ends."""
    folder = Path(_holder().name, str(len(list(Path(_holder().name).iterdir()))))
    folder.mkdir()
    _extract(packed, folder)
    return folder


@lru_cache(maxsize=1)
def _holder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="shuoming-", ignore_cleanup_errors=True)


def _extract(packed: bytes, folder: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(folder)
