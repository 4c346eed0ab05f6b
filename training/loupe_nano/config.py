"""The shape of the model and the fixed facts of its exported folder.

The names follow Hugging Face's Idefics3 configuration, so that `hf_config()` is what `config.json` holds.
"""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class NanoConfig:
    """Sizes of the vision tower, the connector and the decoder."""

    vocab: int = 1024
    hidden: int = 192
    layers: int = 5
    heads: int = 6
    kv_heads: int = 2
    head_dim: int = 32
    mlp: int = 512
    rope_theta: float = 10000.0
    rms_eps: float = 1e-5
    context: int = 1024
    image_size: int = 256
    patch: int = 16
    vision_hidden: int = 192
    vision_layers: int = 3
    vision_heads: int = 3
    vision_mlp: int = 768
    ln_eps: float = 1e-6
    shuffle: int = 2

    @property
    def grid(self) -> int:
        """Patches per side."""
        return self.image_size // self.patch

    @property
    def image_tokens(self) -> int:
        """Decoder positions that one image takes."""
        return (self.grid // self.shuffle) ** 2

    def as_dict(self) -> dict:
        return asdict(self)


MEAN = (0.5, 0.5, 0.5)
STD = (0.5, 0.5, 0.5)
CROP_MIN_SIDE = 64
CROP_CONTEXT = 1.25


def hf_config(cfg: NanoConfig, ids: dict[str, int]) -> dict:
    """`config.json` of Idefics3ForConditionalGeneration. `ids` holds the token ids of `tokenizer.special_ids`."""
    text = {
        "model_type": "llama",
        "architectures": ["LlamaForCausalLM"],
        "hidden_size": cfg.hidden,
        "intermediate_size": cfg.mlp,
        "num_hidden_layers": cfg.layers,
        "num_attention_heads": cfg.heads,
        "num_key_value_heads": cfg.kv_heads,
        "head_dim": cfg.head_dim,
        "hidden_act": "silu",
        "vocab_size": cfg.vocab,
        "max_position_embeddings": cfg.context,
        "rms_norm_eps": cfg.rms_eps,
        "rope_theta": cfg.rope_theta,
        "rope_parameters": {"rope_type": "default", "rope_theta": cfg.rope_theta},
        "attention_bias": False,
        "mlp_bias": False,
        "tie_word_embeddings": True,
        "bos_token_id": ids["<|im_start|>"],
        "eos_token_id": ids["<|im_end|>"],
        "pad_token_id": ids["<|im_end|>"],
    }
    vision = {
        "model_type": "idefics3_vision",
        "hidden_size": cfg.vision_hidden,
        "intermediate_size": cfg.vision_mlp,
        "num_hidden_layers": cfg.vision_layers,
        "num_attention_heads": cfg.vision_heads,
        "num_channels": 3,
        "image_size": cfg.image_size,
        "patch_size": cfg.patch,
        "hidden_act": "gelu",
        "layer_norm_eps": cfg.ln_eps,
        "attention_dropout": 0.0,
    }
    return {
        "architectures": ["Idefics3ForConditionalGeneration"],
        "model_type": "idefics3",
        "image_token_id": ids["<image>"],
        "scale_factor": cfg.shuffle,
        "tie_word_embeddings": True,
        "use_cache": True,
        "vocab_size": cfg.vocab,
        "bos_token_id": ids["<|im_start|>"],
        "eos_token_id": ids["<|im_end|>"],
        "pad_token_id": ids["<|im_end|>"],
        "text_config": text,
        "vision_config": vision,
    }
