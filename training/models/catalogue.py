"""Networks by name. The tiny ones are for tests."""
from collections.abc import Callable

from torch import nn

from training.models.blur_classifier import BlurClassifier
from training.models.photo_network import PhotoNetwork
from training.models.video_network import VideoNetwork

NETWORKS: dict[str, Callable[[], nn.Module]] = {
    "photo-fast": PhotoNetwork,
    "video-fast": VideoNetwork,
    "blur-classifier": BlurClassifier,
    "photo-tiny": lambda: PhotoNetwork((8, 16), (1, 1), (1,)),
    "video-tiny": lambda: VideoNetwork((8, 16), (4, 8), (1, 1), (1,)),
    "classifier-tiny": lambda: BlurClassifier((8, 16), (1, 1)),
}


def create(name: str) -> nn.Module:
    """A network with fresh weights from PyTorch's random state. Raises ValueError for an unknown name."""
    if name not in NETWORKS:
        raise ValueError(f"there is no network {name}; choose one of {', '.join(NETWORKS)}")
    return NETWORKS[name]()


def task_of(network: nn.Module) -> str:
    """photo, video or classify."""
    if isinstance(network, VideoNetwork):
        return "video"
    return "classify" if isinstance(network, BlurClassifier) else "photo"
