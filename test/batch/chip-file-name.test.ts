import { describe, expect, it } from 'vitest'
import { chipFileName } from '../../src/batch/chip-file-name.ts'

describe('the names that readers give chip files', () => {
  it.each([
    ['EF_SOD.bin', 'EF_SOD'],
    ['EF.SOD', 'EF_SOD'],
    ['SOD.bin', 'EF_SOD'],
    ['sod', 'EF_SOD'],
    ['011D', 'EF_SOD'],
    ['011e.bin', 'EF_COM'],
    ['DG1.bin', 'DG1'],
    ['EF_DG1.bin', 'DG1'],
    ['EF.DG01', 'DG1'],
    ['0101', 'DG1'],
    ['010A', 'DG10'],
    ['010b.bin', 'DG11'],
    ['DG16', 'DG16'],
    ['EF_CardAccess.bin', 'EF_CardAccess'],
    ['CardSecurity.bin', 'EF_CardSecurity'],
    ['EF.DIR', 'EF_DIR'],
    ['2F00', 'EF_DIR'],
  ])('%s is %s', (name, file) => {
    expect(chipFileName(name)).toBe(file)
  })

  it.each(['DG17', 'DG0', 'README.md', 'csca.cer', 'aa.json', '', 'DG1.jpg', '0111'])('%j is ignored', (name) => {
    expect(chipFileName(name)).toBeUndefined()
  })
})
