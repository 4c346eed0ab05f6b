"""DeepEyes' reward of a whole trajectory (arXiv 2505.14362; formulas and unit cases as its released `vl_agent.py` has them).

A question that needs zoom counts as fine-grained perception, `0.8·acc + 0.2·format + 1.2·tool`; another one as reasoning,
`1.2·acc + 0.4·format`, so that not looking is not punished. `acc` is normalised exact match, where DeepEyes asks a judge.
"""

from dataclasses import dataclass

from ..score import right

#: `conditional` is the paper's; `none` and `unconditional` are its ablations; `cost` is ours: 0.05 a call.
VARIANTS = ("conditional", "none", "unconditional", "cost")
LONGEST_ANSWER = 1000
CALL_COST = 0.05


@dataclass(frozen=True)
class Reward:
    acc: float
    format: float  # 0 or -1
    tool: float
    total: float


def format_of(text: str, answer: str | None) -> float:
    """-1 where tags do not pair, else 0."""
    tail = text.rsplit("</think>", 1)[-1]
    paired = text.count("<think>") == text.count("</think>") and tail.count("<answer>") == tail.count("</answer>")
    return 0.0 if paired and len(answer or "") < LONGEST_ANSWER else -1.0


def reward(text: str, answer: str | None, accepted: list[str], looks: int, needs_zoom: bool, variant: str = "conditional") -> Reward:
    """`looks`: crops that came back."""
    acc = float(answer is not None and len(answer) < LONGEST_ANSWER and right(answer, accepted))
    form = format_of(text, answer)
    if not needs_zoom:
        total = 1.2 * acc + 0.4 * form
        return Reward(acc, form, 0.0, total - (CALL_COST * looks if variant == "cost" else 0.0))
    looked = float(looks > 0)
    if variant == "none":
        return Reward(acc, form, 0.0, 0.8 * acc + 0.2 * form)
    if variant == "unconditional":
        return Reward(acc, form, looked, 0.8 * acc + 0.2 * form + 0.4 * looked)
    tool = looked * acc
    cost = CALL_COST * looks if variant == "cost" else 0.0
    return Reward(acc, form, tool, 0.8 * acc + 0.2 * form + 1.2 * tool - cost)
