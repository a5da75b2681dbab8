/** Reads the environment variables in `.env` examples and in the services of compose files. */

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
  const lines = text.split(/\r?\n/).slice(0, MAX_LINES)
  const names = isDotenv ? dotenvNames(lines) : composeNames(lines)
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
function dotenvNames(lines: string[]): Found {
  return lines.flatMap((line, index) => {
    const name = /^\s*(?:export\s+)?([A-Z_][A-Z0-9_]*)\s*=/.exec(line)?.[1]
    return name === undefined ? [] : [{ name, line: index + 1 }]
  })
}

/** Reads the list or mapping under `environment:`. */
function composeNames(lines: string[]): Found {
  const found: Found = []
  let indent: number | null = null
  for (const [index, line] of lines.entries()) {
    const depth = /^ */.exec(line)?.[0].length ?? 0
    const isItem = /^ *- /.test(line)
    if (/^ *environment: *(?:#.*)?$/.test(line)) {
      indent = depth
      continue
    }
    if (/^ *(?:#.*)?$/.test(line)) continue
    if (indent === null) continue
    if (depth < indent || (depth === indent && !isItem)) {
      indent = null
      continue
    }
    const name = /^ *(?:- *)?["']?([A-Z_][A-Z0-9_]*)["']?(?:=|: |:$|$)/.exec(line)?.[1]
    if (name !== undefined) found.push({ name, line: index + 1 })
  }
  return found
}
