/** The lines by which users import what a table has. */

import type { Surface, SurfacePath } from '#generate/model.ts'
import { importedAs } from '#generate/pages/readme/readme-calls.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { importLine } from './import-lines.ts'
import { type PublicName, WHOLE } from './public-names.ts'

/** Of an import line. */
const MAX_LINE = 100

/** Names in an import line. */
const MAX_IMPORTED = 2

/** Paths that the names of one table may be from, with a line each. */
const MAX_LINES = 3

/** A line for each of the first paths that some names are from. */
export function linesFor(
  writing: Writing,
  surface: Surface,
  paths: readonly SurfacePath[],
  names: readonly PublicName[],
): string[] {
  return [...new Set([...new Set(paths)].slice(0, MAX_LINES).map((path) => lineFor(writing, surface, path, names)))]
}

/** A line with the most used names that are values, as many as it holds. */
export function lineFor(writing: Writing, surface: Surface, path: SurfacePath, names: readonly PublicName[]): string {
  const isType = ({ component }: PublicName): boolean =>
    path.language === 'typescript' && (component?.kind === 'type' || component?.kind === 'interface')
  const own = names.filter((one) => one.path === path && !one.isDeprecated && one.isMade !== true)
  const best = [...own.filter((one) => !isType(one)), ...own.filter(isType)].map(({ name }) => name)
  const most = best.length > 0 ? best : path.names.map(({ name }) => name)
  const local = localName(writing, surface, path)
  const line = importLine(path, most.slice(0, MAX_IMPORTED), local)
  return line.length > MAX_LINE ? importLine(path, most.slice(0, 1), local) : line
}

/** What the README calls a module, else the name of what it is as a whole; of a gem the file that a bundler loads. */
function localName(
  writing: Writing,
  { ecosystem, package: name, folder }: Surface,
  path: SurfacePath,
): string | undefined {
  const { survey } = writing
  if (path.language === 'ruby') {
    const own = [name, name.replaceAll('-', '/')]
    const prefix = folder === '' ? 'lib/' : `${folder}/lib/`
    return ecosystem === 'rubygems' ? (own.find((one) => survey.files.has(`${prefix}${one}.rb`)) ?? own[1]) : undefined
  }
  const whole = path.names.find((one) => one.name === 'default' || one.name === WHOLE)
  const component = survey.components.get(whole?.to ?? '')
  const isNamed = component?.kind === 'class' || component?.kind === 'function'
  const known = importedAs(writing).get(path.path)
  return (
    known ??
    (isNamed && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(component.name) && component.name !== 'default'
      ? component.name
      : undefined)
  )
}
