"""What stands for a title without a poster, and names that are longer than their place."""

import pytest
from playwright.sync_api import expect

from tests.acceptance.conftest import Service
from tests.page.conftest import Open

_LONG = "Dana Oppenheimer-Vandenbroucke the Third"
_OVER_A_BORDER = """() => [...document.querySelectorAll(
        "button, a, h1, h2, .name, .card, .field, .panel")]
    .filter((one) => one.checkVisibility() && getComputedStyle(one).overflowX === "visible"
        && getComputedStyle(one).display !== "inline" && one.scrollWidth > one.clientWidth + 1)
    .map((one) => `${one.className}: ${one.textContent}`)"""
# The words of an element whose letters do not stand on one line.
_BROKEN_WORDS = """(one) => {
    const broken = [];
    for (const walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT); walk.nextNode();) {
        for (const { 0: word, index } of walk.currentNode.data.matchAll(/[^\\s-]+-?/g)) {
            const range = document.createRange();
            range.setStart(walk.currentNode, index);
            range.setEnd(walk.currentNode, index + word.length);
            const lines = new Set([...range.getClientRects()].map((box) => box.top));
            if (lines.size > 1) broken.push(word);
        }
    }
    return broken;
}"""
_INITIALS = [
    ("Ocean's Twelve", "en", "OT"),
    ("Ocean’s Thirteen", "en", "OT"),
    ("The Queen's Gambit", "en", "QG"),
    ("Boys Don't Cry", "en", "BD"),
    ("The Godfather", "en", "G"),
    ("Spider-Man: No Way Home", "en", "SM"),
    ("Die Hard", "en", "DH"),
    ("Das Boot", "de", "B"),
    ("Les Misérables", "fr", "M"),
    ("L'Avventura", "it", "A"),
    ("L’Atalante", "fr", "A"),
    ("La Vie d'Adèle", "fr", "VA"),
    ("El laberinto del fauno", "es", "LF"),
    ("O Auto da Compadecida", "pt", "AC"),
    ("O Brother, Where Art Thou?", "en", "OB"),
    ("I, Robot", "en", "IR"),
    ("Rock 'n' Roll High School", "en", "RR"),
    ("1917", "en", "1917"),
    ("12 Angry Men", "en", "12"),
    ("3 Idiots", "hi", "3I"),
    ("Ocean's 8", "en", "O8"),
    ("20,000 Leagues Under the Sea", "en", "20"),
    ("Se7en", "en", "S"),
    ("千と千尋の神隠し", "ja", "千"),
    ("Сталкер", "ru", "С"),
    ("Иваново детство", "ru", "ИД"),
    ("וואלס עם באשיר", "he", "וע"),
    ("थ्री इडियट्स", "hi", "थ्रीइ"),
    ("élan vital", "en", "ÉV"),
    ("The", "en", "T"),
    ("???", "en", "?"),
]


def test_the_initials_of_a_title_are_those_of_its_telling_words(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, household=household)
    window.go("/#/profiles")
    told = window.page.evaluate(
        """(titles) => import("/page/app.js").then(({ initials }) => titles.map(
            ([title, original_language]) => initials({ title, original_language })))""",
        [[title, language] for title, language, _ in _INITIALS],
    )
    assert dict(zip([one[0] for one in _INITIALS], told, strict=True)) == {
        title: initials for title, _, initials in _INITIALS
    }


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_long_names_break_between_words_and_nothing_leaves_its_border(
    service: Service, household: str, open_window: Open, width: int
) -> None:
    for profile, name in (("~", _LONG), ("long", "W" * 100), ("max", "Donaudampfschifffahrt")):
        path = f"/users/{household}/profiles/{profile}"
        service.http.put(path, json={"name": name}).raise_for_status()
    window = open_window(service.url, household=household)
    window.page.set_viewport_size({"width": width, "height": 800})
    (film,) = service.http.get("/search", params={"q": "The Godfather", "limit": 1}).json()["items"]
    for place in ("profiles", "foryou", "tonight", "group?members=long,max", f"title/{film['id']}"):
        window.go(f"/#/{place}")
        if place.startswith("group"):
            expect(window.page.locator(".card").first).to_be_visible()
        assert window.overflow() <= 0, place
        assert window.page.evaluate(_OVER_A_BORDER) == [], place
        assert window.page.locator("main h1").evaluate(_BROKEN_WORDS) == [], place
    window.go("/#/profiles")
    for shown in window.page.get_by_text(_LONG, exact=True).all():
        if shown.evaluate("(one) => getComputedStyle(one).whiteSpace") != "nowrap":
            assert shown.evaluate(_BROKEN_WORDS) == []
