"""Pairs and clips: shapes, ranges, repeatability, what each kind of blur is."""
import io
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image

from training.data import camera, motion_fields, psfs
from training.data.batches import CLASS_OF_KIND, KINDS, BlurBatches, BlurSettings, class_shares
from training.data.clips import ClipBatches, segment_psfs
from training.data.frames import FrameBank
from training.data.jpeg import jpeg
from training.data.light import blur_valid, crop_centre, to_linear, to_srgb
from training.data.picture_bank import PictureBank
from training.data.procedural import GENERATORS, procedural_pictures
from training.data.sources import SourceSettings, default_sources, read_sources, split
from training.tests.conftest import CPU
from training.train.validate import psnr


def only(batches: BlurBatches, kind: str) -> BlurBatches:
    return BlurBatches(batches.pictures, batches.frames, replace(batches.settings, shares={kind: 1.0}), 3, CPU)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_makes_pairs(batches, kind):
    batch = only(batches, kind).batch(0, 6)
    assert batch.blurred.shape == batch.sharp.shape == (6, 3, 48, 48)
    assert batch.kinds.tolist() == [KINDS.index(kind)] * 6
    for picture in (batch.blurred, batch.sharp):
        assert picture.isfinite().all() and picture.min() >= 0 and picture.max() <= 1
    levels = batch.blurred * 255
    assert (levels - levels.round()).abs().max() < 1e-4
    loss = psnr(batch.blurred, batch.sharp).mean()
    assert loss > 33 if kind == "identity" else loss < 38
    energy = lambda pictures: pictures.diff(dim=-1).square().mean()
    assert kind == "identity" or energy(batch.blurred) < energy(batch.sharp)


def test_batches_depend_on_seed_and_step_only(batches, pictures, frames):
    again = BlurBatches(pictures, frames, batches.settings, 3, CPU)
    again.batch(9, 5)
    first, second = batches.batch(4, 8), again.batch(4, 8)
    assert torch.equal(first.blurred, second.blurred) and torch.equal(first.sharp, second.sharp)
    other = BlurBatches(pictures, frames, batches.settings, 4, CPU)
    assert not torch.equal(first.sharp, other.batch(4, 8).sharp)
    assert not torch.equal(first.sharp, batches.batch(5, 8).sharp)


def test_the_most_detailed_of_several_places_is_taken():
    picture = torch.full((3, 40, 160), 128, dtype=torch.uint8)
    picture[..., 120:] = torch.randint(0, 256, (3, 40, 40), dtype=torch.uint8)
    bank, spread = PictureBank([picture]), lambda choice: bank.crops(np.random.default_rng(0), 8, 16, choice).flatten(1).std(1)
    assert (spread(40) > 0).all() and not (spread(1) > 0).all()


def test_the_place_of_the_frames_that_moves_most_is_taken():
    frames = torch.zeros(5, 3, 16, 80, dtype=torch.uint8)
    frames[:, :, :, 64:] = torch.randint(0, 256, (5, 3, 16, 16), dtype=torch.uint8)
    bank, moves = FrameBank(frames), lambda choice: [bool(bank.window(np.random.default_rng(i), 16, 3, choice).diff(dim=0).any()) for i in range(8)]
    assert all(moves(24)) and not all(moves(1))


def test_impossible_choices_and_shares_are_refused():
    with pytest.raises(ValueError, match="at least 1 place, not 0"):
        BlurSettings(choice=0)
    with pytest.raises(ValueError, match="between 0 and 1, not at 60"):
        BlurSettings(clean=60)


def test_clean_pictures_have_neither_noise_nor_jpeg():
    light = torch.full((8, 3, 16, 16), 0.25)
    generator = lambda: torch.Generator().manual_seed(0)
    assert (camera.photograph(light, generator(), clean=1.0).flatten(1).std(1) == 0).all()
    assert (camera.photograph(light, generator()).flatten(1).std(1) > 0).any()


def test_classifiers_see_each_class_equally_often(pictures):
    batches = BlurBatches(pictures, None, BlurSettings(patch=16, margin=4, shares=class_shares()), 0, CPU)
    by_class = [sum(s for s, c in zip(batches.shares, CLASS_OF_KIND) if c == wanted) for wanted in range(3)]
    assert by_class == pytest.approx([1 / 3] * 3)


def test_shares_are_kept_and_frames_left_out_where_there_are_none(pictures):
    batches = BlurBatches(pictures, None, BlurSettings(patch=16, margin=4, shares={"shake": 1, "frames": 5, "gaussian": 3}), 0, CPU)
    kinds = batches.batch(0, 200).kinds
    assert set(kinds.tolist()) == {KINDS.index("shake"), KINDS.index("gaussian")}
    assert 30 <= int((kinds == KINDS.index("shake")).sum()) <= 70


def test_blur_by_fourier_transform_is_convolution():
    generator = torch.Generator().manual_seed(0)
    picture, kernel = (torch.rand(s, generator=generator) for s in ((2, 3, 20, 24), (2, 5, 5)))
    expected = [torch.nn.functional.conv2d(p[:, None], k.flip(0, 1)[None, None])[:, 0] for p, k in zip(picture, kernel)]
    assert torch.allclose(blur_valid(picture, kernel), torch.stack(expected), atol=1e-4)
    delta = psfs.delta_psfs(2, 5, CPU)
    assert torch.allclose(blur_valid(picture, delta), crop_centre(picture, 2), atol=1e-5)


def test_light_goes_there_and_back():
    value = torch.linspace(0, 1, 256)
    assert torch.allclose(to_srgb(to_linear(value)), value, atol=1e-6)
    assert to_linear(torch.tensor(0.5)).item() == pytest.approx(0.21404114)


