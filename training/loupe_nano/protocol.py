"""The dialect nano-1 as token ids: docs/protocol.md, rules N1-N11, and nothing of the model."""

from .tokenizer import NanoTokenizer

SYSTEM_TOOLS = "Look at the picture, think, then answer. If something is too small, call image_zoom_in_tool."
SYSTEM_PLAIN = "Look at the picture and answer."


def image_block(tk: NanoTokenizer, image_tokens: int) -> list[int]:
    """`{image}` of N3."""
    v = tk.vocab
    fake = v["<fake_token_around_image>"]
    return [fake, v["<global-img>"], *[tk.image] * image_tokens, fake]


def prefix(tk: NanoTokenizer, image_tokens: int, tools: bool) -> list[int]:
    """N3 up to the question: what all questions about one picture share."""
    system = SYSTEM_TOOLS if tools else SYSTEM_PLAIN
    head = tk.encode(f"<|im_start|>system\n{system}<|im_end|>\n<|im_start|>user\n")
    return head + image_block(tk, image_tokens)


def question(tk: NanoTokenizer, text: str) -> list[int]:
    """N3 from the question on."""
    return tk.encode(text) + tk.encode("<|im_end|>\n<|im_start|>assistant\n")


def observation(tk: NanoTokenizer, image_tokens: int) -> list[int]:
    """N10: the crop told back; stands after the `<|im_end|>` that the model wrote."""
    head = tk.encode("\n<|im_start|>user\n<tool_response>")
    return head + image_block(tk, image_tokens) + tk.encode("</tool_response><|im_end|>\n<|im_start|>assistant\n")


def error(tk: NanoTokenizer, text: str) -> list[int]:
    """N11."""
    return tk.encode(f"\n<|im_start|>user\n<tool_response>Error: {text}</tool_response><|im_end|>\n<|im_start|>assistant\n")


def think(tk: NanoTokenizer, text: str) -> list[int]:
    return tk.encode(f"<think>{text}</think>")


def answer(tk: NanoTokenizer, text: str) -> list[int]:
    """N6 and the end of the turn."""
    return tk.encode(f"<answer>{text}</answer>") + [tk.end]


def box_answer(tk: NanoTokenizer, box: tuple[int, int, int, int]) -> list[int]:
    """An answer that is a box in thousandths, `<answer>[x1, y1, x2, y2]</answer>` (perception training only)."""
    return tk.encode("<answer>[") + tk.box(box) + tk.encode("]</answer>") + [tk.end]
