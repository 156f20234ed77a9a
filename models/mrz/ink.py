"""Glyphs and everything else that is printed on a page. Canvases are float32, 0 (black) to 255 (white)."""
import os
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from documents import CHARACTERS, pick, word

HERE = os.path.dirname(os.path.abspath(__file__))
OCRB = ['/usr/share/fonts/opentype/ocr-b/OCRB.otf', '/usr/share/fonts/opentype/ocr-b/OCRBS.otf',
        os.path.join(HERE, '../../node_modules/bwip-js/fonts/OCRB7.ttf')]
FREE = '/usr/share/fonts/truetype/'
OTHER = [FREE + 'dejavu/DejaVuSansMono.ttf', FREE + 'dejavu/DejaVuSansMono-Bold.ttf',
         FREE + 'liberation/LiberationMono-Regular.ttf', FREE + 'liberation/LiberationMono-Bold.ttf',
         FREE + 'freefont/FreeMonoBold.ttf', '/usr/share/fonts/opentype/ocr-b/OCRBL.otf',
         FREE + 'noto/NotoMono-Regular.ttf', '/usr/share/fonts/opentype/urw-base35/NimbusMonoPS-Regular.otf',
         '/usr/share/fonts/opentype/urw-base35/NimbusMonoPS-Bold.otf']
# More types for the training of the recogniser alone, so that generated pages stay as they are.
FURTHER = [FREE + 'noto/NotoSansMono-Regular.ttf', FREE + 'noto/NotoSansMono-Bold.ttf', FREE + 'freefont/FreeMono.ttf',
           FREE + 'liberation/LiberationSansNarrow-Regular.ttf', FREE + 'liberation/LiberationSansNarrow-Bold.ttf']
HELD_OUT = [FREE + 'inconsolata/Inconsolata.otf', FREE + 'jetbrains-mono/JetBrainsMono-Regular.ttf',
            FREE + 'jetbrains-mono/JetBrainsMono-Medium.ttf']
PRINT = [FREE + 'dejavu/DejaVuSans.ttf', FREE + 'dejavu/DejaVuSans-Bold.ttf', FREE + 'dejavu/DejaVuSerif.ttf',
         FREE + 'liberation/LiberationSans-Regular.ttf', FREE + 'liberation/LiberationSerif-Regular.ttf',
         FREE + 'liberation/LiberationSans-Bold.ttf', *OCRB, *OTHER[:3]]
GLYPH = 48  # the pitch, in pixels, at which glyphs are kept


@lru_cache(None)
def glyphs(path):
    """Every character's coverage (0 to 1) in a cell of GLYPH x 2 GLYPH, capitals one pitch high and centred."""
    capital = ImageFont.truetype(path, 200).getmask('H').size[1]
    font = ImageFont.truetype(path, round(200 * 0.98 * GLYPH / capital))
    top, bottom = font.getbbox('H')[1], font.getbbox('H')[3]
    cells = []
    for character in CHARACTERS:
        cell = Image.new('L', (GLYPH * 2, GLYPH * 2), 0)
        left = GLYPH - font.getlength(character) / 2
        ImageDraw.Draw(cell).text((round(left), round(GLYPH - (top + bottom) / 2)), character, font=font, fill=255)
        cells.append(np.asarray(cell, np.float32) / 255)
    return np.stack(cells)


def text_line(rng, path, text, pitch, weight=0.0, squeeze=1.0, slant=0.0, height=1.0):
    """Coverage of a line: 2 pitches high, (len + 2) pitches wide, one pitch of air on both sides.
    `weight` thickens (positive) or thins the strokes, in pitches."""
    cells = glyphs(path)
    wide = np.zeros((GLYPH * 2, (len(text) + 2) * GLYPH), np.float32)
    for i, character in enumerate(text):
        at = i * GLYPH + GLYPH // 2
        wide[:, at:at + 2 * GLYPH] = np.maximum(wide[:, at:at + 2 * GLYPH], cells[CHARACTERS.index(character)])
    radius = abs(round(weight * GLYPH))
    if radius:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
        wide = (cv2.dilate if weight > 0 else cv2.erode)(wide, kernel)
    if slant or squeeze != 1 or height != 1:
        wide = cv2.warpAffine(wide, np.float32([[1, slant, -slant * GLYPH], [0, height, GLYPH * (1 - height)]]), wide.shape[::-1])
    return cv2.resize(wide, (round(wide.shape[1] * pitch / GLYPH), round(2 * pitch)), interpolation=cv2.INTER_AREA)


@lru_cache(None)
def stamps():
    """Words in print types, to be scattered over pages: 240 coverages, 48 pixels high."""
    rng = np.random.default_rng(7)
    found = []
    for i in range(240):
        text = ' '.join(word(rng) for _ in range(rng.integers(1, 4)))
        text = text if rng.random() < 0.5 else text.title()
        text = text if rng.random() < 0.7 else ''.join(pick(rng, '0123456789./- ') for _ in range(rng.integers(4, 12)))
        font = ImageFont.truetype(PRINT[i % len(PRINT)], 40)
        cell = Image.new('L', (max(8, round(font.getlength(text)) + 4), 48), 0)
        ImageDraw.Draw(cell).text((2, 1), text, font=font, fill=255)
        found.append(np.asarray(cell, np.float32) / 255)
    return found


def blend(canvas, coverage, x, y, tone):
    """Paints `tone` at (x, y) with the given coverage, cut at the canvas's border."""
    h, w = coverage.shape
    x0, y0, x1, y1 = max(0, x), max(0, y), min(canvas.shape[1], x + w), min(canvas.shape[0], y + h)
    if x1 <= x0 or y1 <= y0:
        return
    part = coverage[y0 - y:y1 - y, x0 - x:x1 - x]
    canvas[y0:y1, x0:x1] += (tone - canvas[y0:y1, x0:x1]) * part


