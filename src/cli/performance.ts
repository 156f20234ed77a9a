import { dirname } from 'node:path'
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import { readEvidence, readJsonFile } from '../batch/index.ts'
import { Fault } from '../check/index.ts'
import { type ChallengeAnswer, createEngine } from '../engine/index.ts'
import { paint, print, printJson } from './output.ts'

const PerformanceJson = Type.Object({
  challenge: Type.Unknown(),
  frames: Type.Array(Type.Object({ file: Type.String(), time: Type.Number() }), { minItems: 1, maxItems: 1000 }),
})

/**
 * Judges the performance in a JSON file, frames relative to it, and prints the judgement.
 * Throws `performance-malformed`, and the faults of reading and decoding.
 */
export async function judgePerformance(file: string, json: boolean): Promise<void> {
  const { challenge: asked, frames } = readPerformance(await readJsonFile(file))
  const { challenge, selfie } = await readEvidence({ challenge: asked, selfie: frames }, dirname(file))
  const engine = await createEngine({ workers: 1 })
  try {
    const { answer } = await engine.judgeChallenge(challenge!, selfie!)
    if (json) printJson(answer)
    else printJudgement(answer)
  } finally {
    await engine.close()
  }
}

function readPerformance(json: unknown): Static<typeof PerformanceJson> {
  if (Check(PerformanceJson, json)) return json
  throw new Fault('performance-malformed', 'malformed', 'the file does not hold {challenge, frames: [{file, time}]}')
}

function printJudgement({ passed, code, steps }: ChallengeAnswer): void {
  print(passed ? paint('green', '✓ performed as asked') : paint('red', `✗ ${code}`))
  for (const step of steps) {
    print(
      `  ${step.passed ? paint('green', '✓') : paint('red', '✗')} ${step.kind}${step.passed ? '' : `: ${step.code}`}`,
    )
  }
}
