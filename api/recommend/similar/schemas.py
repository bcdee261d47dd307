"""GET /items/{item}/similar on the wire."""

from pydantic import Field

from api.platform.wire.inputs import Cursor, MaybeProfileQuery
from api.recommend.likeness.likeness import LikenessBy
from api.recommend.schemas import CardFields, ListShape


class SimilarParams(MaybeProfileQuery, ListShape):
    """The query parameters; with a viewer the list is personal, and has nothing they have seen."""

    by: LikenessBy = Field(
        default="mix",
        description="What makes titles alike: `story` goes by genres, keywords and words, "
        "`audience` by who likes them, `mix` by these, people, language and years.",
    )
    cursor: Cursor | None = None
    fields: CardFields | None = None
