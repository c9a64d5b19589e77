"""Data that travels with an order, to workers who don't reach the city's folders: packed here (``travel.py`` unpacks them)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from generator.city.place import place_of
from generator.city.task import fingerprint_of, is_same, work_on
from generator.model.city import Ending, Order, Plan, Result
from generator.model.problem import UsageError

_EPOCH = (1980, 1, 1, 0, 0, 0)


def packed_plan(plan: Plan) -> Plan:
    """The plan for workers who don't reach the city's folders, with the profiles that a person has here."""
    return plan._replace(travels=True, packed_templates=_packed(Path(plan.templates), Path(plan.templates)))


def packed_order(plan: Plan, order: Order) -> Order | Result:
    """The order with its data; the result itself where nothing has to be done, or nothing can be read."""
    here, place = plan._replace(travels=False, packed_templates=b""), place_of(plan, order.member)
    if not (place.data / str(plan.year)).is_dir():
        return work_on(here, order)
    try:
        if is_same(here, order, place, fingerprint_of(here, order.member, place)):
            return Result(order.member.key, Ending.SAME)
        return order._replace(packed=_packed(place.folder, place.data))
    except (OSError, UsageError):
        return work_on(here, order)


def _packed(root: Path, folder: Path) -> bytes:
    """The files of a folder in one piece, by their names below ``root``; what is hidden is left out."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith((".", "~")):
                name = zipfile.ZipInfo(path.relative_to(root).as_posix(), _EPOCH)
                archive.writestr(name, path.read_bytes(), zipfile.ZIP_DEFLATED, 1)  # a ZipInfo would have it stored
    return data.getvalue()
