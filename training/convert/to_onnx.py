"""Writes the small graph as an ONNX model, byte for byte the same each time."""
import onnx
from onnx import TensorProto, helper, numpy_helper

from training.convert.ir import Graph

OPSET = 20
IR_VERSION = 9


def to_onnx(graph: Graph, name: str, metadata: dict[str, str]) -> onnx.ModelProto:
    """An ONNX model with input `input` and output `output`, both float32 of the graph's picture shape."""
    used = {i for n in graph.nodes for i in n.inputs}
    names = {graph.input_name: "input", graph.output: "output"}
    constants = [c for c in graph.constants if c in used]
    names.update((c, f"w{i}") for i, c in enumerate(constants))
    names.update((n.output, f"t{i}") for i, n in enumerate(graph.nodes) if n.output != graph.output)
    nodes = [helper.make_node(n.op, [names[i] for i in n.inputs], [names[n.output]], **n.attributes)
             for n in graph.nodes]
    picture = list(graph.input_shape)
    onnx_graph = helper.make_graph(
        nodes, name,
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, picture)],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, picture)],
        [numpy_helper.from_array(graph.constants[c], names[c]) for c in constants])
    return wrap(onnx_graph, metadata)


def wrap(onnx_graph: onnx.GraphProto, metadata: dict[str, str]) -> onnx.ModelProto:
    """A model around a graph, with provenance in its metadata."""
    model = helper.make_model(onnx_graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    model.producer_name = "deblur training/convert"
    helper.set_model_props(model, dict(sorted(metadata.items())))
    return model


def serialise(model: onnx.ModelProto) -> bytes:
    """The bytes of a checked model; deterministic."""
    onnx.checker.check_model(model)
    return model.SerializeToString(deterministic=True)
