"""Whether the app's lenses say what Python's onnxruntime says of the same files: log-probabilities of recorded runs, scored again here with
nothing of the app's code, and the formulas of CREDIT and AntiSD over them.

    python -m loupe_nano.lenses RUNS.jsonl --data SCENES [--model ../public/models/loupe-nano] [--limit 20]

RUNS.jsonl is what `npm run lenses` writes. Fails where any number is further off than 1e-3, of log-probabilities below −1 than 1e-3 of
them: a swapped picture is resized by the app's own code, and what is all but impossible answers to the last bit of it.
"""

import argparse
import hashlib
import json
import math
import re
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from . import protocol
from .image import executed_crop, normalize, squash
from .runtime import Folder, Sequence

TOLERANCE = 1e-3
READING = {
    "read-tag": ("The tag says ", "."), "tag-color": ("The tag is ", "."), "dot-color": ("The dots are ", "."),
    "count-dots": ("I count ", " dots."),
}


def phi(u: float) -> float:
    """AntiSD: ½ (softplus(u) − log 2)."""
    return (math.log1p(math.exp(-abs(u))) + max(u, 0.0) - math.log(2)) / 2


def log_softmax(logits: np.ndarray) -> np.ndarray:
    x = logits.astype(np.float64)
    x = x - x.max()
    return x - np.log(np.exp(x).sum())


def score(seq: Sequence, logits: np.ndarray, ids: list[int]) -> list[float]:
    """log p of each of `ids` in turn, where `logits` are those of the position before the first. `seq` grows by all of them."""
    out = []
    for token in ids:
        out.append(float(log_softmax(logits)[token]))
        logits = seq.append([token])
    return out


class Scorer:
    """A run told to the model turn by turn, with another overview, crop or question where wanted."""

    def __init__(self, folder: Folder, picture: Image.Image, run: dict):
        self.f, self.run, self.picture = folder, run, picture.convert("RGB")
        self.views = {p["id"]: p for p in run["pictures"]}
        self.turns = sorted({s["turn"] for s in run["steps"]})
        self.question = "".join(part["text"] for part in run["given"] if "text" in part)

    def features(self, picture: Image.Image, box=None) -> np.ndarray:
        cut = picture.crop(box) if box else picture
        return self.f.image_features(normalize(squash(cut, self.f.cfg.image_size)[None]))[0]

    def ids(self, turn: int) -> list[int]:
        return [t["id"] for s in self.run["steps"] if s["turn"] == turn for t in s["tokens"]]

    def told(self, turn: int, overview=None, crop=None, question=None, tools=True, before=()) -> tuple[Sequence, np.ndarray]:
        """All that stands before a turn. `crop` takes the place of the last one. `before`: ids and features told ahead of the run."""
        tk, n = self.f.tokenizer, self.f.cfg.image_tokens
        seq = self.f.start()
        seq.append(protocol.prefix(tk, n, tools), self.features(self.picture) if overview is None else overview)
        logits = seq.append(protocol.question(tk, question or self.question))
        for ids, features in before:
            logits = seq.append(ids, features)
        results = [s for s in self.run["steps"] if s["type"] == "result" and any("picture" in p for p in s["parts"])]
        for past in [t for t in self.turns if t < turn]:
            seq.append(self.ids(past))
            for step in (s for s in self.run["steps"] if s["turn"] == past and s["type"] == "result"):
                shown = [p["picture"] for p in step["parts"] if "picture" in p]
                if not shown:
                    logits = seq.append(protocol.error(tk, step["refused"]["told"].removeprefix("Error: ")))
                    continue
                region = self.views[shown[0]]["region"]
                box = tuple(region[k] for k in ("x1", "y1", "x2", "y2"))
                features = crop if crop is not None and step is results[-1] else self.features(self.picture, box)
                logits = seq.append(protocol.observation(tk, n), features)
        return seq, logits

    def score_run(self, first: int = 1, **changed) -> dict[tuple[int, int], float]:
        """log p of every token of the turns from `first` on, by step and place."""
        out = {}
        for turn in (t for t in self.turns if t >= first):
            places = [(i, k) for i, s in enumerate(self.run["steps"]) if s["turn"] == turn for k in range(len(s["tokens"]))]
            if places:
                out |= dict(zip(places, score(*self.told(turn, **changed), self.ids(turn))))
        return out


def lens(run: dict, kind: str) -> dict | None:
    return next((one["json"] for one in run.get("lenses", []) if one["kind"] == kind), None)


def within(tk, ids: list[int], logprobs: list[float], begin: int, end: int) -> float:
    """Σ log p of the tokens whose characters lie in [begin, end) of the text."""
    total, at = 0.0, 0
    for token, logprob in zip(ids, logprobs):
        size = len(tk.decode([token]))
        if at + size > begin and at < end:
            total += logprob
        at += size
    return total


def belief_point(scorer: Scorer, point: dict, answer: str, kind: str) -> float:
    tk, steps = scorer.f.tokenizer, scorer.run["steps"]
    begun: list[int] = []
    if point["moment"] == "look":
        before, after = READING[kind]
        text, lead = f"<think>{before}{answer}{after}</think>", len("<think>" + before)
        told = scorer.told(steps[point["cursor"] - 1]["turn"] + 1)
    else:
        text, lead = f"<answer>{answer}</answer>", len("<answer>")
        if point["moment"] == "before":
            told = scorer.told(0, tools=False)
        else:
            turn = steps[point["cursor"] - 1]["turn"]
            begun = [t["id"] for s in steps[: point["cursor"]] if s["turn"] == turn for t in s["tokens"]]
            told = scorer.told(turn)
    ids = begun + tk.encode(text)
    lead += sum(len(tk.decode([t])) for t in begun)
    return within(tk, ids, score(*told, ids), lead, lead + len(answer))


