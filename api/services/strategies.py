"""The strategies of this process, and which one serves a request."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Any
from uuid import UUID

from api.domain.assignment import Arm, Assignment, drawn_arm, place_of
from api.domain.catalogue import CatalogueFacts
from api.domain.constraints import Constraints
from api.domain.deadline import Deadline
from api.domain.intent import Intent
from api.domain.recommendation import Query, Ranking, Viewer, Wish
from api.errors import InvalidInput
from api.pipeline.runner import Pipeline
from api.pipeline.trace import Trace
from api.services.viewers import Viewers
from api.storage.database import Database
from api.storage.strategies import keep_configuration, read_promotions
from api.storage.viewers import Stamp
from config.business_rules import BusinessRules
from config.ranking import MixerWeights
from config.strategy_files import CHAMPION, STANDARD, StrategyFile, content_digest


@dataclass(frozen=True, slots=True)
class Moment:
    """What a request found, whichever strategy ranks it."""

    wish: Wish
    now: datetime
    stamp: Stamp
    facts: CatalogueFacts
    rules: BusinessRules
    seed: int
    intent: Intent | None = None  # of words that were read already
    model_deadline: Deadline | None = None  # of all language models together


@dataclass(frozen=True, slots=True)
class Strategy:
    """A named way to rank, ready to run."""

    file: StrategyFile
    pipeline: Pipeline
    shadow_pipeline: Pipeline  # the same without anything that costs money or leaves the machine
    viewers: Viewers

    @property
    def name(self) -> str:
        """As requests and lists name it."""
        return self.file.name

    def query(self, moment: Moment, viewer: Viewer) -> Query:
        """The wish as this strategy's pipeline takes it."""
        return Query(
            wish=moment.wish,
            now=moment.now,
            facts=moment.facts,
            viewer=viewer,
            constraints=Constraints(),
            weights=self._weights(moment.wish, viewer),
            rules=moment.rules,
            space_id=moment.stamp.space_id,
            space_model=moment.stamp.space_model,
            model_deadline=moment.model_deadline,
            intent=moment.intent,
            seed=moment.seed,
        )

    def rank(
        self, query: Query, trace: Trace, pipeline: Pipeline | None = None
    ) -> tuple[Query, Ranking]:
        """The hydrated query, and the titles of the list in their order."""
        query, ranking = (pipeline or self.pipeline).run(query, trace)
        size = self.file.configuration.ranking.retrieval.slate_size
        return query, replace(ranking, order=ranking.order[:size], scores=ranking.scores[:size])

    def _weights(self, wish: Wish, viewer: Viewer) -> MixerWeights:
        mixer = self.file.configuration.ranking.mixer
        weights = mixer.query if wish.text else mixer.of_history(viewer.taste.liked_titles)
        return weights.model_copy(update=dict(wish.weights)) if wish.weights else weights


@dataclass(frozen=True, slots=True)
class Chosen:
    """A strategy, and why it is this one."""

    strategy: Strategy
    assignment: Assignment


class Strategies:
    """Chooses; one per process. Thread-safe."""

    def __init__(self, database: Database, strategies: Mapping[str, Strategy]) -> None:
        """`strategies` by name, `standard` among them, in the order in which they draw viewers."""
        self._database = database
        self._strategies = dict(strategies)
        self._arms = tuple(
            Arm(name, strategy.file.share, strategy.file.salt)
            for name, strategy in strategies.items()
            if strategy.file.share
        )
        self._shadows = tuple(s for s in strategies.values() if s.file.shadow_share)
        self._lock = Lock()
        self._kept: set[bytes] = set()  # digests known to be in the database
        self._rules: tuple[BusinessRules | None, bytes] = (None, b"")

    def choose(self, wish: Wish, stamp: Stamp) -> Chosen:
        """By name if the wish has one, else as the viewer is drawn, else the champion.

        Raises InvalidInput for a name that is not configured.
        """
        if wish.strategy is not None and wish.strategy != CHAMPION:
            if (asked := self._strategies.get(wish.strategy)) is None:
                known = ", ".join([CHAMPION, *self._strategies])
                raise InvalidInput(f"strategy: there is no {wish.strategy!r}; known: {known}.")
            return Chosen(asked, "asked")
        champion = self.champion(stamp)
        if wish.strategy is not None:
            return Chosen(champion, "asked")
        drawn = drawn_arm(self._arms, wish.user_id, wish.profile)
        if drawn is None or drawn == champion.name:
            return Chosen(champion, "champion")
        return Chosen(self._strategies[drawn], "experiment")

    def champion(self, stamp: Stamp) -> Strategy:
        """The one that was promoted last, or `standard` where that is not configured."""
        found = self._strategies.get(stamp.champion or STANDARD)
        return found or self.standard

    @property
    def standard(self) -> Strategy:
        """The one of ranking.toml as it stands."""
        return self._strategies[STANDARD]

    def shadows_of(self, slate_id: UUID, served: Strategy) -> tuple[Strategy, ...]:
        """The strategies that are to run unseen beside this list: a sample by its id."""
        return tuple(
            strategy
            for strategy in self._shadows
            if strategy is not served
            and place_of(f"shadow {strategy.file.salt}", slate_id.hex) < strategy.file.shadow_share
        )

    def problem(self) -> str | None:
        """Why the champion cannot serve here, in one sentence; None when it can."""
        newest = read_promotions(self._database, 1)
        if not newest or newest[0].strategy in self._strategies:
            return None
        return (
            f"The champion {newest[0].strategy!r} is not configured here, so {STANDARD!r} serves; "
            "put its file back or promote another."
        )

    def keep(self, strategy: Strategy, rules: BusinessRules) -> tuple[str, str]:
        """Sees to it that these numbers and rules are stored; their digests in hex."""
        configuration = strategy.file.configuration
        numbers = configuration.digest
        self._keep(numbers, lambda: configuration.model_dump(mode="json"))
        known, digest = self._rules
        if known is not rules:
            digest = content_digest(_content(rules))
            self._rules = (rules, digest)
        self._keep(digest, lambda: _content(rules))
        return numbers.hex(), digest.hex()

    def _keep(self, digest: bytes, content: Any) -> None:
        if digest in self._kept:
            return
        keep_configuration(self._database, digest, content())
        with self._lock:
            self._kept.add(digest)


def _content(rules: BusinessRules) -> dict[str, Any]:
    return rules.model_dump(mode="json", exclude={"schema_"})
