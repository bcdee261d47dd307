"""Two recordings side by side: what differs, of which kind, and where."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.same_answers.recording import Recorded
from tests.same_answers.service import Json

_LONGEST = 160  # characters of a value that is shown
_EXACT = 1e-12  # of numbers that were rounded to the same digits
_WORDS = frozenset({"explanation", "detail"})
_OF_ITEM = {"score": "score", "reasons": "reasons", "sources": "sources"}


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same."""

    key: str
    kind: str
    where: str
    before: Json
    after: Json


def differences(before: Recorded, after: Recorded, tolerance: float) -> Iterator[Difference]:
    """What of one answer is not the same; a list's titles are compared wherever they stand."""
    key = before.key
    if before.status != after.status:
        yield Difference(key, "status", "", _said(before), _said(after))
        return
    for where, one, other in _unequal(before.headers, after.headers, tolerance):
        yield Difference(key, "headers", where, one, other)
    if before.kind != "list" or before.status != 200:
        for where, one, other in _unequal(before.answer, after.answer, tolerance):
            yield Difference(key, _kind_of(where, before.kind), where, one, other)
        return
    yield from _of_list(key, before.answer, after.answer, tolerance)


def compare(
    before: Mapping[str, Recorded], after: Mapping[str, Recorded], tolerance: float
) -> list[Difference]:
    """Every difference; a request that only one side asked is one."""
    found: list[Difference] = []
    for key in before.keys() | after.keys():
        if key not in after:
            found.append(Difference(key, "missing", "", "asked", "not asked"))
        elif key not in before:
            found.append(Difference(key, "missing", "", "not asked", "asked"))
        else:
            found += differences(before[key], after[key], tolerance)
    place = {key: number for number, key in enumerate([*before, *after])}
    return sorted(found, key=lambda one: place[one.key])


def told(
    before: Mapping[str, Recorded],
    after: Mapping[str, Recorded],
    found: Sequence[Difference],
    examples: int,
) -> str:
    """The differences for people: how many answers are equal, then each kind with examples."""
    differing = {one.key for one in found}
    asked = len(before.keys() | after.keys())
    lines = [f"{asked:,} answers: {asked - len(differing):,} equal, {len(differing):,} not."]
    by_kind: dict[str, list[Difference]] = defaultdict(list)
    for one in found:
        by_kind[one.kind].append(one)
    for kind, ones in sorted(by_kind.items(), key=lambda pair: -len(pair[1])):
        first = {one.key: one for one in reversed(ones)}  # of each answer
        lines += ["", f"{kind}: {len(ones):,} differences in {len(first):,} answers"]
        for one in [*reversed(first.values())][:examples]:
            request = (before.get(one.key) or after[one.key]).request
            lines.append(f"  {one.key}  {_line(request)}")
            lines.append(f"    {one.where or 'answer'}: {_short(one.before)}")
            lines.append(f"    {' ' * len(one.where or 'answer')}  {_short(one.after)}")
    return "\n".join(lines)


def _of_list(key: str, before: Json, after: Json, tolerance: float) -> Iterator[Difference]:
    old, new = before["items"], after["items"]
    names = {item["id"]: f"{item['id']} {item['title']}" for item in [*old, *new]}
    order, now = [item["id"] for item in old], [item["id"] for item in new]
    if order != now:
        place = next(
            (at for at, (one, other) in enumerate(zip(order, now, strict=False)) if one != other),
            min(len(order), len(now)),
        )
        yield Difference(
            key,
            "order",
            f"from place {place + 1}",
            [names[item_id] for item_id in order[place : place + 3]],
            [names[item_id] for item_id in now[place : place + 3]],
        )
    again = {item["id"]: item for item in new}
    for item in old:
        if item["id"] not in again:
            continue
        for where, one, other in _unequal(item, again[item["id"]], tolerance):
            kind = _kind_of(where, "card")
            yield Difference(key, kind, f"{names[item['id']]}: {where}", one, other)
    rest = [
        {name: part for name, part in page.items() if name != "items"} for page in (before, after)
    ]
    for where, one, other in _unequal(rest[0], rest[1], tolerance):
        yield Difference(key, where.partition(".")[0].partition("[")[0], where, one, other)


def _kind_of(where: str, otherwise: str) -> str:
    parts = where.replace("[", ".").split(".")
    if parts[-1] in _WORDS:
        return "words"
    return next((_OF_ITEM[part] for part in parts if part in _OF_ITEM), otherwise)


def _unequal(
    before: Json, after: Json, tolerance: float, where: str = ""
) -> Iterator[tuple[str, Json, Json]]:
    """The innermost parts that differ, with their paths."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*before, *(name for name in after if name not in before)]:
            inner = f"{where}.{name}" if where else name
            if name in before and name in after:
                yield from _unequal(before[name], after[name], tolerance, inner)
            else:
                yield inner, before.get(name, "(absent)"), after.get(name, "(absent)")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _unequal(one, other, tolerance, f"{where}[{number}]")
    elif not _alike(before, after, tolerance):
        yield where, before, after


def _alike(before: Json, after: Json, tolerance: float) -> bool:
    if isinstance(before, bool) or isinstance(after, bool):
        return before is after
    numbers = isinstance(before, int | float) and isinstance(after, int | float)
    if numbers and float in {type(before), type(after)}:
        return bool(abs(before - after) <= tolerance + _EXACT)
    return bool(before == after)


def _said(recorded: Recorded) -> str:
    answer = recorded.answer
    detail = answer.get("detail") if isinstance(answer, dict) and recorded.status >= 400 else None
    return f"{recorded.status} {detail}" if detail else str(recorded.status)


def _line(request: Json) -> str:
    parameters = request.get("parameters")
    target = f"{request['path']}?{urlencode(parameters)}" if parameters else request["path"]
    body = request.get("body")
    return _short(f"{request['method']} {target}" + (f" {body}" if body else ""))


def _short(value: Json) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
