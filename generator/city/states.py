"""Where a department stands, from what is recorded of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from generator.model.city import BESIDE, NOT_DONE, Ending, FileLine, State


class Known(NamedTuple):
    """What decides it: how the last look at it ended and at which fingerprint, from which its documents were made, whether it was published
    and which documents (``snapshot``), those there are, and how many warnings.
    """

    ending: str
    asked: str
    made: str
    published: bool
    snapshot: str
    documents: Mapping[str, str]
    warnings: int


def state_of(one: Known) -> State:
    """The first that applies, in the order of ``State``."""
    if one.ending == Ending.MISSING:
        return State.MISSING
    if one.ending in (Ending.FAILED, *NOT_DONE):
        return State.FAILED
    if one.made and one.asked != one.made or one.published and _differ(one.snapshot, one.documents):
        return State.CHANGED
    if one.published:
        return State.PUBLISHED
    if one.warnings:
        return State.WARNED
    return State.MADE if one.made else State.OPEN


def documents_in(files: Iterable[FileLine]) -> dict[str, str]:
    """The documents among files, by name, and their digests."""
    return {file.name: file.sha256 for file in files if file.name not in BESIDE}


def still_published(published: str, snapshot: str, documents: Mapping[str, str]) -> str:
    """The documents as they were on the day that the table says they were published: taken when it says so for the first time."""
    if not published:
        return ""
    if snapshot and json.loads(snapshot)["公开日期"] == published:
        return snapshot
    return json.dumps({"公开日期": published, "文件": dict(documents)}, ensure_ascii=False) if documents else ""


def _differ(snapshot: str, documents: Mapping[str, str]) -> bool:
    """Of the formats that are still made, whether any document is another than the one that was published, or is no more."""
    then: Mapping[str, str] = json.loads(snapshot)["文件"] if snapshot else {}
    formats = {PurePosixPath(name).suffix for name in documents or then}
    return any(documents.get(name) != digest for name, digest in then.items() if PurePosixPath(name).suffix in formats)
