"""The committed gallery is what the world draws from its seeds, held out from training, and complete."""

import hashlib
import json
from pathlib import Path

import numpy as np
from PIL import Image

from loupe_nano.world import render, sample_scene, scene_json
from loupe_nano.world.questions import KINDS
from loupe_nano.world.scene import Look
from loupe_nano.world.vocabulary import HELD_OUT_FONTS, UNSEEN_STYLES

GALLERY = Path(__file__).resolve().parents[2] / "public" / "gallery"


def entries():
    return json.loads((GALLERY / "index.json").read_text())["pictures"]


def test_the_gallery_is_complete():
    pictures = entries()
    assert len(pictures) == len({p["id"] for p in pictures}) == 24
    for p in pictures:
        with Image.open(GALLERY / p["image"]) as image:
            assert image.size == (p["width"], p["height"])
        assert p["hash"] == hashlib.sha256((GALLERY / p["image"]).read_bytes()).hexdigest()
        with Image.open(GALLERY / p["thumbnail"]) as thumb:
            assert max(thumb.size) == 320
        assert 3 <= len(p["questions"]) <= 4 and any(q["needsZoom"] for q in p["questions"])
        assert all(q["kind"] in KINDS and q["answer"] in q["accepted"] for q in p["questions"])


def test_a_gallery_picture_is_drawn_again_from_its_seed_and_is_held_out():
    for p in entries()[::8]:
        kept = json.loads((GALLERY / p["scene"]).read_text())
        origin = kept["provenance"]
        assert origin["split"] == "test" and origin["heldOut"] == ["font", "ground", "palette", "layout"]
        base, seed = origin["gallerySeed"]
        fewest = 7 + seed % 4 * 2
        scene = sample_scene(np.random.default_rng([base, seed]), "test", (fewest, fewest + 2))
        scene.look, scene.shadow = Look(), 0.34
        assert scene_json(scene, p["image"], [])["objects"] == kept["objects"]
        assert all(o.tag.font in HELD_OUT_FONTS and o.style not in UNSEEN_STYLES for o in scene.objects)
        drawn = render(scene, size=(320, 320)).astype(int)
        committed = np.asarray(Image.open(GALLERY / p["image"]).convert("RGB").resize((320, 320), Image.Resampling.BILINEAR), int)
        assert np.abs(drawn - committed).mean() < 4
