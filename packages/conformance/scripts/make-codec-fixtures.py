#!/usr/bin/env python3
"""Makes the small pictures of the codec suite, and the pixels that Pillow, tifffile and imagecodecs read from them.

    python -m venv .venv && .venv/bin/pip install pillow==13.0.0 tifffile==2026.3.3 imagecodecs==2026.3.6 numpy==2.4.6
    .venv/bin/python packages/conformance/scripts/make-codec-fixtures.py

Writes src/codec/fixtures/fixtures.ts. The expected pixels are decoded from the encoded bytes by those libraries (with
ImageOps.exif_transpose for orientation), so that the suite compares a codec with somebody else's decoder.
"""
import base64
import io
import pathlib
import struct
import zlib

import imagecodecs
import numpy as np
import tifffile
from PIL import Image, ImageOps

WIDTH, HEIGHT = 23, 17
TYPES = {np.dtype("uint8"): "uint8", np.dtype("uint16"): "uint16", np.dtype("float32"): "float32"}
rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
# Smooth, and different in each of the eight orientations.
colour = np.stack([columns * 10 + 8, rows * 14 + 6, (columns + 2 * rows) * 4 + 4], axis=2).astype(np.uint8)
grey = (columns * 6 + rows * 7).astype(np.uint8)
opacity = ((columns * 29 + rows * 53) % 256).astype(np.uint8)
noise = np.random.default_rng(20261124).integers(0, 65536, (HEIGHT, WIDTH, 4)).astype(np.uint16)
fixtures: list[str] = []


def icc_profile(red, green, blue, description):
    """A matrix profile of version 4 with the sRGB curve (ICC.1:2022), colourants given for D50."""
    def fixed(value):
        return struct.pack(">i", round(value * 65536))

    def xyz(values):
        return b"XYZ \0\0\0\0" + b"".join(fixed(value) for value in values)

    def text(value):
        encoded = value.encode("utf-16-be")
        return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(encoded), 28) + encoded

    curve = b"para\0\0\0\0\0\3\0\0" + b"".join(fixed(v) for v in (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045))
    tags = [(b"desc", text(description)), (b"cprt", text("CC0")), (b"wtpt", xyz((0.9642, 1.0, 0.8249))),
            (b"rXYZ", xyz(red)), (b"gXYZ", xyz(green)), (b"bXYZ", xyz(blue)), (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)]
    table, body, offset = b"", b"", 128 + 4 + 12 * len(tags)
    for name, content in tags:
        content += b"\0" * (-len(content) % 4)
        table += struct.pack(">4sII", name, offset + len(body), len(content))
        body += content
    header = struct.pack(">I4sI4s4s4s12s4s", offset + len(body), b"\0\0\0\0", 0x04400000, b"mntr", b"RGB ", b"XYZ ",
                         struct.pack(">6H", 2026, 1, 1, 0, 0, 0), b"acsp")
    header += b"\0" * (68 - len(header)) + fixed(0.9642) + fixed(1.0) + fixed(0.8249)
    return header + b"\0" * (128 - len(header)) + struct.pack(">I", len(tags)) + table + body


DISPLAY_P3 = icc_profile((0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407), "Display P3")


def keep(name, file, comment, content, expected=None, *, opacity=None, format=None, orientation=1, pages=1, tolerance=0, icc=None):
    """Adds a fixture. `expected` is H×W (grey) or H×W×3; `opacity` H×W; a damaged or computed picture has neither."""
    assert len(content) < 20000, (name, len(content))

    def text(array):
        return f"'{base64.b64encode(array if isinstance(array, bytes) else np.ascontiguousarray(array).tobytes()).decode()}'"

    lines = [f"file: '{file}',", f"encoded: {text(content)},"]
    if expected is not None:
        format = format or file.rsplit(".", 1)[1].replace("jpg", "jpeg").replace("tif", "tiff")
        lines += [f"format: '{format}', width: {expected.shape[1]}, height: {expected.shape[0]}, channels: {1 if expected.ndim == 2 else 3}, "
                  f"type: '{TYPES[expected.dtype]}', orientation: {orientation}, pages: {pages}, tolerance: {tolerance},",
                  f"data: {text(expected)},"]
        if opacity is not None:
            lines.append(f"alpha: {text(opacity)},")
        if icc is not None:
            lines.append(f"icc: {text(icc)},")
    kind = "StoredPicture" if expected is not None else "EncodedPicture"
    body = "".join(f"  {line}\n" for line in lines)
    fixtures.append(f"/** {comment} */\nexport const {name}: {kind} = {{\n{body}}};\n")


def save(array, format, mode=None, **options):
    target = io.BytesIO()
    image = array if isinstance(array, Image.Image) else Image.fromarray(array)
    (image if mode is None else image.convert(mode)).save(target, format, **options)
    return target.getvalue()


