"""A PyTorch network as an ONNX graph with symbolic batch, height and width; opset 20, the same bytes each time.

`torch.export` gives the operations; those in OPERATIONS are written as ONNX. None of them depends on the size of the
picture, so sizes stay free. A network with another operation needs one more function in the table.
"""
from collections.abc import Callable

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import fx, nn

from training.convert import store_weights, to_onnx

Names = dict[fx.Node, str]
Writer = Callable[[fx.Node, list[str], str], onnx.NodeProto]


def pair(node: fx.Node, index: int, default: int) -> list[int]:
    values = list(node.args[index]) if len(node.args) > index else [default]
    return values * 2 if len(values) == 1 else values


def conv2d(node: fx.Node, inputs: list[str], output: str) -> onnx.NodeProto:
    kernel = list(node.args[1].meta["val"].shape[2:])
    padding = pair(node, 4, 0)
    groups = node.args[6] if len(node.args) > 6 else 1
    return helper.make_node("Conv", inputs, [output], kernel_shape=kernel, strides=pair(node, 3, 1), pads=padding * 2,
                            dilations=pair(node, 5, 1), group=groups)


def pixel_shuffle(node: fx.Node, inputs: list[str], output: str) -> onnx.NodeProto:
    return helper.make_node("DepthToSpace", inputs, [output], blocksize=node.args[1], mode="CRD")


def concatenate(node: fx.Node, inputs: list[str], output: str) -> onnx.NodeProto:
    return helper.make_node("Concat", inputs, [output], axis=node.args[1] if len(node.args) > 1 else 0)


def average_pool(node: fx.Node, inputs: list[str], output: str) -> onnx.NodeProto:
    counted = node.args[5] if len(node.args) > 5 else True
    return helper.make_node("AveragePool", inputs, [output], kernel_shape=pair(node, 1, 1), strides=pair(node, 2, 1),
                            pads=pair(node, 3, 0) * 2, count_include_pad=int(counted))


def softmax(node: fx.Node, inputs: list[str], output: str) -> onnx.NodeProto:
    return helper.make_node("Softmax", inputs, [output], axis=node.args[1])


def plain(operation: str) -> Writer:
    return lambda node, inputs, output: helper.make_node(operation, inputs, [output])


OPERATIONS: dict[str, Writer] = {
    "aten.conv2d.default": conv2d, "aten.conv2d.padding": conv2d, "aten.pixel_shuffle.default": pixel_shuffle,
    "aten.cat.default": concatenate, "aten.softmax.int": softmax, "aten.relu.default": plain("Relu"),
    "aten.tanh.default": plain("Tanh"), "aten.sigmoid.default": plain("Sigmoid"), "aten.add.Tensor": plain("Add"),
    "aten.mul.Tensor": plain("Mul"), "aten.sub.Tensor": plain("Sub"), "aten.div.Tensor": plain("Div"), "aten.sqrt.default": plain("Sqrt"),
    "aten.avg_pool2d.default": average_pool,
}


def tensors_of(node: fx.Node) -> list[fx.Node]:
    """Tensor arguments in order; lists of tensors are spread out."""
    found = []
    for argument in node.args:
        items = argument if isinstance(argument, (list, tuple)) else [argument]
        found += [a for a in items if isinstance(a, fx.Node)]
    return found


def write_nodes(graph: fx.Graph, names: Names) -> list[onnx.NodeProto]:
    """Raises ValueError for an operation that is not in OPERATIONS, or a number where a tensor is expected."""
    nodes = []
    for node in graph.nodes:
        if node.op != "call_function":
            continue
        writer = OPERATIONS.get(str(node.target))
        if writer is None:
            raise ValueError(f"{node.target} has no ONNX counterpart here; add it to OPERATIONS in {__name__}")
        inputs = [names[t] for t in tensors_of(node)]
        if str(node.target).endswith(".Tensor") and len(inputs) != 2:
            raise ValueError(f"{node.target} with a number is not written; make the number a buffer of the network")
        nodes.append(writer(node, inputs, names.setdefault(node, f"t{len(nodes)}")))
    return nodes


def to_graph(network: nn.Module, example: tuple[torch.Tensor, ...], inputs: list[str], outputs: list[str],
             scales: list[float], metadata: dict[str, str], *, float16: bool = True) -> onnx.ModelProto:
    """The checked model. `example` are arguments of any valid size; `scales` say how large inputs, then outputs are
    relative to the picture (1, 0.5, …); weights are stored as float16 and computed in float32."""
    program = torch.export.export(network.eval(), example, strict=False)
    signature, state = program.graph_signature, {**program.state_dict, **program.constants}
    names: Names = {}
    weights: list[onnx.TensorProto] = []
    given = iter(inputs)
    channels = {}
    for node in program.graph.nodes:
        if node.op == "placeholder":
            stored = {**signature.inputs_to_parameters, **signature.inputs_to_buffers}.get(node.name)
            names[node] = stored or next(given)
            if stored:
                weights.append(numpy_helper.from_array(np.ascontiguousarray(state[stored].detach().cpu().float().numpy()), stored))
            else:
                channels[names[node]] = node.meta["val"].shape[1]
        elif node.op == "output":
            for result, name in zip(node.args[0], outputs, strict=True):
                names[result] = name
                channels[name] = result.meta["val"].shape[1]

    def picture(name: str, scale: float) -> onnx.ValueInfoProto:
        suffix = "" if scale == 1 else f"_{round(1 / scale)}"
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", channels[name], f"height{suffix}", f"width{suffix}"])

    values = [picture(n, s) for n, s in zip([*inputs, *outputs], scales, strict=True)]
    graph = helper.make_graph(write_nodes(program.graph, names), metadata.get("name", "network"), values[:len(inputs)],
                              values[len(inputs):], weights)
    model = to_onnx.wrap(graph, metadata)
    model.producer_name = "deblur training"
    if float16:
        store_weights.store(model, store_weights.float16)
    return model
