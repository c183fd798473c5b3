"""What makes a network of fixed tiles faster on a processor: optimisation levels, graph rewrites, precisions; `maxim-s1` by default.

    python -m training.export.processor_variants [packages/models/files/maxim-s1.onnx] -o variants.json [--rounds 3]

Each variant runs one 256×256 tile in turn, on one thread; the time is the least processor time over the rounds, so that other work on
the machine counts little. Loss is in PSNR to the sharp tile against the shipped file. int8 is calibrated on two tiles of another picture.
"""
import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_dynamic, quantize_static
from onnxruntime.transformers.float16 import convert_float_to_float16

from training.convert import runtime, store_weights
from training.convert.report import processor
from training.evaluate.picture_sets import picture_sets
from training.convert.rewrites import REWRITES, Rewrite
from training.paths import DATA, REPOSITORY

SIDE = 256
LEVELS = ort.GraphOptimizationLevel


def tiles(data: Path) -> list[tuple[np.ndarray, np.ndarray]]:
    """1×256×256×3 blurred and sharp: one of the first pair to be measured, two of the second to calibrate with."""
    pairs = list(picture_sets(data)["gopro"].pairs(2))
    cut = lambda p, left: np.ascontiguousarray(p[:, 232:232 + SIDE, left:left + SIDE].permute(1, 2, 0).numpy())[None]
    return [(cut(pairs[i].blurred, left), cut(pairs[i].sharp, left)) for i, left in ((0, 512), (1, 256), (1, 768))]


def options(level=LEVELS.ORT_ENABLE_ALL, **entries: str) -> ort.SessionOptions:
    found = ort.SessionOptions()
    found.intra_op_num_threads = found.inter_op_num_threads = 1
    found.graph_optimization_level = level
    found.log_severity_level = 3
    for key, value in entries.items():
        found.add_session_config_entry(f"session.{key}", value)
    return found


class Calibration(CalibrationDataReader):
    def __init__(self, pictures: list[np.ndarray]):
        self.feeds = iter([{"input": p} for p in pictures])

    def get_next(self) -> dict | None:
        return next(self.feeds, None)


def unpacked(path: Path, target: Path) -> Path:
    """The graph with its stored weights as float32 initializers, which rewrites and quantisers need."""
    model = onnx.load(path)
    store_weights.restore(model)
    onnx.save(model, target)
    return target


def pointwise(path: Path) -> list[str]:
    """Convolutions of 1×1, and products of matrices with constant weights."""
    model = onnx.load(path)
    shapes = {i.name: list(i.dims) for i in model.graph.initializer}
    is_one = lambda n: n.op_type == "Conv" and shapes.get(n.input[1], [0, 0, 0])[2:] == [1, 1]
    return [n.name for n in model.graph.node if is_one(n) or (n.op_type in ("MatMul", "Gemm") and n.input[1] in shapes)]


def rewritten(source: Path, rewrite: Rewrite, target: Path) -> Path:
    onnx.save(rewrite(onnx.load(source)), target)
    return target


def static(source: Path, target: Path, kinds: list[str], nodes: list[str] | None, pictures: list[np.ndarray]) -> Path:
    quantize_static(source, target, Calibration(pictures), quant_format=QuantFormat.QDQ, op_types_to_quantize=kinds, nodes_to_quantize=nodes,
                    per_channel=True, activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8)
    return target


def float16(source: Path, target: Path) -> Path:
    onnx.save(convert_float_to_float16(onnx.load(source), keep_io_types=True), target)
    return target


def dynamic(source: Path, target: Path) -> Path:
    quantize_dynamic(source, target, op_types_to_quantize=["MatMul", "Gemm"], per_channel=True, weight_type=QuantType.QInt8)
    return target


def measure(path: Path, folder: Path, rounds: int, data: Path) -> list[dict]:
    test, *others = tiles(data)
    plain = unpacked(path, folder / "unpacked.onnx")
    calibration, nodes = [p for p, _ in others], pointwise(plain)
    made: dict[str, Callable[[], tuple[Path, ort.SessionOptions]]] = {
        "shipped": lambda: (path, options()),
        "no optimisation": lambda: (path, options(LEVELS.ORT_DISABLE_ALL)),
        "basic optimisation": lambda: (path, options(LEVELS.ORT_ENABLE_BASIC)),
        "extended optimisation (no blocked layout)": lambda: (path, options(LEVELS.ORT_ENABLE_EXTENDED)),
        **{name: (lambda rewrite=rewrite, name=name: (rewritten(plain, rewrite, folder / f"{name}.onnx"), options())) for name, rewrite in REWRITES.items()},
        "denormals as zero": lambda: (path, options(set_denormal_as_zero="1")),
        "float16 computed": lambda: (float16(plain, folder / "float16.onnx"), options()),
        "int8 MatMul and Gemm, dynamic": lambda: (dynamic(plain, folder / "dynamic.onnx"), options()),
        "int8 1×1 Conv, MatMul, Gemm, QDQ": lambda: (static(plain, folder / "pointwise.onnx", ["Conv", "MatMul", "Gemm"], nodes, calibration), options()),
        "int8 Conv, MatMul, Gemm, QDQ": lambda: (static(plain, folder / "all.onnx", ["Conv", "MatMul", "Gemm"], None, calibration), options()),
    }
    sessions, rows = {}, {}
    for name, make in made.items():
        try:
            sessions[name] = ort.InferenceSession(*make(), providers=["CPUExecutionProvider"])
        except Exception as error:  # a quantiser or provider that refuses the graph is a result too
            rows[name] = {"variant": name, "failed": str(error).splitlines()[0][:160]}
    seconds, pictures = {name: [] for name in sessions}, {}
    for _ in range(rounds):
        for name, session in sessions.items():
            started = time.process_time()
            pictures[name] = session.run(None, {"input": test[0]})[0]
            seconds[name].append(time.process_time() - started)
    score = {name: runtime.psnr(np.clip(p, 0, 1), test[1]) for name, p in pictures.items()}
    for name in sessions:
        rows[name] = {"variant": name, "seconds": round(min(seconds[name]), 3), "share_of_shipped": round(min(seconds[name]) / min(seconds["shipped"]), 3),
                      "psnr": round(score[name], 2), "loss": round(score["shipped"] - score[name], 2)}
    return [rows[name] for name in made]


def table(rows: list[dict]) -> str:
    lines = ["| Variant | s per tile | share of shipped | PSNR | loss |", "|---|---|---|---|---|"]
    for r in rows:
        lines.append(f"| {r['variant']} | {r['failed']} | | | |" if "failed" in r else
                     f"| {r['variant']} | {r['seconds']:.2f} | {r['share_of_shipped']:.2f} | {r['psnr']:.2f} | {r['loss']:.2f} |")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", type=Path, nargs="?", default=REPOSITORY / "packages/models/files/maxim-s1.onnx")
    parser.add_argument("-o", "--output", type=Path, required=True, help="JSON file")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--data", type=Path, default=DATA)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(chosen.model, Path(folder), chosen.rounds, chosen.data)
    chosen.output.write_text(json.dumps({"model": chosen.model.name, "device": processor(), "threads": 1, "variants": rows}, indent=1) + "\n")
    print(table(rows))


if __name__ == "__main__":
    main()
