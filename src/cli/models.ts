import { Command, Option } from 'commander'
import { buildModels } from '../../models/build.ts'
import { Fault } from '../check/index.ts'
import { addToPack, type ListedModel, listModels, openListed, ROLES, type Role, readSpec } from '../onnx/index.ts'
import { FAULT_STATUS } from './exit-status.ts'
import { paint, print, printJson } from './output.ts'

interface Json {
  readonly json?: boolean
}

export function modelsCommand(): Command {
  return new Command('models')
    .description(
      'The models that Genkend uses: where they come from, whether they are whole, and stronger ones in their place.',
    )
    .addCommand(subcommand('list', 'lists all models').action(list))
    .addCommand(subcommand('build', 'converts the default models from their npm packages').action(build))
    .addCommand(subcommand('check', 'verifies every model by its hash and runs it once').action(check))
    .addCommand(
      subcommand('add', 'puts a model into the pack: the folder that GENKEND_MODELS names')
        .argument('<file>', 'an ONNX file')
        .addOption(new Option('--role <role>', 'what it is for').choices(ROLES).makeOptionMandatory())
        .option('--spec <file>', 'how to use it (JSON), for a model that is not of the documented pack')
        .action(add),
    )
}

const subcommand = (name: string, description: string): Command =>
  new Command(name).description(description).option('--json', 'print one line of JSON a model')

async function list(options: Json): Promise<void> {
  for (const model of await listModels()) {
    if (options.json) printJson(describe(model))
    else printModel(model, model.inUse ? paint('green', '✓ in use') : paint('dim', '· replaced'))
  }
}

async function build(options: Json): Promise<void> {
  for (const { id, state } of await buildModels()) {
    if (options.json) printJson({ id, state })
    else print(`${paint('green', '✓')} ${id} ${paint('dim', state === 'built' ? 'built' : 'was there already')}`)
  }
}

/** Every model is tried, so that one defect does not hide another. */
async function check(options: Json): Promise<void> {
  for (const model of await listModels()) {
    const { id } = model.entry
    const fault = await openListed(model).then(() => undefined, Fault.record)
    if (options.json) printJson({ id, ok: !fault, ...(fault ? { error: { code: fault.code } } : {}) })
    else if (fault) print(`${paint('red', '✗')} ${id}: ${fault.message} (${fault.code})`)
    else print(`${paint('green', '✓')} ${id} ${paint('dim', `sha256:${model.entry.sha256}`)}`)
    if (fault) process.exitCode = FAULT_STATUS[fault.kind]
  }
}

async function add(file: string, options: Json & { readonly role: Role; readonly spec?: string }): Promise<void> {
  const pack = process.env.GENKEND_MODELS
  if (!pack)
    throw new Fault('pack-not-named', 'usage', 'name the folder of the pack in the environment: GENKEND_MODELS')
  const spec = options.spec === undefined ? undefined : await readSpec(options.spec)
  const entry = await addToPack(pack, file, options.role, spec)
  if (options.json) printJson({ id: entry.id, role: entry.role, sha256: entry.sha256 })
  else print(`${paint('green', '✓')} ${entry.id} now serves ${entry.role}`)
}

function describe({ entry, shelf, inUse, present, calibration }: ListedModel) {
  const { id, role, origin, licence, sha256, source, training, measured, measuredOn } = entry
  const pedigree = { licence, origin, source, training, measured, measuredOn }
  return { id, role, shelf, inUse, present, sha256, ...pedigree, calibration }
}

function printModel({ entry, shelf, present, calibration }: ListedModel, use: string): void {
  const place = present ? shelf : paint('red', `${shelf}, not built`)
  print(`${paint('bold', entry.id)}  ${entry.role}  ${use}  ${place}`)
  print(`  ${entry.origin}`)
  if (calibration) print(`  false-match rates from ${calibration}`)
  print(`  ${entry.licence}  ${paint('dim', `sha256:${entry.sha256}`)}`)
}
