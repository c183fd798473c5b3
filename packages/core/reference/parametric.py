"""References for src/estimation/parametric, computed by SciPy 1.17.1 in double precision.

    python packages/core/reference/parametric.py   # from the repository root; writes src/estimation/parametric/fixtures/parametric.json

bessel: J1 at x. motion, disk: power of the transfer function at a frequency in cycles a pixel, the sinc by numpy.sinc, the disk by J1.
spectrum: a 64 by 64 plane (NumPy's PCG64 seeded with 3, float32) and the power of its tapered half spectrum by scipy.fft.
"""
import base64
import json
import pathlib

import numpy as np
import scipy
import scipy.fft
import scipy.special


def encode(values):
    return base64.b64encode(np.ascontiguousarray(values, np.float32).tobytes()).decode()


def main():
    assert scipy.__version__ == "1.17.1", scipy.__version__
    bessel = [[float(x), float(scipy.special.j1(x))] for x in [0, 0.01, 0.5, 1, 1.84, 2.99, 3, 3.01, 3.8317, 5.3, 8, 15, 40, 150]]
    frequencies = [0, 0.003, 0.04, 0.1, 0.23, 0.4, 0.5]
    motion = [[length, f, float(np.sinc(length * f) ** 2)] for length in [3, 8.5, 27.3] for f in frequencies]
    disk = []
    for radius in [1.5, 4.2, 11]:
        for f in frequencies:
            x = 2 * np.pi * radius * f
            disk.append([radius, f, float((2 * scipy.special.j1(x) / x) ** 2) if x else 1.0])
    side = 64
    plane = (0.2 + 0.6 * np.random.default_rng(3).random((side, side))).astype(np.float32)
    taper = np.sin(np.pi * (np.arange(side) + 0.5) / side) ** 2
    taper = np.outer(taper, taper)
    x = plane.astype(np.float64)
    x = taper * (x - np.sum(taper * x) / np.sum(taper))
    power = np.abs(scipy.fft.rfft2(x)) ** 2 / np.sum(taper**2)
    spectrum = dict(side=side, plane=encode(plane), power=encode(np.fft.fftshift(power, axes=0)))
    target = pathlib.Path(__file__).resolve().parent.parent / "src" / "estimation" / "parametric" / "fixtures" / "parametric.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(dict(bessel=bessel, motion=motion, disk=disk, spectrum=spectrum)) + "\n")


if __name__ == "__main__":
    main()
