"""A Dask cluster on this machine for as long as it is measured: a scheduler and workers of one thread each."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec

from bench.measure import Bench


def has_dask() -> bool:
    """Whether it is installed: our program does without."""
    return find_spec("dask") is not None and find_spec("distributed") is not None


@contextmanager
def cluster(bench: Bench, workers: int) -> Iterator[str]:
    """The scheduler's address, when all workers are there; they are killed at the end."""
    from distributed import Client

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    here, address = ("--host", "127.0.0.1", "--no-dashboard"), f"tcp://127.0.0.1:{port}"
    with ExitStack() as running:
        running.enter_context(bench.beside("dask", "scheduler", "--port", port, *here))
        for _ in range(workers):
            worker = ("dask", "worker", address, "--no-nanny", "--nthreads", 1, *here)
            running.enter_context(bench.beside(*worker))
        with Client(address, timeout=60) as client:
            client.wait_for_workers(workers, timeout=60)
        yield address
