"""What is asked for a child: per route that shows or opens titles, a drawn request.

Every route whose answer can name a title has its entry in ASKED_FOR; a test derives them from the
table of routes. What a child did and was brought is drawn too, so that there is something to show.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal
from urllib.parse import quote
from uuid import UUID

from tests.attack.ages_in_words import words

USER, CHILD, PARENTS = "limited-household", "kids", "parents"
# The child's token; the household's, as an adult in it has; a keeper's; an operator's.
Who = Literal["child", "household", "keeper", "operator"]
_PROFILES = (*((CHILD,) * 6), None, PARENTS, "invented", "Kids", "kids ")
_COUNTRIES = ("US", "DE", "FR", "IN", "KR", "SG", "BR", "IL")
_KEPT_CURSORS = 400
_WELL_KNOWN = 1000  # titles that more lists, offers and certificates are about


@dataclass(frozen=True)
class Catalogue:
    """Every title: its id, reference and name, and its certificates as they are written."""

    titles: dict[int, tuple[str, str]]  # the best known first
    certificates: dict[int, dict[str, str]]
    people: list[tuple[int, str]]

    @cached_property
    def ids(self) -> list[int]:
        """Of all titles, the best known first."""
        return list(self.titles)


@dataclass(frozen=True)
class Asked:
    """One request; `opens` is the title that an answer other than a refusal would open."""

    method: str
    path: str
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    opens: int | None = None
    by: Who = "child"
    file: tuple[str, bytes] | None = None  # goes with the body as a form


@dataclass
class Asking:
    """What requests are drawn from, and what answers have brought to go on with."""

    draw: random.Random
    catalogue: Catalogue
    user_id: str
    hook: str | None = None  # the path of one, for the child's profile
    cursors: list[Asked] = field(default_factory=list)
    imports: list[int] = field(default_factory=list)
    batches: list[str] = field(default_factory=list)  # that were ordered for the child
    lists: list[tuple[str, list[int]]] = field(default_factory=list)  # what the child was served
    seen: list[int] = field(default_factory=list)  # titles of the child's history

    def title(self) -> tuple[int, str, str]:
        """The id, reference and name of any title."""
        known = self.catalogue.ids[: self.draw.choice([_WELL_KNOWN, _WELL_KNOWN, None])]
        item = self.draw.choice(known)
        return item, *self.catalogue.titles[item]

    def references(self, most: int) -> list[str]:
        """Of one title to `most`."""
        return [self.title()[1] for _ in range(self.draw.randint(1, most))]

    def words(self) -> str:
        """A request in words."""
        return words(self.draw, self.title()[2])

    def profile(self) -> dict[str, str]:
        """Mostly the child's."""
        name = self.draw.choice(_PROFILES)
        return {} if name is None else {"profile": name}

    def viewer(self) -> dict[str, Any]:
        """The same, with the user."""
        return {"user_id": self.user_id, **self.profile()}

    def maybe_viewer(self) -> dict[str, Any]:
        """One who may be left out, wholly or in part."""
        return self.draw.choice([self.viewer(), self.viewer(), {}, self.profile()])

    def shape(self) -> dict[str, Any]:
        """Filters of any list, which try to reach what is hidden."""
        choose = self.draw.choice
        shape = {
            "limit": choose([5, 20, 100]),
            "media_type": choose([None, None, "movie", "tv"]),
            "genres": choose([None, None, "horror", "crime,thriller", "animation"]),
            "max_age": choose([None, None, 3, 18, 21]),
            "country": choose([None, *_COUNTRIES]),
            "exclude_ids": choose([None, None, ",".join(self.references(3))]),
        }
        return {name: value for name, value in shape.items() if value is not None}

    def took(self, asked: Asked, body: Any) -> None:
        """Remembers how a list goes on, and what was brought."""
        if not isinstance(body, dict):
            return
        if "recommendation_id" in body and asked.query.get("profile") == CHILD:
            shown = [item["id"] for item in body.get("items", ())]
            self.lists.append((body["recommendation_id"], shown))
        if asked.method == "GET" and asked.path == "/user/history":
            self.seen = [event["item"]["id"] for event in body.get("items", ())] or self.seen
        if asked.method == "POST" and asked.path == "/imports" and "id" in body:
            self.imports.append(body["id"])
        if asked.method == "POST" and asked.path == "/recommend/batches" and "id" in body:
            self.batches.append(body["id"])
        if cursor := body.get("next_cursor"):
            del self.cursors[:-_KEPT_CURSORS]
            if asked.method == "GET":
                query = {**asked.query, "cursor": cursor}
                self.cursors.append(Asked("GET", asked.path, query, by=asked.by))
            elif isinstance(asked.body, dict):
                again = {**asked.body, "cursor": cursor}
                self.cursors.append(Asked(asked.method, asked.path, body=again, by=asked.by))


