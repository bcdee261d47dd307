"""Every job by its name, with what it needs: the one list for command line, queue and schedule."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.util import find_spec

from api.jobs.job_options import JOB_NAMES, REFRESH_STEPS, JobName
from config.settings import Settings
from etl.embeddings.embed import Embed
from etl.justwatch.check import CheckOffers
from etl.justwatch.client import connect as connect_justwatch
from etl.lists import MakeLists, OpensMaker
from etl.neighbours.build import build_neighbours
from etl.publishing import then_published
from etl.refresh import Refresh
from etl.running.job import JobRun, Work
from etl.sample.load import known_services, load_sample
from etl.sync.sync import Sync
from etl.title_map.build import BuildMap, LaysOut
from etl.tmdb.client import connect
from etl.tmdb.ingest import Ingest

# Titles that a refresh still maps, in half an hour of a core; the time grows with n squared.
_MOST_MAPPED = 200_000


@contextmanager
def _tmdb(settings: Settings) -> Iterator[Work]:
    with connect(settings) as client:
        yield Ingest(client, settings.tmdb_min_popularity, known_services())


@contextmanager
def _embed(settings: Settings) -> Iterator[Work]:
    # Loads ONNX Runtime, which the other jobs do without.
    from api.models.load_encoder import configured_encoder
    from etl.embeddings.graph import prepare_graph

    prepare_graph(settings)
    encoder = configured_encoder(settings, threads=os.cpu_count() or 1)
    yield Embed(encoder, settings.embed_version, settings.embed_template)


def _lays_out() -> LaysOut | None:
    """t-SNE, where its library is installed."""
    if find_spec("openTSNE") is None:
        return None
    # Loads scikit-learn, which nothing else needs.
    from etl.title_map.tsne import lay_out

    return lay_out


@contextmanager
def _justwatch(settings: Settings) -> Iterator[Work]:
    with connect_justwatch(settings) as client:
        yield CheckOffers(client, settings.justwatch_countries or (settings.justwatch_country,))


def _refresh(settings: Settings) -> AbstractContextManager[Work]:
    return nullcontext(Refresh({step: _step_of(step, settings) for step in REFRESH_STEPS}))


def _step_of(step: JobName, settings: Settings) -> Work:
    if step == "map":
        return lambda run: BuildMap(_lays_out(), most=_MOST_MAPPED)(run)
    return _work_of(step, settings)


_WORK: Mapping[JobName, Callable[[Settings], AbstractContextManager[Work]]] = {
    "refresh": _refresh,
    "tmdb": _tmdb,
    "justwatch": _justwatch,
    "embed": _embed,
    "neighbours": lambda _: nullcontext(build_neighbours),
    "map": lambda _: nullcontext(BuildMap(_lays_out())),
    "sample": lambda _: nullcontext(load_sample),
    "sync": lambda settings: nullcontext(Sync(settings)),
}


def work_of(job: JobName, settings: Settings, lists: OpensMaker | None = None) -> Work:
    """What the job does, and what is published of it; its connections are open while it runs.

    `lists` opens what can make lists, for the job of that name.

    The work raises ConfigurationError when a setting that it needs is missing.
    """
    if job == "lists":
        return MakeLists(settings, lists)
    return then_published(_work_of(job, settings), settings.catalogue_dir)


def _work_of(job: JobName, settings: Settings) -> Work:
    def work(run: JobRun) -> None:
        with _WORK[job](settings) as opened:
            opened(run)

    return work


def works(settings: Settings, lists: OpensMaker | None = None) -> Mapping[JobName, Work]:
    """What every job does."""
    return {job: work_of(job, settings, lists) for job in JOB_NAMES}
