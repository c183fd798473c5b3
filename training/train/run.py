"""The training loop: resumes from its folder, and survives being killed at any moment."""
import dataclasses
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from tqdm import tqdm

from training.data.batches import BlurBatches, BlurSettings
from training.data.sources import read_sources
from training.models.catalogue import create, task_of
from training.train.average import WeightAverage, limit_gradients
from training.train.log import Log
from training.train.objective import Objective
from training.train.precision import choose_precision
from training.train.schedule import learning_rate, progress
from training.train.settings import TrainSettings, settle
from training.train.teacher_tiles import TeacherTiles
from training.train.validate import Validation
from training.train.weights import load_weights, replace, save_weights

CHECKPOINT, WEIGHTS, LOG = "checkpoint.pt", "weights.npz", "log.csv"


@dataclass
class State:
    """What a checkpoint holds besides weights."""

    step: int = 0
    seconds: float = 0.0
    best: float = float("-inf")
    validations: int = 0


@dataclass(frozen=True)
class Pace:
    """How one call runs: `stop_after` seconds end it early (call again to go on); a checkpoint at least every so often."""

    stop_after: float | None = None
    checkpoint_seconds: float = 60
    log_every: int = 20


def blur_of_validation(blur: BlurSettings, task: str) -> BlurSettings:
    """The same blur without sharp pairs, whose high PSNR would hide the others; classifiers keep them."""
    return blur if task == "classify" else dataclasses.replace(blur, shares={**blur.shares, "identity": 0})


class Run:
    """A network in training, in `folder`."""

    def __init__(self, settings: TrainSettings, folder: Path, device: torch.device):
        settle(folder, settings)
        self.settings, self.folder, self.device = settings, folder, device
        torch.manual_seed(settings.seed)
        self.dtype = choose_precision(device, settings.precision)
        network = self.create_network()
        if settings.start_from:
            load_weights(Path(settings.start_from), network)
        self.network: nn.Module = network.to(device, memory_format=torch.channels_last)
        self.average = WeightAverage(self.network, settings.ema_decay)
        self.optimiser = torch.optim.AdamW(self.network.parameters(), lr=settings.learning_rate, betas=(0.9, 0.99),
                                           weight_decay=settings.weight_decay, fused=device.type == "cuda" or None)
        self.state = State()
        self._resume()
        self.objective, self.validation = self.open_data()

    def create_network(self) -> nn.Module:
        return create(self.settings.network)

    def open_data(self):
        """What draws and judges each step, and what scores the network on held-out data."""
        settings, task = self.settings, task_of(self.network)
        half = lambda held_out: read_sources(settings.sources, self.device, held_out=held_out)
        batches = lambda sources, seed, blur: BlurBatches(sources.pictures, sources.frames, blur, seed, self.device)
        teacher = TeacherTiles(Path(settings.teacher), self.device) if settings.teacher else None
        held_out = batches(half(True), settings.seed + 1, blur_of_validation(settings.blur, task))
        return (Objective(task, batches(half(False), settings.seed, settings.blur), settings, teacher),
                Validation(held_out, task, settings.validation_pairs, settings.clip_frames))

    def _resume(self) -> None:
        path = self.folder / CHECKPOINT
        if path.exists():
            stored = torch.load(path, map_location=self.device, weights_only=True)
            self.network.load_state_dict(stored["network"])
            self.average.network.load_state_dict(stored["average"])
            self.optimiser.load_state_dict(stored["optimiser"])
            self.state = State(**stored["state"])

    def _checkpoint(self) -> None:
        stored = {"network": self.network.state_dict(), "average": self.average.network.state_dict(),
                  "optimiser": self.optimiser.state_dict(), "state": vars(self.state)}
        replace(self.folder / CHECKPOINT, lambda file: torch.save(stored, file))

    @property
    def progress(self) -> float:
        return progress(self.state.step, self.state.seconds, self.settings.steps, self.settings.minutes)

    def _step(self) -> tuple[torch.Tensor, torch.Tensor]:
        rate = learning_rate(self.progress, self.settings.learning_rate, self.settings.final_learning_rate, self.settings.warm_up)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        given, target = self.objective.draw(self.state.step)
        loss = self.objective.loss(self.network, given, target, self.dtype)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        norm = limit_gradients(list(self.network.parameters()), self.settings.gradient_limit)
        self.optimiser.step()
        self.state.step += 1
        self.average.update(self.network, self.state.step)
        return loss.detach(), norm

    def _validate(self) -> dict[str, float]:
        scores = self.validation(self.average.network, self.dtype)
        if scores.score > self.state.best:
            self.state.best = scores.score
            save_weights(self.folder / WEIGHTS, self.average.network)
        return {"score": scores.score, "score_before": scores.before, "score_sharp": scores.sharp}

    def train(self, pace: Pace = Pace()) -> State:
        """Trains until the budget is used, `stop_after` has passed or a signal asks to stop; then leaves a checkpoint."""
        log = Log(self.folder / LOG, self.state.step)
        started = saved = time.monotonic()
        before, first_step = self.state.seconds, self.state.step
        stop = _StopOnSignal()
        bar = tqdm(total=1.0, initial=self.progress, desc=self.settings.network, disable=None,
                   bar_format="{desc} {percentage:3.0f}%|{bar}| {elapsed} {postfix}")
        logged = (self.state.step, self.state.seconds)
        in_time = lambda: pace.stop_after is None or self.state.step == first_step or time.monotonic() - started < pace.stop_after
        while self.progress < 1 and not stop.asked and in_time():
            loss, norm = self._step()
            self.state.seconds = before + time.monotonic() - started
            part = self.progress
            validate = part >= 1 or part * self.settings.validations >= self.state.validations + 1
            if validate or self.state.step % pace.log_every == 0:
                rate = self.optimiser.param_groups[0]["lr"]
                speed = (self.state.step - logged[0]) * self.settings.batch / max(1e-9, self.state.seconds - logged[1])
                values = dict(step=self.state.step, seconds=self.state.seconds, progress=part, learning_rate=rate, loss=float(loss),
                              gradient_norm=float(norm), samples_per_second=speed)
                if validate:
                    self.state.validations = int(part * self.settings.validations)
                    values |= self._validate()
                    bar.set_postfix_str(f"{values['score']:.2f} from {values['score_before']:.2f}, sharp {values['score_sharp']:.1f}")
                log.add(**values)
                logged = (self.state.step, self.state.seconds)
            if validate or time.monotonic() - saved > pace.checkpoint_seconds:
                self._checkpoint()
                saved = time.monotonic()
            bar.update(part - bar.n)
        bar.close()
        stop.restore()
        if self.state.step > first_step:
            self._checkpoint()
        return self.state


class _StopOnSignal:
    """Notes SIGTERM and SIGINT instead of dying in the middle of a step; a second one ends at once."""

    def __init__(self) -> None:
        self.asked = False
        try:
            self._before = {s: signal.signal(s, self._ask) for s in (signal.SIGTERM, signal.SIGINT)}
        except ValueError:
            self._before = {}

    def _ask(self, number: int, frame) -> None:
        self.asked = True
        self.restore()

    def restore(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
