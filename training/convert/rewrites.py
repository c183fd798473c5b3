"""Rewrites of an ONNX graph that compute the same with fewer passes over memory: each takes and returns a model.

`split_products` is part of the conversion; `python -m training.export.processor_variants` measured all of them.

They expect float32 weights that are initializers (`training.convert.store_weights.restore` unpacks stored ones).
"""
from collections import Counter
from collections.abc import Callable

import numpy as np
import onnx
from onnx import helper, numpy_helper, shape_inference

CONTRIB = "com.microsoft"
Rewrite = Callable[[onnx.ModelProto], onnx.ModelProto]


def copy_of(model: onnx.ModelProto) -> onnx.ModelProto:
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    return copy


def shapes_of(model: onnx.ModelProto) -> dict[str, list[int]]:
    graph = shape_inference.infer_shapes(model).graph
    found = {v.name: [d.dim_value for d in v.type.tensor_type.shape.dim] for v in [*graph.input, *graph.value_info, *graph.output]}
    return {**found, **{t.name: list(t.dims) for t in graph.initializer}}


def with_contrib(model: onnx.ModelProto) -> onnx.ModelProto:
    if all(o.domain != CONTRIB for o in model.opset_import):
        model.opset_import.append(helper.make_opsetid(CONTRIB, 1))
    return model


def flat_biases(model: onnx.ModelProto) -> onnx.ModelProto:
    """Biases 1×1×1×C as C, the form that ONNX Runtime's own fusions look for."""
    model = copy_of(model)
    added = {i for n in model.graph.node if n.op_type == "Add" for i in n.input}
    others = {i for n in model.graph.node if n.op_type != "Add" for i in n.input}
    for weight in model.graph.initializer:
        if weight.name in added - others and len(weight.dims) > 1 and weight.dims[-1] == np.prod(weight.dims):
            weight.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(weight).reshape(-1), weight.name))
    return model


def biased_products(model: onnx.ModelProto) -> list[tuple[onnx.NodeProto, onnx.NodeProto, str]]:
    """Products with a constant matrix on the right whose only use is the sum with a constant vector: (product, sum, vector)."""
    ranks = {w.name: len(w.dims) for w in model.graph.initializer}
    uses = Counter(i for n in model.graph.node for i in n.input)
    made_by = {o: n for n in model.graph.node for o in n.output}
    found = []
    for node in model.graph.node:
        if node.op_type != "Add":
            continue
        for given, bias in (node.input, reversed(node.input)):
            product = made_by.get(given)
            if ranks.get(bias) == 1 and product is not None and product.op_type == "MatMul" and uses[given] == 1 and ranks.get(product.input[1]) == 2:
                found.append((product, node, bias))
    return found


def remove_unused(graph: onnx.GraphProto) -> None:
    """Drops nodes and weights that no output needs."""
    needed, kept = {o.name for o in graph.output}, []
    for node in reversed(graph.node):
        if needed & set(node.output):
            kept.append(node)
            needed |= set(node.input)
    weights = [w for w in graph.initializer if w.name in needed]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(reversed(kept))
    graph.initializer.extend(weights)


def replace_nodes(model: onnx.ModelProto, replaced: dict[str, list[onnx.NodeProto]], dropped: set[str]) -> onnx.ModelProto:
    """Puts lists of nodes in place of the nodes that make these outputs; drops others, and weights that nothing needs any more."""
    nodes = []
    for node in model.graph.node:
        name = node.output[0]
        nodes += replaced.get(name, [] if name in dropped else [node])
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    remove_unused(model.graph)
    return model


def gemm(model: onnx.ModelProto) -> onnx.ModelProto:
    """Product and bias as one Gemm over rows of pixels."""
    model = flat_biases(model)
    shapes, replaced, dropped = shapes_of(model), {}, set()
    for product, total, bias in biased_products(model):
        rows, out = f"{product.output[0]}_rows", total.output[0]
        for name, shape in ((f"{out}_to_rows", [-1, shapes[product.input[1]][0]]), (f"{out}_to_picture", shapes[out])):
            model.graph.initializer.append(numpy_helper.from_array(np.array(shape, np.int64), name))
        replaced[out] = [helper.make_node("Reshape", [product.input[0], f"{out}_to_rows"], [rows]),
                         helper.make_node("Gemm", [rows, product.input[1], bias], [f"{out}_flat"]),
                         helper.make_node("Reshape", [f"{out}_flat", f"{out}_to_picture"], [out])]
        dropped.add(product.output[0])
    return replace_nodes(model, replaced, dropped)


