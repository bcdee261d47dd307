"""Asking JustWatch about a batch of titles: a search for those that are new, then their offers."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from api.platform.errors import UpstreamUnavailable
from etl.justwatch.client import JustWatchClient
from etl.justwatch.matching import Match, find_match
from etl.justwatch.offers import TitleOffers, titles_per_question
from etl.justwatch.patience import Patience
from etl.justwatch.title_nodes import DueTitle

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking about one title; without offers, one of the others gives the reason."""

    title: DueTitle
    match: Match | None = None  # of a search in this batch
    offers: TitleOffers | None = None
    failed: str | None = None  # JustWatch gave no answer
    is_gone: bool = False  # the node that a former search found is no more

    @property
    def node_id(self) -> str | None:
        """JustWatch's node for the title, where one is known."""
        return self.match.node_id if self.match else self.title.node_id


@dataclass(frozen=True, slots=True)
class Questions:
    """Asks about batches; one object per run, which knows when to give up."""

    client: JustWatchClient
    countries: tuple[str, ...]
    today: date
    patience: Patience

    def ask(self, titles: Sequence[DueTitle]) -> list[Asked]:
        """Each title with what came of it; raises UpstreamUnavailable when all hope is gone."""
        searched = [
            self._search(title) if title.node_id is None else Asked(title) for title in titles
        ]
        known = [asked for asked in searched if asked.node_id is not None]
        size = titles_per_question(len(self.countries))
        answered = [
            asked
            for start in range(0, len(known), size)
            for asked in self._offers(known[start : start + size])
        ]
        return [asked for asked in searched if asked.node_id is None] + answered

    def _search(self, title: DueTitle) -> Asked:
        try:
            candidates = self.client.search(title.names[0], title.media_type, country=title.country)
        except UpstreamUnavailable as error:
            self.patience.failed(error)
            return Asked(title, failed=str(error))
        self.patience.answered()
        match = find_match(title, candidates)
        if match.is_near_miss and match.nearest is not None:
            log.info(
                "near miss: %s %r (%s), nearest %r (%s), score %.2f",
                title.reference,
                title.names[0],
                title.year,
                match.nearest.title,
                match.nearest.year,
                match.score,
            )
        return Asked(title, match=match)

    def _offers(self, group: Sequence[Asked]) -> list[Asked]:
        nodes = [asked.node_id for asked in group if asked.node_id is not None]
        try:
            found = self.client.offers(nodes, self.countries, today=self.today)
        except UpstreamUnavailable as error:
            self.patience.failed(error)
            if len(group) == 1:
                return [replace(group[0], failed=str(error))]
            # One title may spoil the answer for all.
            return [one for asked in group for one in self._offers([asked])]
        self.patience.answered()
        return [
            replace(asked, offers=offers, is_gone=offers is None)
            for asked, offers in zip(group, found, strict=True)
        ]
