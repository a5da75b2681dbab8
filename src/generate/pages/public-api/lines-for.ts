/** The lines by which users import what a table has. */

import type { Surface, SurfacePath } from '#generate/model.ts'
import { importsFrom } from '#generate/pages/readme/document-imports.ts'
import { calledInCode, importedAs } from '#generate/pages/readme/readme-calls.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { typesIn } from './exported-types.ts'
import { importLine } from './import-lines.ts'
import { type PublicName, WHOLE } from './public-names.ts'

/** Of an import line. */
const MAX_LINE = 100

/** Names in an import line. */
const MAX_IMPORTED = 2

/** Paths that the names of one table may be from, with a line each. */
const MAX_LINES = 3

/** A line for each of the first paths that some names are from; those that documents import from come first. */
export function linesFor(
  writing: Writing,
  surface: Surface,
  paths: readonly SurfacePath[],
  names: readonly PublicName[],
): string[] {
  const isImported = ({ path, language }: SurfacePath): boolean => {
    const { names: imported, whole } = importsFrom(writing, path)
    return NAMED.has(language) && imported.size + whole > 0
  }
  const sorted = [...new Set(paths)].sort((a, b) => Number(isImported(b)) - Number(isImported(a)))
  return [...new Set(sorted.slice(0, MAX_LINES).flatMap((path) => lineFor(writing, surface, path, names) ?? []))]
}

/** Languages whose lines tell the package or namespace of names. */
const BY_NAMESPACE = new Set(['csharp', 'groovy', 'java', 'php', 'scala'])

/** How many namespaces of some names have none of these lines. */
export function namespacesLeft(paths: readonly SurfacePath[], names: readonly PublicName[]): number {
  const told = new Set([...new Set(paths)].slice(0, MAX_LINES))
  const others = names.filter(({ path }) => BY_NAMESPACE.has(path.language) && path.path !== '' && !told.has(path))
  return new Set(others.map(({ path }) => path)).size
}

/**
 * A line with the names that documents import most, else with the first that they call; of the whole where they import that.
 *
 * @returns `null` where nobody knows which names are meant.
 */
export function lineFor(
  writing: Writing,
  surface: Surface,
  path: SurfacePath,
  names: readonly PublicName[],
): string | null {
  const local = localName(writing, surface, path)
  const wanted = namesFor(writing, path, names)
  if (wanted === undefined) return null
  // A type alone is no value that an import could bring.
  const types = typesIn(writing, path)
  const values = wanted.filter((name) => !types.has(name))
  const meant = values.length > 0 || wanted.length === 0 ? values : wanted
  const isOfTypes = values.length === 0 && wanted.length > 0
  const line = importLine(path, meant.slice(0, MAX_IMPORTED), local, isOfTypes)
  return line !== null && line.length > MAX_LINE ? importLine(path, meant.slice(0, 1), local, isOfTypes) : line
}

/** Languages whose imports name what they bring. */
const NAMED = new Set(['javascript', 'jsx', 'python', 'rust', 'tsx', 'typescript'])

/** None for the whole of a path; `undefined` where documents show nothing of it. */
function namesFor(writing: Writing, path: SurfacePath, names: readonly PublicName[]): string[] | undefined {
  const own = names.filter((one) => one.path === path && !one.isDeprecated && one.isMade !== true)
  if (!NAMED.has(path.language))
    return own.length > 0 ? own.map(({ name }) => name) : path.names.map(({ name }) => name)
  const imported = importsFrom(writing, path.path)
  const offered = new Set(path.names.map(({ name }) => name))
  const named = [...imported.names].filter(([name]) => offered.has(name)).sort(([, a], [, b]) => b - a)
  const whole = offered.has('default') ? ['default'] : offered.has(WHOLE) ? [WHOLE] : []
  const isWhole = imported.whole > (named[0]?.[1] ?? 0)
  if (isWhole && path.language !== 'rust' && (whole.length > 0 || path.language === 'python')) return whole
  if (named.length > 0) return named.map(([name]) => name)
  const called = calledInCode(writing)
  const first = own.filter(({ component }) => component !== null && called.has(component.id)).map(({ name }) => name)
  if (first.length > 0) return first
  if (path.language === 'python') return whole
  // A module that is one thing has nothing else to import, but types.
  const types = typesIn(writing, path)
  if (whole[0] === WHOLE || (whole.length > 0 && path.names.every(({ name }) => name === 'default' || types.has(name))))
    return whole
  return own.length === 1 ? own.map(({ name }) => name) : undefined
}

/** What the README calls a module, else the name of what it is as a whole; of a gem the file that a bundler loads. */
function localName(
  writing: Writing,
  { ecosystem, package: name, folder }: Surface,
  path: SurfacePath,
): string | undefined {
  const { repo } = writing
  if (path.language === 'c' || path.language === 'cpp')
    return importsFrom(writing, path.path.split('/').at(-1) ?? '').include
  if (path.language === 'ruby') {
    const own = [name, name.replaceAll('-', '/')]
    const prefix = folder === '' ? 'lib/' : `${folder}/lib/`
    return ecosystem === 'rubygems' ? (own.find((one) => repo.files.has(`${prefix}${one}.rb`)) ?? own[1]) : undefined
  }
  const whole = path.names.find((one) => one.name === 'default' || one.name === WHOLE)
  const component = repo.components.get(whole?.to ?? '')
  const isNamed = component?.kind === 'class' || component?.kind === 'function'
  const known = importedAs(writing).get(path.path)
  return (
    known ??
    (isNamed && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(component.name) && component.name !== 'default'
      ? component.name
      : undefined)
  )
}
