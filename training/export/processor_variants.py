"""What makes a network of fixed tiles faster on a processor: optimisation levels, graph rewrites, precisions; `maxim-s1` by default.

    python -m training.export.processor_variants [packages/models/files/maxim-s1.onnx] -o variants.json [--rounds 3] [--wasm]

Each variant runs one 256×256 tile in turn, on one thread; the time is the least processor time over the rounds, so that other work on
the machine counts little. Loss is in PSNR to the sharp tile against the shipped file. int8 is calibrated on two tiles of another picture.
With --wasm the same in the WebAssembly build of onnxruntime-web, which `npm ci` installs.
"""
import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_dynamic, quantize_static
from onnxruntime.transformers.float16 import convert_float_to_float16

from training.convert import runtime, store_weights
from training.convert.report import processor
from training.evaluate.picture_sets import picture_sets
from training.convert.rewrites import REWRITES, Rewrite
from training.export.timed_sessions import Result, Variant, run_native, run_wasm
from training.paths import DATA, REPOSITORY

SIDE = 256


def tiles(data: Path) -> list[tuple[np.ndarray, np.ndarray]]:
    """1×256×256×3 blurred and sharp: one of the first pair to be measured, two of the second to calibrate with."""
    pairs = list(picture_sets(data)["gopro"].pairs(2))
    cut = lambda p, left: np.ascontiguousarray(p[:, 232:232 + SIDE, left:left + SIDE].permute(1, 2, 0).numpy())[None]
    return [(cut(pairs[i].blurred, left), cut(pairs[i].sharp, left)) for i, left in ((0, 512), (1, 256), (1, 768))]


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


def makers(path: Path, folder: Path, data: Path) -> dict[str, Callable[[], Variant]]:
    """The variants by name, made when called."""
    calibration = [p for p, _ in tiles(data)[1:]]
    plain = unpacked(path, folder / "unpacked.onnx")
    nodes, int8 = pointwise(plain), ["Conv", "MatMul", "Gemm"]
    return {
        "shipped": lambda: Variant(path),
        "no optimisation": lambda: Variant(path, "disabled"),
        "basic optimisation": lambda: Variant(path, "basic"),
        "extended optimisation (no blocked layout)": lambda: Variant(path, "extended"),
        **{name: (lambda rewrite=rewrite, name=name: Variant(rewritten(plain, rewrite, folder / f"{name}.onnx"))) for name, rewrite in REWRITES.items()},
        "denormals as zero": lambda: Variant(path, entries={"set_denormal_as_zero": "1"}),
        "float16 computed": lambda: Variant(float16(plain, folder / "float16.onnx")),
        "int8 MatMul and Gemm, dynamic": lambda: Variant(dynamic(plain, folder / "dynamic.onnx")),
        "int8 1×1 Conv, MatMul, Gemm, QDQ": lambda: Variant(static(plain, folder / "pointwise.onnx", int8, nodes, calibration)),
        "int8 Conv, MatMul, Gemm, QDQ": lambda: Variant(static(plain, folder / "all.onnx", int8, None, calibration)),
    }


def rows_of(found: dict[str, Result | str], sharp: np.ndarray) -> list[dict]:
    score = {name: runtime.psnr(np.clip(r[1], 0, 1), sharp) for name, r in found.items() if not isinstance(r, str)}
    shipped = found["shipped"][0]
    return [{"variant": name, "failed": r} if isinstance(r, str) else
            {"variant": name, "seconds": round(r[0], 3), "share_of_shipped": round(r[0] / shipped, 3), "psnr": round(score[name], 2),
             "loss": round(score["shipped"] - score[name], 2)} for name, r in found.items()]


def measure(path: Path, folder: Path, rounds: int, data: Path, wasm: bool) -> dict[str, list[dict]]:
    """Rows by execution provider."""
    variants, failed = {}, {}
    for name, make in makers(path, folder, data).items():
        try:
            variants[name] = make()
        except Exception as error:  # so is a quantiser that does
            failed[name] = str(error).splitlines()[0][:160]
    tile, sharp = tiles(data)[0]
    found = {"cpu": rows_of({**run_native(variants, tile, rounds), **failed}, sharp)}
    if wasm:
        found["wasm"] = rows_of({**run_wasm(variants, tile, rounds, folder), **failed}, sharp)
    return found


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
    parser.add_argument("--wasm", action="store_true", help="time onnxruntime-web too")
    parser.add_argument("--data", type=Path, default=DATA)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(chosen.model, Path(folder), chosen.rounds, chosen.data, chosen.wasm)
    described = {"model": chosen.model.name, "device": processor(), "threads": 1, "variants": found["cpu"], **({"wasm": found["wasm"]} if chosen.wasm else {})}
    chosen.output.write_text(json.dumps(described, indent=1) + "\n")
    for provider, rows in found.items():
        print(f"{provider}\n\n{table(rows)}\n")


if __name__ == "__main__":
    main()
