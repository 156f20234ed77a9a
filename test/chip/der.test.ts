import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Fault } from '../../src/check/index.ts'
import {
  encodeOid,
  encodeTlv,
  integerBytes,
  octetsOf,
  oidOf,
  openDer,
  openTlv,
  smallInteger,
  timeOf,
} from '../../src/chip/der/index.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

const codeOf = (read: () => unknown): string => {
  try {
    read()
  } catch (error) {
    return Fault.record(error).code
  }
  return 'ok'
}

describe('the DER reader', () => {
  test('reads tags of several octets and long lengths', () => {
    const element = openTlv(hex('7f61 82 0100'.concat('00'.repeat(256))))
    expect([element.tag, element.value.length, element.end]).toEqual([0x7f61, 256, 261])
  })

  test.each([
    ['', 'der-truncated'],
    ['30', 'der-truncated'],
    ['30 05 02 01', 'der-truncated'],
    ['30 84 ff ff ff ff', 'der-truncated'],
    ['30 85 00 00 00 00 01', 'der-bad-length'],
    ['30 81 05 02 03 01 02 03', 'der-ber-encoding'],
    ['30 80 02 01 05 00 00', 'der-ber-encoding'],
    ['04 80 00 00', 'der-bad-length'],
    ['00 00', 'der-bad-tag'],
    ['1f 80 01 00', 'der-bad-tag'],
    ['1f ff ff ff 7f 00', 'der-bad-tag'],
    ['30 00 00', 'der-trailing-bytes'],
  ])('refuses %s as %s', (bytes, code) => {
    expect(codeOf(() => openDer(hex(bytes), 'a test'))).toBe(code)
  })

  test('reads BER where it is asked to, and says so', () => {
    const element = openTlv(hex('24 80 04 01 61 24 05 04 03 62 63 64 00 00'), { ber: true })
    expect(Buffer.from(octetsOf(element)).toString()).toBe('abcd')
    expect(element.input.ber).toBe(true)
  })

  test('whatever the bytes, it reads or refuses with a fault of its own', () => {
    const walk = (bytes: Uint8Array, ber: boolean) => {
      const queue = [openTlv(bytes, { ber })]
      for (let element = queue.pop(); element; element = queue.pop()) {
        if (element.constructed) queue.push(...element.children())
      }
    }
    const readable = /^(ok|der-[a-z-]+)$/
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, ber) => {
        expect(codeOf(() => walk(bytes, ber))).toMatch(readable)
      }),
      { numRuns: 2_000 },
    )
  })

  test('what is written is read again', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (value) => {
        const element = openDer(encodeTlv(0x5f2e, value), 'a test')
        expect([element.tag, Buffer.from(element.value)]).toEqual([0x5f2e, Buffer.from(value)])
      }),
    )
    fc.assert(
      fc.property(fc.nat(2), fc.nat(39), fc.array(fc.nat(2 ** 30), { maxLength: 8 }), (root, second, arcs) => {
        const dotted = [root, second, ...arcs].join('.')
        expect(oidOf(openDer(encodeOid(dotted), 'a test'))).toBe(dotted)
      }),
    )
  })
})

describe('values', () => {
  const value = (bytes: string) => openTlv(hex(bytes))

  test('integers', () => {
    expect(smallInteger(value('02 02 00 ff'))).toBe(255)
    expect(codeOf(() => smallInteger(value('02 01 ff')))).toBe('der-bad-integer')
    expect(codeOf(() => smallInteger(value('02 05 01 00 00 00 00')))).toBe('der-bad-integer')
    expect(codeOf(() => integerBytes(value('02 00')))).toBe('der-bad-integer')
  })

  test('object identifiers of impossible form', () => {
    for (const bytes of ['06 00', '06 02 2a 80', '06 03 2a 80 01', '06 0a 2a ff ff ff ff ff ff ff ff 7f']) {
      expect(codeOf(() => oidOf(value(bytes)))).toBe('der-bad-oid')
    }
  })

  const time = (tag: number, text: string) => timeOf(openTlv(encodeTlv(tag, Buffer.from(text))))
  test.each([
    [0x17, '240229120000Z', '2024-02-29T12:00:00.000Z'],
    [0x17, '491231235959Z', '2049-12-31T23:59:59.000Z'],
    [0x17, '500101000000Z', '1950-01-01T00:00:00.000Z'],
    [0x17, '2401010000Z', '2024-01-01T00:00:00.000Z'],
    [0x18, '20240101000000.5Z', '2024-01-01T00:00:00.000Z'],
    [0x17, '240101010000+0100', '2024-01-01T00:00:00.000Z'],
  ])('time %i %s', (tag, text, expected) => {
    expect(time(tag, text).toISOString()).toBe(expected)
  })

  test.each(['230229000000Z', '241301000000Z', '240101240000Z', '240101000060Z', '24010100000Z', 'yesterday'])(
    'no time: %s',
    (text) => {
      expect(codeOf(() => time(0x17, text))).toBe('der-bad-time')
    },
  )
})
