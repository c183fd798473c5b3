"""PSNR, SSIM, flicker and classification metrics. Pictures are B×3×H×W float sRGB in [0,1]."""
import torch

from training.train.validate import psnr

__all__ = ["classification", "flicker", "psnr", "ssim"]


def ssim(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """B values: Gaussian window 11×11 of σ 1.5, population covariance, only where it fits, mean of the channels
    (Wang et al. 2004; core's variant `wang`)."""
    offsets = torch.arange(11, device=a.device, dtype=torch.float64) - 5
    line = torch.exp(-offsets**2 / (2 * 1.5**2))
    line = line / line.sum()

    def mean(x: torch.Tensor) -> torch.Tensor:
        planes = x.flatten(0, 1)[:, None]
        filtered = torch.nn.functional.conv2d(torch.nn.functional.conv2d(planes, line.view(1, 1, 1, 11)), line.view(1, 1, 11, 1))
        return filtered.view(*x.shape[:2], *filtered.shape[2:])

    a, b = a.double(), b.double()
    mean_a, mean_b = mean(a), mean(b)
    variance_a, variance_b, covariance = mean(a * a) - mean_a**2, mean(b * b) - mean_b**2, mean(a * b) - mean_a * mean_b
    c1, c2 = 0.01**2, 0.03**2
    similarity = (2 * mean_a * mean_b + c1) * (2 * covariance + c2) / ((mean_a**2 + mean_b**2 + c1) * (variance_a + variance_b + c2))
    return similarity.flatten(1).mean(1)


def flicker(clips: torch.Tensor, sharp: torch.Tensor) -> torch.Tensor:
    """B values for B×T×3×H×W: how far changes from frame to frame are from those of the sharp clip, mean absolute, in
    levels of 255. 0 means that the result changes exactly as the scene does."""
    return ((clips.diff(dim=1) - sharp.diff(dim=1)).abs().flatten(1).mean(1)) * 255


def classification(found: list[int], true: list[int], classes: tuple[str, ...]) -> dict:
    """Accuracy, the confusion matrix (rows: true class) and precision, recall and F1 of each class."""
    matrix = [[0] * len(classes) for _ in classes]
    for f, t in zip(found, true, strict=True):
        matrix[t][f] += 1
    correct = sum(matrix[i][i] for i in range(len(classes)))
    scores = {}
    for i, name in enumerate(classes):
        columns, row = sum(r[i] for r in matrix), sum(matrix[i])
        precision = matrix[i][i] / columns if columns else 0.0
        recall = matrix[i][i] / row if row else 0.0
        scores[name] = {"precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall or 1)}
    return {"accuracy": correct / max(1, len(true)), "confusion": matrix, "classes": scores}