def _own(ask: Asking, **query: Any) -> tuple[dict[str, Any], Who]:
    """The child's own profile, asked for by the child or by somebody else for it."""
    by: Who = ask.draw.choice(["child", "child", "keeper", "household"])
    if by == "child":
        return {**ask.viewer(), **query}, by
    return {"user_id": ask.user_id, "profile": CHILD, **query}, by


def _recommend(ask: Asking) -> Asked:
    choose = ask.draw.choice
    own, by = _own(ask, **ask.shape(), query=choose([None, ask.words()]))
    if choose([False, False, True]):
        own |= {"mixer_novelty_weight": 100, "diversify": "false"}
    if choose([False, False, True]):
        own |= {"ann_description_override": ask.words(), "ann_weight_override": 5}
    return Asked("GET", "/recommend", own, by=by)


def _preview(ask: Asking) -> Asked:
    own, by = _own(ask, item=ask.title()[1], query=ask.words())
    return Asked("POST", "/recommend/preview", body=own, by=by)


def _item(ask: Asking) -> Asked:
    item, reference, _ = ask.title()
    return Asked("GET", f"/items/{reference}", ask.maybe_viewer(), opens=item)


def _link(ask: Asking) -> Asked:
    item, reference, _ = ask.title()
    # Most offers that catalogues have are of there.
    country = ask.draw.choice(["US", ask.draw.choice(_COUNTRIES)])
    query = {**ask.maybe_viewer(), "country": country}
    return Asked("GET", f"/watch-link/{reference}", query, opens=item)


def _search(ask: Asking) -> Asked:
    start = ask.title()[2][: ask.draw.randint(1, 12)].strip() or "a"
    text = ask.draw.choice([start, ask.draw.choice(ask.catalogue.people)[1]])
    return Asked("GET", "/search", {**ask.maybe_viewer(), "q": text, "limit": 50})


def _interpret(ask: Asking) -> Asked:
    return Asked("GET", "/search/interpret", {**ask.maybe_viewer(), "q": ask.words()})


def _similar(ask: Asking) -> Asked:
    path = f"/items/{ask.title()[1]}/similar"
    return Asked("GET", path, {**ask.maybe_viewer(), **ask.shape()})


def _blend(ask: Asking) -> Asked:
    between = {
        "like": ask.draw.choice([ask.references(3), [ask.words()], ["horror", ask.title()[1]]]),
        "unlike": ask.draw.choice([[], ask.references(2), ["children's cartoons"]]),
        "temperature": ask.draw.choice([0, 0, 5]),
    }
    return Asked("POST", "/blend", body={**ask.maybe_viewer(), **ask.shape(), **between})


