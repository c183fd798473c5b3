"""PSF generators against the vectors of @deblur/core (made by packages/core/reference/psf-vectors.ts)."""
import base64
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from training.data import camera_shake, psfs
from training.data.seeded_random import SeededRandom

VECTORS = json.loads((Path(__file__).parent / "data" / "psf-vectors.json").read_text())
SIDE = 65


def decode(psf: dict) -> np.ndarray:
    return np.frombuffer(base64.b64decode(psf["data"]), "<f4").reshape(psf["height"], psf["width"])


def padded(psf: dict) -> np.ndarray:
    """On a SIDE×SIDE array with the centre in the middle."""
    array, centre = decode(psf), psf["centre"]
    result = np.zeros((SIDE, SIDE), np.float32)
    top, left = SIDE // 2 - centre["y"], SIDE // 2 - centre["x"]
    result[top:top + array.shape[0], left:left + array.shape[1]] = array
    return result


def test_random_numbers_are_those_of_core():
    random = SeededRandom(VECTORS["random"]["seed"])
    assert [random.bits() for _ in range(4)] == VECTORS["random"]["bits"]
    assert [random.uniform() for _ in range(4)] == VECTORS["random"]["uniforms"]
    assert [random.normal() for _ in range(5)] == pytest.approx(VECTORS["random"]["normals"], rel=1e-14)


@pytest.mark.parametrize("case", VECTORS["shake"], ids=lambda c: f"length {c['length']}, seed {c['seed']}")
def test_camera_shake_is_that_of_core(case):
    options = {k: v for k, v in case.items() if k != "psf"}
    psf = camera_shake.camera_shake_psf(**options)
    expected = decode(case["psf"])
    assert psf.shape == expected.shape
    assert np.abs(psf - expected).max() < 1e-6


@pytest.mark.parametrize("case", VECTORS["gaussian"], ids=lambda c: f"sigma {c['sigma']}")
def test_gaussian_is_that_of_core(case):
    psf = psfs.gaussian_psfs(torch.tensor([case["sigma"]]), SIDE)[0].numpy()
    assert np.abs(psf - padded(case["psf"])).max() < 1e-6


@pytest.mark.parametrize("case", VECTORS["disk"], ids=lambda c: f"radius {c['radius']}")
def test_disk_is_that_of_core_within_three_percent_of_the_largest_weight(case):
    psf = psfs.disk_psfs(torch.tensor([case["radius"]]), SIDE)[0].numpy()
    expected = padded(case["psf"])
    assert np.abs(psf - expected).max() < 0.03 * expected.max()


@pytest.mark.parametrize("case", VECTORS["motion"], ids=lambda c: f"{c['length']} at {c['angle']}°")
def test_motion_is_that_of_core_within_three_percent_of_the_largest_weight(case):
    psf = psfs.motion_psfs(torch.tensor([case["length"]]), torch.tensor([float(case["angle"])]), SIDE)[0].numpy()
    expected = padded(case["psf"])
    assert np.abs(psf - expected).max() < 0.03 * expected.max()


def test_paths_drawn_at_once_are_distributed_as_core_draws_them():
    """The mean distance from the centre of gravity over length, of 60 seeded paths and of 600 drawn in a batch."""
    spread = lambda path: float(np.sqrt(((path - path.mean(0)) ** 2).sum(1)).mean())
    seeded = [spread(camera_shake.seeded_path(20, seed, samples=2000)) / 20 for seed in range(60)]
    generator = torch.Generator().manual_seed(0)
    paths = camera_shake.draw_paths(torch.full((600,), 20.0), generator).numpy()
    drawn = [spread(path) / 20 for path in paths]
    error = np.sqrt(np.var(seeded) / len(seeded) + np.var(drawn) / len(drawn))
    assert abs(np.mean(seeded) - np.mean(drawn)) < 3 * error
    assert np.allclose(np.linalg.norm(np.diff(paths, axis=1), axis=2).sum(1), 20, rtol=1e-3)


def test_psfs_from_paths_sum_to_one_and_keep_their_centre():
    generator = torch.Generator().manual_seed(1)
    paths = camera_shake.draw_paths(torch.full((8,), 20.0), generator)
    result = camera_shake.paths_to_psfs(paths, 33)
    offsets = torch.arange(33) - 16.0
    assert torch.allclose(result.sum((1, 2)), torch.ones(8), atol=1e-5)
    assert (result.sum(1) @ offsets).abs().max() < 0.02
    assert (result.sum(2) @ offsets).abs().max() < 0.02