def load(content):
    return np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(content))))


def tiff(array, **options):
    target = io.BytesIO()
    tifffile.imwrite(target, array, metadata=None, software=False, **options)
    return target.getvalue()


def load_tiff(content):
    return tifffile.imread(io.BytesIO(content), key=0)


# The stored picture that looks like `colour` once its orientation is applied.
STORED = {
    1: colour, 2: colour[:, ::-1], 3: colour[::-1, ::-1], 4: colour[::-1], 5: colour.transpose(1, 0, 2),
    6: np.rot90(colour, 1), 7: colour[::-1, ::-1].transpose(1, 0, 2), 8: np.rot90(colour, -1),
}


def exif(orientation):
    block = Image.Exif()
    block[0x0112] = orientation
    block[0x010F] = "Deblur Test Camera"
    return block


for orientation, stored in STORED.items():
    content = save(np.ascontiguousarray(stored), "JPEG", quality=95, subsampling=0, exif=exif(orientation))
    keep(f"exif{orientation}", f"exif-{orientation}.jpg", f"JPEG with EXIF orientation {orientation}.", content, load(content),
         orientation=orientation, tolerance=3)
    assert np.abs(load(content).astype(int) - colour).max() < 16, orientation

content = save(np.ascontiguousarray(STORED[6]), "PNG", exif=exif(6))
keep("exif6Png", "exif-6.png", "PNG with EXIF orientation 6.", content, load(content), orientation=6)
content = save(np.ascontiguousarray(STORED[8]), "WEBP", lossless=True, exif=exif(8))
keep("exif8Webp", "exif-8.webp", "Lossless WebP with EXIF orientation 8.", content, load(content), orientation=8)
content = tiff(np.ascontiguousarray(STORED[5]), photometric="rgb", extratags=[(274, 3, 1, 5, True)])
keep("orientation5Tiff", "orientation-5.tif", "TIFF with orientation 5.", content,
     np.ascontiguousarray(load_tiff(content).transpose(1, 0, 2)), orientation=5)

content = save(colour, "PNG")
keep("rgb8", "rgb-8.png", "8-bit RGB PNG.", content, load(content))
content = save(colour, "JPEG", quality=92, progressive=True)
keep("progressive", "progressive.jpg", "Progressive JPEG with 4:2:0 chroma.", content, load(content), tolerance=6)
content = save(grey, "PNG")
keep("grey8", "grey-8.png", "8-bit grey PNG.", content, load(content))
content = save(grey, "JPEG", quality=95)
keep("greyJpeg", "grey.jpg", "Grey JPEG.", content, load(content), tolerance=2)
content = imagecodecs.png_encode(np.ascontiguousarray(noise[..., 0]))
keep("grey16", "grey-16.png", "16-bit grey PNG.", content, imagecodecs.png_decode(content))
content = save(Image.fromarray(grey > 100), "PNG")
keep("bilevel", "bilevel.png", "1-bit PNG.", content, load(content).astype(np.uint8) * 255)
content = save(np.dstack([grey, opacity]), "PNG")
keep("greyAlpha8", "grey-alpha-8.png", "8-bit grey PNG with opacity.", content, load(content)[..., 0], opacity=load(content)[..., 1])
content = save(np.dstack([colour, opacity]), "PNG")
keep("rgba8", "rgba-8.png", "8-bit RGB PNG with opacity.", content, load(content)[..., :3], opacity=load(content)[..., 3])
content = imagecodecs.png_encode(noise)
decoded = imagecodecs.png_decode(content)
keep("rgba16", "rgba-16.png", "16-bit RGB PNG with opacity.", content, decoded[..., :3], opacity=decoded[..., 3])
content = tiff(noise[..., :3], photometric="rgb", compression="lzw", predictor=True)
keep("rgb16Tiff", "rgb-16.tif", "16-bit RGB TIFF, LZW.", content, load_tiff(content))
content = tiff(noise, photometric="rgb", extrasamples=["unassalpha"], byteorder=">")
decoded = load_tiff(content).astype(np.uint16)
keep("rgba16Tiff", "rgba-16.tif", "Big-endian 16-bit RGB TIFF with opacity.", content, decoded[..., :3], opacity=decoded[..., 3])
content = tiff((noise[..., :3] / 65535).astype(np.float32), photometric="rgb")
keep("floatTiff", "float.tif", "32-bit float RGB TIFF.", content, load_tiff(content))
content = save(Image.fromarray(colour).quantize(16), "PNG")
keep("palette", "palette.png", "PNG with a palette.", content, np.asarray(Image.open(io.BytesIO(content)).convert("RGB")))
content = save(np.dstack([colour, opacity]), "WEBP", lossless=True, exact=True)
keep("rgbaWebp", "rgba.webp", "Lossless WebP with opacity.", content, load(content)[..., :3], opacity=load(content)[..., 3])
content = save(colour, "AVIF", quality=100, subsampling="4:4:4")
keep("avif", "colour.avif", "AVIF of high quality.", content, load(content), tolerance=4)

