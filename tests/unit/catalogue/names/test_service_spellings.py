"""Streaming services by whatever they are called."""

import pytest

from api.catalogue.names.service_spellings import ServiceName, ServiceSpellings
from api.catalogue.names.text_names import TextNames
from api.language.parser import parse
from api.language.vocabulary.names import names_of
from tests.names_builder import TODAY

SERVICES = (
    ServiceName("disney-plus", "Disney+"),
    ServiceName("dnp", "Disney Plus"),
    ServiceName("amp", "Amazon Prime Video"),
    ServiceName("amazon-prime-video", "Amazon Prime Video"),
    ServiceName("ads", "Amazon Prime Video with Ads"),
    ServiceName("amc", "AMC"),
    ServiceName("amc-plus", "AMC+"),
    ServiceName("mgm-plus", "MGM Plus"),
    ServiceName("mxx", "HBO Max", ("hbo",)),
    ServiceName("atp", "Apple TV"),
    ServiceName("wow", "Салют ТВ"),
)
DISNEY, PRIME = {"dnp", "disney-plus"}, {"amp", "amazon-prime-video"}


@pytest.mark.parametrize(
    ("written", "services"),
    [
        *((one, DISNEY) for one in ("Disney+", "Disney Plus", "dnp", "disney-plus", "disney")),
        *((one, DISNEY) for one in ("DISNEY +", "disneyplus", "Disney ", "DisneyPlus", "DNP")),
        *((one, PRIME) for one in ("Prime Video", "Amazon Prime Video", "amp", "primevideo")),
        *((one, PRIME) for one in ("amazon-prime-video", "prime", "Amazon Prime")),
        ("AMC", {"amc"}),
        ("AMC+", {"amc-plus"}),
        ("amc plus", {"amc-plus"}),
        ("MGM+", {"mgm-plus"}),
        ("MGM ", {"mgm-plus"}),  # "MGM+" as a query decodes it
        ("max", {"mxx"}),
        ("hbo", {"mxx"}),
        ("Apple TV+", {"atp"}),
        ("салют-тв", {"wow"}),
        ("Blockbuster", set()),
        ("+", set()),
        ("", set()),
    ],
)
def test_every_way_to_write_a_service_means_all_of_its_rows(
    written: str, services: set[str]
) -> None:
    assert ServiceSpellings(SERVICES).called(written) == services


@pytest.mark.parametrize(
    ("text", "services"),
    [
        ("comedies on Disney+", DISNEY),
        ("comedies on Disney Plus", DISNEY),
        ("comedies on disney", DISNEY),
        ("comedies on Disney+, AMC+ and MGM+", DISNEY | {"amc-plus", "mgm-plus"}),
        ("comedies on AMC", {"amc"}),
        ("comedies on AMC+", {"amc-plus"}),
        ("comedies on Disney+Prime Video", DISNEY | PRIME),
    ],
)
def test_words_know_services_as_parameters_do(text: str, services: set[str]) -> None:
    names = names_of(TextNames.of(services=SERVICES))
    assert parse(text, names=names, today=TODAY).services == services