def _group(ask: Asking) -> Asked:
    """By an adult, with the child among them: a child may not."""
    others = ask.draw.sample([PARENTS, None, "teen"], ask.draw.randint(1, 3))
    members = [
        {"user_id": ask.user_id, **({} if name is None else {"profile": name})}
        for name in [CHILD, *others]
    ]
    ask.draw.shuffle(members)
    body = {
        **ask.shape(),
        "members": members,
        "seen": ask.draw.choice(["any", "all"]),
        "strategy": ask.draw.choice(["fair", "average", "least_misery"]),
    }
    by: Who = ask.draw.choice(["household", "household", "keeper", "child"])
    return Asked("POST", "/recommend/group", body=body, by=by)


def _tonight(ask: Asking) -> Asked:
    shape = {"country": ask.draw.choice(("US", *_COUNTRIES)), "max_age": ask.shape().get("max_age")}
    shape["query"] = ask.draw.choice([None, None, None, ask.words()])
    if ask.draw.random() < 0.5:
        along = ask.draw.choice(["parents", "~", "parents,~,teen"])
        first, others = ask.draw.choice([(CHILD, along), (PARENTS, f"{CHILD},~")])
        who = {"user_id": ask.user_id, "profile": first, "members": others}
        return Asked("GET", "/tonight", {**who, **shape}, by="household")
    return Asked("GET", "/tonight", {**ask.viewer(), **shape})


def _shelves(ask: Asking) -> Asked:
    rows = {"rows": ask.draw.choice([3, 12])}
    own, by = _own(ask, **{**ask.shape(), "limit": ask.draw.choice([4, 20])}, **rows)
    return Asked("GET", "/shelves", own, by=by)


def _path(ask: Asking) -> Asked:
    ends = {"from": ask.title()[1], "to": ask.title()[1]}
    way = {"steps": ask.draw.choice([3, 8]), "seed": ask.draw.choice([None, 1, 2])}
    return Asked("GET", "/path", {**ask.maybe_viewer(), **ask.shape(), **ends, **way})


def _predictions(ask: Asking) -> Asked:
    items = {"items": ",".join(ask.references(5))}
    return Asked("GET", f"/users/{ask.user_id}/predictions", {**ask.profile(), **items})


def _regions(ask: Asking) -> Asked:
    return Asked("GET", "/map/regions", ask.maybe_viewer())


def _batch(ask: Asking) -> Asked:
    viewers = [{"user_id": ask.user_id, "profile": CHILD}]
    by: Who = ask.draw.choice(["child", "keeper", "household"])
    return Asked("POST", "/recommend/batch", body={"viewers": viewers, **ask.shape()}, by=by)


def _ordered(ask: Asking) -> str:
    """The path of lists that were ordered lately, made or not, or of none."""
    return f"/recommend/batches/{ask.draw.choice(ask.batches[-10:] or [str(UUID(int=1))])}"


def _file(ask: Asking) -> Asked:
    by: Who = ask.draw.choice(["child", "keeper", "keeper", "household"])
    return Asked("GET", f"{_ordered(ask)}/lists", by=by)


def _person(ask: Asking) -> Asked:
    person = ask.draw.choice(ask.catalogue.people)[0]
    return Asked("GET", f"/people/{person}", {**ask.maybe_viewer(), "limit": 100})


def _history(ask: Asking) -> Asked:
    own, by = _own(ask)
    return Asked("GET", "/user/history", own, by=by)


def _taken_back(ask: Asking) -> Asked:
    item = ask.draw.choice(ask.seen) if ask.seen and ask.draw.random() < 0.8 else ask.title()[1]
    own, by = _own(ask, item=item)
    return Asked("DELETE", "/user/history", own, by=by)


def _track_record(ask: Asking) -> Asked:
    return Asked("GET", f"/users/{ask.user_id}/track-record", ask.profile())


def _watchlist(ask: Asking) -> Asked:
    return Asked("GET", f"/users/{ask.user_id}/watchlist", ask.profile())


def _library(ask: Asking) -> Asked:
    return Asked("GET", f"/users/{ask.user_id}/library", ask.profile())


def _export(ask: Asking) -> Asked:
    return Asked("GET", f"/users/{ask.user_id}/export")


