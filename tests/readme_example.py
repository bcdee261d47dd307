"""README.md's example and its picture: what the request there answers on the sample catalogue.

    python -m tests.readme_example URL            compares them with a demo that runs at URL
    python -m tests.readme_example URL --write    writes both anew

An acceptance test makes the same comparison, and `.ci/run` makes it with the demo that it starts.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

import httpx2

from config.settings import PROJECT_ROOT

README = PROJECT_ROOT / "README.md"
PICTURE = PROJECT_ROOT / "docs" / "images" / "answer.svg"

_BASE = "http://127.0.0.1:8000"
_BLOCK = re.compile(
    r"(?<=<!-- the answer of a test -->\n```json\n).*?(?=^```$)", re.MULTILINE | re.DOTALL
)
_SHOWN = ("title", "release_year", "score", "explanation")
_WIDTH, _CARD, _GAP, _BAR = 860, 112, 12, 240  # pixels


def ask(http: httpx2.Client) -> dict[str, Any]:
    """Sends the first two requests of README.md; returns the answer of the second."""
    text = README.read_text(encoding="utf-8")
    (body,) = re.findall(rf"curl -X POST {_BASE}/user/history .*?-d '(.*?)'", text, re.DOTALL)
    path = re.findall(rf"curl '{_BASE}(/recommend\?.*?)'", text)[0]
    http.post("/user/history", json=json.loads(body)).raise_for_status()
    answer = http.get(path)
    answer.raise_for_status()
    return dict(answer.json())


def printed() -> str:
    """The answer as README.md prints it."""
    found = _BLOCK.search(README.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError("README.md has no block for the answer")
    return found[0]


def shortened(answer: Mapping[str, Any]) -> str:
    """The answer as README.md should print it: titles and scores, and the first one's proof."""
    first, *others = answer["items"]
    proof = {"reasons": first["reasons"], "sources": first["sources"]}
    items = [_shown(first) | proof, *map(_shown, others)]
    lines = ",\n".join("    " + _object(item) for item in items)
    return f'{{\n  "items": [\n{lines}\n  ]\n}}\n'


def _shown(item: Mapping[str, Any]) -> dict[str, Any]:
    # Three decimals: the last bits of a float are the machine's.
    return {name: round(item[name], 3) if name == "score" else item[name] for name in _SHOWN}


def _object(item: Mapping[str, Any]) -> str:
    def lines(name: str, value: Any) -> str:
        if name != "reasons":
            return json.dumps(value, ensure_ascii=False)
        inner = ",\n".join(f"        {json.dumps(one, ensure_ascii=False)}" for one in value)
        return f"[\n{inner}\n      ]"

    fields = ",\n".join(f'      "{name}": {lines(name, value)}' for name, value in item.items())
    return f"{{\n{fields}\n    }}"


def picture(answer: Mapping[str, Any]) -> str:
    """The answer as an SVG: a card per title."""
    items = answer["items"]
    height = len(items) * (_CARD + _GAP) + _GAP
    cards = "\n".join(
        line
        for place, item in enumerate(items)
        for line in _card(place, item, best=items[0]["score"])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" font-family="system-ui, sans-serif" role="img">\n'
        "<title>Three recommendations for somebody who liked Heat and The Godfather</title>\n"
        f'<rect width="{_WIDTH}" height="{height}" rx="10" fill="#10141a"/>\n{cards}\n</svg>\n'
    )


def _card(place: int, item: Mapping[str, Any], *, best: float) -> Iterator[str]:
    top = _GAP + place * (_CARD + _GAP)
    facts = [*(genre["name"] for genre in item["genres"]), f"{item['runtime']} min"]
    bar = round(_BAR * item["score"] / best)
    yield (
        f'<rect x="{_GAP}" y="{top}" width="{_WIDTH - 2 * _GAP}" height="{_CARD}" rx="8" '
        'fill="#1b222c"/>'
    )
    yield _text(36, top + 66, str(place + 1), size=34, fill="#5b6b80")
    heading = f"{item['title']} ({item['release_year']})"
    yield _text(84, top + 34, heading, size=20, fill="#f2f5f9")
    yield _text(84, top + 58, " · ".join(facts), size=14, fill="#8fa0b5")
    yield _text(84, top + 88, item["explanation"], size=15, fill="#c9d4e2")
    left = _WIDTH - _GAP - 16 - _BAR
    yield f'<rect x="{left}" y="{top + 20}" width="{_BAR}" height="8" rx="4" fill="#2a3442"/>'
    yield f'<rect x="{left}" y="{top + 20}" width="{bar}" height="8" rx="4" fill="#e0b252"/>'
    score = f"score {item['score']:.3f}, proposed by {len(item['sources'])} sources"
    yield _text(left, top + 50, score, size=13, fill="#8fa0b5")


def _text(x: int, y: int, text: str, *, size: int, fill: str) -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}">{escape(text)}</text>'


def main() -> int:
    """Compares or writes; 1 when README.md or its picture is not what the demo answers."""
    parser = argparse.ArgumentParser(prog="python -m tests.readme_example", description=__doc__)
    parser.add_argument("url", help="where a demo answers")
    parser.add_argument("--write", action="store_true", help="write README.md and its picture anew")
    arguments = parser.parse_args()
    with httpx2.Client(base_url=arguments.url, timeout=60) as http:
        answer = ask(http)
    if arguments.write:
        text = README.read_text(encoding="utf-8")
        README.write_text(_BLOCK.sub(lambda _: shortened(answer), text), encoding="utf-8")
        PICTURE.write_text(picture(answer), encoding="utf-8")
    elif printed() != shortened(answer) or PICTURE.read_text(encoding="utf-8") != picture(answer):
        sys.stderr.write(f"README.md does not print what the demo answers:\n{shortened(answer)}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