def fast_gelu(model: onnx.ModelProto) -> onnx.ModelProto:
    """Bias and tanh Gelu in one pass (ONNX Runtime's FastGelu)."""
    model = with_contrib(flat_biases(model))
    gelus = {n.input[0]: n for n in model.graph.node if n.op_type == "Gelu"}
    uses = Counter(i for n in model.graph.node for i in n.input)
    replaced, dropped = {}, set()
    for product, total, bias in biased_products(model):
        gelu = gelus.get(total.output[0])
        if gelu is not None and uses[total.output[0]] == 1:
            replaced[gelu.output[0]] = [helper.make_node("FastGelu", [product.output[0], bias], [gelu.output[0]], domain=CONTRIB)]
            dropped.add(total.output[0])
    return replace_nodes(model, replaced, dropped)


def skip_norm(model: onnx.ModelProto) -> onnx.ModelProto:
    """A sum and the layer normalisation of it in one pass (ONNX Runtime's SkipLayerNormalization), over rows of pixels."""
    model = with_contrib(copy_of(model))
    shapes, weights = shapes_of(model), {w.name for w in model.graph.initializer}
    made_by = {o: n for n in model.graph.node for o in n.output}
    replaced, dropped, taken = {}, set(), set()
    for norm in model.graph.node:
        total = made_by.get(norm.input[0]) if norm.op_type == "LayerNormalization" else None
        if total is None or total.op_type != "Add" or total.output[0] in taken or set(total.input) & weights \
                or shapes[total.input[0]] != shapes[total.input[1]]:
            continue
        out, result, side = total.output[0], norm.output[0], shapes[norm.input[0]]
        taken.add(out)
        for name, shape in ((f"{out}_to_rows", [1, -1, side[-1]]), (f"{out}_to_picture", side)):
            model.graph.initializer.append(numpy_helper.from_array(np.array(shape, np.int64), name))
        epsilon = next((a.f for a in norm.attribute if a.name == "epsilon"), 1e-5)
        first, second = (f"{out}_{i}" for i in range(2))
        replaced[out] = [
            helper.make_node("Reshape", [total.input[0], f"{out}_to_rows"], [first]), helper.make_node("Reshape", [total.input[1], f"{out}_to_rows"], [second]),
            helper.make_node("SkipLayerNormalization", [first, second, *norm.input[1:]], [f"{result}_flat", "", "", f"{out}_flat"], domain=CONTRIB,
                             epsilon=epsilon),
            helper.make_node("Reshape", [f"{out}_flat", f"{out}_to_picture"], [out]),
            helper.make_node("Reshape", [f"{result}_flat", f"{out}_to_picture"], [result]),
        ]
        dropped.add(result)
    return replace_nodes(model, replaced, dropped)


def split_products(model: onnx.ModelProto) -> onnx.ModelProto:
    """Product, bias and Gelu whose result is cut into halves of its channels: two products instead, and no cutting."""
    model = flat_biases(model)
    arrays = {w.name: numpy_helper.to_array(w) for w in model.graph.initializer}
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in model.graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    replaced, dropped = {}, set()
    for product, total, bias in biased_products(model):
        gelu = users[total.output[0]][0]
        cuts = users[gelu.output[0]] if gelu.op_type == "Gelu" and len(users[total.output[0]]) == 1 else []
        if len(cuts) != 2 or any(c.op_type != "Slice" for c in cuts):
            continue
        for cut in cuts:
            start, end, axis = (int(arrays[i].item()) for i in cut.input[1:4])
            if axis not in (3, -1):
                break
            out, part = cut.output[0], slice(start, end)
            weights = [(f"{out}_matrix", arrays[product.input[1]][:, part]), (f"{out}_bias", arrays[bias][part])]
            model.graph.initializer.extend(numpy_helper.from_array(np.ascontiguousarray(v), n) for n, v in weights)
            copied = helper.make_node("Gelu", [f"{out}_sum"], [out])
            copied.attribute.extend(gelu.attribute)
            replaced[out] = [helper.make_node("MatMul", [product.input[0], f"{out}_matrix"], [f"{out}_product"]),
                             helper.make_node("Add", [f"{out}_product", f"{out}_bias"], [f"{out}_sum"]), copied]
        else:
            dropped |= {product.output[0], total.output[0], gelu.output[0]}
    return replace_nodes(model, replaced, dropped)


def chained(*rewrites: Rewrite) -> Rewrite:
    def run(model: onnx.ModelProto) -> onnx.ModelProto:
        model = shape_inference.infer_shapes(model)  # what a contributed operation hides from later rewrites
        for rewrite in rewrites:
            model = rewrite(model)
        return model
    return run


REWRITES: dict[str, Rewrite] = {
    "biases as vectors": flat_biases,
    "product and bias as Gemm": gemm,
    "bias and Gelu as FastGelu": fast_gelu,
    "sum and norm as SkipLayerNormalization": skip_norm,
    "halves of channels by two products": split_products,
    "FastGelu, and Gemm where no Gelu follows": chained(fast_gelu, gemm),
}
