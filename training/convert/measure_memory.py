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
from pathlib import Path

import numpy as np

from training.convert import report, runtime
from training.convert.convert import ROOT, folder_of
from training.convert.ffdnet import ID as FFDNET

SIDES = (128, 256, 384, 512, 576, 640, 768, 1024)
RETURNING = {"MALLOC_MMAP_THRESHOLD_": "1000000"}
RUNS = 3


def peak_bytes() -> int:
    """Largest resident set of this program so far. Linux tells it in VmHWM; ru_maxrss there starts at what the parent process held."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def child(model: Path, side: int) -> None:
    """Prints the growth of the peak in bytes: after loading, after the runs."""
    picture = np.random.default_rng(0).random((side, side, 3), np.float32)
    before = peak_bytes()
    network = runtime.session(model)
    loaded = peak_bytes()
    for _ in range(RUNS):
        runtime.run_ffdnet(network, picture, 0.1) if model.stem == FFDNET else runtime.run_maxim(network, picture)
    print(loaded - before, peak_bytes() - before)


def growth(model: Path, side: int, environment: dict[str, str]) -> tuple[int, int]:
    """Growth of the peak in bytes, after loading and after the runs, of a picture of that side; in a process of its own."""
    command = [sys.executable, "-m", "training.convert.measure_memory", str(model.resolve()), str(side)]
    result = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env={**os.environ, **environment})
    loaded, peak = result.stdout.split()
    return int(loaded), int(peak)


def measure() -> dict:
    model_of = lambda id: folder_of(id) / f"{id}.onnx"
    results: dict[str, dict] = {}
    for id in ("maxim-s1", "maxim-s2"):
        loaded, peak = growth(model_of(id), 256, {})
        results[id] = {"loaded_bytes": loaded, "peak_bytes_256x256": peak,
                       "peak_bytes_256x256_returning": growth(model_of(id), 256, RETURNING)[1]}
    default = {side: growth(model_of(FFDNET), side, {})[1] for side in SIDES}
    returning = {side: growth(model_of(FFDNET), side, RETURNING)[1] for side in SIDES}
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
        child(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        report.write("memory", "python -m training.convert.measure_memory", measure())
