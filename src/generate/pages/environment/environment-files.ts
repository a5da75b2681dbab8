/** Reads the environment variables in `.env` examples and in the services of compose files. */

import { at, entriesAt } from '#generate/formats/located.ts'
import { readYaml } from '#generate/formats/read-yaml.ts'
import type { SourceFile } from '#generate/model.ts'

export interface EnvironmentSetting {
  name: string
  file: string
  line: number
}

const DOTENV = /(?:^|\/)\.?env(?:\.[\w-]{1,20}){0,2}(?:[.-](?:example|sample|template|dist|defaults?))?$/i
const EXAMPLE = /(?:example|sample|template|dist|defaults?)$|(?:^|\/)\.env$/i
const COMPOSE = /(?:^|\/)(?:docker-)?compose(?:[.-][\w-][\w.-]*)?\.ya?ml$/
/** Matches folders whose files set variables only as examples. */
const IN_SAMPLES = /(?:^|\/)(?:examples?|fixtures?|samples?|tests?)\//
const MAX_LINES = 5_000
const MAX_SETTINGS = 500

/** The variables of a file in order of lines, each name once. */
export function environmentSettings({ path, text }: SourceFile): EnvironmentSetting[] {
  if (text === null) return []
  const isDotenv = isDotenvExample(path)
  if (!isDotenv && !COMPOSE.test(path)) return []
  const names = isDotenv ? dotenvNames(text) : composeNames(text)
  const seen = new Set<string>()
  return names
    .filter(({ name }) => !seen.has(name) && seen.add(name))
    .slice(0, MAX_SETTINGS)
    .map(({ name, line }) => ({ name, file: path, line }))
}

export const isInSamples = (path: string): boolean => IN_SAMPLES.test(path)

/** Whether a path is that of `.env`, `.env.example`, `env.sample`. */
export function isDotenvExample(path: string): boolean {
  return DOTENV.test(path) && EXAMPLE.test(path) && !isInSamples(path)
}

type Found = { name: string; line: number }[]

/** Reads `NAME=value`. */
function dotenvNames(text: string): Found {
  const lines = text.split('\n', MAX_LINES)
  return lines.flatMap((line, index) => {
    const name = /^\s*(?:export\s+)?([A-Z_][A-Z0-9_]*)\s*=/.exec(line)?.[1]
    return name === undefined ? [] : [{ name, line: index + 1 }]
  })
}

const NAME = /^[A-Z_][A-Z0-9_]*$/

/** Reads the keys, or the items `NAME` and `NAME=value`, under the `environment` of each service. */
function composeNames(text: string): Found {
  return entriesAt(readYaml(text), 'services')
    .flatMap(({ value: service }) => [
      ...entriesAt(service, 'environment').map(({ key, startLine }) => ({ name: key, line: startLine })),
      ...(at(service, 'environment')?.items ?? []).map((item) => ({
        name: item.text?.split('=')[0] ?? '',
        line: item.startLine,
      })),
    ])
    .filter(({ name }) => NAME.test(name))
    .sort((a, b) => a.line - b.line)
}
