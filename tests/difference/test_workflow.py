"""docs/examples/budget-diff.yml does what it says: its steps run here, against a repository and a forge of our own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT
from tests.difference.test_diff import git, give_another_reason, raise_pay

WORKFLOW = yaml.safe_load((ROOT / "docs" / "examples" / "budget-diff.yml").read_text(encoding="utf-8"))
STEPS = WORKFLOW["jobs"]["budget-diff"]["steps"]
RUNS = {step["name"]: step for step in STEPS if "run" in step}


class Forge(BaseHTTPRequestHandler):
    """Comments of one pull request."""

    comments: list[dict[str, Any]]
    asked: list[str]

    def _answer(self, body: Any) -> None:
        self.asked.append(f"{self.command} {self.path}")
        assert self.headers["Authorization"] == "token secret"
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def _body(self) -> str:
        return str(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"])

    def do_GET(self) -> None:
        self._answer(self.comments)

    def do_POST(self) -> None:
        self.comments.append({"id": 7, "body": self._body()})
        self._answer({})

    def do_PATCH(self) -> None:
        self.comments[-1]["body"] = self._body()
        self._answer({})

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def forge() -> Iterator[HTTPServer]:
    Forge.comments, Forge.asked = [{"id": 1, "body": "看过了"}], []
    server = HTTPServer(("127.0.0.1", 0), Forge)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A clone of this program with a branch that changes a reason; the run's values by the names the workflow uses."""
    folder = tmp_path / "work"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout.decode()
    names = [
        name
        for name in listed.split("\0")
        if name.startswith(("generator/", "data/", "templates/", "Makefile", "requirements/"))
    ]
    assert len(names) > 100
    for name in names:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.chdir(folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message=起点")
    git(folder, "switch", "--quiet", "--create", "branch")
    give_another_reason()
    git(folder, "commit", "--all", "--quiet", "--message=改原因")
    git(folder, "switch", "--quiet", "main")
    raise_pay()
    git(folder, "commit", "--all", "--quiet", "--message=加工资")
    _environment_that_is_ready(folder)
    return {
        "github.event.pull_request.base.sha": git(folder, "rev-parse", "main"),
        "github.event.pull_request.head.sha": git(folder, "rev-parse", "branch"),
        "github.event.pull_request.number": "12",
        "github.repository": "owner/name",
        "github.token": "secret",
    }


def _environment_that_is_ready(folder: Path) -> None:
    """As after a first ``make``: nothing is downloaded in a test."""
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    (folder / ".venv" / "runtime.stamp").touch()


def run_step(name: str, values: dict[str, str]) -> None:
    step = RUNS[name]
    env = {
        key: re.sub(r"\$\{\{ (.+?) \}\}", lambda found: values[found[1]], str(text))
        for key, text in step.get("env", {}).items()
    }
    command = [sys.executable, "-c"] if step.get("shell") == "python" else ["bash", "-e", "-c"]
    summary = {"GITHUB_STEP_SUMMARY": str(Path("summary.md").absolute())}
    done = subprocess.run(
        [*command, step["run"]], env=os.environ | env | summary, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_steps_of_the_workflow(checkout: dict[str, str], forge: HTTPServer) -> None:
    assert list(RUNS) == ["准备", "比较", "评论"]
    run_step("准备", checkout)
    run_step("比较", checkout)
    text = Path("budget-diff.md").read_text(encoding="utf-8")
    assert "压" in text and "差旅费、办" in text
    assert "6825.79" not in text, "what main did meanwhile is none of the branch's doing"
    assert Path("summary.md").read_text(encoding="utf-8") == text
    checkout["github.api_url"] = f"http://127.0.0.1:{forge.server_address[1]}"
    run_step("评论", checkout)
    run_step("评论", checkout)
    assert [request.split("?")[0] for request in Forge.asked] == [
        "GET /repos/owner/name/issues/12/comments",
        "POST /repos/owner/name/issues/12/comments",
        "GET /repos/owner/name/issues/12/comments",
        "PATCH /repos/owner/name/issues/comments/7",
    ]
    assert [comment["body"] for comment in Forge.comments] == ["看过了", f"<!-- shuoming diff -->\n{text}"]


def test_nothing_of_a_pull_request_is_shell_text() -> None:
    assert not [step["name"] for step in RUNS.values() if "${{" in step["run"]]
    assert WORKFLOW["permissions"] == {"contents": "read", "pull-requests": "write"}
    assert all(step["with"]["persist-credentials"] is False for step in STEPS if "checkout" in step.get("uses", ""))
