import { createHash } from 'node:crypto'

/** Octets that look random and are the same for the same seed and label, at most 32. */
export function drawOctets(seed: string, label: string, length: number): Buffer {
  return createHash('sha256').update(`${seed}/${label}`).digest().subarray(0, length)
}

/** A whole number from 0 to `below - 1`. */
export const drawNumber = (seed: string, label: string, below: number): number =>
  drawOctets(seed, label, 4).readUInt32BE() % below

/** Text of the given length from the characters. */
export function drawText(seed: string, label: string, length: number, characters: string): string {
  const octets = drawOctets(seed, label, length)
  return Array.from(octets, (octet) => characters[octet % characters.length]).join('')
}
