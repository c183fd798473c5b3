"""Computes what `maxim-s1` makes of blurred pictures at half the size, once, so that a head trains on it; goes on where it was stopped.

    python -m training.slim.features -o features --count 640

Each item is a blurred picture of 512×512 with its sharp one, and features and correction of maxim-s1 at half the size. `train/` is made from
the training data, `held-out/` and `sharp/` (nothing blurred) from what is held out. An item takes 6 MB, and about a second on two
processor cores.
"""
import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from tqdm import tqdm

from training.convert import runtime
from training.data.batches import BlurBatches, BlurSettings
from training.data.frames import FrameBank
from training.data.sources import SourceSettings, default_sources, read_sources
from training.paths import DATA, REPOSITORY
from training.slim.halve import halve
from training.slim.trunk import CORRECTION, FEATURES, cut_trunk
from training.train.teacher import to_bytes
from training.train.weights import replace

SIDE, HELD_OUT_SEED = 512, 1
SHARES = {"identity": 0.07, "shake": 0.12, "motion": 0.08, "defocus": 0.04, "gaussian": 0.03, "layers": 0.12, "rotation": 0.14, "frames": 0.4}
MOST_FRAMES = 41
MAXIM = REPOSITORY / "packages" / "models" / "files" / "maxim-s1.onnx"


def run_trunk(trunk, blurred: torch.Tensor) -> tuple[np.ndarray, np.ndarray]:
    """Features (32×H/2×W/2) and correction (3×H/2×W/2) of a 3×H×W picture of twice the trunk's size, float32."""
    half = halve(blurred[None])[0].permute(1, 2, 0).contiguous().numpy()
    return tuple(np.ascontiguousarray(t[0].transpose(2, 0, 1)) for t in trunk.run([FEATURES, CORRECTION], {"input": half[None]}))


def make_item(blurred: torch.Tensor, sharp: torch.Tensor, trunk) -> dict[str, np.ndarray]:
    """`blurred`, `sharp` 3×512×512 uint8 sRGB; `features` 32×256×256 and `correction` 3×256×256 float16."""
    features, correction = run_trunk(trunk, blurred)
    return {"blurred": to_bytes(blurred.numpy()), "sharp": to_bytes(sharp.numpy()), "features": features.astype(np.float16), "correction": correction.astype(np.float16)}


def sources_to_publish(limit: int | None, data: Path) -> SourceSettings:
    """What weights that are distributed may be trained on."""
    found = default_sources(limit, data=data)
    return SourceSettings(found.pictures, tuple(c for c in found.clips if c.endswith("gopr0477")), found.averaged, found.procedural, limit)


def compute(output: Path, counts: dict[str, int], settings: SourceSettings, model: Path, threads: int, seed: int) -> None:
    """Writes items that are not there yet."""
    trunk = runtime.session(cut_trunk(onnx.load(model)).SerializeToString(), threads)
    device = torch.device("cpu")
    for name, wanted in counts.items():
        folder, held_out = output / name, name != "train"
        folder.mkdir(parents=True, exist_ok=True)
        missing = [n for n in range(wanted) if not (folder / f"{n:05}.npz").exists()]
        if not missing:
            continue
        sources = read_sources(settings, device, held_out=held_out)
        shares = {**SHARES, **({"identity": 0} if held_out else {})}
        frames = sources.frames and FrameBank(sources.frames.frames, MOST_FRAMES)
        batches = BlurBatches(sources.pictures, frames, BlurSettings(SIDE, 32, shares), seed + HELD_OUT_SEED * held_out, device)
        for number in tqdm(missing, desc=name, disable=None):
            batch = batches.batch(number, 1)
            blurred = batch.sharp if name == "sharp" else batch.blurred
            item = make_item(blurred[0], batch.sharp[0], trunk)
            replace(folder / f"{number:05}.npz", lambda file: np.savez(file, **item))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder")
    parser.add_argument("--count", type=int, default=640)
    parser.add_argument("--held-out", type=int, default=24)
    parser.add_argument("--sharp", type=int, default=6)
    parser.add_argument("--model", type=Path, default=MAXIM)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--limit", type=int, help="at most so many sharp pictures")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    counts = {"held-out": options.held_out, "sharp": options.sharp, "train": options.count}
    compute(options.output, counts, sources_to_publish(options.limit, options.data), options.model, options.threads, options.seed)


if __name__ == "__main__":
    main()
