import { readFileSync } from 'node:fs'
import { arch, cpus, platform } from 'node:os'

/** The processor as far as compiled models depend on it. */
export interface Processor {
  /** System, model and instruction set, as one string. */
  readonly identity: string
  /** Whether sums of 8-bit products may overflow in onnxruntime's fast form: on x64 without VNNI instructions. */
  readonly overflows: boolean
}

/** Where the instruction set cannot be asked for (outside Linux), an x64 processor is taken to overflow. */
export function identifyProcessor(): Processor {
  const flags = instructionSet()
  return {
    identity: `${platform()} ${arch()} ${cpus()[0]?.model} ${flags}`,
    overflows: arch() === 'x64' && !flags.split(' ').some((flag) => flag === 'avx512_vnni' || flag === 'avx_vnni'),
  }
}

function instructionSet(): string {
  try {
    const lines = readFileSync('/proc/cpuinfo', 'utf8').split('\n')
    return lines.find((line) => line.startsWith('flags') || line.startsWith('Features')) ?? ''
  } catch {
    return ''
  }
}
