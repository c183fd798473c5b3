"""References for msSsim, computed by pytorch-msssim 1.0.0 with PyTorch 2.13.0 in double precision.

    python packages/core/reference/ms-ssim.py        # from the repository root, after metrics.py; writes src/metrics/fixtures/ms-ssim.json

The pictures are those of fixtures/metrics.json, mirrored (edges repeated) to 256x192, so that nothing more is stored. The package fills
odd sides with zeros; TensorFlow's definition repeats the last row, so for sides that are not multiples of 16 the package's
single-scale function is applied to planes halved that way.
"""
import base64
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from pytorch_msssim import ms_ssim
from pytorch_msssim.ssim import _fspecial_gauss_1d, _ssim

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "src" / "metrics" / "fixtures"
WEIGHTS = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]
LUMA = np.array([0.299, 0.587, 0.114])


def tensor(x):
    return torch.from_numpy(np.ascontiguousarray(x.transpose(2, 0, 1)))[None]


def repeated_edges(a, b):
    window = _fspecial_gauss_1d(11, 1.5).double().repeat([a.shape[1], 1, 1, 1])
    product = 1
    for scale, weight in enumerate(WEIGHTS):
        if scale:
            a, b = (F.avg_pool2d(F.pad(x, (0, x.shape[3] % 2, 0, x.shape[2] % 2), mode="replicate"), 2) for x in (a, b))
        similarity, contrast = _ssim(a, b, data_range=1, win=window, size_average=False)
        product = product * torch.relu(similarity if scale == 4 else contrast) ** weight
    return product.mean().item()


def main():
    pair = json.loads((FIXTURES / "metrics.json").read_text())["pair"]
    shape = (pair["height"], pair["width"], 3)
    pictures = [np.frombuffer(base64.b64decode(pair[k]), np.uint8).reshape(shape) / 255 for k in ("sharp", "blurred")]
    large = [np.pad(x, ((0, 144), (0, 192), (0, 0)), mode="symmetric") for x in pictures]
    cases = []
    for width, height in ((256, 192), (176, 176), (201, 179)):
        a, b = (x[:height, :width] for x in large)
        whole = width % 16 == 0 and height % 16 == 0
        figure = lambda x, y: ms_ssim(x, y, data_range=1, weights=WEIGHTS, win=_fspecial_gauss_1d(11, 1.5).double().repeat([x.shape[1], 1, 1, 1])).item() if whole else repeated_edges(x, y)
        cases.append({
            "width": width, "height": height, "source": "ms_ssim" if whole else "scales by _ssim",
            "wang": figure(tensor(a), tensor(b)),
            "wang-luma": figure(tensor((a @ LUMA)[..., None]), tensor((b @ LUMA)[..., None])),
        })
        if whole:
            assert abs(repeated_edges(tensor(a), tensor(b)) - cases[-1]["wang"]) < 1e-9
    (FIXTURES / "ms-ssim.json").write_text(json.dumps(cases, indent=1) + "\n")
    print(cases)


if __name__ == "__main__":
    main()
