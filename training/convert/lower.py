"""TensorFlow graph to ONNX operations at one fixed picture size (NHWC)."""
from collections.abc import Callable

import numpy as np

from training.convert import fold
from training.convert.ir import Graph, Tensor
from training.convert.lower_linear import LINEAR
from training.convert.lower_shape import SHAPING
from training.convert.tfjs_graph import ConversionError, TfGraph, TfNode

Value = Tensor | np.ndarray
ELEMENTWISE = {
    "AddV2": "Add", "Mul": "Mul", "Sub": "Sub", "RealDiv": "Div", "Maximum": "Max", "Minimum": "Min",
    "GreaterEqual": "GreaterOrEqual", "SelectV2": "Where",
}


def without_broadcast(value: Value) -> Value:
    """A constant that numpy broadcast, at its own size again: ONNX broadcasts by itself."""
    if isinstance(value, Tensor) or value.ndim == 0:
        return value
    return value[tuple(slice(0, 1) if s == 0 and d > 1 else slice(None) for s, d in zip(value.strides, value.shape))]


def name_of(graph: Graph, value: Value) -> str:
    return value.name if isinstance(value, Tensor) else graph.constant(value)


def elementwise(graph: Graph, node: TfNode, x: list[Value]) -> Tensor:
    shape = np.broadcast_shapes(*(v.shape for v in x))
    x = [without_broadcast(v) for v in x]
    if np.broadcast_shapes(*(v.shape for v in x)) != shape:
        raise ConversionError(f"{node.name}: broadcast of constants only")
    return graph.add(ELEMENTWISE[node.op], [name_of(graph, v) for v in x], shape)


def unary(graph: Graph, node: TfNode, x: list[Value]) -> Tensor:
    return graph.add(node.op, [x[0].name], x[0].shape)


def square(graph: Graph, node: TfNode, x: list[Value]) -> Tensor:
    return graph.add("Mul", [x[0].name] * 2, x[0].shape)


def reciprocal_root(graph: Graph, node: TfNode, x: list[Value]) -> Tensor:
    root = graph.add("Sqrt", [x[0].name], x[0].shape)
    return graph.add("Reciprocal", [root.name], x[0].shape)


def identity(graph: Graph, node: TfNode, x: list[Value]) -> Value:
    return x[0]


LOWERINGS: dict[str, Callable[[Graph, TfNode, list], Value]] = {
    **dict.fromkeys(ELEMENTWISE, elementwise),
    **dict.fromkeys(("Neg", "Exp", "Tanh", "Reciprocal"), unary),
    "Square": square,
    "Rsqrt": reciprocal_root,
    "Identity": identity,
    **SHAPING,
    **LINEAR,
}


def lower(source: TfGraph, size: int) -> Graph:
    """The graph for pictures of `size`×`size`; what does not depend on the picture is evaluated.

    Raises ConversionError for operations outside those that MAXIM uses.
    """
    graph = Graph("input", (1, size, size, 3))
    values: dict[str, Value] = {}
    for node in source.nodes:
        if node.op == "Const":
            values[node.name] = source.weights[node.name]
            continue
        if node.op == "Placeholder":
            values[node.name] = Tensor(graph.input_name, graph.input_shape)
            continue
        x = [values[i] for i in node.inputs]
        if node.op == "Shape":
            values[node.name] = np.array(x[0].shape, np.int32)
        elif not any(isinstance(v, Tensor) for v in x):
            values[node.name] = fold.evaluate(node, x)
        elif node.op in LOWERINGS:
            values[node.name] = LOWERINGS[node.op](graph, node, x)
        else:
            raise ConversionError(f"no ONNX form for {node.op} ({node.name})")
    graph.output = values[source.output].name
    graph.remove_unused()
    return graph
