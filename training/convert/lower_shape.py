"""TensorFlow operations that move or reduce data, as ONNX."""
import numpy as np

from training.convert.fold import require_no_masks, scalar
from training.convert.ir import Graph, Tensor
from training.convert.tfjs_graph import ConversionError, TfNode


def reshape_to(graph: Graph, x: Tensor, shape: list[int]) -> Tensor:
    shape = [int(i) for i in shape]
    elements = int(np.prod(x.shape))
    if -1 in shape:
        shape[shape.index(-1)] = elements // -int(np.prod(shape))
    if int(np.prod(shape)) != elements:
        raise ConversionError(f"cannot reshape {x.shape} to {shape}")
    return x if tuple(shape) == x.shape else graph.add("Reshape", [x.name, graph.integers(*shape)], shape)


def reshape(graph: Graph, node: TfNode, x: list) -> Tensor:
    return reshape_to(graph, x[0], x[1].tolist())


def expand_dims(graph: Graph, node: TfNode, x: list) -> Tensor:
    return reshape_to(graph, x[0], np.expand_dims(np.broadcast_to(0, x[0].shape), scalar(x[1])).shape)


def squeeze(graph: Graph, node: TfNode, x: list) -> Tensor:
    axes = tuple(node.attribute("squeeze_dims"))
    return reshape_to(graph, x[0], np.squeeze(np.broadcast_to(0, x[0].shape), axes).shape)


def total(graph: Graph, node: TfNode, x: list) -> Tensor:
    rank, keep = len(x[0].shape), bool(node.attribute("keep_dims", False))
    axes = sorted(int(a) % rank for a in np.atleast_1d(x[1]))
    shape = [1 if i in axes else s for i, s in enumerate(x[0].shape) if keep or i not in axes]
    return graph.add("ReduceSum", [x[0].name, graph.integers(*axes)], shape, keepdims=int(keep))


def broadcast(graph: Graph, node: TfNode, x: list) -> Tensor:
    shape = tuple(x[1].tolist())
    return x[0] if shape == x[0].shape else graph.add("Expand", [x[0].name, graph.integers(*shape)], shape)


def transpose(graph: Graph, node: TfNode, x: list) -> Tensor:
    order = x[1].tolist()
    return graph.add("Transpose", [x[0].name], [x[0].shape[i] for i in order], perm=order)


def concat(graph: Graph, node: TfNode, x: list) -> Tensor:
    axis, parts = int(x[-1]), x[:-1]
    shape = list(parts[0].shape)
    shape[axis] = sum(p.shape[axis] for p in parts)
    names = [p.name if isinstance(p, Tensor) else graph.constant(p) for p in parts]
    return graph.add("Concat", names, shape, axis=axis)


def gather(graph: Graph, node: TfNode, x: list) -> Tensor:
    axis = int(x[2])
    shape = x[0].shape[:axis] + x[1].shape + x[0].shape[axis + 1:]
    return graph.add("Gather", [x[0].name, graph.constant(x[1].astype(np.int64))], shape, axis=axis)


def strided_slice(graph: Graph, node: TfNode, x: list) -> Tensor:
    require_no_masks(node, "begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask")
    begin, end, step = (v.tolist() for v in x[1:])
    shape = list(x[0].shape)
    axes = []
    for i, bounds in enumerate(zip(begin, end, step)):
        length = len(range(*slice(*bounds).indices(shape[i])))
        if length != shape[i] or step[i] != 1:
            axes.append(i)
        shape[i] = length
    if not axes:
        return x[0]
    picked = [graph.integers(*(v[i] for i in axes)) for v in (begin, end)]
    steps = graph.integers(*(step[i] for i in axes))
    return graph.add("Slice", [x[0].name, *picked, graph.integers(*axes), steps], shape)


SHAPING = {
    "Reshape": reshape, "ExpandDims": expand_dims, "Squeeze": squeeze, "Sum": total, "BroadcastTo": broadcast,
    "Transpose": transpose, "ConcatV2": concat, "GatherV2": gather, "StridedSlice": strided_slice,
}
