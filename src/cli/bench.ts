import { Command } from 'commander'
import { wholeNumber } from './arguments.ts'
import { print } from './output.ts'

/** One benchmark a claim; only the one that was asked for is loaded. */
const BENCHES: Readonly<Record<string, () => Promise<(options: { repeats?: number }) => Promise<string>>>> = {
  engine: async () => (await import('../../bench/engine.ts')).benchEngine,
  http: async () => (await import('../../bench/http.ts')).benchHttp,
  chip: async () => (await import('../../bench/chip.ts')).benchChip,
  mrz: async () => (await import('../../bench/mrz.ts')).benchMrz,
}

export function benchCommand(): Command {
  const command = new Command('bench').description('Measures what the README claims, on this machine.')
  for (const [name, load] of Object.entries(BENCHES)) {
    command
      .command(name)
      .option('--repeats <n>', 'how often to measure', wholeNumber)
      .action(async (options: { repeats?: number }) => {
        print(await (await load())(options))
      })
  }
  return command
}
