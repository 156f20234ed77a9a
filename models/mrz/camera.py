"""What a camera or a scanner does to a page: light, blur, noise, compression. Grey float32, 0 to 255."""
import cv2
import numpy as np

from ink import cloud


def light(rng, picture, hard=1.0):
    height, width = picture.shape
    if rng.random() < 0.7 * hard:
        picture = picture * (1 + rng.uniform(0.05, 0.35) * cloud(rng, height, width, 2))
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    if rng.random() < 0.25 * hard:  # the edge of a shadow
        angle, soft = rng.uniform(0, 6.3), rng.uniform(0.01, 0.2) * max(height, width)
        far = (x - rng.uniform(0, width)) * np.cos(angle) + (y - rng.uniform(0, height)) * np.sin(angle)
        picture = picture * (1 - rng.uniform(0.15, 0.6) / (1 + np.exp(-np.clip(far / soft, -30, 30))))
    if rng.random() < 0.2 * hard:  # glare
        rx, ry = rng.uniform(0.05, 0.35, 2) * max(height, width)
        spot = np.exp(-(((x - rng.uniform(0, width)) / rx) ** 2 + ((y - rng.uniform(0, height)) / ry) ** 2))
        picture = picture + spot * rng.uniform(40, 220)
    return picture


def motion(length, angle):
    size = int(np.ceil(length)) * 2 + 1
    kernel = np.zeros((size, size), np.float32)
    middle, dx, dy = size // 2, np.cos(angle) * length / 2, np.sin(angle) * length / 2
    cv2.line(kernel, (int(round((middle - dx) * 16)), int(round((middle - dy) * 16))),
             (int(round((middle + dx) * 16)), int(round((middle + dy) * 16))), 1.0, 1, cv2.LINE_AA, 4)
    return kernel / max(kernel.sum(), 1e-6)


def blur(rng, picture, pitch, hard=1.0):
    """`pitch`: pixels a character, the measure of how much blur leaves a text readable."""
    if rng.random() < 0.65 * hard:
        sigma = min(rng.exponential(0.05) + 0.02, 0.17) * pitch
        if sigma > 0.2:
            picture = cv2.GaussianBlur(picture, (0, 0), sigma)
    if rng.random() < 0.25 * hard:
        length = rng.uniform(0.08, 0.4) * pitch
        if length > 0.7:
            picture = cv2.filter2D(picture, -1, motion(length, rng.uniform(0, 3.15)), borderType=cv2.BORDER_REPLICATE)
    if rng.random() < 0.2:
        picture = picture + rng.uniform(0.3, 1.5) * (picture - cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.7, 2)))
    return picture


def sensor(rng, picture, hard=1.0):
    height, width = picture.shape
    if rng.random() < 0.5:
        picture = 255 * np.power(np.clip(picture / 255, 0, 1), rng.uniform(0.6, 1.6))
    if rng.random() < 0.6:
        span, base = rng.uniform(0.35, 1.1), rng.uniform(-15, 60)
        picture = picture * span + base * (1 - span) + rng.uniform(-10, 25)
    if rng.random() < 0.7 * hard:
        noise = rng.standard_normal((height, width), np.float32)
        if rng.random() < 0.4:
            noise = cv2.GaussianBlur(noise, (0, 0), 0.8) * 2
        picture = picture + noise * np.float32(rng.exponential(4) + 0.5)
    picture = np.clip(picture, 0, 255)
    if rng.random() < 0.65:
        quality = int(rng.uniform(25, 96))
        coded = cv2.imencode('.jpg', picture.astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        picture = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE).astype(np.float32)
    return picture


def shoot(rng, picture, pitch, hard=None):
    hard = (0.3 if rng.random() < 0.3 else 1.0) if hard is None else hard
    if rng.random() < 0.15:  # scanned or sent smaller, then blown up again
        small = rng.uniform(0.55, 0.95)
        if pitch * small > 6:
            size = picture.shape[::-1]
            reduced = cv2.resize(picture, None, fx=small, fy=small, interpolation=cv2.INTER_AREA)
            picture = cv2.resize(reduced, size, interpolation=int(rng.choice([cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_NEAREST], p=[0.5, 0.4, 0.1])))
    return sensor(rng, blur(rng, light(rng, picture, hard), pitch, hard), hard)
