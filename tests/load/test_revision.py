"""A revision's files are its objects: attributes change nothing, and nothing of the repository's is run."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.cli import main
from generator.load import revision
from generator.load.revision import commit_of, take
from generator.model.problem import UsageError
from tests.conftest import ROOT
from tests.difference.test_diff import git


@pytest.fixture
def repository(workplace: Path) -> Path:
    git(workplace, "init", "--quiet", "--initial-branch=main")
    git(workplace, "add", ".")
    git(workplace, "commit", "--quiet", "--message=起点")
    return workplace


def program(folder: Path) -> str:
    """One that leaves a mark when it is run."""
    path = folder / ".git" / "program"
    path.write_text(f"#!/bin/sh\ntouch {folder}/RAN\ncat\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_attributes_change_nothing(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    attributes = (
        "data/2022/prior.yaml export-ignore", "data/2022/basic.yaml export-subst", "*.yaml ident eol=crlf",
        "*.j2 working-tree-encoding=UTF-16",
    )  # fmt: skip
    (repository / ".gitattributes").write_text("\n".join(attributes) + "\n", encoding="utf-8")
    git(repository, "add", ".gitattributes")
    git(repository, "commit", "--quiet", "--message=属性")
    assert main(["diff", "HEAD"]) == 0
    assert capsys.readouterr().out.endswith("\n没有变化。\n")


def test_no_program_of_the_repository_is_run(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = program(repository)
    (repository / ".git" / "info" / "attributes").write_text("* filter=evil diff=evil\n", encoding="utf-8")
    for name in ("filter.evil.smudge", "filter.evil.process", "diff.evil.textconv", "core.fsmonitor", "core.pager",
                 "core.sshCommand", "core.editor", "uploadpack.packObjectsHook", "tar.umask"):  # fmt: skip
        git(repository, "config", name, command)
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "fsmonitor-watchman"):
        shutil.copy(command, repository / ".git" / "hooks" / hook)
    assert main(["diff", "HEAD"]) == 0
    assert main(["redline", "HEAD", "HEAD", "-o", "修订.docx"]) == 0
    assert capsys.readouterr().out.count("没有变化。") == 1
    assert not (repository / "RAN").exists()


def test_what_is_not_there_is_not_fetched(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a clone that leaves out files, git asks the remote for them; a remote can be a program."""
    git(repository, "config", "remote.origin.url", f"ext::{program(repository)}")
    git(repository, "config", "remote.origin.promisor", "true")
    git(repository, "config", "protocol.ext.allow", "always")
    identity = git(repository, "rev-parse", "HEAD:data/2022/prior.yaml")
    (repository / ".git" / "objects" / identity[:2] / identity[2:]).unlink()
    assert main(["diff", "HEAD"]) == 2
    printed = capsys.readouterr().err
    assert printed.startswith("错误：git 取不出这个版本的") and printed.count("\n") == 1
    assert not (repository / "RAN").exists()


@pytest.mark.parametrize(("limit", "most"), [("_MOST_FILES", 5), ("_MOST_BYTES", 0)])
def test_more_than_any_budget_holds(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    (repository / "data" / "large.bin").write_bytes(bytes(2 * 1024 * 1024))
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message=大")
    monkeypatch.setattr(revision, limit, most)
    assert main(["diff", "HEAD"]) == 2
    assert capsys.readouterr().err.endswith(" MB，太多了，没有取出。\n")


def taken(repository: Path, *folders: str) -> dict[str, bytes]:
    target = repository.parent / f"taken{len(list(repository.parent.iterdir()))}"
    take(commit_of("HEAD"), [Path(folder) for folder in folders], target)
    found = (path for path in target.rglob("*") if path.is_file())
    return {os.fsencode(path.relative_to(target)).decode("latin-1"): path.read_bytes() for path in found}


def test_any_name_that_git_can_hold(repository: Path) -> None:
    names = ("甲 乙.yaml", "a\tb", "a\nb", '"quoted"', "\udcb2\udce2", "-x", "[ab]*", "x" * 255)
    for name in names:
        (repository / "data" / name).write_bytes(os.fsencode(name))
    (repository / "data" / "link").symlink_to("/etc/passwd")
    git(repository, "add", "data")
    git(repository, "commit", "--quiet", "--message=名")
    found = taken(repository, "data")
    for name in names:
        assert found[os.fsencode(f"data/{name}").decode("latin-1")] == os.fsencode(name)
    assert "data/link" not in found
    assert found["data/2022/basic.yaml"] == (ROOT / "data/2022/basic.yaml").read_bytes()


def test_a_tree_that_leads_outside(repository: Path) -> None:
    """No git makes one, but a repository of others can hold it."""

    def stored(kind: str, content: bytes) -> bytes:
        command = ["git", "hash-object", "-t", kind, "-w", "--literally", "--stdin"]
        done = subprocess.run(command, cwd=repository, input=content, capture_output=True, check=True)
        return bytes.fromhex(done.stdout.decode())

    blob = stored("blob", b"evil")
    inner = stored("tree", b"100644 evil\0" + blob)
    middle = stored("tree", b"40000 ..\0" + inner)
    outer = stored("tree", b"40000 ..\0" + middle + b"100644 good\0" + blob)
    root = stored("tree", b"40000 data\0" + outer)
    who = b"t <t> 0 +0000"
    commit = stored("commit", b"tree %b\nauthor %b\ncommitter %b\n\nx\n" % (root.hex().encode(), who, who))
    git(repository, "update-ref", "HEAD", commit.hex())
    assert taken(repository, "data") == {"data/good": b"evil"}
    assert not list(repository.parent.glob("evil"))


def test_from_a_folder_below_the_top(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "data")
    assert {name.split("/")[0] for name in taken(repository, ".", "templates")} == {"2022"}
    assert "2022/basic.yaml" in taken(repository, "2022")
    with pytest.raises(UsageError, match="目录要在当前目录里面"):
        take(commit_of("HEAD"), [Path("../templates")], repository / "x")
