"""What is left of a text to search with, when filters and names are taken out of it."""

from api.language.reading import Reading

# They describe the story as well, so they stay beside other words: "submarine thriller".
_KEPT = frozenset({"genre", "media_type"})


def free_text(reading: Reading) -> str:
    """The rest as it was written; "" when it says nothing."""
    words, joints = reading.words, reading.lexicon.connectors.plot_joints
    is_title = any(finding.kind == "title" for finding in reading.findings)
    if is_title:
        return words.text.strip()
    says_something = any(
        not taken and (reading.story[place] or word not in joints)
        for place, (word, taken) in enumerate(zip(words.words, reading.taken, strict=True))
    )
    if not (says_something or _names_a_kind(reading)):
        return ""
    out = list(reading.taken)
    for finding in reading.findings:
        if finding.kind in _KEPT and not finding.is_negated:
            for place in range(finding.start, finding.stop):
                out[place] = False
    parts: list[str] = []
    for place, token in enumerate(words.tokens):
        if out[place]:
            continue
        # The gap keeps hyphens and apostrophes between words that both stay.
        if place > 0 and not out[place - 1]:
            parts.append(token.gap)
        elif parts:
            parts.append(" ")
        parts.append(words.text[token.start : token.end])
    return " ".join("".join(parts).split())


def _names_a_kind(reading: Reading) -> bool:
    """ "Space opera", "whodunits": more than the genre that it is of, and stories have the word."""
    return any(one.keyword is not None and not one.is_negated for one in reading.found("genre"))
