"""What the page shows without scripts: the list of whoever asks, and a box for words."""

from dataclasses import dataclass
from html import escape
from typing import Any

import orjson
from fastapi import Request

from api.access.gate import Gate
from api.access.presented import presented_by
from api.platform.errors import SeenEmAllError
from api.recommend.recommender import Recommender
from api.recommend.request_reader import RequestReader
from api.recommend.schemas import RecommendParams

# As many as the scripts ask for, so that theirs is the same request and answered from the cache.
PAGE_LENGTH = 24


@dataclass(frozen=True, slots=True)
class PlainList:
    """A list in HTML, for a caller whom the gate admits."""

    gate: Gate
    reader: RequestReader
    recommender: Recommender

    def html(self, request: Request, *, household: str, words: str | None) -> str:
        """Elements of a list, or a paragraph that says why there is none."""
        try:
            items = self._items(request, household=household, words=words)
        except SeenEmAllError as error:
            return f"<p>{escape(str(error))}</p>"
        if not items:
            return "<p>Nothing fits these words.</p>"
        return "<ol>" + "".join(map(_entry, items)) + "</ol>"

    def _items(
        self, request: Request, *, household: str, words: str | None
    ) -> list[dict[str, Any]]:
        caller = self.gate.admit(presented_by(request))
        user_id, profile = caller.user_id or household, caller.holder.profile
        limits = caller.require_viewer(user_id, profile)
        asked = RecommendParams(user_id=user_id, profile=profile, limit=PAGE_LENGTH, query=words)
        page = self.recommender.first_page(
            self.reader.read(
                asked, names_within=caller.names_within(limits), country=limits.country
            )
        )
        if page.after:
            page.after()
        items: list[dict[str, Any]] = orjson.loads(page.body)["items"]
        return items


async def plain_list_of(request: Request) -> PlainList:
    """The dependency: from the use cases that this process was made of."""
    provided = request.app.state.provided
    return PlainList(provided[Gate], provided[RequestReader], provided[Recommender])


def _entry(item: dict[str, Any]) -> str:
    year = f" ({item['release_year']})" if item["release_year"] else ""
    return (
        f"<li><strong>{escape(item['title'])}</strong>{year}: {escape(item['explanation'])}"
        f"<br />{escape(item['overview'])}</li>"
    )
