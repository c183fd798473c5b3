"""Makes cheaper variants of a network and measures what each costs in quality and what it gains in time.

    python -m training.export.variants runs/photo-fast -o variants [--keep-float stem head]

| Variant | Is |
|---|---|
| fp32 | as trained |
| fp16-stored | weights stored as float16, computed in float32 |
| int8-stored | large weights stored as int8 per output channel, computed in float32 |
| int8 | QDQ: weights and activations in int8, calibrated on held-out pictures; layers named by --keep-float stay in float32 |

A variant is worth publishing where it loses at most 0.1 dB and is smaller or faster.
"""
import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
from torch import nn

from training.convert import runtime, store_weights, to_onnx
from training.convert.report import processor
from training.data.batches import BlurBatches, BlurSettings
from training.data.sources import SourceSettings, read_sources
from training.evaluate.picture_sets import picture_sets
from training.export.example import blurred_example
from training.export.exported import export
from training.export.session import open_session, run_picture
from training.paths import DATA
from training.train.load_run import load_run

SIDE, ROUNDS, CALIBRATION = 256, 3, 12
Crop = tuple[np.ndarray, np.ndarray | None]


def crops(data: Path, limit: int) -> list[Crop]:
    """SIDE×SIDE×3 float32 blurred and sharp from the middle of the test pairs; a made picture without a sharp one where there are none."""
    available, found = picture_sets(data), []
    for pair in available["gopro"].pairs(limit) if "gopro" in available else []:
        top, left = ((n - SIDE) // 2 for n in pair.sharp.shape[1:])
        cut = lambda p: np.ascontiguousarray(p[:, top:top + SIDE, left:left + SIDE].permute(1, 2, 0).numpy())
        found.append((cut(pair.blurred), cut(pair.sharp)))
    return found or [(blurred_example(SIDE).astype(np.float32) / np.float32(255), None)]


class Calibration(CalibrationDataReader):
    """Feeds blurred pictures to the calibration."""

    def __init__(self, pictures: list[np.ndarray]):
        self.feeds: Iterator[dict] = ({"input": np.ascontiguousarray(p.transpose(2, 0, 1))[None]} for p in pictures)

    def get_next(self) -> dict | None:
        return next(self.feeds, None)


def calibration_pictures(sources: SourceSettings, count: int) -> list[np.ndarray]:
    """SIDE×SIDE×3 float32 blurred pictures made from those that were held out of training."""
    held_out = read_sources(sources, torch.device("cpu"), held_out=True)
    batch = BlurBatches(held_out.pictures, held_out.frames, BlurSettings(SIDE), 2, torch.device("cpu")).batch(0, count)
    return list(batch.blurred.permute(0, 2, 3, 1).contiguous().numpy())


def float_nodes(model: onnx.ModelProto, layers: list[str]) -> list[str]:
    """Names of the nodes whose weights belong to layers of these names."""
    return [n.name for n in model.graph.node if n.op_type == "Conv" and any(n.input[1].startswith(f"{layer}.") for layer in layers)]


def quantised(model: onnx.ModelProto, pictures: list[np.ndarray], keep_float: list[str]) -> onnx.ModelProto:
    """int8 QDQ with weight scales per output channel and activation scales by the range seen on `pictures`."""
    for i, node in enumerate(model.graph.node):
        node.name = f"{node.op_type}_{i}"
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "float.onnx", Path(folder) / "int8.onnx"
        onnx.save(model, source)
        quantize_static(source, target, Calibration(pictures), quant_format=QuantFormat.QDQ, per_channel=True,
                        activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, op_types_to_quantize=["Conv"],
                        nodes_to_exclude=float_nodes(model, keep_float), calibrate_method=CalibrationMethod.MinMax)
        return onnx.load(target)


def variants(network: nn.Module, pictures: list[np.ndarray], keep_float: list[str]) -> dict[str, onnx.ModelProto]:
    full = lambda: export(network, {"name": "variant"}, float16=False)
    int8_stored = full()
    store_weights.store(int8_stored, store_weights.int8_or_float16)
    return {"fp32": full(), "fp16-stored": export(network, {"name": "variant"}), "int8-stored": int8_stored,
            "int8": quantised(full(), pictures, keep_float)}


def measure(content: bytes, tested: list[Crop], reference: list[np.ndarray] | None, threads: int) -> tuple[dict, list[np.ndarray]]:
    """Bytes, seconds a tile (wall clock, best), PSNR to the sharp pictures and to the reference results."""
    session, results, seconds = open_session(content, threads), [], []
    for blurred, _ in tested:
        for _ in range(ROUNDS):
            started = time.perf_counter()
            result = run_picture(session, blurred)
            seconds.append(time.perf_counter() - started)
        results.append(np.clip(result, 0, 1))
    row = {"bytes": len(content), "seconds_per_tile": min(seconds)}
    if tested[0][1] is not None:
        row["psnr"] = float(np.mean([runtime.psnr(r, s) for r, (_, s) in zip(results, tested)]))
    if reference is not None:
        row["psnr_to_fp32"] = float(np.mean([min(runtime.psnr(r, w), 150.0) for r, w in zip(results, reference)]))
    return row, results


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder")
    parser.add_argument("--keep-float", nargs="*", default=["stem", "head"], help="layers that int8 leaves in float32")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--limit", type=int, default=4, help="at most so many pictures")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    network, settings = load_run(options.run)
    calibration = calibration_pictures(settings.sources, CALIBRATION)
    tested = crops(options.data, options.limit)
    options.output.mkdir(parents=True, exist_ok=True)
    rows, reference = {}, None
    for name, model in variants(network, calibration, options.keep_float).items():
        content = to_onnx.serialise(model)
        (options.output / f"{settings.network}.{name}.onnx").write_bytes(content)
        rows[name], results = measure(content, tested, reference, options.threads)
        reference = reference or results
        print(name, json.dumps(rows[name]))
    found = {"network": settings.network, "processor": processor(), "threads": options.threads, "keep_float": options.keep_float, "variants": rows}
    (options.output / f"{settings.network}.variants.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
