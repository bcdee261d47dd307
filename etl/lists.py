"""The `lists` job: makes what was ordered for many viewers, list by list."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from api.platform.database import Database
from api.platform.errors import ConfigurationError
from config.settings import Settings
from etl.running.job import JobRun


class MakesLists(Protocol):
    """What knows how to make a list: the service, from which jobs stay apart."""

    def waiting(self) -> int:
        """How many are still to be made."""
        ...

    def make(self) -> Iterator[bool]:
        """Makes them one by one; whether each was still wanted when it was made."""
        ...


# Opened when a run begins: it reads the catalogue.
OpensMaker = Callable[[Settings, Database], AbstractContextManager[MakesLists]]


@dataclass(frozen=True, slots=True)
class MakeLists:
    """The work of the job; raises ConfigurationError where nobody can make lists."""

    settings: Settings
    opens: OpensMaker | None

    def __call__(self, run: JobRun) -> None:
        """Each list is kept as soon as it is made, so that a run that was killed goes on there."""
        if self.opens is None:
            raise ConfigurationError("Lists are made by `seenemall job lists` and its workers.")
        with self.opens(self.settings, run.database) as maker:
            waiting = maker.waiting()
            run.report.read = waiting
            if run.options.dry_run or not waiting:
                return
            with run.progress.track("lists", waiting) as advance:
                for was_wanted in maker.make():
                    if was_wanted:
                        run.report.written += 1
                    else:
                        run.report.rejected["called off"] += 1
                    advance(1)
