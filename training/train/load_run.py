"""The result of a run."""
from pathlib import Path

from torch import nn

from training.models.catalogue import create
from training.train.run import WEIGHTS
from training.train.settings import TrainSettings
from training.train.weights import load_weights


def load_run(folder: Path) -> tuple[nn.Module, TrainSettings]:
    """The best network of a run by validation, averaged weights, ready to be evaluated; and its settings."""
    settings = TrainSettings.from_json((folder / "settings.json").read_text())
    network = create(settings.network)
    load_weights(folder / WEIGHTS, network)
    return network.eval(), settings
