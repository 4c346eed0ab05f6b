"""The connector and decoder are Idefics3's: transformers' own modules, given our weights, compute the same."""

import torch
from transformers import Idefics3Config, Idefics3ForConditionalGeneration
from transformers.modeling_outputs import BaseModelOutputWithPooling

from loupe_nano.config import NanoConfig, hf_config
from loupe_nano.model import NanoModel
from loupe_nano.protocol import prefix, question
from loupe_nano.tokenizer import NanoTokenizer

CFG = NanoConfig(hidden=64, layers=2, heads=4, kv_heads=2, head_dim=16, mlp=96, vision_hidden=64, vision_layers=1,
                 vision_heads=2, vision_mlp=64)


def test_transformers_computes_the_same_from_patch_features_on():
    torch.manual_seed(0)
    tk, mine = NanoTokenizer(), NanoModel(CFG)
    theirs = Idefics3ForConditionalGeneration(Idefics3Config(**hf_config(CFG, tk.special_ids()))).eval()
    missing, unexpected = theirs.load_state_dict(mine.state_dict(), strict=False)
    assert not [k for k in missing if "vision_model.embeddings" not in k and "lm_head" not in k]
    assert not [k for k in unexpected if "vision_model.embeddings.stem" not in k and k != "model.connector.position"]
    theirs.tie_weights()
    ids = torch.tensor([prefix(tk, CFG.image_tokens, True) + question(tk, "Where is the dog?") + tk.call((10, 20, 300, 400), "dog")])
    patches = torch.randn(1, CFG.grid**2, CFG.vision_hidden)
    with torch.no_grad():
        features = mine.model.connector(patches)
        assert torch.allclose(theirs.model.connector(patches) + mine.model.connector.position, features, atol=1e-5)
        x = mine.embed(ids)
        x[0, ids[0] == tk.image] = features[0]
        n = ids.shape[1]
        hidden, _ = mine.decode(x, torch.arange(n)[None], torch.ones(n, n, dtype=torch.bool).tril())
        want = mine.logits(hidden)
        picture = BaseModelOutputWithPooling(last_hidden_state=patches, pooler_output=[features[0]])
        got = theirs(input_ids=ids, mm_encoder_outputs={"image": picture}, use_cache=False).logits
    assert torch.allclose(want, got, atol=1e-4)


def test_cached_continuation_equals_the_whole():
    torch.manual_seed(0)
    mine = NanoModel(CFG)
    x = torch.randn(1, 12, CFG.hidden)
    with torch.no_grad():
        mask = torch.ones(12, 12, dtype=torch.bool).tril()
        whole, _ = mine.decode(x, torch.arange(12)[None], mask)
        _, past = mine.decode(x[:, :8], torch.arange(8)[None], mask[:8, :8])
        rest, _ = mine.decode(x[:, 8:], torch.arange(8, 12)[None], mask[8:], past)
    assert torch.allclose(whole[:, 8:], rest, atol=1e-5)
