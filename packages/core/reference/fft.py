"""References for src/fft, computed by SciPy 1.17.1's scipy.fft.rfft2 in double precision.

    python packages/core/reference/fft.py        # from the repository root; writes src/fft/fixtures/fft.json

Inputs come from NumPy's PCG64 seeded with 1; a case holds the input (float32), and the half spectrum (float32, interleaved).
"""
import base64
import json
import pathlib

import numpy as np
import scipy.fft

SIZES = [(1, 1), (2, 1), (1, 5), (3, 4), (15, 9), (25, 27), (20, 24), (30, 32), (36, 50), (45, 2)]  # width, height


def encode(values):
    return base64.b64encode(np.ascontiguousarray(values, np.float32).tobytes()).decode()


def main():
    random = np.random.default_rng(1)
    cases = []
    for width, height in SIZES:
        plane = random.standard_normal((height, width)).astype(np.float32)
        spectrum = scipy.fft.rfft2(plane.astype(np.float64))
        cases.append(dict(width=width, height=height, plane=encode(plane), spectrum=encode(spectrum.astype(np.complex64).view(np.float32))))
    target = pathlib.Path(__file__).resolve().parent.parent / "src" / "fft" / "fixtures" / "fft.json"
    target.write_text(json.dumps(dict(cases=cases), indent=1) + "\n")


if __name__ == "__main__":
    main()
