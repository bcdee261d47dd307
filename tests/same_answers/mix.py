"""The requests, a seeded mix of all that the service is asked, the same for the same catalogue."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.same_answers.service import MOMENT, Json
from tests.same_answers.titles import Titles
from tests.same_answers.viewers import Viewer

_TEXTS = Path(__file__).with_name("texts.txt")
_PREVIEWS = 100
_COMMANDS = 60  # the first texts: what filters are previewed with
_INTERPRETATIONS = 150
_SEARCHES = 60
_ITEMS = 30
_LONGEST_TEXT = 500

_FILTERS: Sequence[Json] = (
    {},
    {},
    {},
    {"country": "US"},
    {"country": "ID"},
    {"country": "DE"},
    {"services": "netflix", "country": "US"},
    {"services": "netflix,hulu,disney plus", "country": "US"},
    {"media_type": "movie"},
    {"media_type": "tv"},
    {"diversify": "false"},
    {"diversify": "false", "media_type": "movie"},
    {"genre_override": "crime,thriller"},
    {"genre_override": "comedy", "media_type": "tv"},
    {"ann_description_override": "A quiet drama about a family by the sea."},
    {"ann_description_override": "Robots in a far future.", "ann_weight_override": 0.8},
    {"rewrite_override": "submarine crew war"},
    {"rewrite_override": "haunted house", "rewrite_weight_override": 0.3},
    {"mixer_ann_weight": 2},
    {"mixer_collab_weight": 0},
    {"mixer_collab_weight": 3, "mixer_trending_weight": 0.5},
    {"mixer_popularity_weight": 1.5, "mixer_vote_weight": 1},
    {"mixer_novelty_weight": 0.7},
    {"strategy": "default"},
    {"strategy": "relevance"},
    {"use_llm_intent": "false"},
)
_LIMITS = (1, 5, 20, 20, 20, 20, 100)
_PAGES = (1, 1, 1, 1, 2, 2, 3, 4)
_NAMES = (
    "matrix", "the god", "incep", "star wa", "amelie", "amélie", "tom hank", "spielberg", "hancks",
    "the", "a", "2001", "lord of the rings", "breaking b", "godfahter", "parasite", "ghibli",
    "kurosawa", "harry potter 3", "spider-man", "x", "wall e", "se7en", "toy story", "nolan",
    "léon", "friends", "office", "zzzzqq", "!!", "dune 2021", "batman begins", "meryl", "scarface",
)  # fmt: skip
_BAD: Sequence[tuple[str, str, Json, Json]] = (
    ("GET", "/recommend", {}, None),
    ("GET", "/recommend", {"user_id": "same-01", "limit": 0}, None),
    ("GET", "/recommend", {"user_id": "same-01", "limit": 101}, None),
    ("GET", "/recommend", {"user_id": "same-01", "nonsense": 1}, None),
    ("GET", "/recommend", {"user_id": "same-01", "country": "USA"}, None),
    ("GET", "/recommend", {"user_id": "same-01", "media_type": "book"}, None),
    ("GET", "/recommend", {"user_id": "same-01", "genre_override": "cooking"}, None),
    ("GET", "/recommend", {"user_id": "same-01", "services": "nosuchservice"}, None),
    ("GET", "/recommend", {"user_id": "same-01", "cursor": "forged"}, None),
    ("GET", "/recommend", {"user_id": "same-01", "strategy": "none-such"}, None),
    ("GET", "/recommend", {"user_id": "same-01", "query": "x" * 501}, None),
    ("GET", "/search", {"q": ""}, None),
    ("GET", "/search/interpret", {}, None),
    ("GET", "/items/movie:999999999", {}, None),
    ("GET", "/items/nonsense", {}, None),
    ("POST", "/recommend/preview", {}, {"user_id": "same-01", "item": "movie:999999999"}),
    ("POST", "/recommend/preview", {}, {"user_id": "same-01"}),
    ("POST", "/user/history", {}, {"user_id": "same-01", "items": ["movie:999999999"]}),
    ("POST", "/user/history", {}, {"user_id": "same-01", "items": [{"item": 1, "rating": 11}]}),
    ("POST", "/feedback", {}, {"user_id": "same-01", "event_type": "like"}),
    ("PUT", "/users/same-01/preferences", {}, {"preferences": [{"kind": "mood"}]}),
    ("DELETE", "/recommend", {}, None),
    ("GET", "/nowhere", {}, None),
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One request, or the pages of one list, or remarks on a list that came before."""

    key: str
    kind: str
    method: str
    path: str
    parameters: Json = field(default_factory=dict)
    body: Json = None
    headers: Mapping[str, str] = field(default_factory=dict)
    pages: int = 1
    about: str | None = None  # the key of a list: its id and items take the place of numbers


def before(viewers: Sequence[Viewer]) -> Iterator[Step]:
    """What viewers said before anything is recorded."""
    for viewer in viewers:
        if not viewer.is_live:
            yield from _told(viewer)


