/** The flags that commands share, and the values read from them: the configuration, the options of a job, the server to call. */

import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Config, readConfig, serverAddress, unknownSettings } from '#base/config.ts'
import { AppError } from '#base/errors.ts'
import { Languages } from '#base/language.ts'
import { flagOf, listSettings } from '#base/settings.ts'
import { originOf } from '#cli/ask-queue.ts'
import { isUsedBy, unknownText } from '#cli/command-settings.ts'
import type { RemoteCommand } from '#cli/submit-and-follow.ts'
import { warn } from '#cli/terminal.ts'
import { listenForShutdown } from '#processes/shutdown-signals.ts'
import { JobOptions } from '#queue/job-options.ts'

export type Flags = Record<string, string | undefined>

/** Settings without a flag: secrets, which all users of the machine could read in the list of processes. */
const NO_FLAG: ReadonlySet<string> = new Set([
  'DOCSPOOL_GIT_TOKENS',
  'DOCSPOOL_WEBHOOK_SECRET',
  'DOCSPOOL_DATABASE_URL',
  'DOCSPOOL_HOOK_SECRETS',
])

/** Every setting as a flag of the same name; the help shows those that the command uses. */
export function withSettings(command: Command): Command {
  for (const { name, fallback, meaning } of listSettings()) {
    if (NO_FLAG.has(name)) continue
    const shown = fallback === '' ? '' : ` (default: ${fallback})`
    const option = new Option(`${flagOf(name)} <value>`, `${meaning}${shown}; ${name}`)
    command.addOption(option.hideHelp(!isUsedBy(command.name(), name)))
  }
  return command.option('--print-config', 'print the settings and where each comes from, without secrets, and exit')
}

/** For commands that use a server, which has its own settings. */
export function withServer(command: Command): Command {
  return command
    .option('--server <url>', 'URL of the docspool server; DOCSPOOL_URL (default: http://127.0.0.1:8000)')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nThe token is taken from DOCSPOOL_TOKEN or DOCSPOOL_TOKEN_FILE.')
}

export async function remoteOf(flags: Flags & { json?: boolean }): Promise<RemoteCommand> {
  const { serviceAt } = await import('#cli/submit-and-follow.ts')
  const { config } = applyFlags({})
  const address = flags.server ?? serverAddress() ?? originOf(config)
  const service = serviceAt(address, config.access.tokens[0])
  return { service, signal: listenForShutdown().drain, json: flags.json === true }
}

/** Options of a job. Its `max_cost_usd` is the setting `--max-cost-usd`. */
export function withJobOptions(command: Command): Command {
  return command
    .option('--model <name>', 'the model that writes, or `offline`; overrides MAIN_MODEL')
    .addOption(new Option('--language <tag>', 'language of the documents (default: en)').choices(Languages))
    .option('--notes <text>', 'notes for the model: what matters to readers')
}

export function jobOptionsOf({ model, language, notes }: Flags): JobOptions {
  const given = Object.entries({ model, language, notes }).filter(([, value]) => value !== undefined)
  const parsed = JobOptions.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new InvalidArgumentError(`--${String(issue?.path[0])}: ${issue?.message}`)
}

/** The configuration with the model given on the command line. */
export function withModel(flags: Flags): Config {
  const { model } = flags
  if (model === 'offline') return { ...applyFlags(flags).config, llm: null }
  const { config } = applyFlags(model === undefined ? flags : { ...flags, mainModel: model })
  if (model !== undefined && config.llm === null) throw new NoModel(`No endpoint is configured for the model ${model}.`)
  return config
}

/** Thrown when a model is given but no endpoint is configured. */
class NoModel extends AppError {
  readonly code = 'NO_MODEL'
  override readonly hint = 'Set LLM_BASE_URL or LLM_API_KEY; see docs/models.md.'
}

export function overridesOf(flags: Flags): Flags {
  const overrides: Flags = {}
  for (const { name } of listSettings()) {
    const camel = flagOf(name)
      .slice(2)
      .replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    if (flags[camel] !== undefined) overrides[name] = flags[camel]
  }
  return overrides
}

export function applyFlags(flags: Flags, { isSilent = false } = {}): { config: Config; overrides: Flags } {
  const overrides = overridesOf(flags)
  // A parent program has already warned about the environment.
  if (process.send === undefined && !isSilent) {
    for (const { name, nearest } of unknownSettings()) {
      warn(`docspool: ${unknownText(name, nearest)}`)
    }
  }
  return { config: readConfig(overrides), overrides }
}
