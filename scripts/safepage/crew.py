"""Work spread over the cores there are. No worker outlives the process that began it, however that ends."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

S = TypeVar("S")
T = TypeVar("T")
WORTH_A_PROCESS = 6  # small pieces of work: below that a second process costs more than it gives
LARGE = 2  # large ones


class WorkerLost(OSError):
    """A worker was ended from outside: by a person, or by a system that had no memory left."""


def spread(do: Callable[[S], T], pieces: Sequence[S], worth: int = WORTH_A_PROCESS) -> list[T]:
    """Do each piece of work; the results in the order of the pieces.

    In: what to do, which each worker gets once (and so may keep what it reads for the next piece); the
    pieces, what takes longest first; how many of them are worth a process. Raises what the work raises, and
    WorkerLost.
    """
    workers = min(os.cpu_count() or 1, len(pieces) // worth)
    if workers < 2:
        return [do(piece) for piece in pieces]
    crew: dict[Connection, multiprocessing.Process] = {}
    gc.collect()
    gc.freeze()  # what is there stays as it is in each worker, which then need not look through it
    try:
        for _ in range(workers):
            ours, theirs = multiprocessing.Pipe()
            worker = multiprocessing.Process(target=_work, args=(theirs, do), daemon=True)
            worker.start()
            theirs.close()
            crew[ours] = worker
        return _hand_out(crew, pieces)
    finally:
        gc.unfreeze()
        for connection, worker in crew.items():
            worker.terminate()
            worker.join()
            connection.close()


def _hand_out(crew: dict[Connection, multiprocessing.Process], pieces: Sequence[Any]) -> list[Any]:
    """Whoever is done gets the next piece."""
    results: list[Any] = [None] * len(pieces)
    left = iter(range(len(pieces)))
    busy: dict[Connection, int] = {}

    def next_for(connection: Connection) -> None:
        if (at := next(left, None)) is not None:
            connection.send(pieces[at])
            busy[connection] = at

    try:
        for connection in crew:
            next_for(connection)
        while busy:
            ready = wait(list(busy))
            for connection in [one for one in busy if one in ready]:
                result, error = connection.recv()
                if error:
                    raise error
                results[busy.pop(connection)] = result
                next_for(connection)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        raise WorkerLost("a process of the build was ended from outside; is there enough memory?") from None
    return results


def _work(connection: Connection, do: Callable[[Any], Any]) -> None:
    """A worker's life: it ends when its parent says so, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the parent has the word
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            piece = connection.recv()
            answer: tuple[Any, Exception | None]
            try:
                answer = do(piece), None
            except Exception as error:
                answer = None, error
            connection.send(answer)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)
