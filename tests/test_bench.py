"""What is measured is right: the made-up data has no error, both sides do the same work, no cache is switched off."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench import city_peer, warm, workload
from bench.city import make_city
from bench.city_run import USUAL, asked
from bench.measure import Bench, Cost, further, ratios
from bench.place import make_others, make_place
from bench.rows import Limits, Row, compare
from bench.same import differing
from generator.model.problem import has_errors
from tests.city import towns
from tests.conftest import ROOT
from tests.runs import run


@pytest.mark.parametrize("projects", [1, 50])
def test_the_department_that_is_measured_has_no_error(projects: int, tmp_path: Path) -> None:
    workload.department(tmp_path / "data", projects)
    make_place(tmp_path / "place")
    done = run(tmp_path / "data", tmp_path / "place" / "templates", "bench", workload.YEAR)
    assert not has_errors(done.problems) and done.document is not None


def test_both_readers_find_every_line(tmp_path: Path) -> None:
    path = tmp_path / "ledger.yaml"
    workload.ledger(path, 50)
    assert {with_module("bench.read_yaml", reader, str(path)) for reader in ("ours", "pyyaml")} == {"50\n"}


def with_module(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_place_is_the_real_one_and_two_amounts_were_edited(tmp_path: Path) -> None:
    make_place(tmp_path / "place")
    now = (ROOT / "data/2022/basic.yaml").read_text(encoding="utf-8")
    assert (tmp_path / "place/data/2022/basic.yaml").read_text(encoding="utf-8") == now
    command = ["git", "show", "HEAD:data/2022/basic.yaml"]
    before = subprocess.run(command, cwd=tmp_path / "place", capture_output=True, text=True, check=True).stdout
    edited = [pair for pair in zip(before.splitlines(), now.splitlines(), strict=True) if pair[0] != pair[1]]
    cents = [
        [int(line.split(":")[1].split("#")[0].replace(".", "")) for line in side] for side in zip(*edited, strict=True)
    ]
    assert len(edited) == 2 and sum(cents[0]) == sum(cents[1])


def test_a_further_document_is_of_another_department(tmp_path: Path) -> None:
    others = make_others(tmp_path / "data", 2)
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    one, two = (run(data, ROOT / "templates", "yibin", workload.YEAR) for data in others)
    assert one.inputs and two.inputs and not has_errors(two.problems)
    assert [line.money.amount * 2 for line in one.inputs.ledger.lines] == [
        line.money.amount for line in two.inputs.ledger.lines
    ]
    warm.main("ours", tmp_path, 2)
    assert (tmp_path / "ours.docx").read_bytes().startswith(b"PK")


@pytest.mark.slow
def test_one_template_makes_the_documents_of_different_departments(tmp_path: Path) -> None:
    town, peer = tmp_path / "城", tmp_path / "peer"
    for one in sorted(make_city(town, 16), key=lambda one: one.lines)[2:]:
        shutil.rmtree(town / one.key)
    (town / "应收清单.csv").unlink()
    (town / "控制总额.csv").unlink()
    city_peer.make(town, ROOT / "templates", peer, 2)
    city_peer.fill(peer)
    towns.run(town, tmp_path / "output")
    ours, theirs = (
        sorted(path for path in folder.rglob("*.docx") if path.name != "template.docx")
        for folder in (tmp_path / "output", peer)
    )
    assert len(ours) == len(theirs) == 2
    assert not any(differing(*map(str, pair)) for pair in zip(ours, theirs, strict=True))
    assert differing(str(ours[0]), str(theirs[1]))
    assert with_module("bench.same", str(ours[0]), str(theirs[0])) == ""


@pytest.mark.parametrize(
    ("given", "number"), [({}, USUAL), ({"QUICK": "1"}, 0), ({"CITY": "3000"}, 3000), ({"CITY": "9", "QUICK": "1"}, 9)]
)
def test_how_large_a_city_is_measured(given: dict[str, str], number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CITY", "QUICK"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert asked() == number


def test_no_variable_switches_caches_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    Bench(tmp_path, ROOT).python("json.tool", "--help")
    assert list((tmp_path / "pycache").rglob("*.pyc"))


def test_ratios_are_taken_round_by_round() -> None:
    ours, peer = [Cost(cpu=1), Cost(cpu=4), Cost(cpu=9)], [Cost(cpu=2), Cost(cpu=4), Cost(cpu=6)]
    assert ratios(ours, peer, "cpu") == [0.5, 1, 1.5] and ratios(ours, peer[:1], "cpu") == [0.5, 2, 4.5]
    assert compare("甲", "cpu", ours, peer).cells == ("甲 处理器时间", "4.000 秒", "4.000 秒", "1.000", "", "", "")
    assert further([Cost(cpu=7)], [Cost(cpu=1)], 3) == [Cost(cpu=2)]


@pytest.mark.parametrize(
    ("value", "limits", "printed", "failed"),
    [(0.21, Limits(0.20, 0.14), ("≤0.20", "≤0.14", "未达到"), True), (0.20, Limits(0.20, 0.14), ("≤0.20", "≤0.14", "合格"), False),
     (0.14, Limits(0.20, 0.14), ("≤0.20", "≤0.14", "达到目标"), False), (0.1, Limits(0.20), ("≤0.20", "", "合格"), False),
     (0.21, Limits(0.20, 0.14).widened(1.15), ("≤0.23", "≤0.161", "合格"), False), (9, None, ("", "", ""), False)],
)  # fmt: skip
def test_a_verdict_goes_by_what_is_printed_beside_it(
    value: float, limits: Limits | None, printed: tuple[str, ...], failed: bool
) -> None:
    row = Row("甲", "1", "2", value, limits)
    assert row.cells[-3:] == printed and row.failed is failed
