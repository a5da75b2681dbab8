/** The flags that commands share, and the values read from them: the configuration, the options of a job, the server to call. */

import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Config, readConfig, serverAddress, unknownSettings } from '#base/config.ts'
import { AppError } from '#base/errors.ts'
import { Languages } from '#base/language.ts'
import { PROGRAM } from '#base/program.ts'
import { isCommonSetting, settingGroups } from '#base/setting-groups.ts'
import { flagOf, listSettings, SECRET_SETTING, type Setting } from '#base/settings.ts'
import { originOf } from '#cli/ask-queue.ts'
import { isUsedBy, unknownText } from '#cli/command-settings.ts'
import type { RemoteCommand } from '#cli/submit-and-follow.ts'
import { warn } from '#cli/terminal.ts'
import { listenForShutdown } from '#processes/shutdown-signals.ts'
import { JobOptions } from '#queue/job-options.ts'

/** Values keyed by the name of the flag in camel case: `maxRepoMb`. */
export type Flags = Record<string, string | undefined>

/** Values keyed by the name of the setting: `DOCSPOOL_MAX_REPO_MB`. */
export type Overrides = Record<string, string | undefined>

/**
 * Secrets that nevertheless have a flag, for trying things out. Other secrets have none, because all users of a machine can read
 * its command lines; docs/operations.md warns of this.
 */
const SECRETS_WITH_FLAG: ReadonlySet<string> = new Set(['DOCSPOOL_TOKEN', 'LLM_API_KEY'])

const hasFlag = (name: string): boolean => !SECRET_SETTING.test(name) || SECRETS_WITH_FLAG.has(name)

/** A command that uses more settings than this lists only the common ones, unless all are requested. */
const MAX_LISTED = 12

/**
 * Adds a flag for each setting, and `--print-config`. The help lists the settings that the command uses, in groups.
 *
 * @param listsAll - Whether it lists rare settings too (`--help --all`).
 */
export function withSettings(command: Command, listsAll = false): Command {
  command.option('--print-config', 'print the settings with their sources, without secrets, and exit')
  const isListed = ({ name }: Setting): boolean => hasFlag(name) && isUsedBy(command.name(), name)
  const rare = listSettings().filter((each) => isListed(each) && !isCommonSetting(each.name)).length
  const isShort = !listsAll && listSettings().filter(isListed).length > MAX_LISTED
  for (const [title, settings] of settingGroups()) {
    for (const setting of settings) {
      const { name, fallback, meaning } = setting
      if (!hasFlag(name)) continue
      const shown = fallback === '' ? '' : ` (default: ${fallback})`
      const option = new Option(`${flagOf(name)} <value>`, `${meaning}${shown}; ${name}`)
      const isHidden = !isListed(setting) || (isShort && !isCommonSetting(name))
      command.addOption(option.helpGroup(`${title}:`).hideHelp(isHidden))
    }
  }
  if (!isShort) return command
  return command.addHelpText(
    'after',
    `\n${rare} more settings: ${PROGRAM} ${command.name()} --help --all, or docs/settings.md.`,
  )
}

/** Adds the flags of commands that call a running server. They take no settings, because the server has its own. */
export function withServer(command: Command): Command {
  return command
    .option('--server <url>', 'URL of the docspool server; DOCSPOOL_URL (default: http://127.0.0.1:8000)')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nThe token is taken from DOCSPOOL_TOKEN or DOCSPOOL_TOKEN_FILE.')
}

/**
 * The server that a command calls, from `--server`, DOCSPOOL_URL or the settings of this machine. Starts to listen for signals, so
 * call it once.
 *
 * @throws {NotAServer | BadConfiguration}
 */
export async function remoteOf(flags: Flags & { json?: boolean }): Promise<RemoteCommand> {
  const { serviceAt } = await import('#cli/submit-and-follow.ts')
  const { config } = applyFlags({})
  const address = flags.server ?? serverAddress() ?? originOf(config)
  const service = serviceAt(address, config.access.tokens[0])
  return { service, signal: listenForShutdown().drain, json: flags.json === true }
}

/** Adds the flags for the options of a job, except `max_cost_usd`: `--max-cost-usd` is the flag of a setting. */
export function withJobOptions(command: Command): Command {
  return command
    .option('--model <name>', 'the model that writes the prose, or `offline`; overrides MAIN_MODEL')
    .addOption(new Option('--language <tag>', 'language of the documents (default: en)').choices(Languages))
    .option('--notes <text>', 'notes for the model: what matters to readers')
}

/** @throws {InvalidArgumentError} A value is invalid. */
export function jobOptionsOf({ model, language, notes }: Flags): JobOptions {
  const given = Object.entries({ model, language, notes }).filter(([, value]) => value !== undefined)
  const parsed = JobOptions.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new InvalidArgumentError(`--${String(issue?.path[0])}: ${issue?.message}`)
}

/**
 * The configuration, with the model given by `--model`.
 *
 * @throws {NoModel | BadConfiguration}
 */
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

/** The settings among the flags. */
export function overridesOf(flags: Flags): Overrides {
  const overrides: Overrides = {}
  for (const { name } of listSettings()) {
    const camel = flagOf(name)
      .slice(2)
      .replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    if (flags[camel] !== undefined) overrides[name] = flags[camel]
  }
  return overrides
}

/**
 * Reads the configuration and, unless a parent process has already done so or `isSilent`, warns of unknown settings.
 *
 * @throws {BadConfiguration}
 */
export function applyFlags(flags: Flags, { isSilent = false } = {}): { config: Config; overrides: Overrides } {
  const overrides = overridesOf(flags)
  if (process.send === undefined && !isSilent) {
    for (const { name, nearest } of unknownSettings()) {
      warn(`docspool: ${unknownText(name, nearest)}`)
    }
  }
  return { config: readConfig(overrides), overrides }
}