def mix(viewers: Sequence[Viewer], titles: Titles, more_texts: Sequence[str]) -> Iterator[Step]:
    """All of it, in the order in which it is asked."""
    for viewer in viewers:
        if viewer.is_live:
            yield from _told(viewer)
    chance = random.Random(1)
    texts = own_texts()
    asked = [
        *_lists(viewers, texts, chance),
        *_previews(viewers, titles, texts, chance),
        *_interpretations(texts),
        *_searches(titles, chance),
        *_items(titles, chance),
        *_bad(),
        *_about_itself(),
    ]
    chance.shuffle(asked)
    yield from asked
    for number, text in enumerate(more_texts):
        yield from _real(number, text[:_LONGEST_TEXT], viewers)
    yield from _afterwards(viewers, titles, asked, chance)


def own_texts() -> list[str]:
    """The texts of the mix."""
    lines = _TEXTS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _told(viewer: Viewer) -> Iterator[Step]:
    """Consent, history and preferences of a viewer."""
    of_profile = {"profile": viewer.profile} if viewer.profile else {}
    place = f"/users/{viewer.user_id}"
    if viewer.events:
        body = viewer.who | {"items": viewer.events}
        yield Step(f"told-{viewer.number:02}", "history", "POST", "/user/history", body=body)
    if viewer.shares_taste is not None:
        body = of_profile | {"collaborative": viewer.shares_taste}
        yield Step(f"consent-{viewer.number:02}", "consent", "PUT", f"{place}/consent", body=body)
    if viewer.statements:
        yield Step(
            f"stated-{viewer.number:02}",
            "preferences",
            "PUT",
            f"{place}/preferences",
            of_profile,
            {"preferences": viewer.statements},
        )


def _lists(
    viewers: Sequence[Viewer], texts: Sequence[str], chance: random.Random
) -> Iterator[Step]:
    wishes: list[Json] = []
    for viewer in viewers:
        wishes.append(viewer.who | {"limit": 20})
        wishes += [viewer.who | _how(chance) for _ in range(2)]
    for text in texts:
        wishes.append(chance.choice(viewers).who | {"query": text} | _how(chance))
    for text in chance.sample(list(texts), 60):
        wishes.append({"user_id": "same-stranger", "query": text})
    for number, wish in enumerate(wishes):
        if number % 20 == 0:
            wish = wish | {"debug": "true"}
        pages = chance.choice(_PAGES)
        yield Step(f"list-{number:03}", "list", "GET", "/recommend", wish, pages=pages)


def _how(chance: random.Random) -> Json:
    return chance.choice(_FILTERS) | {"limit": chance.choice(_LIMITS)}


def _previews(
    viewers: Sequence[Viewer], titles: Titles, texts: Sequence[str], chance: random.Random
) -> Iterator[Step]:
    for number in range(_PREVIEWS):
        viewer = chance.choice(viewers)
        known = [event["item"] for event in viewer.events]
        item = chance.choice(titles.famous if number % 3 else titles.all).reference
        if known and number % 7 == 0:
            item = chance.choice(known)
        filters = {name: value for name, value in _how(chance).items() if value != "false"}
        body = viewer.who | filters | {"item": item}
        if number % 2:
            body["query"] = chance.choice(texts)
        if number % 5 == 0:
            body["diversify"] = False
        yield Step(f"preview-{number:03}", "preview", "POST", "/recommend/preview", body=body)

    for number, text in enumerate(texts[:_COMMANDS]):
        item = chance.choice(titles.famous).reference
        body = {"user_id": "same-stranger", "query": text, "item": item}
        yield Step(
            f"preview-command-{number:02}", "preview", "POST", "/recommend/preview", body=body
        )


def _interpretations(texts: Sequence[str]) -> Iterator[Step]:
    for number, text in enumerate(texts[:_INTERPRETATIONS]):
        yield _interpretation(f"interpret-{number:03}", text)


def _interpretation(key: str, text: str) -> Step:
    return Step(key, "interpretation", "GET", "/search/interpret", {"q": text})


def _searches(titles: Titles, chance: random.Random) -> Iterator[Step]:
    names = [*_NAMES]
    while len(names) < _SEARCHES:
        name = chance.choice(titles.all).name
        names.append(name[: chance.randint(3, 12)].strip())
    for number, name in enumerate(names):
        wish: Json = {"q": name} | chance.choice(({}, {}, {"media_type": "tv"}, {"limit": 5}))
        yield Step(f"search-{number:02}", "search", "GET", "/search", wish, pages=1 + number % 2)


def _items(titles: Titles, chance: random.Random) -> Iterator[Step]:
    for number, title in enumerate(chance.sample(list(titles.all), _ITEMS)):
        wish: Json = {"country": "ID"} if number % 3 == 0 else {}
        yield Step(f"item-{number:02}", "item", "GET", f"/items/{title.reference}", wish)
        if number % 3 == 1:
            path = f"/watch-link/{title.reference}"
            yield Step(f"watch-link-{number:02}", "item", "GET", path)


