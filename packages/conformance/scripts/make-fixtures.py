#!/usr/bin/env python3
"""Makes the tiny ONNX models of the backend suite and reference outputs for them.

    python -m venv .venv && .venv/bin/pip install onnx==1.23.2 numpy==2.4.6
    .venv/bin/python packages/conformance/scripts/make-fixtures.py

Writes src/backend/fixtures/fixtures.ts. Weights, inputs and outputs are deterministic; outputs are computed with NumPy in
float64, not with an ONNX runtime, so that the suite compares a backend with somebody else's arithmetic.
"""
import base64
import pathlib

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper, numpy_helper

OPSET, IR = 17, 8
TYPES = {"float32": T.FLOAT, "float16": T.FLOAT16, "uint8": T.UINT8, "int64": T.INT64}
generator = np.random.default_rng(20261124)
fixtures: list[tuple[str, str, bytes, list]] = []


def model(nodes, inputs, outputs, initializers=()):
    """Serialises a graph; inputs and outputs are (name, type, dims) with strings for free dimensions."""
    def value(name, kind, dims):
        return helper.make_tensor_value_info(name, TYPES[kind], dims)
    graph = helper.make_graph(
        nodes, "fixture", [value(*i) for i in inputs], [value(*o) for o in outputs],
        [numpy_helper.from_array(array, name) for name, array in initializers])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR, producer_name="deblur-conformance")
    onnx.checker.check_model(made, full_check=True)
    content = made.SerializeToString(deterministic=True)
    assert len(content) < 5000, len(content)
    return content


def add(name, comment, content, inputs, outputs, *further_runs):
    """Keeps a fixture; inputs and outputs are (name, type, array) of a reference run, further runs are pairs of the same."""
    fixtures.append((name, comment, content, [(inputs, outputs), *further_runs]))


def convolve(picture, weights, bias):
    """Zero-padded same-size cross-correlation, NCHW with N = 1, in float64."""
    out_channels, _, size, _ = weights.shape
    radius = size // 2
    padded = np.pad(picture.astype(np.float64)[0], ((0, 0), (radius, radius), (radius, radius)))
    height, width = picture.shape[2:]
    result = np.zeros((1, out_channels, height, width))
    for y in range(height):
        for x in range(width):
            patch = padded[:, y:y + size, x:x + size]
            result[0, :, y, x] = np.tensordot(weights.astype(np.float64), patch, axes=3) + bias
    return result


def picture(height, width, kind="float32"):
    if kind == "uint8":
        return generator.integers(0, 256, (1, 3, height, width), dtype=np.uint8)
    return generator.random((1, 3, height, width)).astype(kind)


DYNAMIC = [1, 3, "height", "width"]

# identity
x = picture(3, 5)
add("identity", "The picture unchanged; any size.",
    model([helper.make_node("Identity", ["input"], ["output"])], [("input", "float32", DYNAMIC)], [("output", "float32", DYNAMIC)]),
    [("input", "float32", x)], [("output", "float32", x)])

# float16 identity, carried as raw bits
x = picture(2, 3, "float16")
add("half", "float16 in and out: the picture doubled; any size.",
    model([helper.make_node("Add", ["input", "input"], ["output"])], [("input", "float16", DYNAMIC)], [("output", "float16", DYNAMIC)]),
    [("input", "float16", x)], [("output", "float16", (x + x).astype(np.float16))])

# 3x3 convolution
w = (generator.standard_normal((3, 3, 3, 3)) / 5).astype(np.float32)
b = np.array([0.1, -0.2, 0.3], np.float32)
x, pixel, line = picture(7, 9), picture(1, 1), picture(1, 40)
convolution = model(
    [helper.make_node("Conv", ["input", "weights", "bias"], ["output"], pads=[1, 1, 1, 1])],
    [("input", "float32", DYNAMIC)], [("output", "float32", DYNAMIC)], [("weights", w), ("bias", b)])
runs = [([("input", "float32", p)], [("output", "float32", convolve(p, w, b).astype(np.float32))]) for p in (x, pixel, line)]
add("convolution", "3×3 convolution, 3 → 3 channels, zero padding; any size.", convolution, *runs[0], *runs[1:])

# channel counts on which the WebGPU provider of onnxruntime 1.30 computes wrong numbers
w1 = (generator.standard_normal((6, 3, 1, 1)) / 2).astype(np.float32)
w2 = (generator.standard_normal((8, 6, 3, 3)) / 8).astype(np.float32)
w3 = (generator.standard_normal((3, 8, 1, 1)) / 3).astype(np.float32)
x = picture(8, 8)
y = convolve(convolve(convolve(x, w1, np.zeros(6)), w2, np.zeros(8)), w3, np.zeros(3))
add("sixToEight", "3×3 convolution 6 → 8 channels between two 1×1 ones; any size. Wrong on onnxruntime 1.30's WebGPU provider.",
    model([helper.make_node("Conv", ["input", "w1"], ["a"]), helper.make_node("Conv", ["a", "w2"], ["b"], pads=[1, 1, 1, 1]),
           helper.make_node("Conv", ["b", "w3"], ["output"])],
          [("input", "float32", DYNAMIC)], [("output", "float32", DYNAMIC)], [("w1", w1), ("w2", w2), ("w3", w3)]),
    [("input", "float32", x)], [("output", "float32", y.astype(np.float32))])

