"""The blur classifier on Kodak pictures, each sharp, shaken and out of focus."""
from pathlib import Path

import torch
from tqdm import tqdm

from training.data.batches import CLASSES
from training.data.light import blur_valid, crop_centre, to_linear, to_srgb
from training.data.psfs import disk_psfs
from training.evaluate.metrics import classification
from training.evaluate.picture_sets import SHAKE_LENGTHS, read_float, shake
from training.train.load_run import load_run
from training.models.blur_classifier import picture_probabilities
from training.paths import DATA, list_pictures

RADII, EDGE = (2, 3, 5, 8), 16


def defocus(picture: torch.Tensor, radius: float) -> torch.Tensor:
    """Out of focus by a disk, EDGE pixels cut off, rounded to 8 bits."""
    psf = disk_psfs(torch.tensor([float(radius)]), 2 * EDGE + 1)
    return (to_srgb(blur_valid(to_linear(picture)[None], psf)[0]) * 255).round() / 255


def samples(data: Path, limit: int | None):
    """(picture, class) three times for each Kodak picture; all lose the same edge."""
    for i, path in enumerate(list_pictures(data / "kodak24")[:limit]):
        sharp = read_float(path)
        yield crop_centre(sharp, EDGE), 0
        yield crop_centre(shake(sharp, SHAKE_LENGTHS[i % len(SHAKE_LENGTHS)], i), EDGE), 1
        yield defocus(sharp, RADII[i % len(RADII)]), 2


def evaluate_classifier(folder: Path, device: torch.device, data: Path = DATA, limit: int | None = None) -> dict:
    """Accuracy, confusion matrix (rows: true class), precision, recall and F1."""
    network, settings = load_run(folder)
    network = network.to(device)
    found, true = [], []
    for picture, label in tqdm(samples(data, limit), desc="kodak", disable=None):
        height, width = (n // network.multiple_of * network.multiple_of for n in picture.shape[1:])
        with torch.no_grad():
            probabilities = picture_probabilities(network(picture[None, :, :height, :width].to(device)))
        found.append(int(probabilities.argmax()))
        true.append(label)
    scores = classification(found, true, CLASSES)
    print(f"accuracy {scores['accuracy']:.3f}")
    return {"name": settings.network, "title": "Kodak, 24 pictures sharp, shaken, out of focus", **scores, "metrics": []}
