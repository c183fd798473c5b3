"""Reference for src/tiling, computed by NumPy 2.4.6: what its reflection shows left and right of rows of several lengths.

    python packages/core/reference/tiling.py        # from the repository root; writes src/tiling/fixtures/reflect.json
"""
import json
import pathlib

import numpy as np

BEFORE = AFTER = 9
cases = [
    {"length": length, "first": -BEFORE, "expected": np.pad(np.arange(length), (BEFORE, AFTER), mode="reflect").tolist()}
    for length in (1, 2, 3, 4, 7)
]
target = pathlib.Path(__file__).resolve().parents[1] / "src" / "tiling" / "fixtures" / "reflect.json"
target.write_text(json.dumps({"numpy": np.__version__, "cases": cases}) + "\n")
