"""MAXIM against TensorFlow.js, and its rewrites against the graph without them."""
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

from training.convert import fuse, golden, maxim, runtime, to_onnx
from training.convert.convert import folder_of
from training.convert.cut_stage import cut, stage_outputs
from training.convert.lower import lower
from training.convert.sources import MAXIM, fetch

REFERENCE = Path(__file__).parent / "data" / "maxim-s1.tfjs.f32"
SCRIPT = Path(__file__).parents[1] / "tfjs_reference.mjs"
TILE = folder_of("maxim-s1") / "maxim-s1.golden-input.u8"


def restore(model: Path | bytes) -> np.ndarray:
    """The sampled result for the golden tile, not clipped."""
    tile = golden.read_input(TILE, golden.GOLDEN["maxim-s1"]).astype(np.float32) / np.float32(255)
    return golden.sample(runtime.run_maxim(runtime.session(model), tile))


def reference(path: Path = REFERENCE) -> np.ndarray:
    return np.fromfile(path, "<f4").reshape(64, 64, 3)


def test_float32_agrees_with_tfjs(maxim_source):
    exact = to_onnx.serialise(maxim.build(maxim_source, maxim.S1, form=None))
    assert runtime.psnr(restore(exact), reference()) >= 100


def test_shipped_file_agrees_with_tfjs():
    assert runtime.psnr(restore(folder_of("maxim-s1") / "maxim-s1.onnx"), reference()) >= 55


@pytest.mark.skipif("DEBLUR_TFJS" not in os.environ, reason=(
    "needs a 290 MB install for one tile: set DEBLUR_TFJS to a folder where "
    "`npm install @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0` was run"))
def test_stored_reference_is_what_tfjs_says(tmp_path):
    target = tmp_path / "result.f32"
    models = fetch(MAXIM) / "package" / "models"
    subprocess.run(["node", SCRIPT, os.environ["DEBLUR_TFJS"], models, TILE, target], check=True)
    assert runtime.psnr(reference(target), reference()) >= 120


def test_rewrites_do_not_change_the_result(maxim_source):
    plain, fused = (lower(maxim_source, 64) for _ in range(2))
    cut(plain, 1)
    cut(fused, 1)
    counts = fuse.fuse(fused)
    assert all(counts.values()), counts
    assert len(fused.nodes) < 0.4 * len(plain.nodes)
    picture = np.random.default_rng(0).random((64, 64, 3), np.float32)
    results = [runtime.run_maxim(runtime.session(to_onnx.serialise(to_onnx.to_onnx(g, "t", {}))), picture)
               for g in (plain, fused)]
    assert runtime.psnr(*results) >= 100


def test_three_stages_are_found(maxim_source):
    assert len(stage_outputs(lower(maxim_source, 64))) == 3
