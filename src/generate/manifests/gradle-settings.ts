/** Reads the settings file of a Gradle build: its name, and the projects with their names and folders. */

import type { MaskedCode } from '#generate/formats/masked-code.ts'
import { joinPath } from '#generate/paths.ts'

/** A project that a settings file includes. */
export interface GradleProject {
  /** `:formats:json` */
  path: string
  /** The last part of the path, unless the settings rename the project. */
  name: string
  folder: string
}

interface GradleSettings {
  /** The name of the root project. */
  name: string | undefined
  /** The included projects keyed by path. */
  projects: ReadonlyMap<string, GradleProject>
}

/** Matches `project(":json").projectDir = file("formats/json")` and `project(':json').name = 'orbit-json'` up to the value. */
const CHANGED = /\bproject[ \t]{0,5}\([ \t]{0,5}(?="~*"[ \t]{0,5}\)[ \t]{0,5}\.[ \t]{0,5}(projectDir|name)[ \t]{0,5}=)/g
const MAX_LINE = 500

/** @param folder - The folder of the settings file. `:a:b` is in `a/b` unless the settings say otherwise. */
export function includedIn(masked: MaskedCode | undefined, folder: string): GradleSettings {
  const projects = new Map<string, GradleProject>()
  if (masked === undefined) return { name: undefined, projects }
  const { code, literals } = masked
  const named = /\brootProject\.name\s{0,10}=\s{0,10}(?=")/.exec(code)
  for (const match of code.matchAll(/^[ \t]*include\b\s*(?:\(\s*)?(?=")/gm))
    for (const quote of quotesFrom(code, match.index + match[0].length)) {
      const path = pathOf(literals.get(quote))
      const inside = joinPath(folder, path.slice(1).replaceAll(':', '/'))
      if (path !== ':' && inside !== undefined)
        projects.set(path, { path, name: path.slice(path.lastIndexOf(':') + 1), folder: inside })
    }
  for (const { 0: head, 1: property, index } of code.matchAll(CHANGED)) {
    const project = projects.get(pathOf(literals.get(index + head.length)))
    if (project === undefined) continue
    const from = code.indexOf('=', index + head.length)
    const value = lastLiteral(masked, from)
    if (value === undefined) continue
    const moved = property === 'name' ? undefined : joinPath(folder, value)
    if (property === 'name') projects.set(project.path, { ...project, name: value })
    else if (moved !== undefined) projects.set(project.path, { ...project, folder: moved })
  }
  return { name: named === null ? undefined : literals.get(named.index + named[0].length), projects }
}

/** `a:b` is written for `:a:b`, too. */
const pathOf = (written: string | undefined): string => `:${(written ?? '').replace(/^:/, '')}`

/** The last literal of a line from a position on: `new File(settingsDir, "formats/json")`. */
function lastLiteral({ code, literals }: MaskedCode, from: number): string | undefined {
  const line = code.slice(from, from + MAX_LINE).split('\n', 1)[0] ?? ''
  const end = line.lastIndexOf('"')
  const start = end < 1 ? -1 : line.lastIndexOf('"', end - 1)
  return start < 0 ? undefined : literals.get(from + start)
}

/** `:a-b:c` is `projects.aB.c`. */
export function accessorOf(project: string): string {
  return project
    .split(':')
    .filter(Boolean)
    .map((part) => `.${part.replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase())}`)
    .join('')
}

/** The positions of the literals in a list such as `"a", "b"`. */
export function quotesFrom(code: string, start: number): number[] {
  const found: number[] = []
  const literal = /\s*"~*"\s*(,?)/y
  literal.lastIndex = start
  for (let part = literal.exec(code); part !== null; part = literal.exec(code)) {
    found.push(part.index + part[0].indexOf('"'))
    if (part[1] === '') break
  }
  return found
}
