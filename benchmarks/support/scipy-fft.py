"""Prints the least time in milliseconds of scipy.fft.rfft2 on float32, one worker.

    python3 benchmarks/support/scipy-fft.py 1024
"""
import sys
import time

import numpy as np
import scipy.fft

size = int(sys.argv[1])
values = np.random.default_rng(1).random((size, size), np.float32)
times = []
for _ in range(20):
    start = time.perf_counter()
    scipy.fft.rfft2(values, workers=1)
    times.append(time.perf_counter() - start)
print(min(times) * 1000)