# fixed size
FIXED = [1, 3, 16, 16]
x = picture(16, 16)
add("fixed", "The picture negated (1 − x); 16×16 only.",
    model([helper.make_node("Sub", ["one", "input"], ["output"])], [("input", "float32", FIXED)], [("output", "float32", FIXED)],
          [("one", np.array(1, np.float32))]),
    [("input", "float32", x)], [("output", "float32", np.float32(1) - x)])

# a scalar parameter
x = picture(4, 6)
sigma = np.array([0.25], np.float32)
add("parameter", "Picture plus the scalar `sigma`; any size.",
    model([helper.make_node("Add", ["input", "sigma"], ["output"])],
          [("input", "float32", DYNAMIC), ("sigma", "float32", [1])], [("output", "float32", DYNAMIC)]),
    [("input", "float32", x), ("sigma", "float32", sigma)], [("output", "float32", x + sigma)])

# bytes in, floats out
x = picture(3, 4, "uint8")
add("bytes", "uint8 picture to float32 by division by 255; any size.",
    model([helper.make_node("Cast", ["input"], ["real"], to=T.FLOAT), helper.make_node("Div", ["real", "scale"], ["output"])],
          [("input", "uint8", DYNAMIC)], [("output", "float32", DYNAMIC)], [("scale", np.array(255, np.float32))]),
    [("input", "uint8", x)], [("output", "float32", (x / 255).astype(np.float32))])

# NaN for every picture in [0,1]
x = picture(2, 2)
add("notANumber", "log(x − 2): NaN for every picture in [0,1]; any size.",
    model([helper.make_node("Sub", ["input", "two"], ["negative"]), helper.make_node("Log", ["negative"], ["output"])],
          [("input", "float32", DYNAMIC)], [("output", "float32", DYNAMIC)], [("two", np.array(2, np.float32))]),
    [("input", "float32", x)], [("output", "float32", np.full_like(x, np.nan))])

# fails at run time unless the picture is 8×8
x = picture(8, 8)
add("failing", "Doubles an 8×8 picture and fails while running on every other size, though its inputs allow any.",
    model([helper.make_node("Reshape", ["input", "shape"], ["flat"]), helper.make_node("Add", ["flat", "flat"], ["output"])],
          [("input", "float32", DYNAMIC)], [("output", "float32", [1, 3, 8, 8])], [("shape", np.array([1, 3, 8, 8], np.int64))]),
    [("input", "float32", x)], [("output", "float32", x + x)])

# a result larger than any memory
x = picture(1, 1)
add("greedy", "Stretches a one-pixel picture to `side` × `side`; asks for more memory than there is when that is large.",
    model([helper.make_node("Concat", ["leading", "side", "side"], ["shape"], axis=0),
           helper.make_node("Expand", ["input", "shape"], ["output"])],
          [("input", "float32", [1, 3, 1, 1]), ("side", "int64", [1])], [("output", "float32", [1, 3, "tall", "wide"])],
          [("leading", np.array([1, 3], np.int64))]),
    [("input", "float32", x), ("side", "int64", np.array([2], np.int64))], [("output", "float32", np.tile(x, (1, 1, 2, 2)))])


def literal(content):
    text = base64.b64encode(content).decode()
    return "\n            + ".join(f"'{text[i:i + 150]}'" for i in range(0, len(text), 150))


def tensor(name, kind, array):
    dims = ", ".join(map(str, array.shape))
    return (f"        {{\n          name: '{name}', type: '{kind}', dims: [{dims}],\n"
            f"          base64: {literal(np.ascontiguousarray(array).tobytes())},\n        }},")


lines = [
    "// Made by scripts/make-fixtures.py; do not edit.",
    "import type { StoredFixture } from './stored-fixture.ts';",
    "",
]
for name, comment, content, runs in fixtures:
    lines += [f"/** {comment} */", f"export const {name}: StoredFixture = {{", f"  name: '{name}',", f"  model: {literal(content)},", "  runs: ["]
    for inputs, outputs in runs:
        lines += ["    {", "      inputs: [", *(tensor(*t) for t in inputs), "      ],",
                  "      outputs: [", *(tensor(*t) for t in outputs), "      ],", "    },"]
    lines += ["  ],", "};", ""]
target = pathlib.Path(__file__).parent.parent / "src" / "backend" / "fixtures" / "fixtures.ts"
target.write_text("\n".join(lines[:-1]) + "\n")
print(f"{target.name}: {len(fixtures)} models, {sum(len(f[2]) for f in fixtures)} bytes of ONNX, {target.stat().st_size} bytes")
