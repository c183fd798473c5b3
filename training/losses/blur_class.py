"""Loss of the blur classifier."""
import torch


def class_loss(logits: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of every block (B×3×h×w) against the class of its picture (B)."""
    target = classes.view(-1, 1, 1).expand(-1, *logits.shape[2:])
    return torch.nn.functional.cross_entropy(logits.float(), target)
