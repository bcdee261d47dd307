"""The figures of the other processes of WORKERS, which share a port and so are asked by chance.

Each leaves its own in a file every few seconds and whenever it answers a scrape, so that whichever
is asked tells of all, and nothing that was told once is ever told smaller.
"""

import logging
import os
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import orjson
from prometheus_client.core import Metric

log = logging.getLogger(__name__)

LEFT_EVERY_SECONDS = 5.0
# What was not renewed for so long is of a process that has ended.
_GONE_AFTER_SECONDS = 30.0


class OtherProcesses:
    """What the processes of one service leave for each other in a folder. Called by one thread at
    a time."""

    def __init__(
        self,
        folder: Path,
        *,
        parent: int | None = None,
        pid: int | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Of one service are the children of one parent on one machine: containers may share the
        folder."""
        self._folder = folder
        self._service = f"{platform.node()}-{os.getppid() if parent is None else parent}"
        self.pid = str(os.getpid() if pid is None else pid)
        self._clock = clock
        self._can_write = True

    def leave(self, families: Iterable[Metric]) -> None:
        """Puts the figures of this process where the others find them."""
        content = orjson.dumps([_as_json(family) for family in families])
        mine = self._file(self.pid)
        half = mine.with_suffix(".half")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            half.write_bytes(content)
            half.replace(mine)
            self._can_write = True
        except OSError as error:
            if self._can_write:  # once, not every few seconds
                fields = {"folder": str(self._folder), "error": type(error).__name__}
                log.warning("figures not left for the other processes", extra={"fields": fields})
            self._can_write = False

    def found(self) -> Iterator[tuple[str, Sequence[Metric]]]:
        """The others that are at work, by process id, and what each left last."""
        prefix = self._file("").stem
        for path in sorted(self._folder.glob("*.json")):
            pid = path.stem.removeprefix(prefix)
            if path.stem == prefix + self.pid:
                continue
            with suppress(OSError, orjson.JSONDecodeError):  # it may have been taken away
                if self._clock() - path.stat().st_mtime > _GONE_AFTER_SECONDS:
                    path.unlink()
                elif path.stem.startswith(prefix) and pid.isdecimal():
                    yield pid, [_of_json(one) for one in orjson.loads(path.read_bytes())]

    def _file(self, pid: str) -> Path:
        return self._folder / f"{self._service}-{pid}.json"


_Json = tuple[str, str, str, list[tuple[str, dict[str, str], float]]]


def _as_json(family: Metric) -> _Json:
    samples = [(one.name, dict(one.labels), float(one.value)) for one in family.samples]
    return family.name, family.documentation, family.type, samples


def _of_json(told: _Json) -> Metric:
    name, meaning, kind, samples = told
    family = Metric(name, meaning, kind)
    for sample, labels, value in samples:
        family.add_sample(sample, labels, value)
    return family
