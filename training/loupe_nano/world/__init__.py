"""The tagged world: random scenes of icons with small tags, drawn at any resolution, with labels and questions.

Not a data set on disk: scenes are data, drawn when needed. Needs numpy and Pillow only.
"""
from .labels import dense_labels
from .questions import KINDS, MIX, Question, ask, needs_zoom
from .render import render
from .sample import sample_scene
from .scene import Scene, SceneObject, Tag, crop_region, scene_json, union
from .vocabulary import ALPHABET, COLORS, COLOR_NAMES, NOUNS, STYLES, TRAIN_STYLES, UNSEEN_STYLES

__all__ = [
    "ALPHABET", "COLORS", "COLOR_NAMES", "KINDS", "MIX", "NOUNS", "STYLES", "TRAIN_STYLES", "UNSEEN_STYLES", "Question", "Scene",
    "SceneObject", "Tag", "ask", "crop_region", "dense_labels", "needs_zoom", "render", "sample_scene", "scene_json", "union",
]
