"""Weights as small files: float16 arrays by name (.npz)."""
import os
from pathlib import Path

import numpy as np
import torch
from torch import nn


def replace(path: Path, write) -> None:
    """Writes a file so that a kill leaves the old one or the new one, never half of one."""
    temporary = path.with_name(f".{path.name}.part")
    with open(temporary, "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)


def save_weights(path: Path, network: nn.Module) -> None:
    arrays = {k: v.detach().cpu().to(torch.float16).numpy() for k, v in network.state_dict().items()}
    replace(path, lambda file: np.savez(file, **arrays))


def load_weights(path: Path, network: nn.Module) -> None:
    """Raises ValueError where names or shapes differ from the network's."""
    with np.load(path) as stored:
        state = {k: torch.from_numpy(stored[k]).float() for k in stored.files}
    expected = network.state_dict()
    if {k: v.shape for k, v in state.items()} != {k: v.shape for k, v in expected.items()}:
        raise ValueError(f"{path} holds the weights of another network")
    network.load_state_dict(state)
