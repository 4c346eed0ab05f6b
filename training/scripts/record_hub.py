"""Records what Python's processors and tokenizers make of pictures, texts and conversations, for the app's tests to be held to.

    python training/scripts/record_hub.py [--out lib/engine/fixtures/python] [--only sizes,texts,prompts]

Needs torch, torchvision, transformers, tokenizers (recorded with 2.13.0, 0.28.0, 5.24.0, 0.23.3), num2words, Node for the small models,
and no network: processors are made of the values that the hub's configurations have, tokenizers are small ones trained here with
each family's steps, prompts are those of the small models of lib/engine/fixtures/tiny-models.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import subprocess
import tempfile
from pathlib import Path

import torch
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from hub_texts import CORPUS, TEXTS

# PyPI's torchvision does not load its operators beside a CPU build of torch. None is used here; two are named when it is imported.
if not any(schema.name == "torchvision::nms" for schema in torch._C._jit_get_all_schemas()):
    OPERATORS = torch.library.Library("torchvision", "DEF")
    for operator in ("nms", "qnms"):
        OPERATORS.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

ROOT = Path(__file__).resolve().parents[2]
NEAREST = 0
COUNT = 300


def sizes() -> list[tuple[int, int]]:
    """Small and large, flat and tall; by their logarithms, because photographs are not spread evenly either."""
    rng = random.Random(20)
    found = [(1, 1), (28, 28), (32, 32), (512, 512), (1024, 768), (4032, 3024), (3024, 4032), (1920, 1080), (570, 3), (3, 570)]
    while len(found) < COUNT:
        width, height = (round(2 ** rng.uniform(3, 11.9)) for _ in range(2))
        if max(width, height) / min(width, height) < 190:
            found.append((width, height))
    return found


def blank(width: int, height: int) -> torch.Tensor:
    return torch.zeros(3, 1, 1, dtype=torch.uint8).expand(3, height, width)


PLAIN = {"do_rescale": False, "do_normalize": False, "resample": NEAREST, "return_tensors": "pt"}


def record_sizes() -> dict:
    """By the functions that the processors size with; every tenth picture goes through the whole processor too, and must agree."""
    from transformers.image_utils import SizeDict
    from transformers.models.gemma4.image_processing_gemma4 import Gemma4ImageProcessor, get_aspect_ratio_preserving_size
    from transformers.models.idefics3.image_processing_idefics3 import Idefics3ImageProcessor
    from transformers.models.lfm2_vl.image_processing_lfm2_vl import Lfm2VlImageProcessor
    from transformers.models.qwen2_vl.image_processing_qwen2_vl import Qwen2VLImageProcessor, smart_resize

    def tiles(longest: int):
        edge = SizeDict(longest_edge=longest)
        processor = Idefics3ImageProcessor(
            size={"longest_edge": longest}, max_image_size={"longest_edge": 512}, do_image_splitting=True
        )

        def one(width: int, height: int, whole: bool) -> list[int]:
            image = processor.resize(blank(width, height)[None], size=edge, resample=NEAREST)
            image = processor.resize_for_vision_encoder(image, 512, resample=NEAREST)
            rows, columns = image.shape[-2] // 512, image.shape[-1] // 512
            found = [0, 0] if rows * columns == 1 else [rows, columns]
            if whole:
                made = processor.preprocess([blank(width, height)], return_row_col_info=True, **PLAIN)
                assert found == [made["rows"][0][0], made["cols"][0][0]]
            return found

        return one

    def smart(patch: int, least: int, most: int):
        factor = patch * 2
        processor = Qwen2VLImageProcessor(
            patch_size=patch, merge_size=2, size={"shortest_edge": least * factor**2, "longest_edge": most * factor**2}
        )

        def one(width: int, height: int, whole: bool) -> list[int]:
            tall, wide = smart_resize(height, width, factor, least * factor**2, most * factor**2)
            if whole and tall * wide < 2_000_000:
                _, rows, columns = processor.preprocess([blank(width, height)], **PLAIN)["image_grid_thw"][0].tolist()
                assert [tall, wide] == [rows * patch, columns * patch]
            return [wide, tall]

        return one

    def lfm2(thumbnail: bool):
        tokens = {"downsample_factor": 2, "min_image_tokens": 64, "max_image_tokens": 256, "encoder_patch_size": 16}
        cut = {"tile_size": 512, "min_tiles": 2, "max_tiles": 10, "use_thumbnail": thumbnail, "max_pixels_tolerance": 2.0}
        processor = Lfm2VlImageProcessor(**tokens, **cut)

        def one(width: int, height: int, whole: bool) -> list[int]:
            """Rows, columns, and the patches down and across the last piece: the thumbnail, the last tile, or all there is."""
            images, rows, columns, _ = processor.resize_and_split(
                blank(width, height)[None], resample=NEAREST, **tokens, **cut
            )
            last = images[0][-1].shape
            found = [rows[0], columns[0], last[-2] // 16, last[-1] // 16]
            if whole:
                made = processor.preprocess([blank(width, height)], return_row_col_info=True, **PLAIN)
                assert found == [int(made["image_rows"][0]), int(made["image_cols"][0]), *made["spatial_shapes"][-1].tolist()]
            return found

        return one

    def gemma4(tokens: int):
        processor = Gemma4ImageProcessor(max_soft_tokens=tokens)

        def one(width: int, height: int, whole: bool) -> list[int]:
            tall, wide = get_aspect_ratio_preserving_size(height, width, 16, tokens * 9, 3)
            if whole:
                made = processor.preprocess([blank(width, height)], **PLAIN)
                assert int(made["num_soft_tokens_per_image"][0]) == wide * tall // 48**2
                assert [wide // 16 - 1, tall // 16 - 1] == made["image_position_ids"][0].max(dim=0).values.tolist()
            return [wide, tall]

        return one

    makers = {
        "tiles 512 in 2048": tiles(2048),
        "tiles 512 in 1024": tiles(1024),
        "smart 28, 4 to 1280": smart(14, 4, 1280),
        "smart 32, 64 to 1280": smart(16, 64, 1280),
        "smart 32, 64 to 16384": smart(16, 64, 16384),
        "lfm2 2 to 10 tiles": lfm2(False),
        "lfm2 2 to 10 tiles and a thumbnail": lfm2(True),
        "gemma4 280": gemma4(280),
    }
    given = sizes()
    cases = {}
    for name, one in makers.items():
        cases[name] = [one(width, height, i % 10 == 0) for i, (width, height) in enumerate(given)]
        print(name, len(cases[name]), flush=True)
    return {"sizes": given, "cases": cases}


WORDS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?"
REST = r"[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
CUTS = {
    "qwen2": WORDS + r"\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+" + REST,
    "qwen3_5": WORDS + r"[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+" + REST,
    "lfm2": WORDS + r"\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+" + REST,
}
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|image_pad|>", "<image>"]
ADDED = ["<think>", "</think>", "<tool_call>", "</tool_call>"]


def byte_level(name: str) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    if name == "smolvlm":
        steps = [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    else:
        cut = pre_tokenizers.Split(Regex(CUTS[name]), behavior="isolated", invert=False)
        steps = [cut, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
        if name != "lfm2":
            tokenizer.normalizer = normalizers.NFC()
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=900, initial_alphabet=alphabet, special_tokens=[], show_progress=False)
    # Trained on texts that are not cut: its merges lie across every cut there could be, so that a cut in another place shows.
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.train_from_iterator(CORPUS + TEXTS + TEXTS, trainer)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(steps)
    tokenizer.add_special_tokens([AddedToken(token, normalized=False, special=True) for token in SPECIAL])
    tokenizer.add_tokens([AddedToken(token, normalized=False) for token in ADDED])
    if name == "lfm2":
        first = tokenizer.token_to_id("<|endoftext|>")
        tokenizer.post_processor = processors.TemplateProcessing(
            single="<|endoftext|> $A", special_tokens=[("<|endoftext|>", first)]
        )
    return tokenizer


def with_spaces() -> Tokenizer:
    """Gemma: spaces are a letter of the vocabulary, and bytes are written out where a character is not in it."""
    tokenizer = Tokenizer(models.BPE(byte_fallback=True, fuse_unk=True, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", behavior="merged_with_previous", invert=False)
    steps = [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    tokenizer.decoder = decoders.Sequence(steps)
    special = ["<pad>", "<eos>", "<bos>", "<unk>"]
    trainer = trainers.BpeTrainer(
        vocab_size=700, special_tokens=special + [f"<0x{byte:02X}>" for byte in range(256)],
        limit_alphabet=90, show_progress=False,
    )  # fmt: skip
    tokenizer.train_from_iterator(CORPUS, trainer)
    turns = ["<|turn>", "<turn|>", "<|image>", "<|image|>", "<image|>", "<|tool_call>", "<tool_call|>", '<|"|>']
    tokenizer.add_special_tokens([AddedToken(token, normalized=False, special=True) for token in turns])
    return tokenizer


def record_texts(out: Path) -> dict:
    recorded = {}
    for name in ["smolvlm", *CUTS, "gemma4"]:
        tokenizer = with_spaces() if name == "gemma4" else byte_level(name)
        (out / f"tokenizer-{name}.json").write_text(json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False) + "\n")
        recorded[name] = [tokenizer.encode(text, add_special_tokens=False).ids for text in TEXTS]
        print(name, tokenizer.get_vocab_size(), sum(map(len, recorded[name])))
    return {"texts": TEXTS, "ids": recorded}


FAMILIES = ["idefics3", "smolvlm", "qwen2_vl", "qwen2_5_vl", "qwen3_vl", "qwen3_5", "lfm2_vl"]
PICTURES = [(260, 190), (40, 300), (700, 500)]


def runs(ids: list[int]) -> list[list[int]]:
    """Ids as [id, how often in a row]."""
    out: list[list[int]] = []
    for one in ids:
        if out and out[-1][0] == one:
            out[-1][1] += 1
        else:
            out.append([one, 1])
    return out


def conversations() -> list[list[dict]]:
    def text(words: str) -> dict:
        return {"type": "text", "text": words}

    image = {"type": "image"}
    system = {"role": "system", "content": [text("Look closely.")]}
    one = {"role": "user", "content": [image, text("What is it? 12 ½ 犬")]}
    two = {"role": "user", "content": [text("First: "), image, text(" then: "), image, text(" Which?")]}
    return [[one], [system, one], [system, two]]


def record_prompts() -> dict:
    from transformers import AutoProcessor

    recorded = {}
    with tempfile.TemporaryDirectory() as folder:
        for family in FAMILIES:
            to = Path(folder) / family
            make = ["node", "scripts/tiny-models.mjs", "--family", family, "--out", str(to)]
            subprocess.run(make, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            processor = AutoProcessor.from_pretrained(to)
            cases = []
            for messages in conversations():
                count = sum(part["type"] == "image" for message in messages for part in message["content"])
                given = messages
                # Two templates add a system's words to a text.
                if family in ("lfm2_vl",):
                    given = [{**m, "content": m["content"][0]["text"]} if m["role"] == "system" else m for m in messages]
                text = processor.apply_chat_template(given, add_generation_prompt=True, tokenize=False)
                for first in range(len(PICTURES)):
                    pictures = [PICTURES[(first + i) % len(PICTURES)] for i in range(count)]
                    images = [blank(*size).contiguous() for size in pictures]
                    made = processor(text=[text], images=[images] if "vlm" in family or "idefics" in family else images,
                                     add_special_tokens=False, return_tensors="pt")  # fmt: skip
                    cases.append({"messages": messages, "pictures": pictures, "text": text, "ids": runs(made["input_ids"][0].tolist())})
            recorded[family] = cases
            print(family, len(cases), sum(count for case in cases for _, count in case["ids"]))
    return recorded


def record_real(folder: Path) -> dict:
    """The same texts by real tokenizers, `<folder>/hub/<name>/tokenizer.json.gz`: to try the app on, not to be committed."""
    ids = {}
    for path in sorted((folder / "hub").glob("*/tokenizer.json.gz")):
        tokenizer = Tokenizer.from_str(gzip.decompress(path.read_bytes()).decode())
        ids[path.parent.name] = [tokenizer.encode(text, add_special_tokens=False).ids for text in TEXTS]
    return {"texts": TEXTS, "ids": ids}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "lib/engine/fixtures/python")
    parser.add_argument("--only", default="sizes,texts,prompts")
    parser.add_argument("--real", type=Path, help="a folder of real files: records texts.json for them in --out, nothing else")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    if given.real:
        (given.out / "real-texts.json").write_text(json.dumps(record_real(given.real), ensure_ascii=False) + "\n")
        return
    parts = {"sizes": record_sizes, "texts": lambda: record_texts(given.out), "prompts": record_prompts}
    for name in given.only.split(","):
        text = json.dumps(parts[name](), ensure_ascii=False, separators=(",", ":"))
        (given.out / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