def _bad() -> Iterator[Step]:
    for number, (method, path, parameters, body) in enumerate(_BAD):
        yield Step(f"bad-{number:02}", "refusal", method, path, parameters, body)


def _about_itself() -> Iterator[Step]:
    """The contract, and what an operator looks at."""
    for path in ("/openapi.json", "/healthz", "/readyz", "/admin/index", "/admin/jobs"):
        yield Step(f"itself{path.replace('/', '-')}", "itself", "GET", path)


def _real(number: int, text: str, viewers: Sequence[Viewer]) -> Iterator[Step]:
    """A text of somebody else's: for a stranger and for viewers in turn."""
    stranger: Json = {"user_id": "same-stranger"}
    who = stranger if number % 2 else viewers[number % len(viewers)].who
    wish = who | {"query": text, "limit": 20}
    yield Step(f"real-{number:04}", "list", "GET", "/recommend", wish)
    yield _interpretation(f"real-interpret-{number:04}", text)


def _afterwards(
    viewers: Sequence[Viewer], titles: Titles, asked: Sequence[Step], chance: random.Random
) -> Iterator[Step]:
    """The same again from what is kept; then what viewers do, and what comes of it."""
    lists = [step for step in asked if step.kind == "list" and "debug" not in step.parameters]
    for number, step in enumerate(chance.sample(lists, 20)):
        yield Step(f"again-{number:02}", "list", "GET", "/recommend", step.parameters)
    for viewer in viewers[1::3]:
        name = f"{viewer.number:02}"
        wish = viewer.who | {"limit": 20}
        for turn in range(3):  # shown in vain, again and again
            seen = f"shown-{name}-{turn}"
            yield Step(seen, "list", "GET", "/recommend", wish | {"mixer_vote_weight": turn / 10})
            yield Step(
                f"remarks-{name}-{turn}", "feedback", "POST", "/feedback",
                body=_remarks(viewer, turn), about=seen,
            )  # fmt: skip
        evening = {"items": [title.reference for title in chance.sample(list(titles.famous), 3)]}
        watched = {"watched_at": MOMENT.isoformat(), "event_type": "liked", "weight": 2}
        body = viewer.who | evening | watched
        yield Step(f"evening-{name}", "history", "POST", "/user/history", body=body)
        yield Step(f"after-{name}", "list", "GET", "/recommend", wish, pages=2)
        taken = viewer.who | {"item": evening["items"][0]}
        yield Step(f"taken-back-{name}", "history", "DELETE", "/user/history", taken)
        yield Step(f"after-taken-back-{name}", "list", "GET", "/recommend", wish)
    for viewer in viewers[::4]:
        name, of_profile = f"{viewer.number:02}", dict(viewer.who)
        place = f"/users/{of_profile.pop('user_id')}"
        yield Step(f"says-{name}", "preferences", "GET", f"{place}/preferences", of_profile)
        yield Step(f"record-{name}", "history", "GET", f"{place}/track-record", of_profile)
        yield Step(f"history-{name}", "history", "GET", "/user/history", viewer.who, pages=2)
    yield from _kept_and_forgotten(viewers[4:12], titles)


def _kept_and_forgotten(viewers: Sequence[Viewer], titles: Titles) -> Iterator[Step]:
    """A write that is repeated, what is held of a user, and nothing after they left."""
    for viewer in viewers:
        name, place = f"{viewer.number:02}", f"/users/{viewer.user_id}"
        body = viewer.who | {"items": [titles.famous[viewer.number].id], "event_type": "not_now"}
        once = {"Idempotency-Key": f"once-{name}"}
        for turn in ("first", "second"):
            yield Step(
                f"once-{name}-{turn}", "history", "POST", "/user/history", body=body, headers=once
            )
        other = body | {"event_type": "liked"}
        yield Step(
            f"once-{name}-other", "history", "POST", "/user/history", body=other, headers=once
        )
        yield Step(f"held-{name}", "user", "GET", f"{place}/export")
        yield Step(f"forgotten-{name}", "user", "DELETE", place)
        yield Step(f"held-again-{name}", "user", "GET", f"{place}/export")
        yield Step(f"after-forgotten-{name}", "list", "GET", "/recommend", viewer.who)


def _remarks(viewer: Viewer, turn: int) -> Json:
    """By place of the list; `event_type` of the first ten is that nothing came of them."""
    kinds: list[str] = ["impression"] * 10
    if turn == 1:
        kinds += ["click", "complete", "dismiss"]
    if turn == 2:
        kinds += ["like", "dislike", "not_now", "never"]
    return [viewer.who | {"item_id": place, "event_type": kind} for place, kind in enumerate(kinds)]
