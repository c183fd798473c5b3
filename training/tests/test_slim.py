"""maxim-s1-lite: halving, trunk, head, and all of it put together, on procedural pictures."""
import json

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from training.convert import runtime
from training.export.example import blurred_example
from training.slim import __main__ as slim
from training.slim import export, features
from training.slim.halve import halve, halving_kernel
from training.slim.head import DetailHead
from training.slim.leave_out import blocks, without
from training.slim.trunk import CORRECTION, FEATURES, cut_trunk


@pytest.fixture(scope="module")
def maxim() -> onnx.ModelProto:
    return onnx.load(features.MAXIM)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Two steps of training on two items."""
    folder = tmp_path_factory.mktemp("slim")
    nothing = ["--data", str(folder / "nothing")]
    features.main(["-o", str(folder / "features"), "--count", "2", "--held-out", "1", "--sharp", "1", "--threads", "1", *nothing])
    slim.main([str(folder / "features"), "--steps", "2", "--out", str(folder / "run"), "--batch", "2", "--patch", "64", "--validations", "1",
               "--threads", "1", *nothing])
    return folder / "run"


def test_halving_agrees_with_pytorch():
    picture = torch.from_numpy(np.random.default_rng(0).random((1, 3, 40, 56), np.float32))
    expected = torch.nn.functional.interpolate(picture, scale_factor=0.5, mode="bicubic", antialias=True, align_corners=False)
    assert torch.allclose(halve(picture)[..., 2:-2, 2:-2], expected[..., 2:-2, 2:-2], atol=1e-5)
    assert halving_kernel().sum() == pytest.approx(1)
    assert torch.allclose(halve(torch.full((1, 3, 16, 16), 0.25)), torch.tensor(0.25), atol=1e-6)


def test_the_trunk_gives_the_correction_that_makes_the_picture(maxim):
    picture = blurred_example(256)[None].astype(np.float32) / np.float32(255)
    features_found, correction = runtime.session(cut_trunk(maxim).SerializeToString(), 1).run([FEATURES, CORRECTION], {"input": picture})
    whole = runtime.session(maxim.SerializeToString(), 1).run(None, {"input": picture})[0]
    np.testing.assert_allclose(picture + correction, whole, atol=1e-4)
    assert features_found.shape == (1, 256, 256, 32)


def test_blocks_are_found_and_can_be_left_out(maxim):
    found = blocks(maxim.graph)
    assert len(found) == 16
    smaller = without(maxim, found[0])
    onnx.checker.check_model(smaller)
    assert len(smaller.graph.node) < len(maxim.graph.node) and len(blocks(smaller.graph)) == 15


def test_another_network_is_refused(maxim):
    other = onnx.load(features.MAXIM.with_name("ffdnet-color.onnx"))
    with pytest.raises(ValueError, match="not the first stage of MAXIM"):
        cut_trunk(other)


def test_a_fresh_head_adds_most_of_the_enlarged_correction():
    picture, given, correction = torch.rand(1, 3, 32, 48), torch.rand(1, 32, 16, 24), torch.rand(1, 3, 16, 24)
    enlarged = torch.nn.functional.interpolate(correction, scale_factor=2, mode="bicubic", align_corners=False)
    with torch.no_grad():
        result = DetailHead()(picture, given, correction)
    assert torch.allclose(result[..., 4:-4, 4:-4], (picture + torch.sigmoid(torch.tensor(2.0)) * enlarged)[..., 4:-4, 4:-4], atol=1e-5)


def test_items_are_made_once_and_are_the_same_again(run, tmp_path):
    folder = run.parent / "features"
    made = {p: p.stat().st_mtime_ns for p in folder.rglob("*.npz")}
    again = ["--count", "2", "--held-out", "1", "--sharp", "1", "--threads", "1", "--data", str(tmp_path)]
    features.main(["-o", str(folder), *again])
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*.npz")} == made and len(made) == 4
    with np.load(folder / "train" / "00000.npz") as first, np.load(folder / "train" / "00001.npz") as second, \
            np.load(folder / "sharp" / "00000.npz") as sharp:
        assert first["features"].shape == (32, 256, 256) and first["blurred"].shape == (3, 512, 512) and first["correction"].shape == (3, 256, 256)
        assert not np.array_equal(first["blurred"], second["blurred"])
        assert np.array_equal(sharp["blurred"], sharp["sharp"])


def test_training_writes_weights_and_a_log(run):
    head, settings = export.load_head(run)
    fresh = DetailHead()
    assert settings.steps == 2
    assert any(not torch.equal(a, b) for a, b in zip(head.head.parameters(), fresh.head.parameters()))
    assert (run / "log.csv").read_text().count("\n") == 2


def test_the_exported_model_computes_what_trunk_and_head_compute(run, tmp_path):
    export.main([str(run), "-o", str(tmp_path)])
    session = onnxruntime.InferenceSession(tmp_path / "maxim-s1-lite.onnx", providers=["CPUExecutionProvider"])
    assert session.get_inputs()[0].shape == session.get_outputs()[0].shape == [1, 512, 512, 3]
    memory = json.loads((tmp_path / "maxim-s1-lite.json").read_text())["memory"]
    assert memory["fixedBytes"] > 10e6 and memory["bytesPerPixel"] > 100
    assert (tmp_path / "maxim-s1-lite.golden-output.f32").stat().st_size == 4 * 3 * 128**2
