"""Whether two ways of running the model say the same: the app's own results (`npm run eval`) against Python's onnxruntime on the
same files, or against the app's results on another device.

    python -m loupe_nano.agree RESULTS.jsonl --data SCENES [--model ../public/models/loupe-nano]
    python -m loupe_nano.agree RESULTS.jsonl --with OTHER.jsonl

prints the share of runs with the same answer, and of those with the same tokens from first to last.
"""

import argparse
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from .agent import Looker, Run
from .runtime import Folder


@dataclass(frozen=True)
class Said:
    """What one run wrote. `turns`: the tokens of each turn."""

    answer: str | None
    turns: tuple[tuple[int, ...], ...]

    @classmethod
    def of_trajectory(cls, loupe: dict) -> "Said":
        turns: dict[int, list[int]] = {}
        answer = None
        for step in loupe["steps"]:
            turns.setdefault(step["turn"], []).extend(token["id"] for token in step["tokens"])
            if step["type"] == "answer":
                answer = step["text"].strip()
        return cls(answer, tuple(tuple(ids) for ids in turns.values()))

    @classmethod
    def of_run(cls, run: Run) -> "Said":
        return cls(run.answer, tuple(tuple(turn.tokens) for turn in run.turns))


@dataclass(frozen=True)
class Asked:
    image: str  # SHA-256 of the file
    question: str
    tools: bool


def read_results(path: Path) -> dict[Asked, Said]:
    """The runs of an evaluation's results.jsonl, in its order."""
    out = {}
    for line in path.read_text().splitlines():
        told = json.loads(line)
        asked = Asked(told["loupe"]["image"]["hash"], told["question"], told["loupe"]["settings"]["tools"])
        out[asked] = Said.of_trajectory(told["loupe"])
    return out


def pictures_of(data: Path) -> dict[str, Path]:
    """SHA-256 → file, of every file below `data`."""
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in data.rglob("*") if path.is_file()}


def in_python(asked: list[Asked], data: Path, model: Path, threads: int) -> dict[Asked, Said]:
    folder, pictures = Folder(model, threads), pictures_of(data)
    lost = {a.image for a in asked} - set(pictures)
    if lost:
        raise SystemExit(f"{len(lost)} pictures of the results are not in {data}: give the folder that they were made of.")
    lookers: dict[str, Looker] = {}
    out = {}
    for a in asked:
        if a.image not in lookers:
            lookers = {a.image: Looker(folder, Image.open(pictures[a.image]))}
        out[a] = Said.of_run(lookers[a.image].ask(a.question, a.tools))
    return out


def report(mine: dict[Asked, Said], theirs: dict[Asked, Said]) -> dict:
    both = [a for a in mine if a in theirs]
    if not both:
        raise SystemExit("The two have no question in common.")
    same = [mine[a].answer == theirs[a].answer for a in both]
    tokens = [mine[a].turns == theirs[a].turns for a in both]
    return {"n": len(both), "sameAnswer": round(sum(same) / len(both), 4), "sameTokens": round(sum(tokens) / len(both), 4)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--model", type=Path, default=Path("../public/models/loupe-nano"))
    parser.add_argument("--with", dest="other", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="so many differing runs")
    args = parser.parse_args()
    if not args.other and not args.data:
        parser.error("--data says where the scenes of the results are")
    mine = read_results(args.results)
    theirs = read_results(args.other) if args.other else in_python(list(mine), args.data, args.model, args.threads)
    differing = [a for a in mine if a in theirs and mine[a] != theirs[a]]
    for a in differing[: args.show]:
        print(a, mine[a], theirs[a], sep="\n  ")
    print(json.dumps(report(mine, theirs)))


if __name__ == "__main__":
    main()
