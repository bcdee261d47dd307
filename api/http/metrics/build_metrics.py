"""Which figures a process tells, of which of its parts."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from time import monotonic

from api.catalogue.published.published_catalogue import PublishedCatalogue
from api.experiments.strategies import Strategies
from api.http.http_protocol import BoundedHttp
from api.http.metrics.database_metrics import DatabaseMetrics
from api.http.metrics.list_metrics import ListMetrics
from api.http.metrics.metrics import Metrics
from api.http.metrics.other_processes import OtherProcesses
from api.http.metrics.process_metrics import ProcessMetrics
from api.http.metrics.request_metrics import RequestMetrics
from api.language.entity_search.entity_search import EntitySearch
from api.models.llm.language_model import LanguageModel
from api.models.llm.precautions import Precautions
from api.platform.at_once import AtOnce
from api.platform.cache_counts import KeepsAnswers
from api.platform.database import Database
from api.platform.outbound.circuit_breaker import BreakerState
from api.recommend.lists.coverage import coverage_of_the_day
from api.recommend.recommender import Recommender
from config.settings import Settings


def build_metrics(
    settings: Settings,
    database: Database,
    at_once: AtOnce,
    *,
    requests: RequestMetrics,
    lists: ListMetrics,
    recommender: Recommender,
    strategies: Strategies,
    models: Sequence[LanguageModel],
    precautions: Precautions,
    search: EntitySearch | None,
    published: PublishedCatalogue,
) -> Metrics:
    """All that this process can tell; reads nothing yet."""
    caches: dict[str, Sequence[KeepsAnswers]] = {
        "pages": (recommender.kept_pages,),
        "lists": (recommender.kept_lists,),
        "cards": (recommender.paging.pages.cards,),
        **_of_strategies(strategies),
        "model_answers": tuple(models),
        "tmdb_names": () if search is None else (search,),
    }
    caches = {name: of_name for name, of_name in caches.items() if of_name}
    return Metrics(
        counted=(requests, lists),
        process=ProcessMetrics(
            database,
            at_once,
            caches=caches,
            breakers=partial(_breakers, precautions, search),
            turned_away=lambda: BoundedHttp.counted.totals,
            mapped_version=lambda: published.mapped_version,
        ),
        database=DatabaseMetrics(
            database,
            snapshot=published.state,
            coverage=partial(coverage_of_the_day, database),
            monotonic=monotonic,
        ),
        others=OtherProcesses(settings.data_dir / "metrics") if settings.workers > 1 else None,
    )


def _of_strategies(strategies: Strategies) -> Mapping[str, Sequence[KeepsAnswers]]:
    """What their components keep, each once where strategies share it."""
    found: dict[str, dict[int, KeepsAnswers]] = {"viewers": {}, "texts": {}, "title_vectors": {}}
    for strategy in strategies.every:
        pipeline = strategy.pipeline
        parts: dict[str, Iterable[object]] = {
            "viewers": (strategy.viewers,),
            "texts": pipeline.hydrators,
            "title_vectors": (strategy.viewers.embeddings,),
        }
        for name, of_name in parts.items():
            for part in of_name:
                if isinstance(part, KeepsAnswers):
                    found[name][id(part)] = part
    return {name: tuple(of_name.values()) for name, of_name in found.items()}


def _breakers(
    precautions: Precautions, search: EntitySearch | None
) -> Mapping[tuple[str, str], BreakerState]:
    of_search = {} if search is None else {("TMDB", ""): search.breaker_state}
    return {**precautions.breaker_states(), **of_search}
