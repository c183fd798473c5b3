"""Shows what the training data looks like, how blurred it is and how fast it is made.

    python -m training.data -o data.png [--device cuda]
"""
import argparse
import time
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from training.data.batches import CHOICE, KINDS, BlurBatches, BlurSettings
from training.data.sources import default_sources, read_sources
from training.train.validate import psnr


def sheet(blurred: torch.Tensor, sharp: torch.Tensor) -> Image.Image:
    """Blurred pictures over sharp ones, eight to a row."""
    rows = [torch.cat([half[i:i + 8][j] for j in range(len(half[i:i + 8]))], 2) for i in range(0, len(blurred), 8) for half in (blurred, sharp)]
    width = max(r.shape[2] for r in rows)
    rows = [torch.nn.functional.pad(r, (0, width - r.shape[2])) for r in rows]
    picture = (torch.cat(rows, 1).clamp(0, 1) * 255).round().byte().permute(1, 2, 0).cpu().numpy()
    return Image.fromarray(np.ascontiguousarray(picture))


def synchronise(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("-o", "--output", type=Path, help="PNG of a batch with every kind of blur")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--patch", type=int, default=192)
    parser.add_argument("--margin", type=int, default=32)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--choice", type=int, default=CHOICE, help="each crop is the most detailed of so many")
    parser.add_argument("--rounds", type=int, default=3, help="batches that are timed")
    parser.add_argument("--limit", type=int, help="at most so many pictures")
    parser.add_argument("--threads", type=int, help="processor threads")
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    device = torch.device(options.device)
    sources = read_sources(default_sources(options.limit), device, held_out=False)
    make = lambda shares: BlurBatches(sources.pictures, sources.frames, BlurSettings(options.patch, options.margin, shares, choice=options.choice), 0, device)
    print(f"{len(sources.pictures)} pictures, {0 if sources.frames is None else len(sources.frames.frames)} consecutive frames on {device}")
    for kind in [*KINDS, "all"]:
        if kind == "frames" and sources.frames is None:
            continue
        batches = make(BlurSettings().shares if kind == "all" else {kind: 1.0})
        batches.batch(0, options.batch)
        synchronise(device)
        started = time.perf_counter()
        made = [batches.batch(1 + step, options.batch) for step in range(options.rounds)]
        synchronise(device)
        seconds = time.perf_counter() - started
        middle = torch.cat([psnr(b.blurred, b.sharp) for b in made]).median()
        print(f"{kind:9} {options.batch * options.rounds / seconds:8.1f} pairs of {options.patch}² a second, blurred at {middle:.1f} dB (median)")
    if options.output:
        batch = make({k: 1.0 for k in KINDS}).batch(0, 32)
        sheet(batch.blurred, batch.sharp).save(options.output)
        print("kinds in the sheet:", " ".join(KINDS[k] for k in batch.kinds.tolist()))


if __name__ == "__main__":
    main()
