"""How far a trainer whose schedule runs on the clock has come: kept beside its weights until it is done, to go on from after a kill."""

from pathlib import Path

from . import checkpoint


class Progress:
    """`out` with the ending .state. `parts` are what has a state_dict; where a state is kept they are loaded at once."""

    def __init__(self, out: Path, **parts):
        self.path, self.parts = out.with_suffix(".state"), parts
        self.step, self.pictures, self.spent = 0, 0, 0.0  # `spent`: seconds
        if state := checkpoint.kept(self.path):
            for name, part in parts.items():
                part.load_state_dict(state[name])
            self.step, self.pictures, self.spent = state["step"], state["pictures"], state["spent"]
            print(f"goes on after {self.spent:.0f} s, {self.step} steps", flush=True)

    def keep(self, step: int, pictures: int, spent: float) -> None:
        """Before the weights are written: where they stand without a state, learning has come to its end."""
        states = {name: part.state_dict() for name, part in self.parts.items()}
        checkpoint.keep(self.path, {**states, "step": step, "pictures": pictures, "spent": spent})

    def done(self) -> None:
        self.path.unlink(missing_ok=True)
