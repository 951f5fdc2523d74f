"""Draw the pictures and sounds of `sample_content/`: hills at different hours, each with its number.

They are committed; this only has to run again when one is to change. It needs Pillow, and PyAV for the clip:

    pip install pillow av && python tools/make_pictures.py
"""

from __future__ import annotations

import math
import random
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

USER = Path(__file__).resolve().parents[1] / "sample_content" / "user"
Colour = tuple[int, int, int]


class Hour(NamedTuple):
    """The colours of one hour of the day: sky from top to bottom, sun, and hills from far to near."""

    top: Colour
    bottom: Colour
    sun: Colour
    far: Colour
    near: Colour


DAWN = Hour((62, 80, 140), (255, 196, 150), (255, 240, 214), (150, 120, 160), (44, 40, 84))
NOON = Hour((64, 150, 214), (214, 238, 246), (255, 252, 232), (134, 180, 190), (38, 98, 84))
STEPPE = Hour((122, 178, 204), (250, 234, 190), (255, 250, 224), (206, 178, 120), (124, 92, 46))
DUSK = Hour((44, 34, 84), (244, 126, 98), (255, 214, 150), (140, 72, 110), (34, 22, 54))
NIGHT = Hour((10, 16, 44), (48, 74, 124), (236, 240, 250), (36, 54, 98), (8, 14, 34))
SPRING = Hour((110, 190, 220), (226, 246, 220), (255, 255, 240), (150, 200, 150), (52, 118, 62))
SNOW = Hour((120, 160, 205), (236, 242, 250), (255, 255, 255), (186, 204, 226), (86, 116, 156))

IMAGES = USER / "images"
PAGES = USER / "pages"
SEED = PAGES / "02.news" / "13.2019-07-22-silk-road-central-asia-hematology-forum"
WALK = PAGES / "02.news" / "14.2019-09-14-health-walk"
GALLERY = PAGES / "03.gallery"
MEDIA = PAGES / "04.guide" / "02.pictures"

PICTURES: tuple[tuple[Path, Hour, str], ...] = (
    (SEED / "2019-07-22-1.jpg", DAWN, "1"),
    (SEED / "2019-07-22-2.jpg", STEPPE, "2"),
    (SEED / "2019-07-22-3.jpg", DUSK, "3"),
    (WALK / "walk-1.jpg", NOON, "1"),
    (WALK / "walk-2.jpg", SPRING, "2"),
    (WALK / "walk-3.jpg", STEPPE, "3"),
    (WALK / "walk-4.jpg", DUSK, "4"),
    (PAGES / "02.news" / "15.2020-04-18-garden" / "garden.jpg", SPRING, ""),
    (GALLERY / "hour-1.jpg", DAWN, "1"),
    (GALLERY / "hour-2.jpg", NOON, "2"),
    (GALLERY / "hour-3.jpg", DUSK, "3"),
    (GALLERY / "hour-4.jpg", NIGHT, "4"),
    (MEDIA / "hills.jpg", NOON, ""),
    (MEDIA / "Қысқы таң.jpg", SNOW, ""),
    (IMAGES / "banner.jpg", DAWN, ""),
)


