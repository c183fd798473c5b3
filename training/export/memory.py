"""Peak memory of a session, as a line over the pixels of the picture; each size runs in a process of its own."""
import subprocess
import sys
from pathlib import Path

import numpy as np

from training.convert.measure_memory import peak_bytes
from training.paths import REPOSITORY

SIDES = (128, 256, 512)


def child(model: str, side: int) -> None:
    """Prints by how many bytes the peak grew."""
    from training.export.session import open_session, run_picture

    picture = np.random.default_rng(0).random((side, side, 3), np.float32)
    before = peak_bytes()
    session = open_session(Path(model))
    for _ in range(2):
        run_picture(session, picture)
    print(peak_bytes() - before)


def measure_memory(model: Path) -> dict:
    """`memory` of a manifest: the line through the smallest and the largest size, raised over all peaks."""
    command = [sys.executable, "-m", "training.export.memory", str(model.resolve())]
    peaks = {s: int(subprocess.run([*command, str(s)], capture_output=True, text=True, check=True, cwd=REPOSITORY).stdout) for s in SIDES}
    slope = max(1.0, (peaks[SIDES[-1]] - peaks[SIDES[0]]) / (SIDES[-1] ** 2 - SIDES[0] ** 2))
    fixed = max(0.0, max(peak - slope * side**2 for side, peak in peaks.items()))
    return {"fixedBytes": round(fixed), "bytesPerPixel": round(slope)}


if __name__ == "__main__":
    child(sys.argv[1], int(sys.argv[2]))
