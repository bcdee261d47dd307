"""Every job by its name, with what it needs: the one list for command line, queue and schedule."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext

from api.jobs.job_options import JOB_NAMES, REFRESH_STEPS, JobName
from config.settings import Settings
from etl.embeddings.embed import Embed
from etl.justwatch.check import CheckOffers
from etl.justwatch.client import connect as connect_justwatch
from etl.neighbours.build import build_neighbours
from etl.publishing import then_published
from etl.refresh import Refresh
from etl.running.job import JobRun, Work
from etl.sample.load import known_services, load_sample
from etl.sync.sync import Sync
from etl.tmdb.client import connect
from etl.tmdb.ingest import Ingest


@contextmanager
def _tmdb(settings: Settings) -> Iterator[Work]:
    with connect(settings) as client:
        yield Ingest(client, settings.tmdb_min_popularity, known_services())


@contextmanager
def _embed(settings: Settings) -> Iterator[Work]:
    # Loads ONNX Runtime, which the other jobs do without.
    from api.models.load_encoder import load_encoder
    from etl.embeddings.graph import prepare_graph

    prepare_graph(settings)
    encoder = load_encoder(
        settings.embed_model,
        cache_dir=settings.data_dir / "models",
        threads=os.cpu_count() or 1,
        batch_size=settings.embed_batch,
        backend=settings.embed_backend,
    )
    yield Embed(encoder, settings.embed_version, settings.embed_template)


@contextmanager
def _justwatch(settings: Settings) -> Iterator[Work]:
    with connect_justwatch(settings) as client:
        yield CheckOffers(client, settings.justwatch_countries or (settings.justwatch_country,))


def _refresh(settings: Settings) -> AbstractContextManager[Work]:
    return nullcontext(Refresh({step: _work_of(step, settings) for step in REFRESH_STEPS}))


_WORK: Mapping[JobName, Callable[[Settings], AbstractContextManager[Work]]] = {
    "refresh": _refresh,
    "tmdb": _tmdb,
    "justwatch": _justwatch,
    "embed": _embed,
    "neighbours": lambda _: nullcontext(build_neighbours),
    "sample": lambda _: nullcontext(load_sample),
    "sync": lambda settings: nullcontext(Sync(settings)),
}


def work_of(job: JobName, settings: Settings) -> Work:
    """What the job does, and what is published of it; its connections are open while it runs.

    The work raises ConfigurationError when a setting that it needs is missing.
    """
    return then_published(_work_of(job, settings), settings.catalogue_dir)


def _work_of(job: JobName, settings: Settings) -> Work:
    def work(run: JobRun) -> None:
        with _WORK[job](settings) as opened:
            opened(run)

    return work


def works(settings: Settings) -> Mapping[JobName, Work]:
    """What every job does."""
    return {job: work_of(job, settings) for job in JOB_NAMES}
