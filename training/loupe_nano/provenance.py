"""What a checkpoint says of how it came to be (`provenance` of its note; shown wherever the model is).

Built on the note of the checkpoint it began with: the usual way has a sentence of its own, and whatever came otherwise says
where it came from and what was done then. So no sentence can leave out what the weights were taught before.
"""

from collections.abc import Iterable

from .rl.reward import CALL_COST

TOWER = "Vision tower only, dense labels."
#: The usual ways, from the tower on.
USUAL = {
    "tower": TOWER,
    "a": "Trained from scratch on tagged scenes: dense labels, then perception (grounding, reading crops, overview questions) and "
         "the syntax of the tool; neither when to look nor where was taught.",
    "b": "Trained from scratch on tagged scenes: dense labels, perception, then zooming learned from generated demonstrations "
         "(supervised; no reinforcement learning).",
    "direct": "Trained from scratch on tagged scenes: dense labels, perception, then answering at once, without tools: what looking "
              "closer is measured against.",
    "c": "Trained from scratch on tagged scenes: dense labels, perception, the syntax of the tool; then reinforcement learning on "
         "outcomes (GRPO). When and where to look closer was found, not demonstrated.",
}
#: Stage A before it had the tool's syntax.
PLAIN_A = "Trained from scratch on tagged scenes: dense labels, then perception (grounding, reading crops, overview questions); no zooming taught."
#: What each usual sentence tells of having begun with. Going on with the same lessons changes none of them.
BEGUN_WITH = {"tower": (), "a": (TOWER,), "b": (USUAL["a"], PLAIN_A), "direct": (USUAL["a"], PLAIN_A), "c": (USUAL["a"],)}
#: What a stage does, where the sentence above would not be true.
DONE = {
    "tower": "the vision tower on dense labels",
    "a": "perception (grounding, reading crops, overview questions) and the syntax of the tool",
    "b": "zooming learned from generated demonstrations (supervised)",
    "direct": "answering at once, without tools",
    "c": "reinforcement learning on outcomes (GRPO)",
}
#: What a run of stage C had that the usual one has not.
VARIANTS = {
    "none": "the tool had no reward of its own",
    "unconditional": "the tool was rewarded whether the answer was right or not",
    "cost": f"each look cost {CALL_COST}",
}
LESSONS = "lessons in reading crops that were handed over went on beside it"


def said(note: dict) -> str:
    return note.get("provenance", "Of unknown origin.")


def trained(stage: str, before: dict, tower_of: dict | None = None) -> str:
    """After a stage that began with a checkpoint whose note is `before`; `tower_of`: the note of the one that gave the tower."""
    begun = said(before)
    if before.get("stage") in USUAL and begun in (USUAL[stage], *BEGUN_WITH[stage]):
        sentence = USUAL[stage]
    else:
        sentence = f"{begun} Then {DONE[stage]}."
    tower = said(tower_of) if tower_of else begun
    return sentence if tower in (begun, TOWER) else f"{sentence} The tower was another model's before: {tower}"


def found(before: dict, legs: Iterable[dict]) -> str:
    """After reinforcement learning. A leg is {"from": its first step, "settings": with `variant` and `lessons`}."""
    sentence, last = trained("c", before), ""
    for leg in legs:
        settings = leg["settings"]
        parts = [VARIANTS[settings["variant"]]] if settings["variant"] in VARIANTS else []
        told = "; ".join([*parts, *([LESSONS] if settings.get("lessons") else [])])
        if told != last:
            sentence += f" From step {leg['from']} on: {told or 'as usual'}."
        last = told
    return sentence
