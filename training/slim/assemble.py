"""Puts halving, trunk and head together into one ONNX model of a fixed size."""
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from training.convert import to_onnx
from training.export.graph import to_graph
from training.slim.halve import EDGE, TAPS, halving_weights
from training.slim.head import DetailHead
from training.slim.trunk import CORRECTION, FEATURES, cut_trunk

SIDE, TO_NCHW, TO_NHWC = 512, [0, 3, 1, 2], [0, 2, 3, 1]


def renamed(model: onnx.ModelProto, names: dict[str, str], prefix: str) -> onnx.GraphProto:
    """The graph with these names replaced and every other one prefixed."""
    new = lambda name: names.get(name, f"{prefix}{name}" if name else name)
    graph = model.graph
    for node in graph.node:
        for tensors in (node.input, node.output):
            tensors[:] = [new(t) for t in tensors]
    for weight in graph.initializer:
        weight.name = new(weight.name)
    return graph


def assemble(maxim: onnx.ModelProto, head: DetailHead, metadata: dict[str, str]) -> onnx.ModelProto:
    """`input` 1×512×512×3 sRGB in [0,1] to `output`, not clipped. `maxim` is `maxim-s1` at 256×256, its weights stored as they are."""
    example = torch.zeros(1, 3, 64, 64), torch.zeros(1, 32, 32, 32), torch.zeros(1, 3, 32, 32)
    shared = ["picture", FEATURES, CORRECTION, "restored"]
    detail = to_graph(head, example, shared[:3], shared[3:], [1, 0.5, 0.5, 1], metadata)
    trunk = renamed(cut_trunk(maxim), {"input": "half"}, "trunk_")
    top = renamed(detail, {name: name for name in shared}, "head_")
    before = [
        helper.make_node("Transpose", ["input"], ["picture"], perm=TO_NCHW),
        helper.make_node("Pad", ["picture", "halving_pads"], ["continued"], mode="edge"),
        helper.make_node("Conv", ["continued", "halving"], ["half_nchw"], group=3, strides=[2, 2], kernel_shape=[TAPS, TAPS]),
        helper.make_node("Transpose", ["half_nchw"], ["half"], perm=TO_NHWC),
    ]
    between = [helper.make_node("Transpose", [f"trunk_{name}"], [name], perm=TO_NCHW) for name in (FEATURES, CORRECTION)]
    after = [helper.make_node("Transpose", ["restored"], ["output"], perm=TO_NHWC)]
    weights = [numpy_helper.from_array(np.array([0, 0, EDGE, EDGE, 0, 0, EDGE, EDGE], np.int64), "halving_pads"),
               numpy_helper.from_array(halving_weights(), "halving")]
    picture = lambda name: helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, SIDE, SIDE, 3])
    graph = helper.make_graph([*before, *trunk.node, *between, *top.node, *after], metadata["name"], [picture("input")], [picture("output")],
                              [*weights, *trunk.initializer, *top.initializer])
    model = to_onnx.wrap(graph, metadata)
    model.producer_name = "deblur training"
    return model
