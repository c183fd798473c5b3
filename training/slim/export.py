"""Writes `maxim-s1-lite`: ONNX, manifest and golden tile; says how well ONNX Runtime agrees with PyTorch.

    python -m training.slim.export runs/maxim-s1-lite -o exported [--metrics results/maxim-s1-lite.json]
"""
import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch

from training.convert import golden, measure_macs, runtime, to_onnx
from training.convert.measure_memory import growth
from training.export.example import blurred_example
from training.export.manifest import GOLDEN_PSNR, file_entry, licences_of
from training.slim.assemble import SIDE, assemble
from training.slim.features import MAXIM, run_trunk
from training.slim.head import DetailHead
from training.slim.trunk import cut_trunk
from training.train.run import WEIGHTS
from training.train.settings import TrainSettings
from training.train.weights import load_weights

ID, VERSION, LEAST_AGREEMENT = "maxim-s1-lite", "1.0.0", 60.0
HALO, OVERLAP = 16, 64
MANIFEST_OF_MAXIM = MAXIM.parents[1] / "manifests" / "maxim-s1.json"


def load_head(run: Path) -> tuple[DetailHead, TrainSettings]:
    """The best head of a run by validation, and the settings of the run."""
    head = DetailHead()
    load_weights(run / WEIGHTS, head)
    return head.eval(), TrainSettings.from_json((run / "settings.json").read_text())


def write_golden(path: Path) -> np.ndarray:
    """Golden tile beside the model; returns its picture as float32."""
    tile = blurred_example(SIDE)
    picture = tile.astype(np.float32) / np.float32(255)
    result = np.clip(runtime.run_maxim(runtime.session(path), picture), 0, 1)
    path.with_name(f"{ID}.golden-input.u8").write_bytes(tile.tobytes())
    path.with_name(f"{ID}.golden-output.f32").write_bytes(golden.sample(result).tobytes())
    return picture


def agreement(model: Path, head: DetailHead, picture: np.ndarray) -> float:
    """PSNR of the assembled model against trunk and head run apart, the head in PyTorch."""
    trunk = runtime.session(cut_trunk(onnx.load(MAXIM)).SerializeToString())
    blurred = torch.from_numpy(picture.transpose(2, 0, 1).copy())
    with torch.no_grad():
        expected = head(blurred[None], *(torch.from_numpy(t)[None] for t in run_trunk(trunk, blurred)))[0].permute(1, 2, 0).numpy()
    return runtime.psnr(runtime.run_maxim(runtime.session(model), picture), expected)


def provenance(settings: TrainSettings) -> str:
    budget = f"--minutes {settings.minutes:g}" if settings.minutes else f"--steps {settings.steps}"
    return ("Trunk: stage 1 of MAXIM-3S (google-research/maxim), run at half the size. Head: trained on its features, "
            f"python -m training.slim features {budget} (training/README.md)")


def manifest(path: Path, settings: TrainSettings, metrics: list[dict], memory: dict) -> dict:
    of_maxim, macs = json.loads(MANIFEST_OF_MAXIM.read_text()), sum(measure_macs.count(onnx.load(path)).values())
    side = {"width": SIDE, "height": SIDE}
    weights = {**of_maxim["licences"]["weights"], "name": f"{of_maxim['licences']['weights']['name']}; head (MIT) trained with training/ of the deblur SDK"}
    data = [*of_maxim["licences"]["data"], *licences_of([*settings.sources.pictures, *settings.sources.averaged])]
    golden_file = lambda part: file_entry(path.with_name(f"{ID}.golden-{part}"))
    return {
        **of_maxim, "id": ID, "version": VERSION, "title": "Removes motion blur from photographs, four times as fast: an experiment",
        "description": "maxim-s1 at half the size with a head that holds its correction back where it does harm. Not for defocus, heavy noise or text.",
        "tier": "fast", "architecture": "MAXIM-3S, stage 1 at half the size; convolutional head",
        "licences": {"weights": weights, "data": [entry for i, entry in enumerate(data) if entry not in data[:i]]},
        "provenance": provenance(settings), "size": {"minimum": SIDE, "multipleOf": SIDE, "square": True, "fixed": side},
        "halo": HALO, "overlap": OVERLAP, "files": [{**file_entry(path), "precision": "int8-stored"}],
        "golden": {**side, "input": golden_file("input.u8"), "output": golden_file("output.f32"), "stride": golden.STRIDE, "offset": golden.OFFSET,
                   "minimumPsnr": GOLDEN_PSNR},
        "memory": memory, "macPerPixel": round(macs / SIDE**2), "metrics": metrics,
    }


def memory_of(path: Path) -> dict:
    """What a session takes once loaded, and more for each pixel of a tile at its peak."""
    loaded, peak = growth(path, SIDE, {})
    return {"fixedBytes": loaded, "bytesPerPixel": round((peak - loaded) / SIDE**2)}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder")
    parser.add_argument("--metrics", type=Path, help="results of python -m training.evaluate, to be quoted")
    options = parser.parse_args(arguments)
    options.output.mkdir(parents=True, exist_ok=True)
    head, settings = load_head(options.run)
    path = options.output / f"{ID}.onnx"
    metadata = {"name": ID, "licence": "Apache-2.0 (trunk), MIT (head)", "source": provenance(settings)}
    path.write_bytes(to_onnx.serialise(assemble(onnx.load(MAXIM), head, metadata)))
    tile = write_golden(path)
    memory, same = memory_of(path), agreement(path, head, tile)
    if same < LEAST_AGREEMENT:
        raise SystemExit(f"ONNX Runtime and PyTorch agree to {same:.1f} dB only; at least {LEAST_AGREEMENT:g} are needed")
    metrics = json.loads(options.metrics.read_text())["metrics"] if options.metrics else []
    found = manifest(path, settings, metrics, memory)
    (options.output / f"{ID}.json").write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    print(json.dumps({"bytes": path.stat().st_size, "agreement": round(same, 1), "mac_per_pixel": found["macPerPixel"], **memory}))


if __name__ == "__main__":
    main()
