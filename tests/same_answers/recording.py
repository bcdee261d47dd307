"""Asks the mix and writes what is answered, one line of JSON per request."""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.same_answers import titles as catalogue
from tests.same_answers.mix import Step, before, mix
from tests.same_answers.service import Json, Reply, Service, copied, started
from tests.same_answers.titles import Titles
from tests.same_answers.viewers import viewers

_DIGITS = 6
# Random by design, or the time of the database's own clock, or timings.
_LEFT_OUT = frozenset({"recommendation_id", "request_id", "created_at", "trace"})
_HEADERS = ("content-type", "cache-control", "etag", "location", "allow")


@dataclass(frozen=True)
class Recorded:
    """A request and its answer."""

    key: str
    kind: str
    request: Json
    status: int
    headers: Json
    answer: Json


def prepare(code: Path, data_dir: Path) -> int:
    """Draws titles from a catalogue and lets the viewers tell their histories; how many steps."""
    with started(code, data_dir) as service:
        titles = catalogue.draw(service)
        catalogue.keep(titles, data_dir)
        steps = list(before(viewers(titles)))
        for step in steps:
            reply = _send(service, step, step.key)
            if reply.status != 200:
                raise RuntimeError(f"{step.key}: {reply.status} {reply.body}")
    return len(steps)


def record(
    code: Path,
    data_dir: Path,
    *,
    texts: Sequence[str],
    settings: Mapping[str, str],
    scratch: Path | None,
) -> list[Recorded]:
    """The answers of a checkout, under these settings, on a copy of a prepared DATA_DIR."""
    titles = catalogue.kept(data_dir)
    with copied(data_dir, scratch) as copy, started(code, copy, settings) as service:
        return list(_answers(service, titles, texts))


def write(recorded: Sequence[Recorded], file: Path) -> None:
    """One line each; the same answers make the same bytes."""
    with file.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
        for one in recorded:
            line = json.dumps(one.__dict__, ensure_ascii=False, separators=(",", ":"))
            packed.write(f"{line}\n".encode())


def read(file: Path) -> dict[str, Recorded]:
    """By key, in the order in which they were asked."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        recorded = [Recorded(**json.loads(line)) for line in lines]
    return {one.key: one for one in recorded}


def _answers(service: Service, titles: Titles, texts: Sequence[str]) -> Iterator[Recorded]:
    served: dict[str, Json] = {}  # first pages that remarks are made about
    for step in mix(viewers(titles), titles, texts):
        if step.about is not None:
            step = replace(step, body=_about(step.body, served.get(step.about)))
        cursor = None
        for page in range(1, step.pages + 1):
            key = step.key if page == 1 else f"{step.key}/{page}"
            reply = _send(service, step, key, cursor)
            if page == 1 and step.kind == "list" and reply.status == 200:
                served[step.key] = reply.body
            yield _recorded(step, key, reply)
            cursor = reply.body.get("next_cursor") if isinstance(reply.body, dict) else None
            if cursor is None:
                break


def _send(service: Service, step: Step, key: str, cursor: str | None = None) -> Reply:
    parameters = step.parameters if cursor is None else step.parameters | {"cursor": cursor}
    request_id = key.replace("/", ".")
    return service.ask(
        request_id,
        step.method,
        step.path,
        parameters=parameters,
        body=step.body,
        headers=step.headers,
    )


def _about(remarks: Json, page: Json) -> Json:
    """Remarks by place as remarks on the titles of a list; none where it is shorter."""
    if page is None:
        return []
    items, list_id = page["items"], page["recommendation_id"]
    return [
        remark | {"item_id": items[remark["item_id"]]["id"], "recommendation_id": list_id}
        for remark in remarks
        if remark["item_id"] < len(items)
    ]


def _recorded(step: Step, key: str, reply: Reply) -> Recorded:
    request = {"method": step.method, "path": step.path}
    if step.parameters:
        request["parameters"] = step.parameters
    if step.body is not None:
        request["body"] = step.body
    headers: Json = {name: reply.headers[name] for name in _HEADERS if name in reply.headers}
    if isinstance(reply.body, dict) and "next_cursor" in reply.body:
        headers.pop("etag", None)  # of a body with a cursor in it
    if "server-timing" in reply.headers:
        headers["kept"] = reply.headers["server-timing"] == "cache"
    return Recorded(key, step.kind, _steady(request), reply.status, headers, _steady(reply.body))


def _steady(value: Json) -> Json:
    """Without what is random; numbers to six digits, a cursor as whether there is one."""
    if isinstance(value, dict):
        kept = {name: _steady(part) for name, part in value.items() if name not in _LEFT_OUT}
        if "next_cursor" in kept:
            kept["next_cursor"] = kept["next_cursor"] is not None
        return kept
    if isinstance(value, list):
        return [_steady(part) for part in value]
    return round(value, _DIGITS) if isinstance(value, float) else value
