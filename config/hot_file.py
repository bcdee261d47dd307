"""A JSON file that is read again when it changes, and never takes the service down.

An invalid file keeps the last good content; `problem` says what is wrong, in one sentence.
One stat a request beats a watcher: no thread, and no mount that sends no events is missed.
"""

import logging
import os
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import ClassVar, Generic, TypeVar

from pydantic import ValidationError

from api.platform.errors import ConfigurationError
from config.told import first_wrong

log = logging.getLogger(__name__)

Content = TypeVar("Content")


class HotFile(ABC, Generic[Content]):
    """The content of one file. Thread-safe."""

    encoding: ClassVar[str] = "utf-8"

    def __init__(self, path: Path) -> None:
        """Raises ConfigurationError when the file cannot be used at start-up."""
        self._path = path
        self._lock = Lock()
        self._seen = self._fingerprint()
        self.problem: str | None = None
        self.version = 1
        self._content = self._parse()

    @property
    def name(self) -> str:
        """The file's name, for whoever is told of a mistake in it."""
        return self._path.name

    def current(self) -> Content:
        """The newest valid content. Costs one stat of the file."""
        fingerprint = self._fingerprint()
        if fingerprint != self._seen:
            with self._lock:
                if fingerprint != self._seen:
                    self._reload()
                    self._seen = fingerprint
        return self._content

    @property
    def has_changed(self) -> bool:
        """Whether `current` would read it again, or wait for who does. Costs as much."""
        return self._fingerprint() != self._seen

    def text(self) -> str:
        """As it stands in the file; raises ConfigurationError when it cannot be read."""
        try:
            return self._path.read_text(self.encoding)
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"Cannot read {self.name}.") from error

    def replace(self, text: str) -> None:
        """Writes the file in one step: whoever reads it meets the old or the new one, whole.

        Raises ConfigurationError when it cannot be written; then the old one is still there.
        """
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            beside.write_text(text, self.encoding)
            beside.chmod(self._path.stat().st_mode)
            beside.replace(self._path)
        except OSError as error:
            with suppress(OSError):
                beside.unlink()
            raise ConfigurationError(f"Cannot write {self.name}: {error.strerror}.") from error

    @abstractmethod
    def _content_of(self, text: str) -> Content:
        """What the text says; raises ValidationError, or ConfigurationError in a sentence."""

    def _reload(self) -> None:
        try:
            self._content = self._parse()
        except ConfigurationError as error:
            self.problem = str(error)
            log.error(
                "configuration file kept at its last good content",
                extra={"fields": {"problem": str(error)}},
            )
        else:
            self.problem = None
            self.version += 1
            log.info("configuration file reloaded", extra={"fields": {"file": self._path.name}})

    def _fingerprint(self) -> tuple[int, int]:
        try:
            stat = self._path.stat()
        except OSError:
            return (0, 0)
        return stat.st_mtime_ns, stat.st_size

    def _parse(self) -> Content:
        try:
            return self._content_of(self._path.read_text(self.encoding))
        except OSError as error:
            raise ConfigurationError(f"Cannot read {self._path}: {error.strerror}.") from error
        except (ValidationError, UnicodeDecodeError) as error:
            if isinstance(error, ValidationError):
                entry, message = first_wrong(error)
                where = entry or "the file"
                raise ConfigurationError(f"{self._path.name}: {where}: {message}.") from error
            raise ConfigurationError(f"{self._path.name} is not UTF-8.") from error