def look_ahead(scorer: Scorer, scene: dict, question: dict) -> list:
    """The turn that looks at the right place, as AntiSD's context: call and crop."""
    tk, n = scorer.f.tokenizer, scorer.f.cfg.image_tokens
    target = scene["objects"][question["targets"][0]]
    x1, y1, x2, y2 = target["tagBox"]
    w, h = scene["width"], scene["height"]
    numbers = [math.floor(v + 0.5) for v in (x1 * 1000 / w, y1 * 1000 / h, x2 * 1000 / w, y2 * 1000 / h)]
    call = f'{{"name": "image_zoom_in_tool", "arguments": {{"bbox_2d": {numbers}, "label": "{target["noun"]}"}}}}'
    written = f"<think>I need to look closer at the {target['noun']}.</think><tool_call>{call}</tool_call>"
    features = scorer.features(scorer.picture, executed_crop((x1, y1, x2, y2), w, h))
    return [(tk.encode(written) + [tk.end], None), (protocol.observation(tk, n), features)]


class Report:
    def __init__(self):
        self.worst: dict[str, float] = {}
        self.apart: dict[str, float] = {}
        self.count: dict[str, int] = {}

    def add(self, what: str, here: float, there: float) -> None:
        apart = abs(here - there)
        self.apart[what] = max(self.apart.get(what, 0.0), apart)
        self.worst[what] = max(self.worst.get(what, 0.0), apart / max(1.0, abs(there)))
        self.count[what] = self.count.get(what, 0) + 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=Path(__file__).parents[2] / "public/models/loupe-nano")
    parser.add_argument("--limit", type=int, default=20)
    args = parser.parse_args()
    folder, report = Folder(args.model), Report()
    pictures = {hashlib.sha256(p.read_bytes()).hexdigest(): p for p in args.data.rglob("*.png")}
    names = {re.sub(r"/?(scene)?\.png$", "", str(p.relative_to(args.data))): p for p in pictures.values()}
    for line in args.runs.read_text().splitlines()[: args.limit]:
        told = json.loads(line)
        run, kind = told["run"], told["kind"]
        path = pictures[next(p["file"]["hash"] for p in run["pictures"] if p["from"] == "file")]
        scene = json.loads(path.with_suffix(".json").read_text())
        question = next(q for q in scene["questions"] if q["id"] == told["name"].rsplit("/", 1)[-1])
        scorer = Scorer(folder, Image.open(path), run)
        if contrast := lens(run, "contrast"):
            check_contrast(report, scorer, contrast, told.get("draws", []), names)
        if belief := lens(run, "belief"):
            for point in belief["points"]:
                report.add("belief", belief_point(scorer, point, belief["answer"], kind), point["logprob"])
        if antisd := lens(run, "antisd"):
            student, teacher = scorer.score_run(), scorer.score_run(before=look_ahead(scorer, scene, question))
            for token in antisd["tokens"]:
                place = (token["step"], token["token"])
                report.add("antisd: student", student[place], token["student"])
                report.add("antisd: teacher", teacher[place], token["teacher"])
                report.add("antisd: φ(u)", phi(teacher[place] - student[place]), phi(token["teacher"] - token["student"]))
    for what, worst in report.worst.items():
        print(f"{what}: {report.count[what]} numbers, at most {report.apart[what]:.2e} apart, {worst:.2e} of the number")
    return int(not report.worst or max(report.worst.values()) > TOLERANCE)


def check_contrast(report: Report, scorer: Scorer, contrast: dict, draws: list[dict], names: dict[str, Path]) -> None:
    own = scorer.score_run()
    looks = [s["turn"] for s in scorer.run["steps"] if s["type"] == "result" and any("picture" in p for p in s["parts"])]
    others = []
    for draw in draws:
        picture = Image.open(names[draw["scene"]]).convert("RGB")
        box = tuple(draw["crop"][k] for k in ("x1", "y1", "x2", "y2"))
        others.append({
            "overview": scorer.score_run(overview=scorer.features(picture)),
            "crop": scorer.score_run(first=looks[-1] + 1, crop=scorer.features(picture, box)) if looks else {},
            "question": scorer.score_run(question=draw["question"]),
        })
    for token in contrast["tokens"]:
        place = (token["step"], token["token"])
        report.add("contrast: own", own[place], token["own"])
        for source in ("overview", "crop", "question"):
            here = [other[source][place] for other in others if place in other[source]]
            for mine, theirs in zip(here, token[source]):
                report.add(f"contrast: {source}", mine, theirs)
            if here and token[source]:
                drop = own[place] - sum(here) / len(here)
                report.add("contrast: mean-log", drop, token["own"] - sum(token[source]) / len(token[source]))
                theirs = token["own"] - math.log(sum(map(math.exp, token[source])) / len(token[source]))
                report.add("contrast: log-mean", own[place] - math.log(sum(map(math.exp, here)) / len(here)), theirs)


if __name__ == "__main__":
    sys.exit(main())
