"""Logs: one JSON object per line on stderr. Ids yes; free text of viewers, keys and queries no."""

import logging
import sys
from datetime import UTC, datetime
from typing import Any

import orjson


class JsonLines(logging.Formatter):
    """Renders a record as `{"at", "level", "logger", "event", ...fields}`.

    Fields come as `log.info("slate stored", extra={"fields": {...}})`.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the message or the traceback holds."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode()


def configure(level: str) -> None:
    """Sends every logger of this process to stderr as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    # They log every connection, command and step they make.
    for chatty in ("alembic", "psycopg.pool"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
