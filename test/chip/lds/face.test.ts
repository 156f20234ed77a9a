import { describe, expect, it } from 'vitest'
import { detailsOf, MAX_PICTURE_SIDE, portraitOf, readDataGroups } from '../../../src/chip/lds/index.ts'
import { biometricGroup, codeStream, dg2Of, element, facialBlock, facialRecord, jp2, jpeg } from './chip-files.ts'

const read = (dg2: Buffer) => readDataGroups({ DG2: dg2 })

describe('DG2', () => {
  it.each([
    ['JPEG with an EXIF segment', jpeg(300, 400), 0, 'jpeg'],
    ['JP2', jp2(300, 400), 1, 'jpeg2000'],
    ['a raw JPEG 2000 code stream', codeStream(300, 400), 1, 'jpeg2000'],
  ])('hands out a portrait of ISO 19794-5 as %s', (_, picture, type, encoding) => {
    const groups = read(dg2Of(facialRecord({ picture, type })))
    expect(groups.damaged).toEqual([])
    expect(groups.deviations).toEqual([])
    expect(portraitOf(groups)).toEqual({ encoding, bytes: picture })
    expect(detailsOf(groups).dg2).toEqual({
      images: [{ encoding, width: 300, height: 400, standard: 'ISO/IEC 19794-5', featurePoints: 0, landmarks: 0 }],
    })
  })

  it('reads several images, and takes the first as portrait', () => {
    const record = facialRecord({ picture: jp2(300, 400), featurePoints: 40 }, { picture: jpeg(60, 80), type: 0 })
    const { dg2 } = read(dg2Of(record))
    expect(dg2?.images.map(({ width, featurePoints }) => [width, featurePoints.length])).toEqual([
      [300, 40],
      [60, 0],
    ])
    expect(dg2?.images[0].featurePoints.slice(0, 3)).toEqual([
      { type: 1, code: '2.0', x: 0, y: 300 },
      { type: 1, code: '2.1', x: 10, y: 301 },
      { type: 1, code: '2.2', x: 20, y: 302 },
    ])
  })

  it('reads ISO 39794-5 with several representations', () => {
    const groups = read(biometricGroup(0x75, [element(0x7f2e, facialBlock(codeStream(413, 531), jp2(10, 20)))]))
    expect(groups.damaged).toEqual([])
    expect(groups.dg2?.images.map(({ standard, width }) => [standard, width])).toEqual([
      ['ISO/IEC 39794-5', 413],
      ['ISO/IEC 39794-5', 10],
    ])
  })

  it('reads a record of ISO 19794-5 under the tag of ISO 39794-5, and says so', () => {
    const record = facialRecord({ picture: jp2(300, 400) })
    const groups = read(biometricGroup(0x75, [element(0x7f2e, record)]))
    expect(groups.dg2?.images.map(({ standard }) => standard)).toEqual(['ISO/IEC 19794-5'])
    expect(groups.deviations).toEqual([{ code: 'dg2-record-tag', where: 'DG2' }])
  })

  it('notes a record that calls a JPEG a JPEG 2000', () => {
    const groups = read(dg2Of(facialRecord({ picture: jpeg(300, 400), type: 1 })))
    expect(groups.deviations).toEqual([{ code: 'dg2-image-type-mismatch', where: 'DG2' }])
    expect(portraitOf(groups)?.encoding).toBe('jpeg')
  })

  it.each([
    ['60000 x 60000 pixels in SIZ', dg2Of(facialRecord({ picture: jp2(60_000, 60_000) })), 'picture-too-large'],
    ['a side over the limit', dg2Of(facialRecord({ picture: jpeg(MAX_PICTURE_SIDE + 1, 10) })), 'picture-too-large'],
    ['too many pixels', dg2Of(facialRecord({ picture: codeStream(4_000, 4_000) })), 'picture-too-large'],
    ['no extent', dg2Of(facialRecord({ picture: codeStream(0, 400) })), 'picture-damaged'],
    ['a picture that is none', dg2Of(facialRecord({ picture: Buffer.from('no picture at all') })), 'picture-unknown'],
    [
      'more feature points than fit',
      dg2Of(facialRecord({ picture: jp2(3, 4), declaredFeaturePoints: 0xffff })),
      'facial-record-length',
    ],
    [
      'a record length that lies',
      dg2Of(Buffer.concat([facialRecord({ picture: jp2(3, 4) }), Buffer.of(0)])),
      'facial-record-length',
    ],
    ['no image', dg2Of(facialRecord()), 'facial-record-count'],
    ['a count of 65535 images', dg2Of(withCount(facialRecord({ picture: jp2(3, 4) }), 0xffff)), 'facial-record-count'],
    [
      'a second image that is not there',
      dg2Of(withCount(facialRecord({ picture: jp2(3, 4) }), 2)),
      'facial-record-length',
    ],
    [
      'a template count that lies',
      biometricGroup(0x75, [element(0x5f2e, facialRecord({ picture: jp2(3, 4) }))], 2),
      'biometric-count',
    ],
    ['a million templates', element(0x75, element(0x7f61, element(0x02, 0x0f, 0x42, 0x40))), 'biometric-too-many'],
    ['no template', biometricGroup(0x75, []), 'dg2-no-face'],
    ['another format', dg2Of(Buffer.from(`FIR${'\0'.repeat(40)}`)), 'facial-record-header'],
    ['no picture in its block', biometricGroup(0x75, [element(0x7f2e, facialBlock())]), 'facial-block-no-image'],
  ])('refuses a face with %s', (_, dg2, code) => {
    const groups = read(dg2)
    expect(groups.damaged).toEqual([{ file: 'DG2', code, message: expect.any(String) }])
    expect(portraitOf(groups)).toBeUndefined()
  })
})

function withCount(record: Buffer, images: number): Buffer {
  record.writeUInt16BE(images, 12)
  return record
}

describe('DG3 and DG4', () => {
  it('counts templates without reading them', () => {
    const finger = element(0x5f2e, 'FIR, unread')
    const groups = readDataGroups({
      DG3: biometricGroup(0x63, [finger, finger]),
      DG4: element(0x76, element(0x7f61, element(0x02, 0)), element(0x53, 'random')),
    })
    expect(detailsOf(groups)).toEqual({ dg3: { templates: 2 }, dg4: { templates: 0 } })
    expect(groups.damaged).toEqual([])
  })
})

describe('DG5 and DG7', () => {
  it('lists pictures, and leaves out what it cannot read', () => {
    const groups = readDataGroups({
      DG5: element(0x65, element(0x02, 1), element(0x5f40, jp2(413, 531))),
      DG7: element(0x67, element(0x02, 2), element(0x5f43, jpeg(550, 142)), element(0x5f43, 'WSQ?')),
    })
    expect(detailsOf(groups)).toEqual({
      dg5: { pictures: [{ encoding: 'jpeg2000', width: 413, height: 531 }] },
      dg7: { pictures: [{ encoding: 'jpeg', width: 550, height: 142 }] },
    })
    expect(groups.deviations).toEqual([{ code: 'dg7-picture-unread', where: 'DG7' }])
  })

  it('refuses a count that lies and a picture that would burn seconds', () => {
    const groups = readDataGroups({
      DG5: element(0x65, element(0x02, 1), element(0x5f40, codeStream(60_000, 60_000))),
      DG7: element(0x67, element(0x02, 9), element(0x5f43, jpeg(550, 142))),
    })
    expect(groups.damaged.map(({ file, code }) => [file, code])).toEqual([
      ['DG5', 'picture-too-large'],
      ['DG7', 'picture-count'],
    ])
  })
})
