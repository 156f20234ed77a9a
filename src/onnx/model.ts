import type { Fusion, ModelInput, ModelOutput } from './manifest.ts'
import type { Role } from './role.ts'

/** One output of a model: values in row-major order and their shape. */
export interface Tensor {
  readonly data: Float32Array
  readonly shape: readonly number[]
}

/** A loaded model, ready to run. Not shareable between threads; `run` blocks its thread while it computes. */
export interface Model {
  /** The manifest's identifier, as in `dlib-resnet`. */
  readonly id: string
  readonly role: Role
  /** SHA-256 of the model file, lower-case hex. */
  readonly sha256: string
  /** The shape of its single input, as in `[1, 3, 128, 128]`; a free dimension is -1. */
  readonly inputShape: readonly number[]
  /** How to feed it: size, channel order, mean, deviation, crop. */
  readonly input: ModelInput
  /** How to read what it puts out. */
  readonly output: ModelOutput
  /** Runs on one planar float input of `inputShape` (or of `shape` where dimensions are free); outputs by name. */
  run(input: Float32Array, shape?: readonly number[]): Promise<Readonly<Record<string, Tensor>>>
}

/** The models of one thread. */
export interface ModelSet {
  /** Every model that serves the role, in the manifest's order; empty when there is none. */
  all(role: Role): readonly Model[]
  /** How the models of the role decide together; `undefined` where the manifest says nothing. */
  fusion(role: Role): Fusion | undefined
  /** The models in use: `role` or `role/id` to `sha256:…`, as the result names them. */
  readonly identities: Readonly<Record<string, string>>
  close(): Promise<void>
}