@pytest.mark.parametrize("quality", [60, 85, 95])
def test_jpeg_is_that_of_libjpeg(quality):
    picture = procedural_pictures(4, 5, 96)[3]
    file = io.BytesIO()
    Image.fromarray(picture.permute(1, 2, 0).numpy()).save(file, "jpeg", quality=quality, subsampling=0)
    expected = torch.from_numpy(np.array(Image.open(file))).permute(2, 0, 1).float() / 255
    original = picture.float() / 255
    result = jpeg(original[None], torch.tensor([float(quality)]))
    assert psnr(result, expected[None]) > psnr(original[None], expected[None]) + 4


def test_noise_is_as_strong_as_stated_and_nowhere_negative_after_clipping():
    generator = torch.Generator().manual_seed(0)
    grey = torch.full((64, 3, 32, 32), 0.5)
    deviation = (camera.add_noise(grey, generator) - grey).flatten(1).std(1)
    assert 0.1 < (deviation == 0).float().mean() < 0.6
    assert deviation.max() < 1.05 * np.sqrt(4e-4 * 0.5 + 1e-5)


def test_turning_and_zooming_keep_light_and_blur_more_with_more_margin(pictures):
    light = to_linear(pictures.crops(np.random.default_rng(0), 2, 96))
    still = torch.zeros(2, 50, 2)
    turned = lambda picture, margin: crop_centre(
        motion_fields.rotate_and_zoom(picture, still, torch.Generator().manual_seed(0), margin), 24 - margin)
    flat = turned(torch.full_like(light, 0.3), 8)
    assert torch.allclose(flat, torch.full_like(flat, 0.3), atol=1e-5)
    weak, strong, sharp = turned(light, 4), turned(light, 20), crop_centre(light, 24)
    assert 1e-5 < (weak - sharp).square().mean() < (strong - sharp).square().mean()


def test_layers_without_motion_are_the_composition(pictures):
    random, generator = np.random.default_rng(1), torch.Generator().manual_seed(1)
    background, objects = (pictures.crops(random, 2, 64) for _ in range(2))
    masks = motion_fields.random_masks(2, 64, 4, generator)
    assert masks.min() == 0 and masks.max() == 1
    delta = psfs.delta_psfs(2, 17, CPU)
    blurred, sharp = motion_fields.layers(background, objects, masks, delta, delta)
    assert torch.allclose(blurred, sharp, atol=1e-4)


def test_frames_average_around_the_middle_one(frames):
    """The picture moves evenly, so blurred and sharp have the same centre: shifting either way is worse."""
    error = [0.0, 0.0, 0.0]
    for i in range(8):
        blurred, sharp = frames.pair(np.random.default_rng(i), 64)
        for j, shift in enumerate((-2, 0, 2)):
            error[j] += sum((blurred.roll(shift, d) - sharp)[:, 4:-4, 4:-4].square().mean().item() for d in (1, 2))
    assert error[1] < error[0] and error[1] < error[2]


def test_clips_move_and_stay_sharp(batches):
    clips = ClipBatches(batches, 4)
    first, again = clips.batch(2, 3), clips.batch(2, 3)
    assert first.blurred.shape == first.sharp.shape == (3, 4, 3, 48, 48)
    assert torch.equal(first.blurred, again.blurred)
    assert first.sharp.diff(dim=1).abs().mean() > 0.005
    assert first.blurred.min() >= 0 and first.blurred.max() <= 1


def test_frames_of_a_clip_are_at_mid_exposure():
    path = torch.stack([torch.linspace(-12, 12, 120), torch.zeros(120)], 1)[None]
    offsets = torch.arange(33) - 16.0
    for frame in range(4):
        moved, still = segment_psfs(path, frame, 4, 1.0, 33)
        assert (moved[0].sum(0) @ offsets).item() == pytest.approx((still[0].sum(0) @ offsets).item(), abs=0.2)
        assert (still > 0.99).sum() == 1


def test_procedural_pictures_follow_their_seed():
    first, again, other = procedural_pictures(4, 1, 64), procedural_pictures(4, 1, 64), procedural_pictures(4, 2, 64)
    assert len(first) == len(GENERATORS)
    for a, b, c in zip(first, again, other):
        assert a.shape == (3, 64, 64) and a.dtype == torch.uint8
        assert torch.equal(a, b) and not torch.equal(a, c)
        assert a.float().std() > 5


def test_small_pictures_are_mirrored():
    bank = PictureBank([torch.arange(300, dtype=torch.int32).remainder(256).to(torch.uint8).view(3, 10, 10)])
    assert bank.crop(np.random.default_rng(0), 32).shape == (3, 32, 32)
    with pytest.raises(ValueError, match="at least one picture"):
        PictureBank([])


def test_a_folder_of_ones_own(tmp_path):
    for i in range(12):
        Image.fromarray(np.full((40, 50, 3), 10 * i, np.uint8)).save(tmp_path / f"{i:02}.png")
    settings = SourceSettings(pictures=(str(tmp_path),), procedural=0)
    train, held_out = split(settings)
    assert len(train.pictures) == 11 and [p.name for p in held_out.pictures] == ["09.png"]
    assert not set(train.pictures) & set(held_out.pictures)
    assert len(read_sources(settings, CPU, held_out=False).pictures) == 11
    with pytest.raises(FileNotFoundError, match="name one that holds pictures"):
        split(SourceSettings(pictures=(str(tmp_path / "nothing"),)))


def test_training_needs_no_data(tmp_path):
    settings = default_sources(procedural=2, data=tmp_path)
    assert settings.pictures == settings.clips == ()
    sources = read_sources(settings, CPU, held_out=True)
    assert len(sources.pictures) == 4 and sources.frames is None
