"""Loupe Nano: a small vision-language model that looks closer before it answers.

Everything Python about it: its world (`world/`), model, training, export to ONNX and evaluation of the exported files.
The only contract with the app is the exported folder (docs/model-manifest.md) and docs/protocol.md.
"""
