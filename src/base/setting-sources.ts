/**
 * Finds the value of each setting: in a flag, in the environment, or in a file that the environment names. Any setting `NAME`
 * can be given as `NAME_FILE`, as is usual for secrets in Docker, Kubernetes and systemd; the value is then the content of the
 * file without the final line feed.
 */

import { closeSync, constants, openSync, readSync } from 'node:fs'
import { isErrno } from './errors.ts'
import { MODEL_SETTING } from './model-settings.ts'
import { BadConfiguration } from './setting-types.ts'

export interface GivenSetting {
  /** `undefined` if the default applies. */
  value: string | undefined
  source: 'default' | 'environment' | 'file' | 'flag'
  /** The path of the file, or the name of the variable if it differs from the setting; otherwise `null`. */
  from: string | null
}

type Environment = Record<string, string | undefined>

const MAX_BYTES = 65_536
const FILE_SUFFIX = '_FILE'

/**
 * The values of these settings with their sources, keyed by name.
 *
 * @throws {BadConfiguration} A file cannot be read, or a value is given twice.
 */
export function gatherSettings(
  names: readonly string[],
  overrides: Environment,
  environment: Environment,
): Map<string, GivenSetting> {
  return new Map(names.map((name) => [name, find(name)]))

  function find(name: string): GivenSetting {
    const flag = overrides[name]
    if (flag !== undefined) return { value: orNone(name, flag), source: 'flag', from: null }
    for (const variable of variablesOf(name)) {
      const value = orNone(name, environment[variable])
      // For some settings, `…_FILE` is itself a setting.
      const file = names.includes(`${variable}${FILE_SUFFIX}`) ? undefined : environment[`${variable}${FILE_SUFFIX}`]
      const from = variable === name ? null : variable
      if (file === undefined || file === '') {
        if (value !== undefined) return { value, source: 'environment', from }
        continue
      }
      if (value !== undefined && value !== '') {
        throw new BadConfiguration(`${variable} and ${variable}${FILE_SUFFIX} are both set; expected one of them`)
      }
      return { value: orNone(name, readSetting(`${variable}${FILE_SUFFIX}`, file)), source: 'file', from: file }
    }
    return { value: undefined, source: 'default', from: null }
  }
}

/** The setting that a `…_FILE` variable is for; `undefined` for other variables. */
export function settingOfFile(variable: string, names: readonly string[]): string | undefined {
  if (!variable.endsWith(FILE_SUFFIX) || names.includes(variable)) return undefined
  const setting = variable.slice(0, -FILE_SUFFIX.length)
  return names.find((name) => variablesOf(name).includes(setting))
}

/** Set values in a copy of an environment, and remove their `…_FILE` variables. */
export function replaceSettings(environment: Environment, values: Environment): Environment {
  const replaced = { ...environment, ...values }
  for (const [name, value] of Object.entries(values)) if (value !== undefined) delete replaced[`${name}${FILE_SUFFIX}`]
  return replaced
}

/** The variables that a setting is read from, in order of precedence. */
export const variablesOf = (name: string): string[] =>
  name.startsWith('LLM_') ? [name, name.replace(/^LLM_/, 'OPENAI_')] : [name]

/** Empty model settings count as unset, because Docker Compose passes unset variables as empty ones. */
const orNone = (name: string, value: string | undefined): string | undefined =>
  value === '' && MODEL_SETTING.test(name) ? undefined : value

function readSetting(variable: string, file: string): string {
  let bytes: Buffer
  try {
    bytes = readStart(file)
  } catch (error) {
    const why = isErrno(error, 'ENOENT')
      ? 'there is no such file'
      : isErrno(error, 'EACCES', 'EPERM')
        ? 'permission denied'
        : isErrno(error, 'EISDIR')
          ? 'it is a folder'
          : 'it cannot be read'
    throw new BadConfiguration(`${variable}=${JSON.stringify(file)}: ${why}`, { cause: error })
  }
  if (bytes.length > MAX_BYTES)
    throw new BadConfiguration(`${variable}: expected at most ${MAX_BYTES} bytes in ${file}`)
  const value = bytes.toString().replace(/\r?\n$/, '')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no value has these, and a binary file does.
  if (/[\u0000-\u0008\ufffd]/.test(value)) throw new BadConfiguration(`${variable}: expected text in ${file}`)
  return value
}

/** Reads at most `MAX_BYTES + 1`, because the file may be an endless device or pipe. */
function readStart(file: string): Buffer {
  const handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const buffer = Buffer.alloc(MAX_BYTES + 1)
    let length = 0
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = readSync(handle, buffer, length, buffer.length - length, null)
    }
    return buffer.subarray(0, length)
  } finally {
    closeSync(handle)
  }
}
