"""Whole pictures with known text, for measuring and for tests: python3 pictures.py FOLDER COUNT [SEED [LEVEL]]
Levels: easy (a scan), medium (a photo), hard (a bad photo), turned (medium, any rotation), poor (small, too); `ways` shows every page five
times at the level medium: upright, by each quarter turn, and at any rotation; `frames` takes five poor photos of every page. Fonts and texts are those
that training does not see. Writes FOLDER/NNN.jpg and FOLDER/index.json with the lines and the corners of each zone."""
import json
import os
import sys

import cv2
import numpy as np

import camera
import pages
import scenes

LEVELS = {'easy': (14, 28, 0.02, 0.004, 0.15), 'medium': (12, 24, 0.2, 0.04, 0.5), 'hard': (8, 15, 0.35, 0.08, 1.0), 'turned': (12, 24, 3.15, 0.03, 0.4), 'poor': (6, 10, 0.35, 0.08, 1.2)}
IN_TURN = ('easy', 'medium', 'hard', 'turned')


def make(seed, level, held_out=None, spin=None, frame=0):
    """One picture and what it shows. `spin`: the same page turned by so many radians before it is photographed; `frame`: the
    same page photographed anew."""
    rng = np.random.default_rng([seed, 4242])
    least, most, turn, skew, hard = LEVELS[level]
    pitch = float(rng.uniform(least, most))
    held_out = rng.random() < 0.1 if held_out is None else held_out
    canvas, lines = pages.page(rng, 24, held_out=held_out, hush=hard * 0.5, gibberish=0)
    if frame:
        rng = np.random.default_rng([seed, 4242, frame])
    zones = [lines]
    length = pitch * len(lines[0].text)
    angle = rng.uniform(-turn, turn) + (spin or 0)
    reach = length * 1.25
    size = (int(reach * rng.uniform(0.8, 1.1)), int(reach * rng.uniform(1, 1.25)))
    if level == 'turned' or spin is not None:
        size = (int(reach * 1.25), int(reach * 1.25))
    matrix = scenes.view(rng, size, canvas, zones, angle, length, skew)
    picture, _ = scenes.render(rng, (size[0] // 4 * 4, size[1] // 4 * 4), canvas, zones, matrix, rng.uniform(0, 0.01) * length if hard > 0.3 else 0, pages.table(rng, size[0] // 4 * 4, size[1] // 4 * 4))
    grey = camera.shoot(rng, picture, pitch, hard)
    tint = rng.uniform(0.8, 1.0, 3)
    colour = np.clip(grey[..., None] * tint, 0, 255).astype(np.uint8)
    half = lines[0].pitch / 2
    corners = [(lines[0].x, lines[0].y - half), (lines[0].end, lines[0].y - half), (lines[-1].end, lines[-1].y + half), (lines[-1].x, lines[-1].y + half)]
    return colour, dict(mrz=[line.text for line in lines], kind='generated', level=level, pitch=round(pitch, 1), heldOutFont=bool(held_out),
                        quad=[[round(float(c), 1) for c in scenes.project(matrix, *corner)] for corner in corners])


def ways(seed):
    """One page five ways: upright, by one, two and three quarter turns to the left, at any rotation."""
    picture, truth = make(seed, 'medium')
    for quarters, name in enumerate(('upright', 'left', 'over', 'right')):
        yield np.ascontiguousarray(np.rot90(picture, quarters)), dict(truth, level=name, quad=None)
    picture, truth = make(seed, 'medium', spin=np.random.default_rng([seed, 7]).uniform(0, 2 * np.pi))
    yield picture, dict(truth, level='any')


def series(seed, count, level):
    for i in range(count):
        if level == 'ways':
            yield from ways(seed + i)
        elif level == 'frames':
            yield from (make(seed + i, 'poor', frame=frame) for frame in range(5))
        else:
            yield make(seed + i, level or IN_TURN[i % len(IN_TURN)])


if __name__ == '__main__':
    cv2.setNumThreads(1)
    folder, count = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 900_000_000
    os.makedirs(folder, exist_ok=True)
    index = []
    for i, (picture, truth) in enumerate(series(seed, count, sys.argv[4] if len(sys.argv) > 4 else None)):
        cv2.imwrite(os.path.join(folder, f'{i:03d}.jpg'), picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 80])
        index.append(dict(file=f'{i:03d}.jpg', **truth))
    with open(os.path.join(folder, 'index.json'), 'w') as file:
        json.dump(index, file, indent=1)
