"""ONNX files compute what PyTorch does; manifests are valid."""
import hashlib
import json

import jsonschema
import numpy as np
import onnx
import pytest
import torch
from torch import nn

from training.convert import runtime, to_onnx
from training.export import processor_variants, variants
from training.export.__main__ import write
from training.export.example import blurred_example
from training.export.exported import export
from training.export.halo import measure_halo
from training.export.manifest import licences_of
from training.export.session import open_session
from training.models.catalogue import create, task_of
from training.paths import REPOSITORY
from training.tests.conftest import CPU
from training.tests.test_models import shuffled
from training.tests.test_train import toy
from training.train.run import Run
from training.train.weights import save_weights

SCHEMA = json.loads((REPOSITORY / "packages/core/src/models/manifest.schema.json").read_text())


def session_of(network, **options):
    return open_session(to_onnx.serialise(export(network, {"name": "test"}, **options)), 1)


@pytest.mark.parametrize("size", [(1, 32, 48), (2, 64, 16)])
@pytest.mark.parametrize("name", ["photo-tiny", "video-tiny", "classifier-tiny"])
def test_every_size_and_batch_agrees_with_pytorch(name, size):
    network = shuffled(create(name))
    count, height, width = size
    picture = torch.rand(count, 3, height, width)
    states = [torch.rand_like(s) for s in network.first_states(picture)] if task_of(network) == "video" else []
    with torch.no_grad():
        expected = network(picture, *states)
    expected = list(expected) if states else [expected.softmax(1) if task_of(network) == "classify" else expected]
    session = session_of(network, float16=False)
    feeds = dict(zip([i.name for i in session.get_inputs()], [picture.numpy(), *(s.numpy() for s in states)], strict=True))
    results = session.run(None, feeds)
    assert len(results) == len(expected)
    for found, wanted in zip(results, expected):
        assert found.shape == tuple(wanted.shape)
        assert runtime.psnr(found, wanted.numpy()) > 100


def test_a_clip_through_onnx_is_the_clip_through_pytorch():
    network = shuffled(create("video-tiny"))
    session, clip = session_of(network), torch.rand(4, 1, 3, 32, 32)
    states = network.first_states(clip[0])
    carried = [s.numpy() for s in states]
    names = [i.name for i in session.get_inputs()]
    assert [o.name for o in session.get_outputs()] == ["output", *(f"next_{n}" for n in names[1:])]
    for frame in clip:
        with torch.no_grad():
            wanted, *states = network(frame, *states)
        found, *carried = session.run(None, dict(zip(names, [frame.numpy(), *carried])))
        assert runtime.psnr(found, wanted.numpy()) > 60
    assert all(runtime.psnr(c, s.numpy()) > 60 for c, s in zip(carried, states))


def test_photo_fast_is_small_and_has_only_operations_that_gpus_run():
    model = export(shuffled(create("photo-fast")), {"name": "photo-fast"})
    assert len(to_onnx.serialise(model)) <= 6e6
    assert {n.op_type for n in model.graph.node} == {"Cast", "Conv", "Relu", "Add", "DepthToSpace"}
    assert model.opset_import[0].version == 20
    assert all(i.data_type != onnx.TensorProto.FLOAT for i in model.graph.initializer if np.prod(i.dims) > 1000)


def test_files_are_the_same_each_time():
    first, second = (to_onnx.serialise(export(shuffled(create("photo-tiny")), {"name": "test"})) for _ in range(2))
    assert first == second


def test_unknown_operations_are_named():
    class Odd(nn.Module):
        multiple_of = 1

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.cumsum(x, 1)

    with pytest.raises(ValueError, match="cumsum"):
        export(Odd(), {})


@pytest.mark.parametrize("name", ["photo-tiny", "video-tiny"])
def test_manifests_follow_the_schema_and_describe_the_files(tmp_path, name):
    network = shuffled(create(name))
    found = write(network, toy(name), tmp_path, name, "1.2.3", "files/", [])
    manifest = json.loads((tmp_path / f"{name}.json").read_text())
    jsonschema.validate(manifest, SCHEMA)
    assert found["agreement"] >= 60
    for entry in (*manifest["files"], manifest["golden"]["input"], manifest["golden"]["output"]):
        assert entry["path"].startswith("files/")
        content = (tmp_path / entry["path"].removeprefix("files/")).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (entry["bytes"], entry["sha256"])
    states = [t for t in manifest["tensors"]["inputs"] if t["role"] == "state"]
    assert [(s["channels"], s["scale"]) for s in states] == ([(4, 0.5), (8, 0.25)] if name == "video-tiny" else [])
    assert manifest["macPerPixel"] > 1000 and manifest["memory"]["bytesPerPixel"] > 0


def test_the_classifier_has_a_description_of_its_own(tmp_path):
    write(shuffled(create("classifier-tiny")), toy("classifier-tiny"), tmp_path, "classifier-tiny", "1.0.0", "", [])
    assert json.loads((tmp_path / "classifier-tiny.json").read_text())["classes"] == ["sharp", "motion", "defocus"]


def test_halo_is_the_reach_of_a_box():
    """A network that looks 12 pixels to each side needs a halo of 16, the next multiple of 8."""
    def box(picture: np.ndarray) -> np.ndarray:
        planes = torch.from_numpy(picture).permute(2, 0, 1)[:, None]
        return torch.nn.functional.avg_pool2d(planes, 25, 1, 12)[:, 0].permute(1, 2, 0).numpy()

    picture = blurred_example(128).astype(np.float32) / 255
    halo, figures = measure_halo(box, picture, 4)
    assert halo == 16 and figures[16] > 100 > 50 > figures[8]
    assert measure_halo(lambda p: p, picture, 4)[0] == 0


def test_variants_are_smaller_and_near(tmp_path):
    folder = tmp_path / "run"
    Run(toy(steps=1), folder, CPU).train()
    save_weights(folder / "weights.npz", shuffled(create("photo-tiny")))
    variants.main([str(folder), "-o", str(tmp_path), "--data", str(tmp_path / "none"), "--threads", "1"])
    rows = json.loads((tmp_path / "photo-tiny.variants.json").read_text())["variants"]
    assert rows["fp16-stored"]["bytes"] < rows["fp32"]["bytes"] and rows["fp16-stored"]["psnr_to_fp32"] > 90
    assert 25 < rows["int8"]["psnr_to_fp32"] < rows["fp16-stored"]["psnr_to_fp32"]
    model = onnx.load(tmp_path / "photo-tiny.int8.onnx")
    kept = {n.input[1] for n in model.graph.node if n.op_type == "Conv" and not n.input[1].endswith("_DequantizeLinear_Output")}
    assert kept == {"stem.weight", "head.0.weight"}


def test_licences_name_the_data():
    found = licences_of(["a/train/unsplash", "b/video/gopr0477", "c/video/gopr0477", "holidays"])
    assert [f["spdx"] for f in found] == ["LicenseRef-Unsplash", "CC-BY-4.0", "LicenseRef-own", "CC0-1.0"]


def test_a_table_names_what_failed():
    rows = [{"variant": "shipped", "seconds": 1.5, "share_of_shipped": 1.0, "psnr": 30.0, "loss": 0.0}, {"variant": "float16 computed", "failed": "no kernel"}]
    assert processor_variants.table(rows).splitlines()[2:] == ["| shipped | 1.50 | 1.00 | 30.00 | 0.00 |", "| float16 computed | no kernel | | | |"]
