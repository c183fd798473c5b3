"""What each kind of network looks like from outside: tensors, their sizes, the module that is exported."""
from dataclasses import dataclass

import onnx
import torch
from torch import nn

from training.export.graph import to_graph
from training.models.catalogue import task_of

SIDE = 64


class WithProbabilities(nn.Module):
    """A classifier that gives probabilities instead of logits."""

    def __init__(self, network: nn.Module):
        super().__init__()
        self.network = network

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        return self.network(picture).softmax(1)


@dataclass(frozen=True)
class State:
    """A tensor carried from frame to frame."""

    name: str
    channels: int
    scale: float

    @property
    def next(self) -> str:
        return f"next_{self.name}"


def states_of(network: nn.Module) -> list[State]:
    """Empty but for video networks."""
    if task_of(network) != "video":
        return []
    return [State(n, m, 2.0 ** -(i + 1)) for i, (n, m) in enumerate(zip(network.state_names(), network.memory))]


def export(network: nn.Module, metadata: dict[str, str], *, float16: bool = True) -> onnx.ModelProto:
    """`input` N×3×H×W sRGB in [0,1] to `output` (the classifier: `probabilities`), with states where there are any."""
    states = states_of(network)
    network = network.cpu().float()
    frame = torch.zeros(1, 3, SIDE, SIDE)
    if task_of(network) == "classify":
        return to_graph(WithProbabilities(network), (frame,), ["input"], ["probabilities"], [1, 1 / network.multiple_of], metadata,
                        float16=float16)
    example = (frame, *(network.first_states(frame) if states else ()))
    scales = [1.0, *(s.scale for s in states)]
    return to_graph(network, example, ["input", *(s.name for s in states)], ["output", *(s.next for s in states)], scales * 2, metadata,
                    float16=float16)