def _rows(ask: Asking) -> Asked:
    number = ask.draw.choice([*ask.imports, 1])
    by: Who = ask.draw.choice(["child", "keeper"])
    return Asked("GET", f"/imports/{number}/rows", {"limit": 200}, by=by)


def _rules_tried(ask: Asking) -> Asked:
    ids = [int(reference.split(":")[1]) for reference in ask.references(5)]
    rules = {"boosts": {"tmdb_id_multipliers": {str(number): 10 for number in ids}}}
    who = {"user_id": ask.user_id, "profile": CHILD, "limit": 100}
    body = {**who, "rules": rules, "query": ask.draw.choice([None, ask.words()])}
    return Asked("POST", "/admin/rules/try", body=body, by="operator")


def _page(ask: Asking) -> Asked:
    return ask.draw.choice(ask.cursors) if ask.cursors else _recommend(ask)


# Per route that can show a title the request for one.
ASKED_FOR: Mapping[tuple[str, str], Callable[[Asking], Asked]] = {
    ("GET", "/recommend"): _recommend,
    ("POST", "/recommend/preview"): _preview,
    ("POST", "/recommend/group"): _group,
    ("GET", "/tonight"): _tonight,
    ("GET", "/shelves"): _shelves,
    ("POST", "/blend"): _blend,
    ("POST", "/recommend/batch"): _batch,
    ("GET", "/recommend/batches/{batch}/lists"): _file,
    ("GET", "/path"): _path,
    ("GET", "/users/{user_id}/predictions"): _predictions,
    ("GET", "/map/regions"): _regions,
    ("GET", "/items/{item}"): _item,
    ("GET", "/items/{item}/similar"): _similar,
    ("GET", "/people/{person}"): _person,
    ("GET", "/search"): _search,
    ("GET", "/search/interpret"): _interpret,
    ("GET", "/watch-link/{item}"): _link,
    ("GET", "/user/history"): _history,
    ("DELETE", "/user/history"): _taken_back,
    ("GET", "/users/{user_id}/track-record"): _track_record,
    ("GET", "/users/{user_id}/watchlist"): _watchlist,
    ("GET", "/users/{user_id}/library"): _library,
    ("GET", "/users/{user_id}/export"): _export,
    ("GET", "/imports/{import_id}/rows"): _rows,
    ("POST", "/admin/rules/try"): _rules_tried,
}


def _events(ask: Asking) -> Asked:
    own, by = _own(ask, items=ask.references(3))
    kind = ask.draw.choice(["liked", "watched", "not_interested"])
    return Asked("POST", "/user/history", body={**own, "event_type": kind}, by=by)


def _feedback(ask: Asking) -> Asked:
    own, by = _own(ask, item_id=ask.title()[1])
    shown = [one for one in ask.lists if one[1]]
    if shown and ask.draw.random() < 0.8:
        served, items = ask.draw.choice(shown)
        own |= {"profile": CHILD, "recommendation_id": served, "item_id": ask.draw.choice(items)}
    kind = ask.draw.choice(["like", "impression", "complete"])
    return Asked("POST", "/feedback", body={**own, "event_type": kind}, by=by)


def _put_on_watchlist(ask: Asking) -> Asked:
    by: Who = ask.draw.choice(["child", "keeper"])
    path = f"/users/{ask.user_id}/watchlist/{ask.title()[1]}"
    return Asked("PUT", path, {"profile": CHILD}, by=by)


def _put_in_library(ask: Asking) -> Asked:
    path = f"/users/{ask.user_id}/library"
    return Asked("PUT", path, body={"items": ask.references(5)}, by="keeper")


def _bring(ask: Asking) -> Asked:
    """A table that names titles by id, or by a name that may be anybody's."""
    lines = ["tmdb_id,type,title"]
    for _ in range(20):
        _, reference, title = ask.title()
        kind, number = reference.split(":")
        by_name = ask.draw.random() < 0.5
        lines.append(f"{'' if by_name else number},{kind},{title.replace(',', ' ')}")
    return Asked("POST", "/imports", body=ask.viewer(), file=("t.csv", "\n".join(lines).encode()))


