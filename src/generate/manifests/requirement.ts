/** Parses requirements of Python packages, `click[extra]>=8; python_version < "3.9"`, and entry points. */

import type { Dependency } from '#generate/model.ts'
import { DEVELOPMENT_GROUP, dependencies } from './package-draft.ts'
import type { EntryPoint, Lines } from './python-facts.ts'

/** The name at the start of a requirement; `undefined` for a path, an option or anything else. */
function requiredName(text: string): string | undefined {
  const [, name, rest = ''] = /^\s{0,20}([A-Za-z0-9][\w.-]{0,99})\s{0,20}(.{0,2})/s.exec(text) ?? []
  if (name === undefined) return undefined
  // In `./here` and `https://there`, a different character follows the first word.
  return (rest === '' || /^[[(;@,#=<>!~]/.test(rest)) && !/\.(?:whl|zip|gz)$/.test(name) ? name : undefined
}

/** Limit on the characters of a marker; longer ones are truncated. */
const MAX_MARKER = 80

/** The environment marker, if any: `python_version < "3.11"`. */
function markerOf(text: string): string | null {
  const [requirement = ''] = text.slice(0, 2_000).split(/\s#|\s--[a-z]|[`\n]/, 1)
  const at = requirement.indexOf(';')
  const marker =
    at < 0
      ? ''
      : requirement
          .slice(at + 1)
          .replace(/\\\s?$/, '')
          .trim()
  return marker === '' ? null : marker
}

const shortened = (marker: string | null): string | null =>
  marker !== null && marker.length > MAX_MARKER ? `${marker.slice(0, MAX_MARKER - 1)}…` : marker

/** Run-time dependencies with their environment markers as groups; `; extra == "http"` makes it a dependency of that extra. */
export function requirements(texts: Iterable<string>): Dependency[] {
  return [...texts].flatMap((text) => {
    const marker = markerOf(text)
    const extra = /\bextra\s{0,5}==\s{0,5}["']([\w.-]{1,60})["']/.exec(marker ?? '')?.[1]
    if (extra !== undefined) return extraDependencies(extra, [text])
    return dependencies(requiredNames([text]), 'runtime', shortened(marker))
  })
}

/** Dependencies of an extra; an extra without a name, `:python_version < "3.9"`, only adds a condition to run-time dependencies. */
export function extraDependencies(extra: string, texts: Iterable<string>): Dependency[] {
  const [name = '', marker] = extra.split(':', 2)
  if (name.trim() === '' && marker !== undefined) return dependencies(requiredNames(texts), 'runtime', marker.trim())
  return dependencies(
    requiredNames(texts),
    DEVELOPMENT_GROUP.test(name.trim()) ? 'development' : 'optional',
    name.trim(),
  )
}

export function requiredNames(texts: Iterable<string>): string[] {
  return [...texts].flatMap((text) => requiredName(text) ?? [])
}

/** `orbit = orbit.cli:main [extra]` */
export function entryPoints(texts: readonly string[], lines?: Lines): EntryPoint[] {
  return texts.flatMap((text) => {
    const [name, runs] = text.split('=').map((part) => part.trim())
    if (name === undefined || runs === undefined) return []
    return [{ name, runs: runs.split('[')[0]?.replace(/\s+/g, '') ?? '', ...(lines !== undefined && { lines }) }]
  })
}

const MAX_CHARACTERS = 500_000
/** The name is at the end of `git+https://…#egg=name`. */
const EGG = /^\s{0,20}(?:-e\s{1,20})?\w{1,10}\+[^\s#]{1,500}#egg=([\w.-]{1,100})/

/**
 * The requirements of a file with one requirement per line.
 *
 * @param group - For those without an environment marker.
 */
export function requirementsInLines(
  text: string,
  kind: Dependency['kind'] = 'runtime',
  group: string | null = null,
): Dependency[] {
  const lines = text.slice(0, MAX_CHARACTERS).split('\n')
  return lines.flatMap((line) => {
    const name = requiredName(line) ?? EGG.exec(line)?.[1]
    return name === undefined ? [] : dependencies([name], kind, shortened(markerOf(line)) ?? group)
  })
}
