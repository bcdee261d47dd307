"""When to stop asking: a service that fails question after question is down, or has changed."""

from api.platform.errors import UpstreamUnavailable

HOPELESS = 5  # questions in a row; each has been asked as often as HttpSource tries


class Patience:
    """Counts the questions that failed since the last one that was answered."""

    def __init__(self) -> None:
        self._failed = 0

    def answered(self) -> None:
        """The next failure is the first one again."""
        self._failed = 0

    def failed(self, error: UpstreamUnavailable) -> None:
        """Counts a failure; raises UpstreamUnavailable when it was one too many."""
        self._failed += 1
        if self._failed >= HOPELESS:
            reason = str(error).removesuffix(".")
            raise UpstreamUnavailable(
                f"JustWatch failed {HOPELESS} questions in a row, the last time so: {reason}."
            ) from error
