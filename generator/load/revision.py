"""A git revision's files into a folder: its objects as they are. No filter, hook or program of the repository is run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from hashlib import sha1, sha256
from pathlib import Path
from typing import NamedTuple

from generator.model.problem import UsageError

_COMMIT = re.compile(rb"[0-9a-f]{40,64}\n")
_PATIENCE = 120  # seconds
_MOST_FILES = 20_000
_MOST_BYTES = 256 * 1024 * 1024
_NOTHING_RUN = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", "protocol.allow=never")
"""What of a repository's own settings could start a program, or fetch over the network, while objects are read."""
_ALONE = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}


class _Blob(NamedTuple):
    name: str
    identity: str
    size: int


def commit_of(name: str) -> str:
    """The one commit that a name of a person's means. Raises UsageError where it means none."""
    done = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if not _COMMIT.fullmatch(done.stdout):  # also where git takes it for something else than one commit
        raise UsageError(f"“{name}”不是年度、git版本、目录或Word文件。{_first_line(done.stderr)}")
    return done.stdout.decode().strip()


def commit_with(folders: Sequence[Path]) -> str:
    """The commit at hand, where every file in these folders is in it as it is on the disk; empty where one is not, or without git."""
    if any(folder.is_absolute() or ".." in folder.parts for folder in folders):
        return ""
    try:
        commit = commit_of("HEAD")
        blobs = {Path(blob.name): blob.identity for blob in _listed(commit, [folder.as_posix() for folder in folders])}
    except UsageError:
        return ""
    files = [
        path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file() and path.name[0] not in ".~"
    ]
    return commit if files and all(blobs.get(path) == _identity(path.read_bytes(), commit) for path in files) else ""


def _identity(data: bytes, commit: str) -> str:
    """What git calls a file with these bytes, in a repository whose commit is called so."""
    whole = b"blob %d\0" % len(data) + data
    return (sha1(whole, usedforsecurity=False) if len(commit) == 40 else sha256(whole)).hexdigest()


def merge_base(mine: str, theirs: str) -> str:
    """Where two commits parted. Raises UsageError where that is not known."""
    done = _git("merge-base", mine, theirs)
    if done.returncode:
        raise UsageError("两个版本没有共同的起点；如果仓库是浅克隆的，请取得完整的历史（fetch-depth: 0）。")
    return done.stdout.decode().strip()


def take(commit: str, folders: Sequence[Path], target: Path) -> None:
    """The plain files of these folders below ``target``: no link, no device, nothing outside of it.

    Raises UsageError for what git can't read and for more than any budget holds.
    """
    for folder in folders:
        if folder.is_absolute() or ".." in folder.parts:
            raise UsageError(f"与git版本比较时，目录要在当前目录里面，不能是 {folder.as_posix()}。")
    target.mkdir()
    blobs = tuple(dict.fromkeys(_listed(commit, [folder.as_posix() for folder in folders])))
    megabytes = sum(blob.size for blob in blobs) // 1024 // 1024
    if len(blobs) > _MOST_FILES or megabytes > _MOST_BYTES // 1024 // 1024:
        raise UsageError(f"这个版本的数据和格式方案有{len(blobs)}个文件、{megabytes} MB，太多了，没有取出。")
    for blob, content in zip(blobs, _contents(blobs), strict=True):
        path = target / blob.name
        if ".." not in path.parts and path.resolve().is_relative_to(target.resolve()):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def _listed(commit: str, names: Sequence[str]) -> Iterator[_Blob]:
    done = _git("--literal-pathspecs", "ls-tree", "-r", "-l", "-z", commit, "--", *names)
    if done.returncode:
        raise UsageError(f"git 取不出这个版本的文件。{_first_line(done.stderr)}")
    for line in filter(None, done.stdout.split(b"\0")):
        entry, _, name = line.partition(b"\t")
        mode, _, identity, size = entry.split()
        if mode.startswith(b"100"):  # a link is 120000, another repository 160000
            yield _Blob(os.fsdecode(name), identity.decode(), int(size) if size.isdigit() else 0)  # “BAD”: not there


def _contents(blobs: Sequence[_Blob]) -> Iterator[bytes]:
    """Of each its bytes, in order: “<identity> blob <size>”, the bytes, a line end."""
    done = _git("cat-file", "--batch", "--buffer", given="".join(f"{blob.identity}\n" for blob in blobs).encode())
    at = 0
    for blob in blobs:
        head = f"{blob.identity} blob {blob.size}\n".encode()
        start, end = at + len(head), at + len(head) + blob.size
        if done.stdout[at:start] != head or end >= len(done.stdout):
            raise UsageError(f"git 取不出这个版本的 {blob.name}。{_first_line(done.stderr)}")
        yield done.stdout[start:end]
        at = end + 1


def _git(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """git with these arguments, never through a shell, asking nobody for anything."""
    program = shutil.which("git")
    if program is None:
        raise UsageError("没有找到 git；两个年度、两个目录、两个Word文件不用git也能比较。")
    settings = [word for setting in _NOTHING_RUN for word in ("-c", setting)]
    try:
        return subprocess.run(  # noqa: S603 - a list of arguments, and what a person typed can't begin with “-”
            [program, "--no-pager", *settings, *arguments],
            capture_output=True,
            input=given,
            env={**os.environ, **_ALONE},
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UsageError("git 太久没有回答，已停止。") from error


def _first_line(output: bytes) -> str:
    """What git itself said, where it said anything."""
    line = output.decode(errors="replace").strip().split("\n")[0]
    return f"git：{line}" if line else ""
