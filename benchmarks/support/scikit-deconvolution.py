"""Deconvolves a colour picture with scikit-image and SciPy, once for each line read, and answers with the milliseconds it took
by the clock and of the processor.

    python3 benchmarks/support/scikit-deconvolution.py picture.f32 width height psf.f32 width height

The files hold little-endian 32-bit floats: three planes, then the PSF. Lines: wiener, wiener32, rl, rl32, tv (32: single precision).
scikit-image knows no colour, so its functions run plane by plane. Total variation is half-quadratic splitting with SciPy's real
transforms on one thread, single precision, colour channels jointly, 11 alternations, no treatment of the boundary.
"""
import sys
import time

import numpy as np
import scipy.fft
from skimage import restoration

picture, width, height, psf, psf_width, psf_height = sys.argv[1:7]
planes32 = np.fromfile(picture, "<f4").reshape(3, int(height), int(width))
psf32 = np.fromfile(psf, "<f4").reshape(int(psf_height), int(psf_width))
planes, kernel = planes32.astype(np.float64), psf32.astype(np.float64)


def transfer(values, shape):
    plane = np.zeros(shape, np.float32)
    plane[: values.shape[0], : values.shape[1]] = values
    return scipy.fft.rfft2(np.roll(plane, (-(values.shape[0] // 2), -(values.shape[1] // 2)), (0, 1)))


def total_variation(observed, psf, weight=2000):
    shape = observed.shape[1:]
    transform, inverse = scipy.fft.rfft2, lambda a: scipy.fft.irfft2(a, s=shape)
    response = transfer(psf, shape)
    dx, dy = (transfer(np.array(d, np.float32), shape) for d in ([[1, -1, 0]], [[1], [-1], [0]]))
    slopes, power, top = np.abs(dx) ** 2 + np.abs(dy) ** 2, np.abs(response) ** 2, np.conj(response) * transform(observed)
    x = observed
    for beta, alternations in [(2.0**i, 1 if i < 6 else 2) for i in range(9)]:
        divisor = power + beta / weight * slopes
        for _ in range(alternations):
            gx, gy = np.roll(x, -1, 2) - x, np.roll(x, -1, 1) - x
            length = np.sqrt((gx**2 + gy**2).mean(0)) + 1e-12
            factor = np.maximum(length - 1 / beta, 0) / length
            gx, gy = gx * factor, gy * factor
            x = inverse((top + beta / weight * transform(np.roll(gx, 1, 2) - gx + np.roll(gy, 1, 1) - gy)) / divisor)
    return x


work = {
    "wiener": lambda: [restoration.wiener(plane, kernel, 0.01) for plane in planes],
    "wiener32": lambda: [restoration.wiener(plane, psf32, 0.01) for plane in planes32],
    "rl": lambda: [restoration.richardson_lucy(plane, kernel, num_iter=30) for plane in planes],
    "rl32": lambda: [restoration.richardson_lucy(plane, psf32, num_iter=30) for plane in planes32],
    "tv": lambda: total_variation(planes32, psf32),
}
print("ready", flush=True)
for line in sys.stdin:
    start, processor = time.perf_counter(), time.process_time()
    work[line.strip()]()
    print((time.perf_counter() - start) * 1000, (time.process_time() - processor) * 1000, flush=True)
