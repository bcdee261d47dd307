"""Publishing in a process of its own, which gives all its memory back when it ends, and ends with
the one that started it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from api.platform.errors import NotPublished
from api.platform.starter import held_input

_COMMAND = (sys.executable, "-m", "api.commands.seenemall", "publish", "--ends-with-input")
_MOST_SECONDS = 3600


def publishing_beside(*, data_dir: Path, database_url: str | None) -> Callable[[], None]:
    """Runs `seenemall publish` on this database and waits for its end.

    What is returned raises NotPublished, and OSError when no process can be started.
    """
    own = {"DATA_DIR": str(data_dir)}
    if database_url is not None:
        own["DATABASE_URL"] = database_url

    def publish() -> None:
        try:
            with held_input() as held:
                done = subprocess.run(  # noqa: S603 - our own command
                    _COMMAND,
                    env={**os.environ, **own},
                    stdin=held,
                    capture_output=True,
                    text=True,
                    timeout=_MOST_SECONDS,
                    check=False,
                    start_new_session=True,  # Ctrl-C reaches it as the end of the service
                )
        except subprocess.TimeoutExpired as exc:
            raise NotPublished(f"Publishing took more than {_MOST_SECONDS} s.") from exc
        if done.returncode != 0:
            errors = done.stderr.strip().splitlines()
            ended = f"The publishing process ended with status {done.returncode}."
            raise NotPublished(errors[-1] if errors else ended)

    return publish
