/** What the name field says: the primary and the secondary identifier, fillers as spaces. */
export interface Names {
  readonly surname: string
  readonly givenNames: string
}

/**
 * Splits the name field at its first double filler (ICAO 9303-3, 4.6). Transliterations stay as printed (`MUELLER`):
 * they cannot be undone. Without a double filler the whole is the primary identifier.
 */
export function readNames(field: string): Names {
  const separator = field.indexOf('<<')
  if (separator < 0) return { surname: words(field), givenNames: '' }
  return { surname: words(field.slice(0, separator)), givenNames: words(field.slice(separator)) }
}

/** Fillers between words become single spaces; those around the text vanish. */
export function words(field: string): string {
  return field.split('<').filter(Boolean).join(' ')
}

/**
 * Writes both identifiers into `width` characters. Too long names are cut so that the last position holds a letter,
 * which tells readers of the truncation, and at least one letter of the given names is left (ICAO 9303-4, 4.2.3).
 */
export function writeNames({ surname, givenNames }: Names, width: number): string {
  const primary = transliterate(surname)
  const secondary = transliterate(givenNames)
  if (secondary === '') return cutTo(primary, width).padEnd(width, '<')
  return cutTo(`${cutTo(primary, width - 3)}<<${secondary}`, width).padEnd(width, '<')
}

function cutTo(text: string, width: number): string {
  if (text.length <= width) return text
  if (text[width - 1] !== '<') return text.slice(0, width)
  // The cut falls on a filler: one letter less before it makes room for the initial behind it, unless that was the word.
  if (text[width - 3] === '<') return text.slice(0, width - 1)
  return text.slice(0, width - 2) + text.slice(width - 1, width + 1)
}

/** ICAO 9303-3, section 6.A: letters whose recommended transliteration is more than the bare letter. */
const TRANSLITERATIONS: Readonly<Record<string, string>> = {
  Ä: 'AE',
  Å: 'AA',
  Æ: 'AE',
  Ð: 'D',
  Đ: 'D',
  Ħ: 'H',
  ı: 'I',
  Ĳ: 'IJ',
  Ł: 'L',
  Ŋ: 'N',
  Ö: 'OE',
  Ø: 'OE',
  Œ: 'OE',
  ẞ: 'SS',
  ß: 'SS',
  Þ: 'TH',
  Ŧ: 'T',
  Ü: 'UE',
}

/**
 * A Latin name in the MRZ's letters: recommended transliterations, other diacritics dropped, apostrophes omitted,
 * spaces, hyphens and commas as fillers. Throws a RangeError when a character has no counterpart.
 */
export function transliterate(name: string): string {
  const composed = name.normalize('NFC').replace(/./gsu, (letter) => TRANSLITERATIONS[upper(letter)] ?? upper(letter))
  const plain = composed.normalize('NFD').replace(/[\u0300-\u036f'’.]/g, '')
  const text = plain.replace(/[ ,<-]+/g, '<').replace(/^<|<$/g, '')
  if (!/^[A-Z<]*$/.test(text)) throw new RangeError('a name holds a character without a transliteration')
  return text
}

function upper(letter: string): string {
  return letter in TRANSLITERATIONS ? letter : letter.toUpperCase()
}
