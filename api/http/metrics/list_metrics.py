"""What every list that is made adds to the figures: the times of its spans and what it lacks."""

from collections.abc import Iterator

from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from api.http.metrics.instruments import Counter, Histogram
from api.recommend.lists.served import Served, SideEffect

_SECONDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0)
_SCORES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


class ListMetrics(SideEffect, Collector):
    """Of lists that were run; a page that was kept, and a later one, adds nothing."""

    name = "measure"

    def __init__(self) -> None:
        self._lists = Counter("seenemall_lists", "Lists that were made.", ("strategy",))
        self._spans = Histogram(
            "seenemall_stage_duration_seconds",
            "Components of the pipeline, by stage; the sources are those of stage retrieve.",
            ("stage", "component"),
            bounds=_SECONDS,
        )
        self._degraded = Counter(
            "seenemall_degradations",
            "Lists that were made without a component, because it could not work.",
            ("component",),
        )
        self._relaxed = Counter(
            "seenemall_relaxations",
            "Lists for which a part of the viewer's words gave way.",
            ("constraint",),
        )
        self._empty = Counter("seenemall_empty_lists", "Lists without any title.")
        self._in_words = Counter("seenemall_lists_in_words", "Lists that were asked for in words.")
        self._unread = Counter(
            "seenemall_words_not_understood", "Words of those requests that no part was read from."
        )
        self._scores = Histogram(
            "seenemall_first_score", "Score of a list's first title.", bounds=_SCORES
        )

    def applies_to(self, served: Served) -> bool:  # noqa: ARG002 - of every list
        return True

    def follow(self, served: Served) -> None:
        slate = served.slate
        self._lists.add(slate.strategy)
        self._spans.observe(
            ((span.stage, span.component), span.milliseconds / 1000)
            for span in served.run.trace.spans
            if span.component != self.name  # it is going on
        )
        for component in slate.degraded:
            self._degraded.add(component)
        for constraint in slate.relaxed:
            self._relaxed.add(constraint)
        if len(slate):
            self._scores.observe([((), float(slate.scores[0]))])
        else:
            self._empty.add()
        if slate.request.text is not None:
            self._in_words.add()
        for part in slate.interpreted:
            if part.status == "not_understood":
                self._unread.add(count=len(part.text.split()))

    def collect(self) -> Iterator[Metric]:
        """The families as they stand."""
        for one in (
            self._lists,
            self._spans,
            self._degraded,
            self._relaxed,
            self._empty,
            self._in_words,
            self._unread,
            self._scores,
        ):
            yield from one.collect()
