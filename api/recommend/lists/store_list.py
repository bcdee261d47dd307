"""Stores the whole list before its first page is sent: every later page is cut from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from api.platform.database import Database
from api.recommend.evidence.kinds import Kinds
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.lists.list_provenance import ListProvenance, ids_digest
from api.recommend.lists.paging import request_hash
from api.recommend.lists.served import BesidePage, Served
from api.recommend.lists.slates import storing_slate
from api.recommend.pipeline.run import Run
from api.recommend.strategy import StrategyChoice


class StoreList(BesidePage):
    """Writes the list and what it was made with; raises what the database raises."""

    name = "store_list"

    def __init__(
        self, database: Database, strategies: StrategyChoice, kinds: Kinds = EVIDENCE
    ) -> None:
        self._database = database
        self._strategies = strategies
        self._kinds = kinds

    def applies_to(self, served: Served) -> bool:  # noqa: ARG002 - of every page
        return True

    @contextmanager
    def beside(self, served: Served) -> Iterator[None]:
        """One statement, and another one for numbers or rules that were never stored before."""
        query = served.run.query
        provenance = None
        # A list for several comes from several runs, one for an evening from those before, and one
        # in rows is put together from its run.
        if served.page_key is not None:
            numbers, rules = self._strategies.keep(served.strategy, query.rules)
            provenance = provenance_of(served.run, configuration=numbers, rules=rules)
        with storing_slate(
            self._database,
            replace(served.slate, provenance=provenance),
            request_hash=request_hash(query.request),
            now=query.now,
            kinds=self._kinds,
        ):
            yield


def provenance_of(run: Run, *, configuration: str, rules: str) -> ListProvenance:
    """What the list was made with; digests in hex."""
    query, viewer = run.query, run.query.viewer
    return ListProvenance(
        configuration=configuration,
        rules=rules,
        # The facts may be older or newer than the catalogue was when the versions were read.
        versions=replace(query.versions, catalogue_version=query.facts.version),
        facts_at=query.facts.read_at,
        learned_at=viewer.learned_at or query.now,
        excluded=len(viewer.excluded_ids),
        excluded_digest=ids_digest(viewer.excluded_ids),
        preferences=viewer.preferences,
        degraded=run.trace.degraded,
        intent=query.intent,
        judged=run.ranking.judged,
        seed=f"{query.seed:x}",
    )
