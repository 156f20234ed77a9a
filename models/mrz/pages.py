"""Whole documents with a zone (or without), and the scenes that they lie in."""
from functools import lru_cache

import cv2
import numpy as np

import documents
import zone
from documents import pick
from ink import OCRB, OTHER, blend, cloud, guilloche, portrait, stamp, stamps, symbol

# Width and height in pitches of 2.54 mm: ID-3, ID-1, ID-2 (ISO/IEC 7810) and visas.
SIZES = {'TD3': (49.2, 34.6), 'TD1': (33.7, 21.3), 'TD2': (41.3, 29.1), 'FRID': (41.3, 29.1), 'MRV-A': (47.2, 31.5), 'MRV-B': (41.3, 29.1)}


def page(rng, pitch, with_zone=True, held_out=False, hush=1.0, gibberish=0.15):
    """A document's face and the lines of its zone, in pixels. `hush` scales how much lies over the zone;
    `gibberish` is the share of zones with random text."""
    kind, texts = documents.zone(rng)
    if with_zone and rng.random() < gibberish:
        kind, texts = {30: 'TD1', 36: 'TD2', 44: 'TD3'}[len((g := documents.gibberish(rng)[1])[0])], g
    columns, rows = SIZES[kind]
    width, height = round(columns * pitch * rng.uniform(0.97, 1.06)), round(rows * pitch * rng.uniform(0.93, 1.07))
    paper, tone = rng.uniform(120, 255), rng.uniform(0, 80)
    canvas = np.full((height, width), paper, np.float32) + cloud(rng, height, width) * rng.uniform(0, 35)
    if rng.random() < 0.7:
        guilloche(rng, canvas, rng.uniform(5, 60), pitch)
    if rng.random() < 0.5:
        shade = rng.uniform(-40, 40)
        canvas[:round(rng.uniform(0.05, 0.25) * height)] += shade
    count = len(texts)
    spacing = zone.spaced(rng, count)
    free = height - (spacing * count + 2.2) * pitch if with_zone else height
    if rng.random() < (0.35 if kind == 'TD1' and with_zone else 0.8):
        y = rng.uniform(0.08, 0.25) * height
        h = min(rng.uniform(0.26, 0.42) * width, max(8.0, free - y))
        portrait(rng, canvas, round((rng.uniform(0.02, 0.08) if rng.random() < 0.75 else 0.65) * width), round(y), round(h / rng.uniform(1.1, 1.4)), round(h))
    size, y = rng.uniform(0.55, 1.1) * pitch, rng.uniform(0.3, 2) * pitch
    left = rng.uniform(0.3, 0.45) if rng.random() < 0.8 else rng.uniform(0.02, 0.2)
    while y < free - size * (1 if rng.random() < 0.3 else 2.2):
        for x in np.cumsum(rng.uniform(0.15, 0.4, int(rng.integers(1, 4)))):
            stamp(rng, canvas, (left + x - 0.15) * width, y, size * rng.uniform(0.7, 1.3), rng.uniform(tone, tone + 80))
        y += size * rng.uniform(1.1, 2.6)
    for _ in range(rng.integers(0, 4)):
        symbol(rng, canvas, int(rng.uniform(0, 0.9) * width), int(rng.uniform(0, max(0.05, free / height - 0.15)) * height), rng.uniform(1.5, 6) * pitch, rng.uniform(0, 150))
    lines = []
    if with_zone:
        x = max(0.3 * pitch, (width - len(texts[0]) * pitch) / 2 + rng.normal(0, 0.4) * pitch)
        y = free + rng.uniform(0.6, 1.5) * pitch
        if rng.random() < 0.35:  # a pale strip under the zone
            canvas[round(y - rng.uniform(1, 1.6) * pitch):] = rng.uniform(200, 255)
        lines = zone.draw(rng, canvas, texts, x, y, pitch, zone.typeface(rng, held_out), tone, spacing, 0.3 if rng.random() < 0.05 else 0)
        if rng.random() < 0.15:  # print close above, in a type like the zone's
            text = ''.join(pick(rng, documents.CHARACTERS[1:]) for _ in range(rng.integers(3, 30)))
            size = rng.uniform(0.7, 1.1) * pitch
            zone.draw(rng, canvas, [text], rng.uniform(0.02, 0.5) * width, y - rng.uniform(1.9, 3.2) * pitch, size, zone.typeface(rng), tone)
        if rng.random() < hush:
            zone.overprint(rng, canvas, lines, pitch, paper, tone)
    if rng.random() < 0.1:
        word = pick(rng, stamps())
        scale = rng.uniform(4, 10) * pitch / 48
        side = int((word.shape[0] + word.shape[1]) * scale) + 2
        matrix = cv2.getRotationMatrix2D((word.shape[1] / 2, 24), float(rng.uniform(-60, 60)), scale)
        matrix[:, 2] += side / 2 - np.array([word.shape[1] / 2, 24])
        blend(canvas, cv2.warpAffine(word, matrix, (side, side)) * rng.uniform(0.1, 0.5), int(rng.uniform(-0.3, 0.7) * width), int(rng.uniform(-0.3, 0.7) * height), rng.uniform(tone, 255))
    return np.clip(canvas, 0, 255), lines


