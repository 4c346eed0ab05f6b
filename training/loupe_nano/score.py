"""Normalised exact match (docs/scene-format.md): the rule of the app's lib/scene/scoring.ts, step by step. Both are held to the same
cases (lib/scene/fixtures/scoring-cases.json)."""

import re
import unicodedata

#: Pairs of quotes that may surround an answer.
QUOTES = ('""', "''", "``", "“”", "‘’", "«»")
#: What the app's language calls white space; Python's own list is another one.
SPACE = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


def normalise(text: str) -> str:
    """NFKC, lower case, white space collapsed; pairs of quotes around it and a final . ! , removed until none is left; a leading
    article removed."""
    answer = re.sub(f"[{SPACE}]+", " ", unicodedata.normalize("NFKC", text).lower()).strip(SPACE)
    before = None
    while before != answer:  # each rule may uncover another: «"a dog."» has quotes, then a stop, then an article
        before = answer
        answer = re.sub(r"[.!,]\Z", "", without_quotes(answer)).strip(SPACE)
    return re.sub(rf"^(?:an?|the) (?=[^{SPACE}])", "", answer)


def without_quotes(text: str) -> str:
    paired = len(text) >= 2 and text[0] + text[-1] in QUOTES
    return text[1:-1].strip(SPACE) if paired else text


def right(answer: str, accepted: list[str]) -> bool:
    """Equal to any of `accepted`, both normalised. An empty answer is never right."""
    given = normalise(answer)
    return given != "" and given in {normalise(a) for a in accepted}
