"""Stage C: the reward's arithmetic, what is learnt from and what is not, and a small run from end to end."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from processes import begin, family, gone, until

from loupe_nano import checkpoint, protocol
from loupe_nano.export import main as export_main  # noqa: F401  (imported so that a broken export fails here)
from loupe_nano.model import NanoModel
from loupe_nano.provenance import USUAL
from loupe_nano.rl.cache import Cache
from loupe_nano.rl.grpo import Init, OtherInit, Settings, Trainer, advantages, log_probabilities, loss_of, policy_loss, side_by_side
from loupe_nano.rl.measure import hit
from loupe_nano.rl.prompts import Selection, Stream, draw, prompts_of
from loupe_nano.rl.reward import format_of, reward
from loupe_nano.rl.rollout import Roller, Trajectory
from loupe_nano.rl.select import RULES, rule_of, shown
from loupe_nano.tokenizer import NanoTokenizer

HERE = Path(__file__).parents[1]
GOOD = "<think>a</think><answer>7</answer>"
BAD = "<think>a</think><think><answer>7</answer>"


@pytest.mark.parametrize(
    "text, answer, looks, total",
    [
        (GOOD, "7", 1, 2.0),  # right, tool, format ok
        (GOOD, "7", 0, 0.8),  # right, no tool
        (BAD, "7", 1, 1.8),  # right, tool, bad format
        (GOOD, "8", 1, 0.0),  # wrong, any tool
        (GOOD, "8", 3, 0.0),
        (BAD, "8", 1, -0.2),  # wrong, bad format
        (GOOD, None, 1, 0.0),
        ("<think>a</think><answer>" + "7" * 1000 + "</answer>", "7" * 1000, 1, -0.2),  # too long to be judged
    ],
)
def test_the_papers_unit_cases(text, answer, looks, total):
    assert reward(text, answer, ["7"], looks, True).total == pytest.approx(total)


def test_questions_that_need_no_zoom_do_not_pay_for_looking():
    assert reward(GOOD, "7", ["7"], 0, False).total == pytest.approx(1.2)
    assert reward(GOOD, "7", ["7"], 2, False).total == pytest.approx(1.2)
    assert reward(BAD, "7", ["7"], 0, False).total == pytest.approx(0.8)


@pytest.mark.parametrize(
    "variant, right_look, right_plain, wrong_look",
    [("none", 0.8, 0.8, 0.0), ("unconditional", 1.2, 0.8, 0.4), ("cost", 1.95, 0.8, -0.05), ("conditional", 2.0, 0.8, 0.0)],
)
def test_variants(variant, right_look, right_plain, wrong_look):
    assert reward(GOOD, "7", ["7"], 1, True, variant).total == pytest.approx(right_look)
    assert reward(GOOD, "7", ["7"], 0, True, variant).total == pytest.approx(right_plain)
    assert reward(GOOD, "8", ["7"], 1, True, variant).total == pytest.approx(wrong_look)


def test_format():
    assert format_of(GOOD, "7") == 0
    assert format_of("<answer>7</answer>", "7") == 0
    assert format_of("<think>a</think><answer>7", "7") == -1
    assert format_of("a</think><answer>7</answer>", "7") == -1


@pytest.fixture(scope="module")
def policy():
    model, _, _ = checkpoint.load(HERE / "checkpoints" / "stage-b.safetensors")  # it looks, so that there are crops to mask
    return model.eval()


@pytest.fixture(scope="module")
def groups(policy):
    prompts = prompts_of(policy, [draw([5, 1], 0, 3)])
    return Roller(policy, NanoTokenizer())(prompts, 4, torch.Generator().manual_seed(2))


def test_cached_states_equal_whole_sequences():
    torch.manual_seed(0)
    model = NanoModel().eval()
    x = torch.randn(3, 12, model.cfg.hidden) * 0.3
    state = Cache(model, 3, 32)
    state.append(x[:, :5], torch.tensor([5, 3, 4]))  # rows of different lengths, padded
    state = state.repeat(2).keep(torch.tensor([1, 2, 5]))
    last = state.append(x[[0, 1, 2], 5:9], torch.tensor([4, 2, 3]))
    for row, (source, first, second) in enumerate([(0, 5, 4), (1, 3, 2), (2, 4, 3)]):
        whole = torch.cat([x[source, :first], x[row, 5 : 5 + second]])[None]
        n = whole.shape[1]
        with torch.no_grad():
            hidden, _ = model.decode(whole, torch.arange(n)[None], torch.ones(n, n, dtype=torch.bool).tril()[None, None])
        assert torch.allclose(last[row], hidden[0, -1], atol=1e-4)


def test_only_what_the_policy_wrote_is_its_own(groups):
    tk = NanoTokenizer()
    looked = False
    for t in [t for g in groups for t in g]:
        assert len(t.ids) == len(t.mine) == len(t.logp)
        assert tk.decode([i for i, mine in zip(t.ids, t.mine) if mine]) == t.text
        told = [i for i, mine in zip(t.ids, t.mine) if not mine]
        assert told.count(tk.image) == tk_images(t) and tk.image not in [i for i, mine in zip(t.ids, t.mine) if mine]
        assert all(p == 0 for p, mine in zip(t.logp, t.mine) if not mine)
        looked |= len(t.images) > 1
    assert looked


def tk_images(t: Trajectory) -> int:
    return 64 * len(t.images)


def test_told_tokens_do_not_teach(policy, groups, monkeypatch):
    """The loss is the same whatever chances the tokens told back have or had: they are not among those it is taken from."""
    t = next(t for g in groups for t in g if len(t.images) > 1)
    rows = side_by_side([(t, 1.0)])
    own, _ = log_probabilities(policy, rows)
    assert len(own) == sum(t.mine)
    drawn = torch.tensor([p for p, mine in zip(t.logp, t.mine) if mine])
    # bf16 here, f32 when it was drawn
    assert float((own.detach() - drawn).abs().mean()) < 0.05

    def loss() -> float:
        return float(loss_of(policy, rows, (0.2, 0.28), 0.003)[0].detach())

    taught = loss()
    noise = torch.Generator().manual_seed(4)

    def disturbed(mine: bool) -> tuple[float, float]:
        """The loss where the chances of some tokens when they were drawn are others, and where their chances now are."""
        old = rows.old
        rows.old = torch.where(rows.mine == mine, old - torch.rand(old.shape, generator=noise), old)
        then = loss()
        rows.old = old
        decode = policy.decode

        def other(*args):
            hidden, cache = decode(*args)
            before = torch.nn.functional.pad(rows.mine[:, 1:], (0, 1), value=not mine) == mine  # where such a token comes next
            return hidden + before[..., None] * torch.randn(hidden.shape, generator=noise), cache

        monkeypatch.setattr(policy, "decode", other)
        now = loss()
        monkeypatch.undo()
        return then, now

    assert disturbed(mine=False) == (taught, taught)
    then, now = disturbed(mine=True)
    assert then != taught and now != taught


def test_the_loss_is_clipped():
    old = torch.zeros(3)
    own = torch.log(torch.tensor([1.0, 2.0, 0.5])).requires_grad_()
    loss = policy_loss(own, old, torch.tensor([1.0, 1.0, -1.0]), (0.2, 0.28))
    assert float(loss.detach()) == pytest.approx(-(1.0 + 1.28 - 0.8))
    loss.backward()
    assert own.grad[0] == pytest.approx(-1.0) and own.grad[1] == 0 and own.grad[2] == 0


def test_equal_groups_teach_nothing_and_others_are_centred(groups):
    learnt = advantages(groups, "conditional")
    by_prompt: dict[int, list[float]] = {}
    for t, a in learnt:
        by_prompt.setdefault(id(t.prompt), []).append(a)
    for values in by_prompt.values():
        assert np.mean(values) == pytest.approx(0, abs=1e-6) and np.std(values) > 0.9
    same = [[t] * 4 for t in [g[0] for g in groups]]
    assert advantages(same, "conditional") == []


def run(out: Path, *args: str, init: str = "stage-b"):
    return begin("loupe_nano.rl.grpo", "--init", str(HERE / "checkpoints" / f"{init}.safetensors"), "--out", str(out), "--scenes", "1",
                 "--questions", "2", "--rollouts", "4", "--test-scenes", "1", "--save-every", "0", *args)


def ended(process) -> str:
    told, wrong = process.communicate()
    assert process.returncode == 0, wrong
    return told


def test_a_small_run_from_end_to_end(tmp_path):
    """Some steps, a kill, two more: a log without gaps, a policy that has moved and exports, and all told of how it came to be."""
    killed = run(tmp_path, "--steps", "100", "--snapshots", "100")
    until(lambda: killed.poll() is not None or (tmp_path / "policy.safetensors").exists(), "a kept policy")
    children = family(killed.pid)
    assert children  # scenes are drawn by another process
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    until(lambda: gone(children), "the end of what draws scenes")
    at = checkpoint.kept(tmp_path / "state.pt")["step"]
    with open(tmp_path / "log.jsonl", "a") as log:  # what a kill in the middle of a later step may leave
        log.write(json.dumps({"step": at}) + f'\n{{"step": {at + 1}, "rew')
    (tmp_path / "runs" / "0099.json").write_text("{}")

    told = ended(run(tmp_path, "--steps", str(at + 2), "--snapshots", str(at + 2), "--variant", "cost"))
    assert f"{at} steps" in told
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == list(range(at + 2))
    assert all(0 <= line["accuracy"] <= 1 and line["level"] == 0 for line in lines)
    logged = {"reward", "accuracy", "calls", "mostCalls", "tokens", "iou", "hit", "answeredWithoutCall"}
    assert all(logged <= told.keys() for line in lines for told in (line, *line["byKind"].values()))
    assert sorted(p.name for p in (tmp_path / "runs").iterdir()) == ["0000.json", f"{at + 2:04d}.json"]
    before, _, _ = checkpoint.load(HERE / "checkpoints" / "stage-b.safetensors")
    after, note, _ = checkpoint.load(tmp_path / "policy.safetensors")
    assert note["steps"] == at + 2
    assert note["provenance"] == f"{USUAL['b']} Then reinforcement learning on outcomes (GRPO). From step {at} on: each look cost 0.05."
    moved = [k for k, v in after.state_dict().items() if not torch.equal(v, before.state_dict()[k])]
    if any(line["equalGroups"] < line["groups"] for line in lines):
        assert moved and all(".text_model." in k for k in moved)
    subprocess.run([sys.executable, "-m", "loupe_nano.export", "--checkpoint", str(tmp_path / "policy.safetensors"), "--out",
                    str(tmp_path / "folder"), "--version", "0.0.1"], cwd=HERE, check=True, timeout=300)
    assert (tmp_path / "folder" / "onnx" / "decoder_model_merged_quantized.onnx").stat().st_size > 1_000_000
    about = tmp_path / "about.json"
    about.write_text(json.dumps({"ships": False, "text": ["A run of four steps."], "measured": []}))
    subprocess.run([sys.executable, "-m", "loupe_nano.rl.show", "--run", str(tmp_path), "--about", str(about), "--out",
                    str(tmp_path / "learn"), "--test-scenes", "1", "--scenes", "1"], cwd=HERE, check=True, timeout=300)
    told = json.loads((tmp_path / "learn" / "run.json").read_text())
    (scene,) = told["scenes"]
    assert [c["step"] for c in told["checkpoints"]] == [0, at + 2] and len(told["log"]) == at + 2
    assert (tmp_path / "learn" / scene["picture"]).stat().st_size > 1000
    assert all([run["step"] for run in q["runs"]] == [0, at + 2] for q in scene["questions"])
    assert told["settings"]["variant"] == "cost" and "legs" not in told["settings"]
    assert [(leg["from"], leg["settings"]["variant"]) for leg in told["legs"]] == [(0, "conditional"), (at, "cost")]

    # The minutes are the whole run's, and these are over.
    log = (tmp_path / "log.jsonl").read_text()
    assert "nothing is left to learn" in ended(run(tmp_path, "--steps", "100", "--minutes", "0.001", "--snapshots", "0"))
    assert (tmp_path / "log.jsonl").read_text() == log
    assert checkpoint.load(tmp_path / "policy.safetensors")[1] == note


@pytest.fixture
def trainer(tmp_path):
    def make(sha256: str) -> Trainer:
        return Trainer(NanoModel(), Settings(), tmp_path, Init("x.safetensors", sha256, {"stage": "a", "provenance": "A test."}))

    return make


def test_a_run_killed_before_its_first_state_begins_its_log_again(tmp_path, trainer):
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "0000.json").write_text("{}")
    (tmp_path / "log.jsonl").write_text('{"step": 0}\n{"step": 1}\n')
    assert not trainer("one").resume()
    assert (tmp_path / "log.jsonl").read_text() == "" and not list((tmp_path / "runs").iterdir())


def test_a_run_goes_on_from_its_own_checkpoint_only(tmp_path, trainer):
    first = trainer("one")
    first.begin_leg()
    first.step, first.spent = 7, 90.0
    first.save()
    (tmp_path / "log.jsonl").write_text('{"step": 8}\n')
    with pytest.raises(OtherInit, match="began with another checkpoint"):
        trainer("two").resume()
    assert (tmp_path / "log.jsonl").read_text()  # nothing was changed
    again = trainer("one")
    assert again.resume() and (again.step, again.spent) == (7, 90.0)
    again.begin_leg()
    assert again.legs == first.legs  # the same settings: no new leg


def test_questions_that_teach_nothing_are_dropped(groups):
    """Each rule on its own; and what is answered from the true crop is the policy's own answer."""
    t = next(t for g in groups for t in g if t.prompt.question.needs_zoom)
    accepted = t.prompt.question.accepted
    right, wrong = (Trajectory(t.prompt, text=f"<answer>{a}</answer>", answer=a) for a in (accepted[0], "nothing of the kind"))
    assert rule_of([right] * 4, right) == RULES[0]
    assert rule_of([wrong] * 4, right) == RULES[1]
    assert rule_of([right, wrong], wrong) == RULES[2]
    assert rule_of([right, wrong], right) is None

    # The policy before RL: the demonstrated one answers only once it has looked at the tag alone.
    before, _, _ = checkpoint.load(HERE / "checkpoints" / "stage-a-syntax.safetensors")
    prompt = next(p for p in prompts_of(before.eval(), [draw([5, 1], 0, 3)]) if p.question.needs_zoom)
    (crop,) = shown(Roller(before, NanoTokenizer()), [prompt])
    assert len(crop.crops) == len(prompt.question.targets) and hit(crop) and crop.answer


def test_a_selection_gives_the_questions_that_it_kept(tmp_path):
    path = tmp_path / "selection.json"
    path.write_text(json.dumps({"questions": 4, "kept": [{"level": 0, "seed": [7, 0], "questions": [1]}]}))
    stream = Stream(1, 2, 4, Selection(path))
    try:
        drawn = stream.take(0, 0)
    finally:
        stream.pool.shutdown(cancel_futures=True)
    (_, _, all_asked) = draw([7, 0], 0, 4)
    assert [[q.question for q in asked] for _, _, asked in drawn] == [[all_asked[1].question]] * 2
    with pytest.raises(ValueError, match="level 1"):
        Selection(path).pick(np.random.default_rng(0), 1)


def test_a_prompt_is_what_the_app_sends(groups):
    tk, t = NanoTokenizer(), groups[0][0]
    head = protocol.prefix(tk, 64, True) + protocol.question(tk, t.prompt.question.question)
    assert t.ids[: len(head)] == head and not any(t.mine[: len(head)])