def listing(rng, canvas):
    """Lines of equally wide characters that are no zone: receipts, serial numbers, tables."""
    height, width = canvas.shape
    pitch = rng.uniform(4, 16)
    count, columns = int(rng.integers(1, 14)), int(rng.integers(5, max(6, min(50, int(width / pitch)))))
    face = dict(zone.typeface(rng), path=pick(rng, OCRB + OTHER))
    texts = [''.join(pick(rng, documents.CHARACTERS[1:]) for _ in range(max(3, columns - int(rng.integers(0, 6))))) for _ in range(count)]
    zone.draw(rng, canvas, texts, rng.uniform(0, max(1, width - columns * pitch)), rng.uniform(0.05, 0.8) * height, pitch, face,
              rng.uniform(0, 90), float(rng.uniform(1.5, 4)), 0.3)


@lru_cache(None)
def letters():
    """Pages of running text, to lie under documents or to be taken for zones."""
    rng = np.random.default_rng(11)
    sheets = []
    for _ in range(8):
        sheet = np.full((700, 700), rng.uniform(150, 255), np.float32)
        size, y, x0 = rng.uniform(9, 24), 8.0, rng.uniform(0, 60)
        while y < 700:
            x = x0
            while x < 700:
                word = pick(rng, stamps())
                stamped = cv2.resize(word, (max(1, round(word.shape[1] * size / 48)), round(size)), interpolation=cv2.INTER_AREA)
                blend(sheet, stamped, int(x), int(y), 30)
                x += stamped.shape[1] + size * 0.5
            y += size * rng.uniform(1.2, 1.8)
        sheets.append(sheet)
    return sheets


def table(rng, height, width):
    """What a document lies on."""
    kind, base = rng.integers(6), rng.uniform(10, 245)
    ground = np.full((height, width), base, np.float32) + cloud(rng, height, width) * rng.uniform(0, 40)
    if kind == 1:
        grain = rng.normal(0, rng.uniform(5, 50), (height, max(2, width // int(rng.integers(1, 12))))).astype(np.float32)
        ground += cv2.resize(grain, (width, height), interpolation=cv2.INTER_LINEAR)
    elif kind == 2:
        grain = rng.normal(0, rng.uniform(5, 40), (max(2, height // int(rng.integers(1, 6))), max(2, width // 24))).astype(np.float32)
        ground += cv2.resize(grain, (width, height), interpolation=cv2.INTER_CUBIC)
    elif kind == 3:
        sheet, scale = pick(rng, letters()), float(rng.uniform(0.5, 2))
        matrix = cv2.getRotationMatrix2D((350, 350), float(rng.normal(0, 10) if rng.random() < 0.7 else rng.uniform(0, 360)), scale)
        matrix[:, 2] += np.array([width / 2 - 350, height / 2 - 350])
        ground = cv2.warpAffine(cv2.GaussianBlur(sheet, (0, 0), 0.4 / scale) if scale < 0.8 else sheet, matrix, (width, height), borderMode=cv2.BORDER_REFLECT)
    elif kind == 4:
        for _ in range(rng.integers(1, 12)):
            x, y = rng.integers(0, width), rng.integers(0, height)
            cv2.rectangle(ground, (int(x), int(y)), (int(x + rng.integers(5, width)), int(y + rng.integers(5, height))), float(rng.uniform(0, 255)), -1 if rng.random() < 0.6 else 2)
    return ground


def sheet(rng, pitch, held_out=False):
    """One or two documents side by side or one above the other; the lines of every zone in it, zone by zone."""
    first, lines = page(rng, pitch, held_out=held_out)
    if rng.random() < 0.65:
        return first, [lines]
    second, others = page(rng, pitch, with_zone=rng.random() < 0.12)
    if rng.random() < 0.3:
        second = np.fliplr(np.flipud(second)).copy() if not others else second
    gap, below = round(rng.uniform(0, 3) * pitch), rng.random() < 0.65
    swap = rng.random() < 0.5
    a, b = (second, first) if swap else (first, second)
    if below:
        shift = (0, a.shape[0] + gap)
        both = np.full((a.shape[0] + gap + b.shape[0], max(a.shape[1], b.shape[1])), rng.uniform(0, 255), np.float32)
    else:
        shift = (a.shape[1] + gap, 0)
        both = np.full((max(a.shape[0], b.shape[0]), a.shape[1] + gap + b.shape[1]), rng.uniform(0, 255), np.float32)
    both[:a.shape[0], :a.shape[1]] = a
    both[shift[1]:shift[1] + b.shape[0], shift[0]:shift[0] + b.shape[1]] = b
    zones = [lines, others]
    for moved in ([lines] if swap else [others]):
        for line in moved:
            line.x, line.y = line.x + shift[0], line.y + shift[1]
    return both, [z for z in zones if z]


def annotated(rng, canvas, zones):
    """A wider sheet with arrows and remarks beside the document."""
    margin = round(rng.uniform(0.1, 0.5) * canvas.shape[1])
    wide = np.full((canvas.shape[0] + margin // 3, canvas.shape[1] + margin), 255.0, np.float32)
    left = 0 if rng.random() < 0.6 else margin
    wide[:canvas.shape[0], left:left + canvas.shape[1]] = canvas
    for _ in range(rng.integers(1, 6)):
        y = float(rng.uniform(0, wide.shape[0]))
        stamp(rng, wide, (canvas.shape[1] if left == 0 else 0) + 5, y, rng.uniform(8, 20), 30)
        cv2.line(wide, (int(rng.uniform(0, wide.shape[1])), int(y)), (int(rng.uniform(0, wide.shape[1])), int(y)), 0.0, 1, cv2.LINE_AA)
    for lines in zones:
        for line in lines:
            line.x += left
    return wide, zones
