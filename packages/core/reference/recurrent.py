"""A tiny recurrent network and what it makes of four frames, for the tests of sequences.

`running-mean.onnx`, with its manifest: out = x + 0.5 (box3(mean) - x), where mean is the mean of all frames so far and box3 a 3x3 mean with zeros
around the picture. States: `sum` (3 channels, full size) and `count` (1 channel, a quarter of the size). Halo 1.
The expected frames are computed with NumPy from the formula alone and agree with onnxruntime.

    python packages/core/reference/recurrent.py     (needs numpy, onnx, onnxruntime)
"""
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

OUT = Path(__file__).parent / "networks"
WIDTH, HEIGHT, FRAMES = 16, 12, 4


def frame(t: int) -> np.ndarray:
    """HxWx3 float32 in [0,1], the same as in the tests."""
    y, x, c = np.mgrid[0:HEIGHT, 0:WIDTH, 0:3]
    return ((96 + (x * 7 + y * 13 + c * 50 + t * 23) % 64) / 255).astype(np.float32)


def expected() -> list[np.ndarray]:
    total, results = np.zeros((HEIGHT, WIDTH, 3)), []
    for t in range(FRAMES):
        total = total + frame(t)
        mean = np.pad(total / (t + 1), ((1, 1), (1, 1), (0, 0)))
        box = sum(mean[i:i + HEIGHT, j:j + WIDTH] for i in range(3) for j in range(3)) / 9
        results.append((frame(t) + 0.5 * (box - frame(t))).astype(np.float32))
    return results


def network() -> onnx.ModelProto:
    def tensor(name: str, channels: int, prefix: str) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", channels, f"{prefix}h", f"{prefix}w"])

    constants = {
        "one": np.float32(1), "half": np.float32(0.5), "box": np.full((3, 1, 3, 3), 1 / 9, np.float32),
        "scales": np.array([1, 1, 4, 4], np.float32),
    }
    nodes = [
        helper.make_node("Add", ["sum", "input"], ["next_sum"]),
        helper.make_node("Add", ["count", "one"], ["next_count"]),
        helper.make_node("Resize", ["next_count", "", "scales"], ["frames"], mode="nearest", coordinate_transformation_mode="asymmetric",
                         nearest_mode="floor"),
        helper.make_node("Div", ["next_sum", "frames"], ["mean"]),
        helper.make_node("Conv", ["mean", "box"], ["smooth"], group=3, pads=[1, 1, 1, 1], kernel_shape=[3, 3]),
        helper.make_node("Sub", ["smooth", "input"], ["difference"]),
        helper.make_node("Mul", ["difference", "half"], ["change"]),
        helper.make_node("Add", ["input", "change"], ["output"]),
    ]
    graph = helper.make_graph(
        nodes, "running-mean", [tensor("input", 3, ""), tensor("sum", 3, ""), tensor("count", 1, "q")],
        [tensor("output", 3, ""), tensor("next_sum", 3, ""), tensor("next_count", 1, "q")],
        [numpy_helper.from_array(np.asarray(v), k) for k, v in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model


def manifest(content: bytes) -> dict:
    def image(name: str) -> dict:
        return {"name": name, "role": "image", "layout": "NCHW", "type": "float32", "channels": 3}

    def state(name: str, channels: int, scale: float) -> dict:
        return {"name": name, "role": "state", "type": "float32", "layout": "NCHW", "channels": channels, "scale": scale, "next": f"next_{name}"}

    return {
        "specificationVersion": 1, "id": "running-mean", "version": "1.0.0", "title": "Running mean", "description": "For tests of sequences.",
        "task": "video", "tier": "fast", "architecture": "running mean", "provenance": "packages/core/reference/recurrent.py",
        "licences": {"weights": {"spdx": "CC0-1.0", "name": "none", "source": "packages/core/reference/recurrent.py"}, "data": []},
        "tensors": {"inputs": [image("input"), state("sum", 3, 1), state("count", 1, 0.25)], "outputs": [image("output")]},
        "size": {"minimum": 8, "multipleOf": 4}, "halo": 1, "overlap": 4, "tiling": "supported",
        "pre": [{"op": "convert", "to": "float32"}, {"op": "layout", "to": "NCHW"}],
        "files": [{"path": "running-mean.onnx", "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "precision": "fp32"}],
        "metrics": [],
    }


def main() -> None:
    model, wanted = network(), expected()
    session = onnxruntime.InferenceSession(model.SerializeToString())
    states = [np.zeros((1, 3, HEIGHT, WIDTH), np.float32), np.zeros((1, 1, HEIGHT // 4, WIDTH // 4), np.float32)]
    for t in range(FRAMES):
        result, *states = session.run(None, {"input": frame(t).transpose(2, 0, 1)[None], "sum": states[0], "count": states[1]})
        difference = np.abs(result[0].transpose(1, 2, 0) - wanted[t]).max()
        assert difference < 1e-6, difference
    content = model.SerializeToString()
    (OUT / "running-mean.onnx").write_bytes(content)
    (OUT / "running-mean.json").write_text(json.dumps(manifest(content), indent=2) + "\n")
    np.stack(wanted).astype("<f4").tofile(OUT / "running-mean.expected.f32")


if __name__ == "__main__":
    main()