content = save(colour, "JPEG", quality=95, subsampling=0, icc_profile=DISPLAY_P3)
keep("p3Jpeg", "display-p3.jpg", "JPEG in Display P3.", content, load(content), tolerance=3, icc=DISPLAY_P3)
content = save(colour, "PNG", icc_profile=DISPLAY_P3)
keep("p3Png", "display-p3.png", "PNG in Display P3.", content, load(content), icc=DISPLAY_P3)
content = tiff(noise[..., :3], photometric="rgb", compression="zlib", iccprofile=DISPLAY_P3)
keep("p3Tiff16", "display-p3-16.tif", "16-bit TIFF in Display P3.", content, load_tiff(content), icc=DISPLAY_P3)

frames = [Image.fromarray(np.roll(colour, 5 * i, axis=1)) for i in range(3)]
content = save(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True, duration=100)
keep("animatedWebp", "animated.webp", "WebP of three frames; the pixels are the first's.", content,
     np.asarray(Image.open(io.BytesIO(content)).convert("RGB")), pages=3)
palettes = [frame.quantize(16) for frame in frames]
content = save(palettes[0], "GIF", save_all=True, append_images=palettes[1:], duration=100)
keep("animatedGif", "animated.gif", "GIF of three frames; the pixels are the first's.", content,
     np.asarray(Image.open(io.BytesIO(content)).convert("RGB")), pages=3)
target = io.BytesIO()
with tifffile.TiffWriter(target) as writer:
    for page in (colour, 255 - colour):
        writer.write(page, photometric="rgb", metadata=None, software=False)
keep("twoPages", "two-pages.tif", "TIFF of two pages; the pixels are the first's.", target.getvalue(), load_tiff(target.getvalue()), pages=2)
ink = np.zeros((16, 32, 4), np.uint8)
ink[:, 16:] = (255, 255, 255, 255)
content = save(Image.fromarray(ink, "CMYK"), "JPEG", quality=95)
keep("cmyk", "cmyk.jpg", "CMYK JPEG: white paper on the left, all inks on the right; only its size and lightness are to be compared.",
     content, np.repeat(255 - ink[..., :1], 3, axis=2))
content = save(colour[:1, :1], "PNG")
keep("onePixel", "one-pixel.png", "1×1.", content, load(content))
wide = ((np.arange(20000)[:, None] * 7 + np.arange(3) * 31) % 251).astype(np.uint8)
keep("wide", "wide.png", "20000×1; sample c of pixel x is (7x + 31c) mod 251.", save(wide[None], "PNG", optimize=True))
keep("tall", "tall.png", "1×20000; sample c of row y is (7y + 31c) mod 251.", save(wide[:, None], "PNG", optimize=True))


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_that_declares(width, height):
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b""))


textured = (noise[..., :3] >> 8).astype(np.uint8)
for file, content in (("truncated.jpg", save(textured, "JPEG", quality=95)), ("truncated.png", save(textured, "PNG")),
                      ("truncated.webp", save(textured, "WEBP", lossless=True)), ("truncated.tif", tiff(textured, photometric="rgb"))):
    name = "truncated" + file.rsplit(".", 1)[1].capitalize()
    keep(name, file, f"{file.rsplit('.', 1)[1].upper()} cut off in its data.", content[:len(content) * 2 // 3])
content = bytearray(save(textured, "PNG"))
content[len(content) // 2] ^= 0xFF
keep("corruptPng", "corrupt.png", "PNG with a changed byte in its data.", bytes(content))
keep("textAsJpeg", "text.jpg", "Text named like a JPEG.", b"This is not a picture.\n")
keep("emptyFile", "empty.jpg", "No bytes at all.", b"")
keep("absurdPng", "absurd.png", "PNG that declares 2147483647×2147483647 pixels.", png_that_declares(2**31 - 1, 2**31 - 1))
keep("bombPng", "bomb.png", "PNG of 100 bytes that declares 30000×30000 pixels.", png_that_declares(30000, 30000))
keep("zeroPng", "zero.png", "PNG that declares no width.", png_that_declares(0, 5))

output = pathlib.Path(__file__).parent.parent / "src/codec/fixtures/fixtures.ts"
output.parent.mkdir(parents=True, exist_ok=True)
output.write_text("// Made by scripts/make-codec-fixtures.py; do not edit.\n"
                  "import type { EncodedPicture, StoredPicture } from './stored-picture.ts';\n\n" + "\n".join(fixtures))
print(f"{len(fixtures)} fixtures, {output.stat().st_size} bytes")
