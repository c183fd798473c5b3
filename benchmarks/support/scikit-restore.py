"""Restores a colour picture with scikit-image, plane by plane in double precision, and prints the seconds it took.

    python3 benchmarks/support/scikit-restore.py METHOD picture.f32 width height psf.f32 width height result.f32

Files hold little-endian 32-bit floats: three planes, the PSF, three planes. METHOD: richardson_lucy (30 iterations) or
unsupervised_wiener (seed 0); everything else at its default, no treatment of the boundary.
"""
import sys
import time

import numpy as np
from skimage import restoration

method, picture, width, height, psf, psf_width, psf_height, result = sys.argv[1:9]
planes = np.fromfile(picture, "<f4").reshape(3, int(height), int(width)).astype(np.float64)
kernel = np.fromfile(psf, "<f4").reshape(int(psf_height), int(psf_width)).astype(np.float64)
restore = {
    "richardson_lucy": lambda plane: restoration.richardson_lucy(plane, kernel, num_iter=30),
    "unsupervised_wiener": lambda plane: restoration.unsupervised_wiener(plane, kernel, rng=0)[0],
}[method]
start, processor = time.perf_counter(), time.process_time()
restored = np.stack([restore(plane) for plane in planes])
print(time.perf_counter() - start, time.process_time() - processor)
restored.astype("<f4").tofile(result)
