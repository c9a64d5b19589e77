"""Data that travels with an order, to workers who don't reach the city's folders: packed here, unpacked there for a while."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from generator.city.place import Place
from generator.model.city import Order, Plan

_EPOCH = (1980, 1, 1, 0, 0, 0)


def packed(root: Path, folders: Iterable[Path]) -> bytes:
    """The files of some folders in one piece, by their names below ``root``."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    archive.writestr(zipfile.ZipInfo(path.relative_to(root).as_posix(), _EPOCH), path.read_bytes())
    return data.getvalue()


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
