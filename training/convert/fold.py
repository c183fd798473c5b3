"""Evaluates TensorFlow operations whose inputs are all known: most of the graph computes shapes and resize weights."""
from collections.abc import Callable

import numpy as np

from training.convert.tfjs_graph import ConversionError, TfNode

Arrays = list[np.ndarray]
DTYPES = {"DT_FLOAT": np.float32, "DT_INT32": np.int32, "DT_BOOL": np.bool_}


def scalar(array: np.ndarray) -> int:
    return int(np.asarray(array).reshape(-1)[0])


def cast(node: TfNode, x: Arrays) -> np.ndarray:
    target = DTYPES[node.attribute("DstT")]
    return (np.trunc(x[0]) if target is np.int32 else x[0]).astype(target)


def total(node: TfNode, x: Arrays) -> np.ndarray:
    axes = tuple(np.atleast_1d(x[1]).tolist())
    return x[0].sum(axis=axes, keepdims=bool(node.attribute("keep_dims", False))).astype(x[0].dtype)


def strided_slice(node: TfNode, x: Arrays) -> np.ndarray:
    require_no_masks(node, "begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask")
    shrink = node.attribute("shrink_axis_mask", 0)
    bounds = zip(*(v.tolist() for v in x[1:]), strict=True)
    return x[0][tuple(b if shrink >> i & 1 else slice(b, e, s) for i, (b, e, s) in enumerate(bounds))]


def require_no_masks(node: TfNode, *masks: str) -> None:
    for mask in masks:
        if node.attribute(mask, 0) != 0:
            raise ConversionError(f"StridedSlice {node.name} uses {mask}")


BINARY: dict[str, Callable] = {
    "AddV2": np.add, "Mul": np.multiply, "Sub": np.subtract, "Maximum": np.maximum, "Minimum": np.minimum,
    "GreaterEqual": np.greater_equal, "LessEqual": np.less_equal, "Greater": np.greater, "Less": np.less,
    "NotEqual": np.not_equal, "LogicalAnd": np.logical_and, "FloorDiv": np.floor_divide, "FloorMod": np.mod,
}
UNARY: dict[str, Callable] = {
    "Square": np.square, "Neg": np.negative, "Exp": np.exp, "Abs": np.abs, "Sign": np.sign, "Floor": np.floor,
    "Tanh": np.tanh, "Identity": lambda a: a,
    "Rsqrt": lambda a: (1 / np.sqrt(a)).astype(np.float32),
    "Reciprocal": lambda a: (1 / a).astype(a.dtype),
}
OTHER: dict[str, Callable[[TfNode, Arrays], np.ndarray]] = {
    "RealDiv": lambda n, x: (x[0] / x[1]).astype(x[0].dtype),
    "Pack": lambda n, x: np.stack(x, n.attribute("axis", 0)),
    "Reshape": lambda n, x: x[0].reshape([int(i) for i in x[1]]),
    "Sum": total,
    "BroadcastTo": lambda n, x: np.broadcast_to(x[0], x[1].tolist()),
    "Transpose": lambda n, x: np.transpose(x[0], x[1].tolist()),
    "Cast": cast,
    "SelectV2": lambda n, x: np.where(*x),
    "ExpandDims": lambda n, x: np.expand_dims(x[0], scalar(x[1])),
    "Squeeze": lambda n, x: np.squeeze(x[0], tuple(n.attribute("squeeze_dims"))),
    "Range": lambda n, x: np.arange(*(int(v) for v in x), dtype=x[0].dtype),
    "ConcatV2": lambda n, x: np.concatenate(x[:-1], int(x[-1])),
    "GatherV2": lambda n, x: np.take(x[0], x[1], axis=int(x[2])),
    "Einsum": lambda n, x: np.einsum(n.attribute("equation"), *x),
    "StridedSlice": strided_slice,
}


def evaluate(node: TfNode, x: Arrays) -> np.ndarray:
    """The value of `node` for the arrays `x`. Raises ConversionError for an operation it does not know."""
    with np.errstate(all="ignore"):
        if node.op in BINARY:
            return np.asarray(BINARY[node.op](*x))
        if node.op in UNARY:
            return np.asarray(UNARY[node.op](x[0]))
        if node.op in OTHER:
            return np.asarray(OTHER[node.op](node, x))
    raise ConversionError(f"cannot evaluate {node.op} ({node.name})")
