"""The manifest (清单): which files were handed over, byte for byte, what they were made from and what the check came to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple


class Made(NamedTuple):
    """What the files were made from: title, year, unit, the data's ``digest`` and ``commit``, the profile, the program's version, the check in a sentence."""

    title: str
    year: int
    unit: str
    profile: str
    digest: str
    commit: str
    version: str
    checked: str


def manifest_json(made: Made, files: Mapping[str, bytes]) -> bytes:
    """For programs; the same bytes from the same files."""
    told = {
        "标题": made.title,
        "年度": made.year,
        **({"单位": made.unit} if made.unit else {}),
        "格式方案": made.profile,
        "数据": {"摘要": made.digest, **({"提交": made.commit} if made.commit else {})},
        "程序版本": made.version,
        "检查": made.checked,
        "文件": [
            {"名称": name, "字节": len(data), "sha256": sha256(data).hexdigest()}
            for name, data in sorted(files.items())
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def files_listed(data: bytes) -> frozenset[str]:
    """The names in a manifest; none where it is not one of ours."""
    try:
        return frozenset(str(one["名称"]) for one in json.loads(data)["文件"])
    except (ValueError, KeyError, TypeError):
        return frozenset()


def manifest_text(made: Made, files: Mapping[str, bytes]) -> bytes:
    """For people, and for sha256sum -c: its lines begin with the sum."""
    unit = f"（{made.unit}）" if made.unit else ""
    commit = f"，git提交{made.commit}" if made.commit else ""
    head = (
        f"# {made.title}{unit}",
        f"# 由 shuoming {made.version} 按格式方案“{made.profile}”生成。数据摘要 {made.digest}{commit}。",
        f"# {made.checked}",
        "# 各行是文件的 SHA-256 和名称。",
    )
    lines = (f"{sha256(data).hexdigest()}  {name}" for name, data in sorted(files.items()))
    return ("\n".join((*head, *lines)) + "\n").encode()