def stamp(rng, canvas, x, y, height, tone, angle=0.0):
    coverage = pick(rng, stamps())
    scale = height / 48
    if angle:
        h, w = coverage.shape
        size = int((w + h) * scale) + 2
        matrix = cv2.getRotationMatrix2D((w / 2, h / 2), angle, scale)
        matrix[:, 2] += size / 2 - np.array([w / 2, h / 2])
        coverage = cv2.warpAffine(coverage, matrix, (size, size), flags=cv2.INTER_AREA)
    else:
        coverage = cv2.resize(coverage, (max(1, round(coverage.shape[1] * scale)), max(1, round(height))), interpolation=cv2.INTER_AREA)
    blend(canvas, coverage, int(x), int(y), tone)


def cloud(rng, height, width, cells=4):
    """A smooth random field, -1 to 1."""
    coarse = rng.uniform(-1, 1, (int(rng.integers(2, cells + 2)), int(rng.integers(2, cells + 2)))).astype(np.float32)
    return cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)


def guilloche(rng, canvas, strength, pitch):
    """Bundles of waves, as security print has them."""
    height, width = canvas.shape
    layer = np.zeros((height, width), np.uint8)
    for _ in range(rng.integers(1, 4)):
        x = np.linspace(0, width, 60)
        wave = rng.uniform(0.3, 4) * pitch * np.sin(x * rng.uniform(0.2, 3) / (pitch * 3) + rng.uniform(0, 6.3))
        tilt, gap = rng.uniform(-0.6, 0.6), rng.uniform(0.25, 2) * pitch
        lines = min(80, int(2 * height / gap))
        curves = [np.int32(np.stack([x, wave * (1 + 0.02 * i) + tilt * (x - width / 2) + (i - lines / 4) * gap], 1) * 16) for i in range(lines)]
        cv2.polylines(layer, curves, False, int(rng.integers(90, 255)), max(1, round(rng.uniform(0.03, 0.12) * pitch)), cv2.LINE_AA, 4)
    if rng.random() < 0.3:
        layer = np.ascontiguousarray(np.rot90(layer)) if height == width else layer[:, ::-1]
    canvas -= layer * np.float32(strength / 255)


def portrait(rng, canvas, x, y, w, h):
    """A head and shoulders of blobs: no person's likeness."""
    face = np.full((h, w), rng.uniform(120, 240), np.float32) + cloud(rng, h, w) * 20
    hair, skin, coat = rng.uniform(10, 120), rng.uniform(90, 220), rng.uniform(10, 200)
    cx, cy = w // 2 + int(rng.integers(-3, 4)), int(h * 0.42)
    cv2.ellipse(face, (cx, h), (int(w * 0.48), int(h * 0.3)), 0, 0, 360, coat, -1, cv2.LINE_AA)
    cv2.ellipse(face, (cx, cy - h // 16), (int(w * 0.3), int(h * 0.32)), 0, 0, 360, hair, -1, cv2.LINE_AA)
    cv2.ellipse(face, (cx, cy), (int(w * 0.23), int(h * 0.28)), 0, 0, 360, skin, -1, cv2.LINE_AA)
    for side in (-1, 1):
        cv2.ellipse(face, (cx + side * w // 10, cy - h // 20), (max(1, w // 22), max(1, h // 50)), 0, 0, 360, 40, -1, cv2.LINE_AA)
    cv2.ellipse(face, (cx, cy + h // 7), (max(1, w // 12), max(1, h // 50)), 0, 0, 180, skin * 0.6, 1, cv2.LINE_AA)
    alpha = rng.uniform(0.5, 1)
    x0, y0, x1, y1 = max(0, x), max(0, y), min(canvas.shape[1], x + w), min(canvas.shape[0], y + h)
    if x1 > x0 and y1 > y0:
        canvas[y0:y1, x0:x1] = canvas[y0:y1, x0:x1] * (1 - alpha) + alpha * face[y0 - y:y1 - y, x0 - x:x1 - x]


def symbol(rng, canvas, x, y, size, tone):
    """A bar code, a matrix code, a chip, a stripe, rings: the other things on cards."""
    kind, w = rng.integers(6), int(size * rng.uniform(1, 5))
    if kind == 0:
        bars = np.repeat((rng.random(w // 3 + 1) < 0.5).astype(np.float32), 3)[None].repeat(int(size), 0)
        blend(canvas, bars, x, y, tone)
    elif kind == 1:
        blend(canvas, cv2.resize((rng.random((16, 16)) < 0.5).astype(np.float32), (int(size), int(size)), interpolation=cv2.INTER_NEAREST), x, y, tone)
    elif kind == 2:
        cv2.rectangle(canvas, (x, y), (x + int(size), y + int(size * 0.8)), float(rng.uniform(100, 200)), -1)
        for i in range(3):
            cv2.line(canvas, (x, y + int(size * 0.2 * (i + 1))), (x + int(size), y + int(size * 0.2 * (i + 1))), float(tone), 1)
    elif kind == 3:
        cv2.rectangle(canvas, (0, y), (canvas.shape[1], y + int(size * rng.uniform(0.3, 1.2))), float(tone), -1)
    elif kind == 4:
        for radius in range(3, int(size / 2), 3):
            cv2.ellipse(canvas, (x, y), (radius, int(radius * 1.4)), float(rng.uniform(0, 90)), 0, float(rng.uniform(200, 360)), float(tone), 1, cv2.LINE_AA)
    else:
        cv2.rectangle(canvas, (x, y), (x + w, y + int(size)), float(tone), max(1, int(size / 30)), cv2.LINE_AA)
