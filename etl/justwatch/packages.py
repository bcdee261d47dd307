"""The question which services a country has. JustWatch calls a service a package."""

from typing import Annotated

from pydantic import BaseModel, Field

from api.catalogue.writing.title import Provider
from api.platform.largest_integer import LARGEST_INTEGER
from etl.justwatch.answer import Cleaned, read_answer

QUERY = """
query Services($country: Country!, $platform: Platform!) {
  packages(country: $country, platform: $platform) {
    packageId
    shortName
    clearName
    technicalName
  }
}
"""


class Package(BaseModel):
    """A service; its id is the one that TMDB gives it, too."""

    packageId: Annotated[int, Field(ge=1, le=LARGEST_INTEGER)]  # noqa: N815 - JustWatch's spelling
    shortName: Annotated[str, Field(pattern=r"^[\w.+-]{1,40}$")]  # noqa: N815
    clearName: Cleaned = None  # noqa: N815
    technicalName: Cleaned = None  # noqa: N815

    def as_provider(self) -> Provider:
        """The service in our words."""
        return Provider(
            short_name=self.shortName,
            name=self.clearName or self.technicalName or self.shortName,
            tmdb_id=self.packageId,
            aliases=(self.technicalName,) if self.technicalName else (),
        )


class _Services(BaseModel):
    packages: list[Package]


def read_services(document: object) -> list[Provider]:
    """The services of the answer; raises Misunderstood."""
    answer = read_answer(document, _Services, question="services")
    return [package.as_provider() for package in answer.packages]
