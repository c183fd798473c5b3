"""FFDNet: halo, fidelity of float16 storage, and quality on Kodak.

    python -m training.convert.measure_ffdnet

Receptive field: 12 convolutions 3×3 at half resolution reach 12 half-resolution pixels, that is 24 pixels, each way.
Tiled against whole is measured on tiles of 128 that keep only what lies `halo` inside each interior edge.
"""
import numpy as np

from training.convert import ffdnet, pairs, report, runtime, tiles, to_onnx
from training.convert.convert import folder_of
from training.convert.golden import DATA

TILE, HALOS, LEVELS = 128, (0, 8, 12, 16, 20, 22, 24, 26), (5, 15, 25, 50)
PICTURES = ("03", "05", "13", "19")


def noisy(picture: np.ndarray, sigma: float, seed: int) -> np.ndarray:
    """With Gaussian noise of standard deviation `sigma`, not clipped, not rounded."""
    return (picture + np.random.default_rng(seed).normal(size=picture.shape) * sigma).astype(np.float32)


def measure_halo(network, picture: np.ndarray, sigma: float) -> dict[str, float]:
    denoise = lambda tile: runtime.run_ffdnet(network, tile, sigma)
    whole, results = denoise(picture), {}
    for halo in HALOS:
        positions = [range(0, size - TILE + 1, TILE - 2 * halo) for size in picture.shape[:2]]
        rows, columns = ([*p, size - TILE] if p[-1] != size - TILE else list(p)
                         for p, size in zip(positions, picture.shape[:2]))
        parts = {(y, x): denoise(np.ascontiguousarray(picture[y:y + TILE, x:x + TILE])) for y in rows for x in columns}
        results[str(halo)] = round(runtime.psnr(tiles.stitch(picture.shape, parts, TILE, halo), whole), 1)
    return results


def measure() -> dict:
    layers = ffdnet.load_source()
    shipped = runtime.session(folder_of(ffdnet.ID) / f"{ffdnet.ID}.onnx")
    exact = runtime.session(to_onnx.serialise(ffdnet.build(layers, float16=False)))
    crops = [pairs.read(DATA / "kodak24" / f"{p}.png")[100:356, 100:356] for p in PICTURES]
    quality, storage = {}, {}
    for level in LEVELS:
        sigma, before, after, same = level / 255, [], [], []
        for seed, sharp in enumerate(crops):
            x = noisy(sharp, sigma, seed)
            y = runtime.run_ffdnet(shipped, x, sigma)
            before.append(runtime.psnr(np.clip(x, 0, 1), sharp))
            after.append(runtime.psnr(np.clip(y, 0, 1), sharp))
            same.append(runtime.psnr(y, runtime.run_ffdnet(exact, x, sigma)))
        quality[str(level)] = {"noisy": round(float(np.mean(before)), 2), "denoised": round(float(np.mean(after)), 2)}
        storage[str(level)] = round(min(same), 1)
    halo = {str(level): measure_halo(shipped, noisy(crops[0], level / 255, 1), level / 255) for level in (5, 50)}
    return {"halo_psnr_tiled_to_whole_by_sigma255": halo, "float16_storage_to_float32_psnr_by_sigma255": storage,
            "kodak_psnr_by_sigma255": quality, "kodak": f"crops 256×256 at (100, 100) of pictures {', '.join(PICTURES)}"}


if __name__ == "__main__":
    report.write("ffdnet", "python -m training.convert.measure_ffdnet", measure())