def _choose(ask: Asking) -> Asked:
    path = f"/imports/{ask.draw.choice([*ask.imports, 1])}"
    if ask.draw.random() < 0.3:
        return Asked("POST", f"{path}/apply")
    choice = {"row": ask.draw.randint(1, 20), "item": ask.title()[1]}
    return Asked("PATCH", f"{path}/rows", body={"choices": [choice]})


def _order(ask: Asking) -> Asked:
    """Lists for the child; how far some are; some called off."""
    by: Who = ask.draw.choice(["child", "keeper", "keeper", "household"])
    chance = ask.draw.random()
    if chance < 0.3:
        return Asked("DELETE" if chance < 0.05 else "GET", _ordered(ask), by=by)
    # For nobody else: adults have lines in the file from which nothing is hidden.
    viewers = [{"user_id": ask.user_id, "profile": CHILD}]
    return Asked("POST", "/recommend/batches", body={"viewers": viewers, **ask.shape()}, by=by)


def _play(ask: Asking) -> Asked:
    """What a media server tells of the child's account."""
    _, reference, title = ask.title()
    kind, number = reference.split(":")
    body = {
        "event": "end",
        "mediaType": kind,
        "title": title,
        "uniqueIds": {"tmdb": number},
        "progress": {"percent": 99},
    }
    return Asked("POST", ask.hook or "/hooks/kodi?token=none", body=body)


def _change_profile(ask: Asking) -> Asked:
    change: dict[str, Any] = ask.draw.choice(
        [{"kind": "adult"}, {"max_age": 21}, {"max_age": None}, {"unrated": "show"}]
    )
    by: Who = ask.draw.choice(["child", "household"])
    name = quote(ask.draw.choice([CHILD, "invented", "~", PARENTS]), safe="")
    path = f"/users/{ask.user_id}/profiles/{name}"
    if ask.draw.random() < 0.5:
        return Asked("PUT", path, body=change, by=by)
    return Asked("DELETE", path, by=by)


def _change_household(ask: Asking) -> Asked:
    """What could carry a child off to a profile without limits."""
    by: Who = ask.draw.choice(["child", "household"])
    hook = {"source": "kodi", "accounts": [{"account": "*", "profile": "invented"}]}
    horror = [{"kind": "genre", "value": "Horror", "stance": "prefer"}]
    users = f"/users/{ask.user_id}"
    return ask.draw.choice(
        [
            Asked("POST", f"{users}/hooks", body=hook, by=by),
            Asked("PUT", f"{users}/preferences", ask.profile(), body={"preferences": horror}),
            Asked("PUT", f"{users}/consent", body={"llm": True, **ask.profile()}),
            Asked("POST", "/session", body={"user_id": ask.user_id, "profile": PARENTS}),
            Asked("POST", "/session/code", body={"user_id": ask.user_id}),
            Asked("DELETE", f"{users}/pin", by=by),
        ]
    )


# What gives the routes above something to show, or would lift the limits.
WRITTEN: tuple[Callable[[Asking], Asked], ...] = (
    _events,
    _feedback,
    _put_on_watchlist,
    _put_in_library,
    _bring,
    _choose,
    _order,
    _play,
    _change_profile,
    _change_household,
)
_WRITES = 0.25  # of the requests
_GOES_ON = 0.12  # with a list that was begun


def ask_for_a_title(ask: Asking) -> tuple[str, Asked]:
    """A request and how it is counted: its route, `next page` or `write`."""
    chance = ask.draw.random()
    if chance < _WRITES:
        return "write", ask.draw.choice(WRITTEN)(ask)
    if chance < _WRITES + _GOES_ON:
        return "next page", _page(ask)
    route = ask.draw.choice(list(ASKED_FOR))
    return " ".join(route), ASKED_FOR[route](ask)
