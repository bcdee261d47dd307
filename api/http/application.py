"""The application: routes, what surrounds them, and what lives as long as the process."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from anyio import to_thread
from fastapi import Depends, FastAPI
from opentelemetry.trace import TracerProvider
from starlette.concurrency import run_in_threadpool
from threadpoolctl import threadpool_limits

from api import __version__
from api.access import key_routes as keys
from api.access.dependency import caller_of
from api.access.sessions import pin_routes as pins
from api.access.sessions import session_routes as sessions
from api.access.sessions import start_routes as session_start
from api.catalogue.index import routes as index
from api.catalogue.items import routes as items
from api.catalogue.offers import routes as watch_links
from api.catalogue.own_titles import routes as own_titles
from api.catalogue.people import routes as people
from api.catalogue.search import routes as search
from api.catalogue.title_map import routes as title_map
from api.catalogue.vocabularies import routes as vocabularies
from api.experiments import routes as experiments
from api.http import health, middleware, openapi
from api.http.docs import page as docs
from api.http.metrics import routes as metrics
from api.http.metrics.request_metrics import RequestMetrics
from api.http.page import page
from api.http.services import Services
from api.http.told_to_end import unless_told_to_end
from api.http.tracing.telemetry import open_traces, telemetry_of
from api.http.turns import Turns
from api.http.wiring import build_services
from api.jobs import routes as jobs
from api.language import routes as interpret
from api.platform import logs, migrations
from api.platform.beside import switch_often
from api.platform.database import Database, open_database
from api.platform.memory import keep_for_good, share_one_heap
from api.platform.wire import problems
from api.platform.wire.known_parameters import known_parameters
from api.platform.wire.single_parameters import single_parameters
from api.recommend import routes as recommend
from api.recommend.batch import routes as batch
from api.recommend.blend import routes as blend
from api.recommend.group import routes as group
from api.recommend.path import routes as path
from api.recommend.rules import routes as rules
from api.recommend.shelves import routes as shelves
from api.recommend.similar import routes as similar
from api.recommend.tonight import routes as tonight
from api.recommend.track_record import routes as track_record
from api.viewers.account import routes as users
from api.viewers.connections import routes as connections
from api.viewers.feedback import routes as feedback
from api.viewers.history import routes as history
from api.viewers.hooks import routes as hooks
from api.viewers.imports import routes as imports
from api.viewers.imports.routes import IMPORTS_PATH
from api.viewers.library import routes as library
from api.viewers.predictions import routes as predictions
from api.viewers.preferences import routes as preferences
from api.viewers.profiles import routes as profiles
from api.viewers.taste_summary import routes as taste_summary
from api.viewers.watchlist import routes as watchlist
from config.settings import Settings

log = logging.getLogger(__name__)

# Probes and monitoring have threads of their own, files are sent as they lie; an export's body is
# not kept in memory, and how many are read at once is bounded.
_WITHOUT_TURNS = frozenset({"/healthz", "/readyz", "/metrics", IMPORTS_PATH}) | page.FILE_PATHS
PUBLIC_PATHS = frozenset({"/healthz", "/readyz", "/docs", "/openapi.json"}) | page.PAGE_PATHS

# A path is looked for in one after the other: what is asked most comes first.
_PROTECTED = (
    recommend.router,
    history.router,
    feedback.router,
    items.router,
    own_titles.router,
    similar.router,
    blend.router,
    group.router,
    batch.router,
    tonight.router,
    shelves.router,
    path.router,
    people.router,
    vocabularies.router,
    title_map.router,
    search.router,
    interpret.router,
    watch_links.router,
    users.router,
    preferences.router,
    profiles.router,
    taste_summary.router,
    predictions.router,
    watchlist.router,
    imports.router,
    hooks.router,
    connections.router,
    library.router,
    track_record.router,
    index.router,
    jobs.router,
    metrics.router,
    experiments.router,
    rules.router,
    keys.router,
    pins.router,
    sessions.router,
)

_DESCRIPTION = """\
Recommends movies and TV shows to the viewers of one household or one service.

Errors are `application/problem+json`; every response carries `X-Request-ID`.

This product uses the TMDB API but is not endorsed or certified by TMDB. Streaming availability is
provided by JustWatch.
"""


def create_app(settings: Settings) -> FastAPI:
    """The service; the database is opened when it starts and closed when it stops."""

    requests = RequestMetrics()
    traces = open_traces(settings.otel_exporter_otlp_endpoint)
    tracer_provider = traces.provider if traces is not None else None
    turns = Turns(
        at_once=settings.requests_at_once, patience_seconds=settings.request_patience_seconds
    )

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = await run_in_threadpool(open_database, settings)
        services = None
        try:
            start = partial(_start, settings, database, requests, tracer_provider)
            services = await unless_told_to_end(start)
            if services is None:
                log.info("told to end while starting")
                yield  # for nobody: the server closes its address without having looked at it
            else:
                async with _served(services, app, turns):
                    yield
        finally:
            await run_in_threadpool(database.close if services is None else services.close)
            if traces is not None:
                await run_in_threadpool(traces.close)

    app = FastAPI(
        title="Seen'emAll",
        version=__version__,
        description=_DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        # A redirect would repeat a DELETE at a path that the client never wrote.
        redirect_slashes=False,
        swagger_ui_oauth2_redirect_url=None,
        telemetry=telemetry_of(tracer_provider),
    )
    middleware.install(
        app,
        settings,
        public=PUBLIC_PATHS,
        metrics=requests,
        turns=turns,
        without_turns=_WITHOUT_TURNS,
    )
    problems.install(app)
    openapi.install(app)
    docs.install(app)
    for router in _PROTECTED:
        app.include_router(
            router,
            dependencies=[
                Depends(caller_of),
                Depends(single_parameters),
                Depends(known_parameters),
            ],
        )
    app.include_router(health.router)
    # Asks the gate by itself.
    app.include_router(session_start.router, dependencies=[Depends(known_parameters)])
    app.include_router(hooks.called, dependencies=[Depends(single_parameters)])  # by tokens alone
    page.install(app, settings)
    return app


def from_environment() -> FastAPI:
    """The service on the environment's settings: what each worker process builds."""
    share_one_heap()
    switch_often()
    settings = Settings.load()
    logs.configure(settings.log_level)
    return create_app(settings)


@asynccontextmanager
async def _served(services: Services, app: FastAPI, turns: Turns) -> AsyncIterator[None]:
    services.provide_to(app)
    services.metrics.begin(to_thread.current_default_thread_limiter(), turns)
    chores = [
        asyncio.create_task(chore)
        for chore in (
            services.housekeeping.tidy_for_ever(),
            services.metrics.leave_for_ever(),
        )
    ]
    try:
        async with services.at_once.opened():
            yield
    finally:
        for chore in chores:
            chore.cancel()


def _start(
    settings: Settings,
    database: Database,
    requests: RequestMetrics,
    tracer_provider: TracerProvider | None,
) -> Services:
    # The matrices of a request are small: a second thread of arithmetic only spins beside it and
    # takes the core that the database needs (20 ms of processor time a request, measured).
    threadpool_limits(limits=1, user_api="blas")
    # scipy brings a library of its own, which is loaded with the first prediction.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    database.open_pool()
    services = build_services(
        settings,
        database,
        requests=requests,
        tracer_provider=tracer_provider,
        request_seconds=settings.request_deadline_seconds,
    )
    services.gate.open()
    if migrations.is_at_head(database):
        services.warm_up()
        services.warming.begin()
    keep_for_good()
    return services
