"""A blurred picture that needs no data and is the same everywhere: for golden tiles, halos and comparisons."""
import numpy as np
import torch

from training.data.camera_shake import camera_shake_psf
from training.data.light import blur_valid, to_linear, to_srgb
from training.data.procedural import procedural_pictures


def blurred_example(side: int) -> np.ndarray:
    """side×side×3 uint8: procedural pictures, blurred by a seeded camera shake. Needs no data and is the same everywhere."""
    psf = torch.zeros(1, 65, 65)
    shake = torch.from_numpy(camera_shake_psf(18, 5))
    top, left = 32 - shake.shape[0] // 2, 32 - shake.shape[1] // 2
    psf[0, top:top + shake.shape[0], left:left + shake.shape[1]] = shake
    tiles = torch.stack([p.float() / 255 for p in procedural_pictures(4, 11, side // 2 + 64)])
    blurred = to_srgb(blur_valid(to_linear(tiles), psf))
    picture = torch.cat([torch.cat([blurred[0], blurred[1]], 2), torch.cat([blurred[2], blurred[3]], 2)], 1)
    return (picture * 255).round().byte().permute(1, 2, 0).contiguous().numpy()
