"""References for src/detection, computed by scikit-image 0.26.0, OpenCV 5.0.0 and NumPy 2.4.6.

    python packages/core/reference/detection.py        # from the repository root, after metrics.py; writes src/detection/fixtures/detection.json

The pictures are those of src/metrics/fixtures/metrics.json, as stored and mirrored to 300x200. The high-frequency ratio is written
down here with NumPy's FFT, since no package has it.
"""
import base64
import json
import pathlib

import cv2
import numpy as np
from skimage.measure import blur_effect

SRC = pathlib.Path(__file__).resolve().parent.parent / "src"
LUMA = np.array([0.299, 0.587, 0.114])
SIDE = 128


def places(length):
    count = min(8, -(-length // SIDE))
    return [0] if count == 1 else [int(np.floor(i * (length - SIDE) / (count - 1) + 0.5)) for i in range(count)]


def high_frequency_ratio(luma, cutoff):
    height, width = luma.shape
    padded = np.pad(luma, ((0, max(0, SIDE - height)), (0, max(0, SIDE - width))), mode="reflect")
    fade = 0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(SIDE) + 0.5) / SIDE)
    f = np.fft.fftfreq(SIDE)
    radius = np.hypot(f[:, None], f[None])
    total = high = 0
    for top in places(height):
        for left in places(width):
            window = padded[top : top + SIDE, left : left + SIDE]
            power = np.abs(np.fft.fft2((window - window.mean()) * fade[:, None] * fade[None])) ** 2
            total += power[radius > 0].sum()
            high += power[radius >= cutoff].sum()
    return float(high / total)


def measures(x):
    luma = x @ LUMA if x.ndim == 3 else x
    axis = -1 if x.ndim == 3 else None
    return {
        "laplacianVariance": float(cv2.Laplacian(luma, cv2.CV_64F).var()),
        "tenengrad": float((cv2.Sobel(luma, cv2.CV_64F, 1, 0) ** 2 + cv2.Sobel(luma, cv2.CV_64F, 0, 1) ** 2).mean()),
        "blurEffect": float(blur_effect(x, channel_axis=axis)),
        "blurEffect5": float(blur_effect(x, h_size=5, channel_axis=axis)),
        "highFrequencyRatio": high_frequency_ratio(luma, 0.25),
        "highFrequencyRatio0.1": high_frequency_ratio(luma, 0.1),
    }


def main():
    pair = json.loads((SRC / "metrics" / "fixtures" / "metrics.json").read_text())["pair"]
    cases = []
    for name in ("sharp", "blurred"):
        x = np.frombuffer(base64.b64decode(pair[name]), np.uint8).reshape(pair["height"], pair["width"], 3) / 255
        large = np.pad(x, ((0, 200 - x.shape[0]), (0, 300 - x.shape[1]), (0, 0)), mode="symmetric")
        for picture in (x, np.ascontiguousarray(x[..., 1]), large):
            height, width = picture.shape[:2]
            cases.append({"picture": name, "width": width, "height": height, "channels": 3 if picture.ndim == 3 else 1, **measures(picture)})
    out = SRC / "detection" / "fixtures" / "detection.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(cases, indent=1) + "\n")
    print(json.dumps(cases, indent=1))


if __name__ == "__main__":
    main()
