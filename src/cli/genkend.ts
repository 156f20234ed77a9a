#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { Fault } from '../check/index.ts'
import { engineVersion } from '../engine/version.ts'
import { FAULT_STATUS } from './exit-status.ts'
import { complain } from './output.ts'

/** One file a command; only the command that was asked for is loaded. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  verify: async () => (await import('./verify.ts')).verifyCommand(),
  mrz: async () => (await import('./mrz.ts')).mrzCommand(),
  chip: async () => (await import('./chip.ts')).chipCommand(),
  face: async () => (await import('./face.ts')).faceCommand(),
  liveness: async () => (await import('./liveness.ts')).livenessCommand(),
  batch: async () => (await import('./batch.ts')).batchCommand(),
  serve: async () => (await import('./serve.ts')).serveCommand(),
  specimen: async () => (await import('./specimen.ts')).specimenCommand(),
  trust: async () => (await import('./trust.ts')).trustCommand(),
  models: async () => (await import('./models.ts')).modelsCommand(),
  bench: async () => (await import('./bench.ts')).benchCommand(),
  demo: async () => (await import('./demo.ts')).demoCommand(),
}

async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('genkend')
    .description('Decides whether a passport is genuine and whether the person holding it is its owner.')
    .version(engineVersion())
    .exitOverride()
  const asked = COMMANDS[argv[2] ?? '']
  const commands = asked ? [asked] : Object.values(COMMANDS)
  for (const load of commands) program.addCommand(throwing(await load()))
  await program.parseAsync([...argv])
}

/** Commander ends the process by itself unless every command is told to throw instead. */
function throwing(command: Command): Command {
  for (const part of command.commands) throwing(part)
  return command.exitOverride()
}

/** Ends with the status that INTERFACE promises; messages of our own faults name a code, never a person. */
function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : FAULT_STATUS.usage
    return
  }
  const { code, kind, message } = Fault.record(error)
  complain(`genkend: ${message} (${code})`)
  if (kind === 'internal' && process.env.GENKEND_DEBUG) complain(String((error as Error)?.stack ?? error))
  process.exitCode = FAULT_STATUS[kind]
}

// Who reads no further (`genkend … | head`) has seen enough; the command goes on to its own end and status.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

main(process.argv).catch(fail)