def blend(first: Colour, second: Colour, share: float) -> Colour:
    """The colour `share` of the way from the first to the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def draw(hour: Hour, caption: str, size: tuple[int, int], seed: int) -> Image.Image:
    """A landscape in twice the size, drawn down for smooth edges."""
    width, height = size[0] * 2, size[1] * 2
    picture = Image.new("RGB", (1, height))
    for y in range(height):
        picture.putpixel((0, y), blend(hour.top, hour.bottom, min(1.0, y / height * 1.35)))
    picture = picture.resize((width, height))
    pen = ImageDraw.Draw(picture)
    chance = random.Random(seed)
    draw_sun(pen, hour, width, height, chance)
    for layer in range(5):
        share = layer / 4
        pen.polygon(hill(width, height, 0.46 + 0.12 * layer, chance), fill=blend(hour.far, hour.near, share))
    if caption:
        write_number(pen, caption, width, height, hour)
    return picture.resize(size, Image.Resampling.LANCZOS)


def draw_sun(pen: ImageDraw.ImageDraw, hour: Hour, width: int, height: int, chance: random.Random) -> None:
    """A disc with two pale rings around it."""
    x, y, radius = width * chance.uniform(0.22, 0.78), height * chance.uniform(0.2, 0.34), height * 0.075
    for ring, share in ((2.1, 0.8), (1.5, 0.6), (1.0, 0.0)):
        sky = blend(hour.top, hour.bottom, y / height * 1.35)
        box = (x - radius * ring, y - radius * ring, x + radius * ring, y + radius * ring)
        pen.ellipse(box, fill=blend(hour.sun, sky, share))


def hill(width: int, height: int, level: float, chance: random.Random) -> list[tuple[float, float]]:
    """The outline of a ridge about `level` of the way down: three waves on top of each other."""
    lengths = ((0.6, 1.2), (1.6, 2.6), (4, 7))
    waves = [(chance.uniform(*span), size) for span, size in zip(lengths, (0.06, 0.03, 0.008), strict=True)]
    shift = [chance.uniform(0, math.tau) for _ in waves]
    points = [(0.0, float(height))]
    for x in range(0, width + 16, 8):
        rise = sum(size * math.sin(math.tau * count * x / width + s)
                   for (count, size), s in zip(waves, shift, strict=True))
        points.append((float(x), height * (level + rise)))
    return [*points, (float(width), float(height))]


def write_number(pen: ImageDraw.ImageDraw, text: str, width: int, height: int, hour: Hour) -> None:
    """The number in a soft badge, low on the left."""
    size = height // 8
    x, y = width * 0.06, height * 0.8
    box = (x, y, x + size * 1.2, y + size * 1.2)
    pen.ellipse(box, fill=blend(hour.near, hour.sun, 0.9))
    middle = (x + size * 0.6, y + size * 0.6)
    pen.text(middle, text, font=ImageFont.load_default(size * 0.8), anchor="mm", fill=hour.near)


def make_odd_formats() -> None:
    """A picture in two densities, one with transparency, one that moves, and one as webp."""
    badge = Image.new("RGBA", (192, 192), (0, 0, 0, 0))
    pen = ImageDraw.Draw(badge)
    pen.ellipse((6, 6, 186, 186), fill=(38, 98, 84, 255))
    pen.polygon([(36, 130), (84, 60), (112, 100), (128, 82), (160, 130)], fill=(230, 242, 236, 255))
    sizes = {MEDIA / "badge@2x.png": 96, MEDIA / "badge.png": 48, IMAGES / "mountain badge.png": 96}
    for path, size in sizes.items():
        badge.resize((size, size), Image.Resampling.LANCZOS).save(path, optimize=True)
    frames = [dot(step) for step in range(8)]
    frames[0].save(MEDIA / "turning.gif", save_all=True, append_images=frames[1:], duration=120, loop=0)
    draw(SNOW, "", (480, 300), 77).save(MEDIA / "winter.webp", quality=55)


def dot(step: int) -> Image.Image:
    """One frame of a turning dot."""
    frame = Image.new("P", (64, 64), 0)
    frame.putpalette([255, 255, 255, 38, 98, 84])
    x, y = 32 + 20 * math.cos(math.tau * step / 8), 32 + 20 * math.sin(math.tau * step / 8)
    ImageDraw.Draw(frame).ellipse((x - 8, y - 8, x + 8, y + 8), fill=1)
    return frame


def make_sound(path: Path, frames: int = 40) -> None:
    """One second of silence as MPEG-1 Layer III, 32 kbit/s, 44.1 kHz, mono: frames of zeros are valid."""
    path.write_bytes((bytes.fromhex("fffb10c4") + bytes(100)) * frames)


def make_clip(path: Path) -> None:
    """Two seconds of a sun that rises behind a hill, as H.264 in mp4."""
    import av

    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=12)
        stream.width, stream.height, stream.pix_fmt = 320, 200, "yuv420p"
        stream.options = {"crf": "32", "preset": "veryslow"}
        for step in range(24):
            container.mux(stream.encode(av.VideoFrame.from_image(rising(step / 23))))
        container.mux(stream.encode())


def rising(share: float) -> Image.Image:
    """One frame of the clip."""
    frame = Image.new("RGB", (320, 200), blend(DUSK.top, NOON.bottom, share))
    pen = ImageDraw.Draw(frame)
    y = 150 - 90 * share
    pen.ellipse((140, y - 20, 180, y + 20), fill=DAWN.sun)
    pen.polygon(hill(320, 200, 0.72, random.Random(5)), fill=NOON.near)
    return frame


def make_document(path: Path, lines: tuple[str, ...]) -> None:
    """A PDF of one page, written by hand."""
    text = "BT /F1 20 Tf 72 760 Td 26 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources 6 0 R >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Font << /F1 4 0 R >> >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    out += f"xref\n0 7\n0000000000 65535 f \n{table}{trailer}"
    path.write_bytes(out.encode("latin-1"))


def main() -> None:
    """Make all of them, in their places."""
    for number, (path, hour, caption) in enumerate(PICTURES):
        path.parent.mkdir(parents=True, exist_ok=True)
        draw(hour, caption, (880, 550), 40 + number).save(path, quality=58, optimize=True, progressive=True)
    make_odd_formats()
    make_sound(MEDIA / "bell.mp3")
    make_document(PAGES / "02.news" / "14.2019-09-14-health-walk" / "programme.pdf",
                  ("Tau Bulaq clinic", "Health walk, 14 September 2019",
                   "9:00 meeting at the spring", "9:30 walk, 4 km", "11:00 tea"))
    make_clip(GALLERY / "sunrise.mp4")


if __name__ == "__main__":
    main()
