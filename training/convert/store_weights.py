"""Stores weights small and restores them in the graph; the runtime folds that away, so computing stays float32."""
from collections.abc import Callable

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

VECTOR = 256
SENSITIVE = 9216
Stored = tuple[list[onnx.TensorProto], list[onnx.NodeProto]]
Form = Callable[[str, np.ndarray, int], Stored]


def int8(name: str, array: np.ndarray, axis: int) -> Stored:
    """Symmetric int8 with one float32 scale per output channel (`axis`), restored by Cast and Mul."""
    others = tuple(i for i in range(array.ndim) if i != axis)
    scale = np.abs(array).max(others, keepdims=True).astype(np.float32) / np.float32(127)
    scale[scale == 0] = 1
    levels = np.clip(np.round(array / scale), -127, 127).astype(np.int8)
    return (
        [numpy_helper.from_array(levels, f"{name}_q"), numpy_helper.from_array(scale, f"{name}_s")],
        [helper.make_node("Cast", [f"{name}_q"], [f"{name}_f"], to=TensorProto.FLOAT),
         helper.make_node("Mul", [f"{name}_f", f"{name}_s"], [name])],
    )


def float16(name: str, array: np.ndarray, axis: int) -> Stored:
    """Half precision, restored by Cast."""
    return (
        [numpy_helper.from_array(array.astype(np.float16), f"{name}_h")],
        [helper.make_node("Cast", [f"{name}_h"], [name], to=TensorProto.FLOAT)],
    )


def int8_or_float16(name: str, array: np.ndarray, axis: int, limit: int = SENSITIVE) -> Stored:
    """int8 for the large weights; float16 where int8 costs quality and float16 few bytes.

    That is weights of up to `limit` elements (the first convolutions and those at full resolution: `results/storage.json`) and the
    mostly zero matrices that resize, whose rows must sum to 1.
    """
    small = array.size <= limit or np.mean(array == 0) > 0.5
    return (float16 if small else int8)(name, array, axis)


def output_axis(model: onnx.ModelProto, name: str, rank: int) -> int:
    """The axis of a weight that numbers output channels (rows, for a matrix on the left of a product)."""
    for node in model.graph.node:
        if name in node.input:
            on_the_left = node.op_type == "MatMul" and node.input[0] == name
            return {"Conv": 0, "ConvTranspose": 1}.get(node.op_type, 0 if on_the_left else rank - 1)
    raise ValueError(f"nothing uses {name}")


def store(model: onnx.ModelProto, form: Form) -> None:
    """Rewrites in place every float32 weight of rank ≥ 2 and more than 256 elements."""
    weights: list[onnx.TensorProto] = []
    restore: list[onnx.NodeProto] = []
    for tensor in model.graph.initializer:
        array = numpy_helper.to_array(tensor)
        if array.dtype != np.float32 or array.ndim < 2 or array.size <= VECTOR:
            weights.append(tensor)
            continue
        stored, nodes = form(tensor.name, array, output_axis(model, tensor.name, array.ndim))
        weights += stored
        restore += nodes
    nodes = restore + list(model.graph.node)
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend(weights)
    model.graph.node.extend(nodes)


def restore(model: onnx.ModelProto) -> None:
    """Undoes `store` in place: weights are float32 initializers again, as the runtime computes them when it loads the model."""
    arrays = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    nodes = []
    for node in model.graph.node:
        if node.op_type in ("Cast", "Mul") and all(i in arrays for i in node.input):
            values = [arrays[i] for i in node.input]
            arrays[node.output[0]] = values[0].astype(np.float32) if node.op_type == "Cast" else values[0] * values[1]
        else:
            nodes.append(node)
    used = {i for n in nodes for i in n.input}
    weights = [numpy_helper.from_array(np.ascontiguousarray(a), n) for n, a in arrays.items() if n in used]
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend(weights)
    model.graph.node.extend(nodes)
