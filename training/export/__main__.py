"""Writes a trained network as ONNX with manifest and golden tile, ready for `deblur run --model`.

    python -m training.export runs/photo-fast -o exported
"""
import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from training.convert import runtime, to_onnx
from training.export.example import blurred_example
from training.export.exported import export, states_of
from training.export.halo import measure_halo
from training.export.manifest import GOLDEN_OFFSET, GOLDEN_STRIDE, Facts, manifest
from training.export.memory import measure_memory
from training.export.session import open_session, run_picture
from training.models.catalogue import task_of
from training.models.macs import count_macs
from training.train.load_run import load_run
from training.train.settings import TrainSettings

HALO_SIDE, GOLDEN_SIDE, LEAST_AGREEMENT = 512, 128, 60.0


def agreement(network: nn.Module, session, picture: np.ndarray) -> float:
    """PSNR of ONNX Runtime's result against PyTorch's."""
    frame = torch.from_numpy(picture.transpose(2, 0, 1).copy())[None]
    with torch.no_grad():
        result = network(frame, *(network.first_states(frame) if task_of(network) == "video" else ()))
    result = result[0] if isinstance(result, tuple) else result
    return runtime.psnr(run_picture(session, picture), result[0].permute(1, 2, 0).numpy())


def write_golden(session, folder: Path, id: str) -> None:
    tile = blurred_example(GOLDEN_SIDE)
    result = np.clip(run_picture(session, tile.astype(np.float32) / np.float32(255)), 0, 1)
    (folder / f"{id}.golden-input.u8").write_bytes(tile.tobytes())
    sampled = np.ascontiguousarray(result[GOLDEN_OFFSET::GOLDEN_STRIDE, GOLDEN_OFFSET::GOLDEN_STRIDE])
    (folder / f"{id}.golden-output.f32").write_bytes(sampled.astype("<f4").tobytes())


def provenance_of(settings: TrainSettings) -> str:
    budget = " ".join(f"--{k} {v:g}" for k, v in (("minutes", settings.minutes), ("steps", settings.steps)) if v)
    return f"Trained from the listed data with: python -m training.train {settings.network} {budget} --seed {settings.seed}"


def write(network: nn.Module, settings: TrainSettings, folder: Path, id: str, version: str, prefix: str, metrics: list[dict]) -> dict:
    """Writes the files to `folder`; returns what was found out. Raises ValueError if the ONNX file computes something else."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{id}.onnx"
    path.write_bytes(to_onnx.serialise(export(network, {"name": id, "licence": "MIT", "source": provenance_of(settings)})))
    session = open_session(path)
    task = task_of(network)
    if task == "classify":
        description = {"id": id, "classes": ["sharp", "motion", "defocus"], "input": "N×3×H×W float32 sRGB [0,1], sides multiples of "
                       f"{network.multiple_of}", "output": "probabilities of each class for each block", "metrics": metrics}
        (folder / f"{id}.json").write_text(json.dumps(description, indent=2, ensure_ascii=False) + "\n")
        return {"bytes": path.stat().st_size}
    picture = blurred_example(HALO_SIDE).astype(np.float32) / np.float32(255)
    same = agreement(network, session, picture[:256, :256])
    if same < LEAST_AGREEMENT:
        raise ValueError(f"ONNX Runtime and PyTorch agree to {same:.1f} dB only; at least {LEAST_AGREEMENT:g} are needed")
    halo, figures = measure_halo(lambda p: run_picture(session, p), picture, network.multiple_of)
    write_golden(session, folder, id)
    folders = [*settings.sources.pictures, *settings.sources.clips, *settings.sources.averaged]
    macs = count_macs(network, 256) / 256**2
    facts = Facts(id, task, type(network).__name__, provenance_of(settings), folders, network.multiple_of, halo, round(macs), GOLDEN_SIDE,
                  states_of(network), version, metrics, measure_memory(path))
    (folder / f"{id}.json").write_text(json.dumps(manifest(facts, folder, prefix), indent=2, ensure_ascii=False) + "\n")
    return {"bytes": path.stat().st_size, "agreement": round(same, 1), "halo": halo, "halo_figures": figures, "mac_per_pixel": round(macs)}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder")
    parser.add_argument("--id", help="default: the name of the network")
    parser.add_argument("--version", default="0.1.0")
    parser.add_argument("--prefix", default="", help="folder of the files inside a model package, such as files/")
    parser.add_argument("--metrics", type=Path, help="results of python -m training.evaluate, to be quoted")
    options = parser.parse_args(arguments)
    network, settings = load_run(options.run)
    metrics = json.loads(options.metrics.read_text())["metrics"] if options.metrics else []
    found = write(network, settings, options.output, options.id or settings.network, options.version, options.prefix, metrics)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
