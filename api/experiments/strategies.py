"""The strategies of this process, and which one serves a request."""

from collections.abc import Mapping
from datetime import datetime
from threading import Lock
from typing import Any
from uuid import UUID

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.assignment import Arm, drawn_arm, place_of
from api.experiments.promotions import keep_configuration, read_promotions
from api.platform.database import Database
from api.platform.errors import InvalidInput
from api.recommend.request import RecommendRequest
from api.recommend.strategy import Chosen, Strategy
from api.viewers.taste.taste import Taste
from api.viewers.versions import Versions
from config.business_rules import BusinessRules
from config.strategy_files import CHAMPION, STANDARD, content_digest


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

    def choose(self, request: RecommendRequest, versions: Versions) -> Chosen:
        """By name if the request has one, else as the viewer is drawn, else the champion.

        Raises InvalidInput for a name that is not configured.
        """
        if request.strategy is not None and request.strategy != CHAMPION:
            if (asked := self._strategies.get(request.strategy)) is None:
                known = ", ".join([CHAMPION, *self._strategies])
                raise InvalidInput(
                    f"there is no {request.strategy!r}; known: {known}", field="strategy"
                )
            return Chosen(asked, "asked")
        champion = self.champion(versions)
        if request.strategy is not None:
            return Chosen(champion, "asked")
        drawn = drawn_arm(self._arms, request.user_id, request.profile)
        if drawn is None or drawn == champion.name:
            return Chosen(champion, "champion")
        return Chosen(self._strategies[drawn], "experiment")

    def champion(self, versions: Versions) -> Strategy:
        """The one that was promoted last, or `standard` where that is not configured."""
        found = self._strategies.get(versions.champion or STANDARD)
        return found or self.standard

    def learns_taste_of(self, versions: Versions, facts: CatalogueFacts, now: datetime) -> Taste:
        """The viewer's taste as the champion learns it."""
        return self.champion(versions).viewers.of(versions, facts, now).taste

    @property
    def standard(self) -> Strategy:
        """The one of ranking.toml as it stands."""
        return self._strategies[STANDARD]

    @property
    def every(self) -> tuple[Strategy, ...]:
        """All that are configured."""
        return tuple(self._strategies.values())

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
