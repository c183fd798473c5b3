"""Peak memory of a session on ONNX Runtime's CPU provider, arena and memory patterns off.

    python -m training.convert.measure_memory

Each size runs in a process of its own; what is reported is the peak resident set beyond that of the same process
before the model was loaded. Two allocators: glibc as it comes keeps freed buffers below 32 MiB in its heap, which costs
most at tiles of 450 to 650 pixels; with MALLOC_MMAP_THRESHOLD_ set at process start it gives them back, and the peak is
what the network needs. FFDNet's need is a line over pixels (least squares); `bound` is the line of the same slope above
every peak measured with glibc as it comes.
"""
import os
import resource
import subprocess
import sys

import numpy as np

from training.convert import report, runtime
from training.convert.convert import folder_of
from training.convert.ffdnet import ID as FFDNET

SIDES = (128, 256, 384, 512, 576, 640, 768, 1024)
RETURNING = {"MALLOC_MMAP_THRESHOLD_": "1000000"}
RUNS = 3


def peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def child(id: str, side: int) -> None:
    """Prints the growth of the peak in bytes: after loading, after the runs."""
    picture = np.random.default_rng(0).random((side, side, 3), np.float32)
    before = peak_bytes()
    network = runtime.session(folder_of(id) / f"{id}.onnx")
    loaded = peak_bytes()
    for _ in range(RUNS):
        runtime.run_ffdnet(network, picture, 0.1) if id == FFDNET else runtime.run_maxim(network, picture)
    print(loaded - before, peak_bytes() - before)


def growth(id: str, side: int, environment: dict[str, str]) -> tuple[int, int]:
    command = [sys.executable, "-m", "training.convert.measure_memory", id, str(side)]
    result = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **environment})
    loaded, peak = result.stdout.split()
    return int(loaded), int(peak)


def measure() -> dict:
    results: dict[str, dict] = {}
    for id in ("maxim-s1", "maxim-s2"):
        loaded, peak = growth(id, 256, {})
        results[id] = {"loaded_bytes": loaded, "peak_bytes_256x256": peak,
                       "peak_bytes_256x256_returning": growth(id, 256, RETURNING)[1]}
    default = {side: growth(FFDNET, side, {})[1] for side in SIDES}
    returning = {side: growth(FFDNET, side, RETURNING)[1] for side in SIDES}
    slope, fixed = np.polyfit([s * s for s in SIDES], [returning[s] for s in SIDES], 1)
    error = max(abs(fixed + slope * s * s - returning[s]) / returning[s] for s in SIDES)
    bound = max(default[s] - slope * s * s for s in SIDES)
    results[FFDNET] = {
        "need": {"fixed_bytes": round(float(fixed)), "bytes_per_pixel": round(float(slope), 1),
                 "largest_relative_error": round(float(error), 3)},
        "bound": {"fixed_bytes": round(float(bound)), "bytes_per_pixel": round(float(slope), 1)},
        "peak_bytes": default, "peak_bytes_returning": returning,
    }
    return results


if __name__ == "__main__":
    if len(sys.argv) == 3:
        child(sys.argv[1], int(sys.argv[2]))
    else:
        report.write("memory", "python -m training.convert.measure_memory", measure())
