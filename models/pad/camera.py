"""What a camera makes of light: one chain for live faces and for attacks, so that nothing of it tells them apart."""
import cv2
import numpy as np

_values = np.arange(256, dtype=np.float32) / 255
TO_LIGHT = np.where(_values <= 0.04045, _values / 12.92, ((_values + 0.055) / 1.055) ** 2.4).astype(np.float32)
_light = np.arange(4097, dtype=np.float32) / 4096
_TO_SRGB = (255 * np.where(_light <= 0.0031308, _light * 12.92, 1.055 * _light ** (1 / 2.4) - 0.055)).astype(np.float32)
LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
CANVAS = 144  # the sensor's pixels across the crop


def to_light(pixels):
    """sRGB 0 to 255 as linear light 0 to 1."""
    return TO_LIGHT[pixels]


def to_srgb(light):
    """Linear light as sRGB 0 to 255, not rounded; more than white is white."""
    return _TO_SRGB[(np.clip(light, 0, 1) * 4096).astype(np.int16)]


def blurred(picture, sigma):
    return cv2.GaussianBlur(picture, (0, 0), sigma) if sigma > 0.25 else picture


def motion(picture, length, angle):
    size = int(length) * 2 + 3
    kernel = np.zeros((size, size), np.float32)
    middle, dx, dy = size // 2, np.cos(angle) * length / 2, np.sin(angle) * length / 2
    cv2.line(kernel, (int(round((middle - dx) * 16)), int(round((middle - dy) * 16))),
             (int(round((middle + dx) * 16)), int(round((middle + dy) * 16))), 1.0, 1, cv2.LINE_AA, 4)
    return cv2.filter2D(picture, -1, kernel / max(kernel.sum(), 1e-6), borderType=cv2.BORDER_REFLECT)


def jpeg(pixels, quality):
    """Through the codec and back; channel order does not matter enough to turn it."""
    coded = cv2.imencode('.jpg', np.ascontiguousarray(pixels[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, int(quality)])[1]
    return np.ascontiguousarray(cv2.imdecode(coded, cv2.IMREAD_COLOR)[..., ::-1])


def worn(rng, pixels):
    """What a picture has gone through before anyone used it: small, soft, sharpened, compressed. Live faces and those in
    attacks alike, so that sharpness says nothing: a crisp print before a soft camera is as likely as the contrary."""
    if rng.random() < 0.4:
        height, width = pixels.shape[:2]
        small = rng.uniform(0.35, 0.9)
        pixels = cv2.resize(cv2.resize(pixels, None, fx=small, fy=small, interpolation=cv2.INTER_AREA), (width, height), interpolation=cv2.INTER_CUBIC)
    if rng.random() < 0.3:
        sharper = pixels + rng.uniform(0.3, 1.5) * (pixels.astype(np.float32) - blurred(pixels, rng.uniform(0.6, 1.5)))
        pixels = np.clip(sharper, 0, 255).astype(np.uint8)
    if rng.random() < 0.3:
        pixels = blurred(pixels, rng.uniform(0.3, 1.1))
    if rng.random() < 0.4:
        pixels = jpeg(pixels, rng.uniform(35, 95))
    return pixels


def shoot(rng, light, face):
    """`light` linear, any scale; `face` the face's square (left, top, side). Returns sRGB pixels."""
    height, width = light.shape[:2]
    x, y, side = face
    left, top = int(max(x + 0.25 * side, 0)), int(max(y + 0.25 * side, 0))
    skin = light[top:int(y + 0.75 * side), left:int(x + 0.75 * side)].reshape(-1, 3)
    mean = float(skin.mean(0) @ LUMA) if len(skin) else 0.2
    cast = np.exp(rng.normal(0, 0.1, 3)).astype(np.float32)
    target = np.exp(rng.uniform(np.log(0.045), np.log(0.5)))
    light = light * (cast * np.float32(target / max(mean, 0.004)))
    if rng.random() < 0.4:  # flare
        light += light.mean((0, 1)) * np.float32(rng.uniform(0, 0.25))
    if rng.random() < 0.4:
        row, column = np.ogrid[-1:1:height * 1j, -1:1:width * 1j]
        light *= (1 - rng.uniform(0, 0.35) * (row ** 2 + column ** 2) / 2).astype(np.float32)[..., None]
    sigma = rng.exponential(0.55)
    light = blurred(light, min(sigma, 2.2))
    if rng.random() < 0.15:
        light = motion(light, rng.uniform(1, 4), rng.uniform(0, 3.15))
    # Shot and read noise, partly common to the channels, and grainy where the camera has smoothed it.
    grain = np.empty((height, width, 3), np.float32)
    cv2.randn(grain, 0, 1)
    if rng.random() < 0.4:
        grain = blurred(grain, rng.uniform(0.4, 0.9)) * 1.6
    if rng.random() < 0.5:
        grain = 0.5 * grain + 0.7 * grain[..., 1:2]
    strength = rng.exponential(0.35)
    light += grain * np.sqrt(np.maximum(light, 0) * (0.004 * strength ** 2) + (0.006 * strength) ** 2)
    if rng.random() < 0.6:  # shoulder, as cameras keep lights from clipping
        light = light * np.float32(1.15) / (1 + np.float32(rng.uniform(0.1, 0.6)) * np.maximum(light, 0))
    pixels = to_srgb(light)
    if rng.random() < 0.5:
        grey = pixels @ LUMA
        pixels = grey[..., None] + np.float32(rng.uniform(0.5, 1.25)) * (pixels - grey[..., None])
    if rng.random() < 0.5:
        pixels = 128 + np.float32(rng.uniform(0.75, 1.3)) * (pixels - 128) + np.float32(rng.uniform(-12, 12))
    if rng.random() < 0.35:
        pixels = pixels + np.float32(rng.uniform(0.3, 1.4)) * (pixels - blurred(pixels, rng.uniform(0.6, 1.6)))
    pixels = np.clip(pixels, 0, 255).astype(np.uint8)
    if rng.random() < 0.25:
        small = rng.uniform(0.45, 0.9)
        pixels = cv2.resize(cv2.resize(pixels, None, fx=small, fy=small, interpolation=cv2.INTER_AREA), (width, height))
    for _ in range(int(rng.integers(0, 3))):
        pixels = jpeg(pixels, rng.uniform(30, 97))
    return pixels
