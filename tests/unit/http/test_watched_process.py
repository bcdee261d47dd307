"""That a process that serves has died is known at once, however long an answer may take."""

from threading import Thread

import uvicorn

from api.http.watched_process import WatchedProcess

_LONGER_THAN_ANYBODY_WAITS = 3600.0


class _EndedAtOnce:
    """In place of the child: started, and dead before it is asked."""

    def start(self) -> None:
        pass


def test_a_dead_process_is_not_waited_for() -> None:
    process = WatchedProcess(uvicorn.Config("app:app"), [])
    process.process = _EndedAtOnce()  # type: ignore[assignment]
    process.start()
    answers = list[bool]()
    asking = Thread(
        target=lambda: answers.append(process.ping(_LONGER_THAN_ANYBODY_WAITS)), daemon=True
    )
    asking.start()
    asking.join(timeout=30)
    process.parent_conn.close()
    assert answers == [False]
