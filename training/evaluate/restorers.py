"""What is evaluated: a run in PyTorch, an exported ONNX file with its manifest, or a published model of fixed tiles."""
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from training.convert import runtime, tiles
from training.train.load_run import load_run
from training.export.session import open_session, run_picture
from training.models.catalogue import task_of
from training.models.macs import count_macs

Restore = Callable[[torch.Tensor], torch.Tensor]


@dataclass(frozen=True)
class Restorer:
    """`restore` maps 3×H×W sRGB in [0,1] of any size to the same, not clipped."""

    name: str
    restore: Restore
    gmac: float | None


def padded(run: Restore, multiple_of: int) -> Restore:
    """Mirrors the right and lower edges up to whole multiples and cuts them off again."""
    def restore(picture: torch.Tensor) -> torch.Tensor:
        height, width = picture.shape[1:]
        extra = (0, -width % multiple_of, 0, -height % multiple_of)
        mirrored = torch.nn.functional.pad(picture[None], extra, mode="replicate")[0]
        return run(mirrored)[:, :height, :width]
    return restore


def from_run(folder: Path, device: torch.device) -> Restorer:
    network, settings = load_run(folder)
    gmac = count_macs(network) / 1e9
    network = network.to(device)

    @torch.no_grad()
    def run(picture: torch.Tensor) -> torch.Tensor:
        frame = picture[None].to(device)
        states = network.first_states(frame) if task_of(network) == "video" else []
        result = network(frame, *states)
        return (result[0] if states else result)[0].cpu()

    return Restorer(settings.network, padded(run, network.multiple_of), gmac)


def from_onnx(path: Path, threads: int) -> Restorer:
    """The manifest lies beside the file, or in ../manifests as in the model packages."""
    beside = path.with_suffix(".json")
    manifest = json.loads((beside if beside.exists() else path.parents[1] / "manifests" / beside.name).read_text())
    session, gmac = open_session(path, threads), manifest["macPerPixel"] * 256**2 / 1e9
    if manifest["size"].get("fixed"):
        side, halo, overlap = manifest["size"]["fixed"]["width"], manifest["halo"], manifest["overlap"]

        def run_tiles(picture: torch.Tensor) -> torch.Tensor:
            array = picture.permute(1, 2, 0).numpy()
            results = tiles.compute(array, lambda tile: runtime.run_maxim(session, tile), side, overlap)
            return torch.from_numpy(tiles.stitch(array.shape, results, side, halo)).permute(2, 0, 1)

        return Restorer(manifest["id"], run_tiles, gmac)
    run = lambda picture: torch.from_numpy(run_picture(session, np.ascontiguousarray(picture.permute(1, 2, 0).numpy()))).permute(2, 0, 1)
    return Restorer(manifest["id"], padded(run, manifest["size"]["multipleOf"]), gmac)


def open_restorer(path: Path, device: torch.device, threads: int) -> Restorer:
    return from_onnx(path, threads) if path.suffix == ".onnx" else from_run(path, device)
