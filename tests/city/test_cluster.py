"""Workers on other machines, each of them a process here: the same bytes as one after the other, whoever dies; what is wrong with a cluster is said."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from distributed import Client

from generator.city import cluster
from generator.city.city import Runner, Work, city
from generator.city.cluster import on_cluster
from generator.city.members import members_of
from generator.city.packing import packed_plan
from generator.model.city import Ending, Member, Order, Result
from generator.model.problem import UsageError
from tests.city.towns import files_in, plan, spoil, town_of
from tests.conftest import ROOT

Processes = list["subprocess.Popen[bytes]"]
HERE = socket.gethostname()
DEPARTMENTS = [f"{number:03}-局" for number in range(1, 14)]


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    running: Processes = []
    yield running
    for process in reversed(running):
        process.kill()
        process.wait()


def started(processes: Processes, folder: Path, *arguments: str, program: Path = ROOT) -> subprocess.Popen[bytes]:
    """A program of Dask's, as a person starts it, where this ``program`` is installed."""
    environment = os.environ | {"PYTHONPATH": str(program), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "dask", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    processes.append(process)
    return process


@pytest.fixture(scope="module")
def scheduler(processes: Processes, tmp_path_factory: pytest.TempPathFactory) -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started(
        processes,
        tmp_path_factory.mktemp("调度"),
        "scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-dashboard",
    )
    return f"tcp://127.0.0.1:{port}"


Hire = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def hire(processes: Processes, scheduler: str, tmp_path: Path) -> Iterator[Hire]:
    """Starts a worker for one test; without a nanny, so that who is killed is gone."""
    hired: Processes = []

    def one(program: Path = ROOT) -> subprocess.Popen[bytes]:
        folder = tmp_path / f"工作机{len(hired)}"
        folder.mkdir()
        arguments = ("worker", scheduler, *["--no-nanny", "--no-dashboard", "--host", "127.0.0.1", "--nthreads", "1"])
        hired.append(started(processes, folder, *arguments, program=program))
        return hired[-1]

    yield one
    for process in hired:
        process.kill()
        process.wait()


def killing(runner: Runner, worker: subprocess.Popen[bytes]) -> Runner:
    """As ``runner``; ``worker`` is killed once something is done."""

    def run(work: Work, orders: Sequence[Order]) -> Iterator[Result]:
        for at, result in enumerate(runner(work, orders)):
            if at == 1:
                worker.kill()
            yield result

    return run


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = town_of(tmp_path_factory.mktemp("城") / "全市", *DEPARTMENTS)
    spoil(folder / DEPARTMENTS[4] / "data" / "2022")
    (folder / "099-无数据局").mkdir()
    return folder


@pytest.fixture(scope="module")
def one_by_one(town: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    output = tmp_path_factory.mktemp("依次")
    city(plan(output), members_of(town))
    return files_in(output)


@pytest.mark.slow
@pytest.mark.parametrize("travels", [False, True])
def test_every_byte_is_as_one_after_the_other_makes_it(
    travels: bool, town: Path, one_by_one: dict[str, bytes], hire: Hire, scheduler: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """One of two workers is killed in the middle, with -9."""
    monkeypatch.setattr(cluster, "BATCH", 60_000)
    first, _ = hire(), hire()
    with Client(scheduler, set_as_default=False) as client:
        client.wait_for_workers(2, 60)
    chosen = packed_plan(plan(tmp_path / "输出")) if travels else plan(tmp_path / "输出")
    runner = partial(on_cluster, scheduler=scheduler, plan=chosen)
    done = city(chosen, members_of(town), runner=killing(runner, first))
    assert first.poll() is not None
    assert done.endings == {Ending.MADE: 12, Ending.FAILED: 1, Ending.MISSING: 1}
    assert files_in(tmp_path / "输出") == one_by_one
    assert city(chosen, members_of(town), runner=runner).endings == {Ending.SAME: 13, Ending.MISSING: 1}
    assert not list((tmp_path / "输出").glob(".集群-*"))


def orders(number: int) -> list[Order]:
    return [Order(Member(f"{at:03}", "", "")) for at in range(number)]


def deadly(order: Order) -> Result:
    if order.member.key == "007":
        os.kill(os.getpid(), signal.SIGKILL)
    return Result(order.member.key, Ending.MADE, note=str(os.getpid()))


def full(order: Order) -> Result:
    if order.member.key == "003":
        raise UsageError("磁盘已满")
    return Result(order.member.key, Ending.MADE)


def slow(marks: Path, order: Order) -> Result:
    time.sleep(0.2)
    (marks / order.member.key).touch()
    return Result(order.member.key, Ending.MADE)


@pytest.mark.slow
def test_who_kills_its_worker_is_set_aside(hire: Hire, scheduler: str, tmp_path: Path) -> None:
    """Those that were in the same batch are not blamed."""
    for _ in range(3):
        hire()
    results = list(on_cluster(deadly, orders(30), scheduler, plan(tmp_path)))
    assert sorted(one.key for one in results) == [f"{at:03}" for at in range(30)]
    aside = [(one.key, one.note) for one in results if one.ending is Ending.ASIDE]
    assert aside == [("007", "做它的工作机一再没有做完就没了（内存不够？）")]


@pytest.mark.slow
def test_a_cluster_that_cannot_do_it(
    hire: Hire, scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No worker; one without this program; one that has another."""
    monkeypatch.setattr(cluster, "PATIENCE", 1.0)
    with pytest.raises(UsageError, match="集群里一台工作机也没有"):
        list(on_cluster(full, orders(3), scheduler, plan(tmp_path)))
    monkeypatch.undo()
    without = hire(tmp_path)
    with pytest.raises(UsageError, match=r"^工作机 tcp://127\.0\.0\.1:\d+ 没有装本程序。请在每一台（包括调度器那台）"):
        list(on_cluster(full, orders(3), scheduler, plan(tmp_path)))
    without.kill()
    hire()
    other = plan(tmp_path)._replace(program="另一个")
    with pytest.raises(UsageError, match=rf"^工作机 {HERE} 上的程序（或 Python、zlib）与这里的不是同一版本"):
        list(on_cluster(full, orders(5), scheduler, other))


@pytest.mark.slow
def test_what_ends_a_run(hire: Hire, scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk; folders that a worker does not see, or sees others of."""
    hire()
    here = plan(tmp_path)
    with pytest.raises(UsageError, match=rf"^工作机 {HERE}：磁盘已满$"):
        list(on_cluster(full, orders(5), scheduler, here))
    gone = Order(Member("001", "", "", folder=str(tmp_path / "这里有过")), size=10)
    with pytest.raises(UsageError, match=f"看不到 {tmp_path}/这里有过。共享的目录要在每台电脑上是同一个全路径"):
        list(on_cluster(full, [gone], scheduler, here))
    monkeypatch.setattr(cluster, "weight", lambda path: 10)  # as if ours were another copy
    (tmp_path / "001" / "data" / "2022").mkdir(parents=True)
    copied = Order(Member("001", "", "", folder=str(tmp_path / "001")), size=10)
    with pytest.raises(UsageError, match=f"上的 {tmp_path}/001/data/2022 与这里的内容不同。"):
        list(on_cluster(full, [copied], scheduler, here._replace(templates=str(tmp_path / "无"))))
    monkeypatch.undo()
    monkeypatch.setattr(Path, "touch", lambda *_: None)  # as if it were written to a folder that only we have
    with pytest.raises(UsageError, match=f"工作机 {HERE} 看不到 {tmp_path}。"):
        list(on_cluster(full, orders(5), scheduler, here))


@pytest.mark.slow
def test_ctrl_c_takes_what_is_done_and_calls_off_the_rest(hire: Hire, scheduler: str, tmp_path: Path) -> None:
    hire()
    done = list[str]()
    with pytest.raises(KeyboardInterrupt):
        for result in on_cluster(partial(slow, tmp_path), orders(60), scheduler, plan(tmp_path)):
            done.append(result.key)
            if len(done) == 1:
                os.kill(os.getpid(), signal.SIGINT)
    assert 1 <= len(done) < 50
    time.sleep(0.5)
    assert sorted(done) == sorted(path.name for path in tmp_path.glob("0*"))


def test_nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "REACHED", 0.3)
    for address in ("tcp://127.0.0.1:1", "127.0.0.1", "没有:1"):
        with pytest.raises(UsageError, match=f"连不上调度器 {address}。"):
            list(on_cluster(full, orders(3), address, plan(tmp_path)))


def test_no_dask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"没有装 Dask。请运行 pip install 'shuoming\[dask\]'"):
        list(on_cluster(full, orders(3), "tcp://127.0.0.1:1", plan(tmp_path)))
