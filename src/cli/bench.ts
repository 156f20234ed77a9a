import { Command } from 'commander'
import { wholeNumber } from './arguments.ts'
import { print } from './output.ts'

interface Bench {
  /** Only the benchmark that was asked for is loaded. */
  readonly load: () => Promise<(options: Record<string, never>) => Promise<string>>
  /** Its options: flags and what they say. */
  readonly options?: Readonly<Record<string, string>>
}

const REPEATS = { '--repeats <n>': 'how often to measure' }

/** One benchmark a claim. */
const BENCHES: Readonly<Record<string, Bench>> = {
  engine: { load: async () => (await import('../../bench/engine.ts')).benchEngine, options: REPEATS },
  http: { load: async () => (await import('../../bench/http.ts')).benchHttp, options: REPEATS },
  chip: {
    load: async () => (await import('../../bench/chip.ts')).benchChip,
    options: {
      ...REPEATS,
      '--lists <folder>': 'national master lists (*.ml), and certificates (*.cer) that their signers lead to',
      '--peers': 'only other verifiers on the same documents: pkijs, and gmrtd where there is Go',
      '--vectors <folder>': 'further documents for that: an index.json says what they are',
    },
  },
  mrz: {
    load: async () => (await import('../../bench/mrz.ts')).benchMrz,
    options: {
      ...REPEATS,
      '--reliability <folder>': 'are stated confidences right? Pictures of models/mrz/pictures.py',
      '--guidance <folder>': 'do blur, size and glare explain what is not read? Pictures of the same, easy ones',
      '--frames <folder>': 'do several frames of a document read more than one? Pictures of the same, level frames',
    },
  },
  face: {
    load: async () => (await import('../../bench/face.ts')).benchFace,
    options: {
      '--pairs <file>': 'labelled pairs: a JSON array of {a, b, same, subset?}, paths relative to it',
      '--det <file>': 'draw the detection error trade-off curves here, as SVG',
      '--sample <n>': 'how many of the pairs other packages are shown',
    },
  },
  liveness: {
    load: async () => (await import('../../bench/liveness.ts')).benchLiveness,
    options: {
      '--count <n>': 'how often each kind of presentation is made (500)',
      '--kind <name>':
        'only kinds whose name contains this; genuine for the bona fide ones, passive for single pictures',
      '--set <n>':
        'which set of presentations: 0, which thresholds were chosen on (default), or any other: other persons, rooms, photographs, nonces',
      '--views <folder>': 'where rendered views are kept for the next run',
      '--photographs <file>': 'what attackers print, too: an object whose keys are paths relative to it',
      '--collection <file>': 'single pictures of real presentations: a JSON array of {file, label, attack}',
    },
  },
}

export function benchCommand(): Command {
  const command = new Command('bench').description('Measures what the README claims, on this machine.')
  for (const [name, { load, options = {} }] of Object.entries(BENCHES)) {
    const bench = command.command(name)
    for (const [flags, description] of Object.entries(options)) {
      if (flags.endsWith('<n>')) bench.option(flags, description, wholeNumber)
      else bench.option(flags, description)
    }
    bench.action(async (given: Record<string, never>) => {
      print(await (await load())(given))
    })
  }
  return command
}
