import pytest
import torch

from training.data.batches import BlurBatches, BlurSettings
from training.data.frames import FrameBank
from training.data.picture_bank import PictureBank
from training.data.procedural import procedural_pictures

CPU = torch.device("cpu")


@pytest.fixture(scope="session", autouse=True)
def one_thread():
    """Sums come out the same each time, and tests do not take the machine."""
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def pictures():
    """Four procedural pictures 160×160."""
    return PictureBank(procedural_pictures(4, 0, 160))


@pytest.fixture(scope="session")
def frames(pictures):
    """80 frames of a picture that moves one pixel to the left in each."""
    still = pictures.pictures[0]
    return FrameBank(torch.stack([still.roll(-i, 2) for i in range(80)]))


@pytest.fixture(scope="session")
def batches(pictures, frames):
    return BlurBatches(pictures, frames, BlurSettings(patch=48, margin=8), 3, CPU)
