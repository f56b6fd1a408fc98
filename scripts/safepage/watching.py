"""Hears of every save in a project: what the system tells at once, and what it never tells by looking again.

On network drives, in containers and in WSL the system tells of no save that was made outside.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from safepage.gate import leftovers

WATCHED = ("docs", "overrides", "scripts", "mkdocs.yml")
# Not of files that are only read: a build reads thousands.
_CHANGES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileDeletedEvent,
]
_LOOKS = 0.01  # of a core's time goes into looking
_PAUSE = 1.0  # seconds between two looks, at least
_State = tuple[int, int, int]


def makes_the_site(name: str) -> bool:
    """True for a file (its path below the project's folder) that a build reads."""
    parts = name.split("/")
    return parts[0] in WATCHED and not any(map(leftovers.passed_over, parts))


class Watch:
    """Calls `changed` with the path of each file that was saved, moved or taken away, below the project."""

    def __init__(self, root: Path, changed: Callable[[str], None]) -> None:
        self.root, self.changed = root, changed
        self.seen = dict(self._files())
        self.one = threading.Lock()
        self.ended = threading.Event()
        self.observer = Observer()

    def start(self) -> None:
        """From now on, by both ways."""
        self.look()
        with suppress(OSError):  # the system has nothing left to watch with
            self._ask_system()

    def look(self) -> None:
        """From now on, by looking alone."""
        threading.Thread(target=self._look_again, daemon=True).start()

    def stop(self) -> None:
        self.ended.set()
        if self.observer.is_alive():
            self.observer.stop()

    def _ask_system(self) -> None:
        handler = FileSystemEventHandler()
        handler.on_any_event = self._told  # type: ignore[method-assign]
        self.observer.schedule(handler, str(self.root), recursive=False, event_filter=_CHANGES)
        for name in WATCHED:
            if (self.root / name).is_dir():
                self.observer.schedule(handler, str(self.root / name), recursive=True, event_filter=_CHANGES)
        self.observer.start()

    def _told(self, event: FileSystemEvent) -> None:
        if event.is_directory:
            return
        for path in (os.fsdecode(event.src_path), os.fsdecode(event.dest_path)):
            name = Path(os.path.relpath(path, self.root)).as_posix() if path else ""
            if name and makes_the_site(name):
                self._compare([name])

    def _look_again(self) -> None:
        pause = _PAUSE
        while not self.ended.wait(pause):
            began = time.thread_time()
            now = dict(self._files())
            gone = [name for name in list(self.seen) if name not in now]
            self._compare([*gone, *(name for name, state in now.items() if self.seen.get(name) != state)])
            pause = max(_PAUSE, (time.thread_time() - began) / _LOOKS)

    def _compare(self, names: Sequence[str]) -> None:
        """Tell of those that are not as they were; of what was found by looking the system tells again."""
        with self.one:
            for name in names:
                now, before = _state(self.root / name), self.seen.pop(name, None)
                if now:
                    self.seen[name] = now
                if now != before:
                    self.changed(name)

    def _files(self) -> Iterator[tuple[str, _State]]:
        top = len(str(self.root)) + 1
        for name in WATCHED:
            for path, state in _below(str(self.root / name)):
                yield path[top:].replace(os.sep, "/"), state


def _state(file: Path | os.DirEntry[str]) -> _State | None:
    with suppress(OSError):
        found = file.stat()
        return found.st_mtime_ns, found.st_size, found.st_ino
    return None


def _below(path: str) -> Iterator[tuple[str, _State]]:
    """The files below a folder, or that one file, without what editors leave."""
    try:
        with os.scandir(path) as found:
            entries = list(found)
    except OSError:
        if state := _state(Path(path)):
            yield path, state
        return
    for entry in entries:
        if leftovers.passed_over(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path)
        elif state := _state(entry):
            yield entry.path, state
