"""What storing MAXIM's weights small costs: agreement with float32 and PSNR to the sharp picture, three tiles.

    python -m training.convert.measure_storage

`int8` is every weight in int8; `float16 up to n` keeps weights of up to n elements, and resize matrices, in float16.
The shipped file is `float16 up to 9216`.
"""
from functools import partial

import numpy as np

from training.convert import maxim, pairs, report, runtime, store_weights, to_onnx

CROPS = (("1195_n_avg-8", 200, 300), ("802_n_avg-10", 300, 600), ("614_n_avg-8", 100, 900))
LIMITS = (2048, 9216, 36864)


def tile_pairs() -> list[tuple[np.ndarray, np.ndarray]]:
    loaded = [(*pairs.load(f"GOPR0374_11_00_st_frame-{name}"), y, x) for name, y, x in CROPS]
    cut = lambda picture, y, x: np.ascontiguousarray(picture[y:y + 256, x:x + 256])
    return [(cut(blurred, y, x), cut(sharp, y, x)) for blurred, sharp, y, x in loaded]


def forms() -> dict[str, store_weights.Form | None]:
    limited = {f"float16 up to {n}": partial(store_weights.int8_or_float16, limit=n) for n in LIMITS}
    return {"float32": None, "int8": store_weights.int8, **limited}


def measure() -> dict:
    source, tiles = maxim.load_source(), tile_pairs()
    exact: list[np.ndarray] = []
    rows = {"blurred": {"psnr_to_sharp": [round(runtime.psnr(x, sharp), 3) for x, sharp in tiles]}}
    for name, form in forms().items():
        content = to_onnx.serialise(maxim.build(source, maxim.S1, form=form))
        network = runtime.session(content)
        results = [np.clip(runtime.run_maxim(network, x), 0, 1) for x, _ in tiles]
        exact = exact or results
        rows[name] = {
            "bytes": len(content),
            "psnr_to_float32": [round(runtime.psnr(a, b), 2) for a, b in zip(results, exact)],
            "psnr_to_sharp": [round(runtime.psnr(a, sharp), 3) for a, (_, sharp) in zip(results, tiles)],
        }
    rows["float32"].pop("psnr_to_float32")
    return {"tiles": [f"frame-{n}, 256×256 at ({x}, {y})" for n, y, x in CROPS], "maxim-s1": rows}


if __name__ == "__main__":
    report.write("storage", "python -m training.convert.measure_storage", measure())
