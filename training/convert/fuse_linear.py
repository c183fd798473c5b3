"""Spatial gating without transposes, and convolution biases inside the convolution."""
import numpy as np

from training.convert.ir import Graph, Index, Node

BLOCK, GRID = [0, 1, 3, 2], [0, 3, 2, 1]


def match_gate(index: Index, product: Node) -> tuple[Node, Node, Node] | None:
    """The transposes before and after, and the addition, around a product along a spatial axis."""
    if product.op != "MatMul" or product.inputs[1] not in index.graph.constants:
        return None
    before = index.producer(product.inputs[0], "Transpose")
    if before is None or before.attributes["perm"] not in (BLOCK, GRID):
        return None
    bias = index.only_consumer(product.output, "Add")
    after = bias and bias.inputs[1] in index.graph.constants and index.only_consumer(bias.output, "Transpose")
    if not after or after.attributes["perm"] != before.attributes["perm"]:
        return None
    return before, bias, after


def fuse_gating(graph: Graph) -> int:
    """Transpose · W + b, Transpose becomes Wᵀ · x + b; the "+ 1" of the gate goes into b."""
    index = graph.index()
    replacements: dict[str, list[Node]] = {}
    for product in graph.nodes:
        if (match := match_gate(index, product)) is None:
            continue
        before, addition, last = match
        x, weight = before.inputs[0], graph.constants[product.inputs[1]]
        shape, bias = index.shape(x), graph.constants[addition.inputs[1]].reshape(-1)
        plus_one = index.only_consumer(last.output, "Add")
        if plus_one and (offset := index.scalar(plus_one.inputs[1])) is not None:
            bias, last = bias + np.float32(offset), plus_one
        weight, bias = graph.constant(weight.T), graph.constant(bias[:, None])
        if before.attributes["perm"] == BLOCK:
            gate = graph.make("MatMul", [weight, x], shape)
            nodes = [gate, graph.make("Add", [gate.output, bias], shape, last.output)]
        else:
            flat_shape = (shape[1], shape[2] * shape[3])
            flat = graph.make("Reshape", [x, graph.integers(*flat_shape)], flat_shape)
            gate = graph.make("MatMul", [weight, flat.output], flat_shape)
            total = graph.make("Add", [gate.output, bias], flat_shape)
            nodes = [flat, gate, total,
                     graph.make("Reshape", [total.output, graph.integers(*shape)], shape, last.output)]
        replacements[last.output] = nodes
    graph.substitute(replacements)
    graph.remove_unused()
    return len(replacements)


def fuse_convolution_bias(graph: Graph) -> int:
    """Conv, Transpose, Add(constant): the constant becomes the bias of Conv."""
    index, count = graph.index(), 0
    for node in graph.nodes:
        if node.op not in ("Conv", "ConvTranspose") or len(node.inputs) != 2:
            continue
        last = index.only_consumer(node.output, "Transpose")
        addition = last and index.only_consumer(last.output, "Add")
        bias = addition and graph.constants.get(addition.inputs[1])
        if bias is not None and bias.size == node.shape[1]:
            node.inputs.append(graph.constant(bias.reshape(-1)))
            graph.redirect(addition.output, last.output)
            index, count = graph.index(), count + 1
    graph.remove_unused()
    return count
