"""Recognises activations in elementary operations."""
from training.convert.ir import Graph, Index, Node


def other(node: Node, name: str) -> str:
    return node.inputs[1] if node.inputs[0] == name else node.inputs[0]


def match_gelu(index: Index, tanh: Node) -> tuple[Node, str] | None:
    """The last node and x of ½x · (1 + tanh(√(2/π) · (x + 0.044715 x³)))."""
    inner = index.producer(tanh.inputs[0], "Mul")
    polynomial = inner and index.is_scalar(inner.inputs[0], 0.7978845608) and index.producer(inner.inputs[1], "Add")
    cubic = polynomial and index.producer(polynomial.inputs[1], "Mul")
    linear, square = (cubic and index.producer(i, "Mul") for i in (cubic.inputs if cubic else ("", "")))
    if not linear or not square:
        return None
    x = polynomial.inputs[0]
    if square.inputs != [x, x] or linear.inputs[1] != x or not index.is_scalar(linear.inputs[0], 0.044715):
        return None
    plus_one = index.only_consumer(tanh.output, "Add")
    last = plus_one and index.is_scalar(other(plus_one, tanh.output), 1) and index.only_consumer(plus_one.output, "Mul")
    half = last and index.producer(other(last, plus_one.output), "Mul")
    if not half or half.inputs[1] != x or not index.is_scalar(half.inputs[0], 0.5):
        return None
    return last, x


def fuse_gelu(graph: Graph) -> int:
    index, count = graph.index(), 0
    for node in graph.nodes:
        if node.op == "Tanh" and (match := match_gelu(index, node)):
            last, x = match
            last.op, last.inputs, last.attributes = "Gelu", [x], {"approximate": "tanh"}
            count += 1
    graph.remove_unused()
    return count


def fuse_sigmoid(graph: Graph) -> int:
    """1 / (1 + exp(−x))."""
    index, count = graph.index(), 0
    for node in graph.nodes:
        total = node.op == "Reciprocal" and index.producer(node.inputs[0], "Add")
        exponential = total and index.is_scalar(total.inputs[0], 1) and index.producer(total.inputs[1], "Exp")
        negative = exponential and index.producer(exponential.inputs[0], "Neg")
        if negative:
            node.op, node.inputs = "Sigmoid", [negative.inputs[0]]
            count += 1
    graph.remove_unused()
    return count


def fuse_leaky_relu(graph: Graph) -> int:
    """Where(x ≥ 0, x, αx)."""
    index, count = graph.index(), 0
    for node in graph.nodes:
        if node.op != "Where":
            continue
        condition, x = index.producer(node.inputs[0], "GreaterOrEqual"), node.inputs[1]
        scaled = index.producer(node.inputs[2], "Mul")
        alpha = scaled and scaled.inputs[1] == x and index.scalar(scaled.inputs[0])
        if condition and condition.inputs[0] == x and index.is_scalar(condition.inputs[1], 0) and alpha:
            node.op, node.inputs, node.attributes = "LeakyRelu", [x], {"alpha": alpha}
            count += 1
    graph.remove_unused()
    return count


def fuse_relu(graph: Graph) -> int:
    """max(x, 0)."""
    index, count = graph.index(), 0
    for node in graph.nodes:
        if node.op == "Max" and index.is_scalar(node.inputs[1], 0):
            node.op, node.inputs = "Relu", [node.inputs[0]]
            count += 1
    return count
