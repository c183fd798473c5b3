"""Recognises layer normalisation and global means in elementary operations."""
from training.convert.ir import Graph, Index, Node


def match_layer_norm(index: Index, node: Node) -> tuple[str, str, str, float] | None:
    """x, scale, bias and epsilon where `node` is (x − mean) · (rsqrt(max(0, E[x²] − mean²) + ε) · scale) + bias."""
    constants = index.graph.constants
    if node.op != "Add" or node.inputs[1] not in constants:
        return None
    product = index.producer(node.inputs[0], "Mul")
    centred = product and index.producer(product.inputs[0], "Sub")
    factor = product and index.producer(product.inputs[1], "Mul")
    if not centred or not factor or factor.inputs[1] not in constants:
        return None
    inverse = index.producer(factor.inputs[0], "Reciprocal")
    root = inverse and index.producer(inverse.inputs[0], "Sqrt")
    shifted = root and index.producer(root.inputs[0], "Add")
    epsilon = shifted and index.scalar(shifted.inputs[1])
    x, channels = centred.inputs[0], node.shape[-1]
    if epsilon is None or not is_mean(index, index.through_reshapes(centred.inputs[1]), x, channels):
        return None
    clamped = index.producer(index.through_reshapes(shifted.inputs[0]), "Max")
    variance = clamped and index.is_scalar(clamped.inputs[0], 0) and index.producer(clamped.inputs[1], "Sub")
    if not variance or not is_mean_square(index, variance.inputs[0], x, channels):
        return None
    if any(constants[i].size != channels for i in (factor.inputs[1], node.inputs[1])):
        return None
    return x, factor.inputs[1], node.inputs[1], epsilon


def is_mean(index: Index, name: str, x: str, channels: int) -> bool:
    """Whether `name` is the sum of `x` over its last axis, times 1/channels."""
    scaled = index.producer(name, "Mul")
    if not scaled or not index.is_scalar(scaled.inputs[1], 1 / channels, 1e-6):
        return False
    total = index.producer(scaled.inputs[0], "ReduceSum")
    last = len(index.shape(x)) - 1
    return bool(total) and total.inputs[0] == x and index.graph.constants[total.inputs[1]].tolist() == [last]


def is_mean_square(index: Index, name: str, x: str, channels: int) -> bool:
    scaled = index.producer(name, "Mul")
    total = scaled and index.producer(scaled.inputs[0], "ReduceSum")
    square = total and index.producer(total.inputs[0], "Mul")
    return bool(square) and square.inputs == [x, x] and is_mean(index, name, square.output, channels)


def fuse_layer_norm(graph: Graph) -> int:
    index, count = graph.index(), 0
    for node in graph.nodes:
        if (match := match_layer_norm(index, node)) is None:
            continue
        x, scale, bias, epsilon = match
        vectors = [graph.constant(graph.constants[name].reshape(-1)) for name in (scale, bias)]
        node.op, node.inputs, node.attributes = "LayerNormalization", [x, *vectors], {"axis": -1, "epsilon": epsilon}
        count += 1
    graph.remove_unused()
    return count


def fuse_mean(graph: Graph) -> int:
    """Div(Reshape(ReduceSum(x)), number of pixels) is ReduceMean."""
    index, count = graph.index(), 0
    for node in graph.nodes:
        if node.op != "Div" or (divisor := index.scalar(node.inputs[1])) is None:
            continue
        total = index.producer(index.through_reshapes(node.inputs[0]), "ReduceSum")
        if total is None:
            continue
        axes, shape = graph.constants[total.inputs[1]].tolist(), index.shape(total.inputs[0])
        elements = 1
        for axis in axes:
            elements *= shape[axis]
        kept = tuple(1 if i in axes else s for i, s in enumerate(shape))
        if elements == divisor and kept == node.shape:
            node.op, node.inputs, node.attributes = "ReduceMean", list(total.inputs), {"keepdims": 1}
            count += 1
    graph.remove_unused()
    return count
