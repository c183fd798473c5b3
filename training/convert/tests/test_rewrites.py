"""Rewrites compute what the graph computed, and rewrite what they are meant to."""
from collections import Counter

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from training.convert.rewrites import REWRITES


@pytest.fixture(scope="module")
def model() -> onnx.ModelProto:
    """Linear layer, Gelu, halves of the channels multiplied, sum and normalisation: a gated block of MAXIM in small."""
    random = np.random.default_rng(0)
    constant = lambda name, *shape: numpy_helper.from_array(random.normal(size=shape).astype(np.float32), name)
    integers = lambda name, *values: numpy_helper.from_array(np.array(values, np.int64), name)
    nodes = [
        helper.make_node("MatMul", ["input", "wide"], ["product"]), helper.make_node("Add", ["product", "wide_bias"], ["total"]),
        helper.make_node("Gelu", ["total"], ["active"], approximate="tanh"),
        helper.make_node("Slice", ["active", "zero", "four", "three", "one"], ["first"]),
        helper.make_node("Slice", ["active", "four", "eight", "three", "one"], ["second"]),
        helper.make_node("Mul", ["first", "second"], ["gated"]), helper.make_node("MatMul", ["gated", "narrow"], ["narrowed"]),
        helper.make_node("Add", ["narrowed", "narrow_bias"], ["block"]), helper.make_node("Add", ["block", "input"], ["stream"]),
        helper.make_node("LayerNormalization", ["stream", "scale", "shift"], ["normal"], axis=-1), helper.make_node("Add", ["normal", "stream"], ["output"]),
    ]
    weights = [constant("wide", 4, 8), constant("wide_bias", 1, 1, 1, 8), constant("narrow", 4, 4), constant("narrow_bias", 1, 1, 1, 4),
               constant("scale", 4), constant("shift", 4), integers("zero", 0), integers("one", 1), integers("three", 3), integers("four", 4),
               integers("eight", 8)]
    picture = lambda name: helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 6, 5, 4])
    graph = helper.make_graph(nodes, "block", [picture("input")], [picture("output")], weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def run(model: onnx.ModelProto) -> np.ndarray:
    given = np.random.default_rng(1).normal(size=(1, 6, 5, 4)).astype(np.float32)
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"input": given})[0]


@pytest.mark.parametrize("name", REWRITES)
def test_the_result_stays_the_same(model, name):
    before = model.SerializeToString()
    np.testing.assert_allclose(run(REWRITES[name](model)), run(model), atol=1e-5)
    assert model.SerializeToString() == before


@pytest.mark.parametrize("name, operations", [
    ("product and bias as Gemm", {"Gemm": 2, "MatMul": 0}),
    ("bias and Gelu as FastGelu", {"FastGelu": 1, "Gelu": 0}),
    ("sum and norm as SkipLayerNormalization", {"SkipLayerNormalization": 1, "LayerNormalization": 0}),
    ("halves of channels by two products", {"Slice": 0, "Gelu": 2, "MatMul": 3}),
])
def test_what_was_meant_is_rewritten(model, name, operations):
    counted = Counter(n.op_type for n in REWRITES[name](model).graph.node)
    assert {k: counted[k] for k in operations} == operations
