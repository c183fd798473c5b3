"""PSNR of MAXIM on the four GOPR0374 pairs for several halos and overlaps.

    python -m training.convert.measure_tiling [maxim-s1|maxim-s2] [--pairs 4] [--overlaps 0 32 64]

Tiles of one overlap are computed once and stitched with each halo. Whole pictures, 8-bit output, as `deblur` writes.
"""
import argparse
import time

import numpy as np
from tqdm import tqdm

from training.convert import pairs, report, runtime, tiles
from training.convert.convert import folder_of

TILE, DEFAULT = 256, [0, 32, 64]
HALOS = {0: (0,), 16: (0, 8), 32: (0, 8, 16), 64: (0, 8, 16, 32)}


def as_8_bit(picture: np.ndarray) -> np.ndarray:
    return np.round(np.clip(picture, 0, 1) * 255).astype(np.float32) / np.float32(255)


def name_and_command(id: str, count: int, overlaps: list[int]) -> tuple[str, str]:
    """The result file and the command; overlaps other than the default have a file of their own."""
    command = f"python -m training.convert.measure_tiling {id}" + (f" --pairs {count}" if count != 4 else "")
    if overlaps == DEFAULT:
        return f"tiling-{id}", command
    return "-".join([f"tiling-{id}", *map(str, overlaps)]), f"{command} --overlaps {' '.join(map(str, overlaps))}"


def measure(id: str, count: int, overlaps: list[int], threads: int) -> dict:
    network = runtime.session(folder_of(id) / f"{id}.onnx", threads)
    scores: dict[str, dict] = {}
    before, seconds, tile_count = [], [], 0
    for name in tqdm(pairs.names()[:count], desc="pairs"):
        blurred, sharp = pairs.load(name)
        before.append(runtime.psnr(blurred, sharp))
        for overlap in overlaps:
            started = time.perf_counter()
            results = tiles.compute(blurred, lambda tile: runtime.run_maxim(network, tile), TILE, overlap)
            seconds.append(time.perf_counter() - started)
            tile_count += len(results)
            for halo in HALOS[overlap]:
                result = as_8_bit(tiles.stitch(blurred.shape, results, TILE, halo))
                entry = scores.setdefault(f"halo {halo}, overlap {overlap}", {"tiles": len(results), "psnr": []})
                entry["psnr"].append(round(runtime.psnr(result, sharp), 4))
        summary = {k: {**v, "mean": round(float(np.mean(v["psnr"])), 4)} for k, v in scores.items()}
        report.write(*name_and_command(id, count, overlaps), {
            "pictures": pairs.names()[:len(before)], "blurred": [round(b, 4) for b in before],
            "blurred_mean": round(float(np.mean(before)), 4), "results": summary,
            "seconds_per_tile": round(sum(seconds) / tile_count, 2), "threads": threads,
        })
    return summary


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("id", nargs="?", default="maxim-s1", choices=["maxim-s1", "maxim-s2"])
    parser.add_argument("--pairs", type=int, default=4)
    parser.add_argument("--overlaps", type=int, nargs="+", default=DEFAULT, choices=list(HALOS))
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    measure(options.id, options.pairs, options.overlaps, options.threads)
