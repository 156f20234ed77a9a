"""Makes the pictures that test/mrz/network reads. python3 fixtures.py"""
import json
import os

import cv2

from pictures import make

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../test/mrz/network/fixtures')
SEEDS = {31000: 'easy', 31001: 'medium', 31003: 'turned', 31004: 'easy', 31006: 'hard', 31009: 'medium'}

if __name__ == '__main__':
    index = []
    for seed, level in SEEDS.items():
        picture, truth = make(seed, level)
        file = f'{seed}-{level}.jpg'
        cv2.imwrite(os.path.join(FOLDER, file), picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 80])
        index.append(dict(file=file, mrz=truth['mrz'], quad=truth['quad']))
    with open(os.path.join(FOLDER, 'index.json'), 'w') as file:
        json.dump(index, file, indent=1)
        file.write('\n')
