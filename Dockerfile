# The service and its jobs. The database is a container of its own: see docker-compose.yml.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

RUN useradd --system --create-home --uid 10001 seenemall \
    && install --directory --owner=seenemall --group=seenemall /data

WORKDIR /app

# The lock names every package with its hash, so nothing is resolved: see `install` in the Makefile.
COPY requirements.lock ./
RUN python -m pip install --no-deps --require-hashes --requirement requirements.lock

COPY alembic.ini pyproject.toml README.md ./
COPY alembic alembic
COPY config config
COPY api api
COPY etl etl
# A link to this folder, for the command `seenemall`; what builds it is in the lock.
RUN python -m pip install --no-deps --no-build-isolation --editable .

USER seenemall

# The text encoder's graph, so that no container has to write it: a new volume gets what is in
# /data. One that is mounted over it gets a graph from `make embed`, or `seenemall job graph`.
RUN DATA_DIR=/data seenemall job graph

# Within a container loopback reaches nobody, so the service listens on every address. It refuses to
# do that without a credential: set API_KEYS, make a key, or configure JWTs.
ENV HOST=0.0.0.0 PORT=8000 DATA_DIR=/data
VOLUME /data
EXPOSE 8000

# Alive, not ready: a catalogue that is still being fetched is no reason to restart the container.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]

CMD ["seenemall", "serve"]
