"""A bad line between a browser and a server: a relay that lets packets through as such a line would.

It is slow in both directions, each way takes half of a round trip, and LOST of all packets get lost. Such a
packet comes when it was sent again, a round trip later; what was sent after it on the same connection waits
for it, as TCP has it. A connection begins with a round trip of its own. Chromium's own emulation loses
packets of WebRTC alone. Left out, to the advantage of whoever needs many connections: names and TLS.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from urllib.parse import urlsplit

ROUND_TRIP, BITS_A_SECOND, LOST = 0.8, 50_000, 0.02
PACKET = 1460  # bytes; ten of them are sent before the first answer, more than this line ever holds


class _Way:
    """One direction of the line, which all connections share: a packet after the other."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.taken = chance, asyncio.Lock()

    async def send(self, packet: bytes) -> float:
        """Put a packet on the line, once it is free. Out: the time at which it arrives."""
        arrives = ROUND_TRIP / 2
        async with self.taken:
            await asyncio.sleep(len(packet) * 8 / BITS_A_SECOND)
            while self.chance.random() < LOST:
                arrives += ROUND_TRIP
        return asyncio.get_running_loop().time() + arrives


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: _Way) -> None:
    arriving: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    clock = asyncio.get_running_loop().time

    async def arrive() -> None:
        while True:
            at, packet = await arriving.get()
            await asyncio.sleep(max(0, at - clock()))
            if not packet:
                break
            writer.write(packet)
        with suppress(OSError):
            writer.close()

    end = asyncio.create_task(arrive())
    with suppress(OSError):
        while packet := await reader.read(PACKET):
            arriving.put_nowait((await way.send(packet), packet))
    arriving.put_nowait((clock() + ROUND_TRIP / 2, b""))
    await end


async def _relay(port: int, seed: int, ready: Event, found: list[int], stop: Event) -> None:
    chance = random.Random(seed)  # noqa: S311
    there, back = _Way(chance), _Way(chance)

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.CancelledError, OSError):  # the page is closed, or all that was asked
            await asyncio.sleep(ROUND_TRIP)
            out, into = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.gather(_carry(reader, into, there), _carry(out, writer, back))

    server = await asyncio.start_server(connect, "127.0.0.1", 0)
    found.append(server.sockets[0].getsockname()[1])
    ready.set()
    while not stop.is_set():
        await asyncio.sleep(0.05)
    # Else each connection that is cut off now would be told of.
    asyncio.get_running_loop().set_exception_handler(lambda loop, told: None)
    server.close()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()


@contextmanager
def bad(address: str, seed: int) -> Iterator[str]:
    """Where a server on this computer is reached over such a line; `seed` says which packets get lost."""
    ready, stop, found = Event(), Event(), list[int]()
    port = urlsplit(address).port or 80
    relay = Thread(target=lambda: asyncio.run(_relay(port, seed, ready, found, stop)), daemon=True)
    relay.start()
    ready.wait(10)
    try:
        yield f"http://127.0.0.1:{found[0]}"
    finally:
        stop.set()
        relay.join(10)
