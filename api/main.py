"""The application: routes, what surrounds them, and what lives as long as the process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from starlette.concurrency import run_in_threadpool
from threadpoolctl import threadpool_limits

from api import logs, middleware, openapi
from api.access.dependency import caller_of
from api.routes import (
    feedback,
    health,
    history,
    index,
    items,
    jobs,
    problems,
    recommend,
    search,
    users,
    watch_links,
)
from api.routes.services import Services
from api.storage import migrations
from api.storage.database import open_database
from api.wiring import build_services
from config.settings import Settings

PUBLIC_PATHS = frozenset({"/healthz", "/readyz", "/docs", "/openapi.json"})

_PROTECTED = (
    recommend.router,
    history.router,
    feedback.router,
    items.router,
    search.router,
    watch_links.router,
    users.router,
    index.router,
    jobs.router,
)

_DESCRIPTION = """\
Recommends movies and TV shows to the viewers of one household or one service.

Errors are `application/problem+json`; every response carries `X-Request-ID`.

This product uses the TMDB API but is not endorsed or certified by TMDB. Streaming availability is
provided by JustWatch.
"""


def create_app(settings: Settings) -> FastAPI:
    """The service; the database is opened when it starts and closed when it stops."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        services = await run_in_threadpool(_start, settings)
        app.state.services = services
        chores = asyncio.create_task(services.housekeeping.tidy_for_ever())
        try:
            yield
        finally:
            chores.cancel()
            await run_in_threadpool(services.close)

    app = FastAPI(
        title="Seen'emAll",
        version="0.1.0",
        description=_DESCRIPTION,
        lifespan=lifespan,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
    )
    middleware.install(app, settings)
    problems.install(app)
    openapi.install(app)
    app.include_router(health.router)
    for router in _PROTECTED:
        app.include_router(router, dependencies=[Depends(caller_of)])
    return app


def from_environment() -> FastAPI:
    """The service on the environment's settings: what each worker process builds."""
    settings = Settings.load()
    logs.configure(settings.log_level)
    return create_app(settings)


def _start(settings: Settings) -> Services:
    # The matrices of a request are small: a second thread of arithmetic only spins beside it and
    # takes the core that the database needs (20 ms of processor time a request, measured).
    threadpool_limits(limits=1, user_api="blas")
    database = open_database(settings)
    try:
        database.open_reads()
        services = build_services(settings, database)
        if migrations.is_at_head(database):
            services.recommender.warm_up()
        return services
    except BaseException:
        database.close()
        raise
