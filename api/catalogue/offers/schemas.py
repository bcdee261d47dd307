"""/watch-link on the wire."""

from typing import Annotated

from pydantic import Field

from api.platform.wire.inputs import CountryCode, MaybeProfileQuery


class WatchLinkQuery(MaybeProfileQuery):
    """Parameters of a link."""

    service: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=100,
            description="JustWatch's short name or a plain name; any service unless given.",
            examples=["nfx", "netflix"],
        ),
    ] = None
    country: CountryCode | None = None
