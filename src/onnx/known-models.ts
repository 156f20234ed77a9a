import type { Fusion, ModelInput, ModelSpec } from './manifest.ts'
import type { Role } from './role.ts'

/** A model of the documented pack: what it is for and how to use it. */
export interface KnownModel {
  readonly role: Role
  readonly spec: ModelSpec
}

/** Pixels as they come, blue first: what all models of the pack are fed. */
const plain = (size: number, crop: ModelInput['crop']): ModelInput => ({
  width: size,
  height: size,
  channels: 'bgr',
  mean: [0, 0, 0],
  deviation: [1, 1, 1],
  crop,
})

/** ArcFace's five points for 112 x 112 pixels, its inner 96 columns stretched over the 128 of this model. */
const REID_TEMPLATE: [number, number][] = [
  [40.3928, 59.0815],
  [87.3757, 58.8587],
  [64.0336, 81.9847],
  [44.7324, 105.5606],
  [83.6399, 105.3761],
]

/** Means, deviations and scores of pairs of different people (LFW); of two estimates of a score, the stricter. */
const REID_FUSION: Fusion = {
  terms: [
    { model: 'reid-0095', weight: 0.5, mean: 0.0068, deviation: 0.0942 },
    { model: 'dlib-resnet', weight: 0.5, mean: 0.8415, deviation: 0.0355 },
  ],
  operatingPoints: [
    { falseMatchRate: 0.999, score: -2.298 },
    { falseMatchRate: 0.9, score: -1.001 },
    { falseMatchRate: 0.5, score: -0.035 },
    { falseMatchRate: 0.2, score: 0.662 },
    { falseMatchRate: 0.1, score: 1.053 },
    { falseMatchRate: 0.03, score: 1.614 },
    { falseMatchRate: 0.01, score: 2.045 },
    { falseMatchRate: 0.003, score: 2.454 },
    { falseMatchRate: 0.001, score: 2.775 },
    { falseMatchRate: 0.0003, score: 3.087 },
    { falseMatchRate: 0.0001, score: 3.346 },
    { falseMatchRate: 3e-5, score: 3.618 },
    { falseMatchRate: 1e-5, score: 3.823 },
  ],
  source: '1 250 180 pairs of different people among 1 583 pictures of 844 people (LFW at 150 pixels)',
}

const YUNET = {
  origin: 'YuNet (Wu et al. 2023), github.com/ShiqiYu/libfacedetection.train',
  licence: 'MIT',
  output: { kind: 'yunet', strides: [8, 16, 32] },
}

const MINIFASNET = {
  origin: 'MiniFASNet, github.com/minivision-ai/Silent-Face-Anti-Spoofing',
  licence: 'Apache-2.0',
  output: { kind: 'classes', live: 1 },
}

/** By the SHA-256 of the file. */
export const KNOWN_MODELS: Readonly<Record<string, KnownModel>> = {
  '8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4': {
    role: 'face-detection',
    spec: { id: 'yunet-640', ...YUNET, input: plain(640, { kind: 'letterbox' }) },
  },
  daede24002cc8590f457998cc5e6c9e8b82f45f6bd969506a8913cd4ed10a2d3: {
    role: 'face-detection',
    spec: { id: 'yunet', ...YUNET, input: plain(320, { kind: 'letterbox' }) },
  },
  '8173c808a3ffcd41b9ff2168773a3d829a15f3eadf19417dd539a6ba91ae8429': {
    role: 'face-recognition',
    spec: {
      id: 'reid-0095',
      origin: 'face-reidentification-retail-0095, Intel Open Model Zoo',
      licence: 'Apache-2.0',
      input: plain(128, { kind: 'points', template: REID_TEMPLATE }),
      output: { kind: 'descriptor' },
      fusion: REID_FUSION,
    },
  },
  '21dcaa635b21a16d30176048b19d702fc65730acf2f52872797abcce782ca877': {
    role: 'pad',
    spec: { id: 'minifasnet-2.7', ...MINIFASNET, input: plain(80, { kind: 'box', enlarge: 2.7 }) },
  },
  '1f25b26589a6a3f970ccc75ff7e5f39c0c25ab8465e3140a95b5862b1710f785': {
    role: 'pad',
    spec: { id: 'minifasnet-4.0', ...MINIFASNET, input: plain(80, { kind: 'box', enlarge: 4 }) },
  },
}
