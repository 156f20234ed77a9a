import { afterAll, beforeAll } from 'vitest'
import { createMrzReader, type MrzReader } from '../../src/mrz/index.ts'
import { type ModelSet, openModels } from '../../src/onnx/index.ts'

/** The shipped reader, open while the tests of a file run. */
export function shippedReader(): MrzReader {
  let models: ModelSet
  let reader: MrzReader
  beforeAll(async () => {
    models = await openModels({ roles: ['mrz-detection', 'mrz-recognition'] })
    reader = createMrzReader(models)
  })
  afterAll(() => models.close())
  return {
    read: (picture) => reader.read(picture),
    get calibration() {
      return reader.calibration
    },
  }
}
