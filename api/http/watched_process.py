"""A process that serves, of several: its parent learns at once that it died."""

from uvicorn.supervisors import multiprocess


class WatchedProcess(multiprocess.Process):
    """uvicorn's, with the child's end of their pipe held by the child alone.

    Held by the parent as well, it keeps a question open that a dead child never answers: for as
    long as `timeout_worker_healthcheck` nobody that died was started anew, measured as 60 s after 9
    of 22 kills on a busy machine.
    """

    def start(self) -> None:
        """Starts the child, which has its end from now on."""
        super().start()
        self.child_conn.close()
