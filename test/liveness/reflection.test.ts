import { beforeAll, describe, expect, it } from 'vitest'
import type { FaceAnalyser, FaceGeometry } from '../../src/face/index.ts'
import { createFaceAnalyser } from '../../src/face/index.ts'
import { measureReflection, type Reflection } from '../../src/liveness/reflection.ts'
import { openModels } from '../../src/onnx/index.ts'
import { cast, renderSelfie, type SelfieView } from '../../src/specimen/person/index.ts'

const SIZE = { width: 240, height: 300, yaw: 0, pitch: 0, roll: 0 }

describe('light that a face reflects', () => {
  let faces: FaceAnalyser

  beforeAll(async () => {
    faces = createFaceAnalyser(await openModels())
  })

  async function under(view: SelfieView): Promise<Reflection> {
    const picture = renderSelfie(cast()[1]!, { ...SIZE, ...view })
    return measureReflection(picture, (await faces.locate(picture)) as FaceGeometry)
  }

  it('takes the colour of the screen, while the background keeps its own', async () => {
    const room = await under({})
    const red = await under({ screen: [255, 0, 0] })
    const blue = await under({ screen: [0, 0, 255] })
    const share = ({ face }: Reflection, c: 0 | 1 | 2) => face[c] / (face[0] + face[1] + face[2])
    expect(share(red, 0)).toBeGreaterThan(1.15 * share(room, 0))
    expect(share(blue, 2)).toBeGreaterThan(1.3 * share(room, 2))
    for (const { background } of [red, blue])
      for (const c of [0, 1, 2] as const) expect(background![c] / room.background![c]).toBeCloseTo(1, 1)
  })

  it('knows no background where the head fills the picture', async () => {
    expect((await under({ distance: 16 })).background).toBeUndefined()
  })
})
