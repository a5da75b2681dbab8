/** Writes the import lines for the names of a table. */

import { greatest } from '#base/long-arrays.ts'
import type { Surface, SurfacePath } from '#generate/model.ts'
import { importsFrom } from '#generate/pages/readme/document-imports.ts'
import { calledInCode, importedAs } from '#generate/pages/readme/readme-calls.ts'
import { SCRIPTS } from '#generate/pages/script-languages.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { importLine } from './import-lines.ts'
import { type PublicName, WHOLE } from './public-names.ts'
import { shownToUsers } from './shown-to-users.ts'

/** Limit on the characters of an import line. */
const MAX_LINE = 100

/** Limits on the names in an import line, and on those that the README imports. */
const MAX_IMPORTED = 2
const MAX_IN_README = 8

/** Limit on the import lines of one table, one per path. */
const MAX_LINES = 3

/** Import lines for the first paths of some names. Paths that documents import from come first. */
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
  const ofGo = paths.some(({ language }) => language === 'go') ? goPaths(surface, names) : []
  const all =
    ofGo.length === 0 ? paths : ofGo.length <= MAX_PACKAGES ? ofGo : paths.filter((path) => ofGo.includes(path))
  const [main] = surface.paths
  const sorted = [...new Set(all)].sort(
    (a, b) => Number(isImported(b)) - Number(isImported(a)) || Number(b === main) - Number(a === main),
  )
  return [
    ...new Set(
      sorted
        .slice(0, all === ofGo ? MAX_PACKAGES : MAX_LINES)
        .flatMap((path) => lineFor(writing, surface, path, names) ?? []),
    ),
  ]
}

/** The packages of a Go module that contain some of the names and exist on every system. */
function goPaths({ paths }: Surface, names: readonly PublicName[]): SurfacePath[] {
  const offered = new Set(names.map(({ path }) => path))
  return paths.filter((path) => offered.has(path) && path.isOfSomeSystems !== true)
}

const MAX_PACKAGES = 6

/**
 * An import line with the names that documents import most, otherwise with the first ones that they call, or for the whole
 * module if they import that.
 *
 * @returns `null` if the names are unknown.
 */
export function lineFor(
  writing: Writing,
  surface: Surface,
  path: SurfacePath,
  names: readonly PublicName[],
): string | null {
  const { inReadme, names: documented, namespace, whole } = importsFrom(writing, path.path)
  const hasDefault = path.names.some(({ name }) => name === 'default' || name === WHOLE)
  if (namespace !== '' && !hasDefault && whole >= Math.max(greatest(documented.values()), 0))
    return `import * as ${namespace} from '${path.path}'`
  const local = localName(writing, surface, path)
  // Bundler loads a gem.
  if (path.language === 'ruby' && importsFrom(writing, local ?? path.path).whole === 0) return null
  const types = SCRIPTS.has(path.language) ? typesIn(writing, path) : new Set<string>()
  const wanted = namesFor(writing, path, names, types)
  if (wanted === undefined) return null
  // A type cannot be imported as a value.
  const values = wanted.filter((name) => !types.has(name))
  const meant = values.length > 0 || wanted.length === 0 ? values : wanted
  const isOfTypes = values.length === 0 && wanted.length > 0
  const isShown = NAMED.has(path.language) && meant.some((name) => inReadme.has(name))
  const shown = isShown ? meant.filter((name) => inReadme.has(name) || name === meant[0]) : meant
  let number = isShown ? MAX_IN_README : MAX_IMPORTED
  const form = { isOfTypes, isRequired: isRequired(writing, path) }
  let line = importLine(path, shown.slice(0, number), local, form)
  while (line !== null && line.length > MAX_LINE && number > 1)
    line = importLine(path, shown.slice(0, --number), local, form)
  return line
}

/** Whether documents use `require` for a module or, if none imports it, it is a CommonJS module. */
function isRequired(writing: Writing, { path, language, names }: SurfacePath): boolean {
  const { required, all } = importsFrom(writing, path)
  if (all > 0) return SCRIPTS.has(language) && required === all
  return language === 'javascript' && names.some(({ name }) => name === WHOLE)
}

/** Languages whose imports list names. */
const NAMED = new Set(['javascript', 'jsx', 'python', 'rust', 'tsx', 'typescript'])

/** Empty to import the whole path; `undefined` if documents do not show it. */
function namesFor(
  writing: Writing,
  path: SurfacePath,
  names: readonly PublicName[],
  types: ReadonlySet<string>,
): string[] | undefined {
  const own = names.filter((one) => one.path === path && !one.isDeprecated && one.isMade !== true)
  if (!NAMED.has(path.language)) {
    if (own.length > 0) return own.map(({ name }) => name)
    // Users should not begin with deprecated names.
    return names.some((one) => one.path === path && one.isDeprecated) ? undefined : path.names.map(({ name }) => name)
  }
  const imported = importsFrom(writing, path.path)
  const offered = new Set(path.names.map(({ name }) => name))
  const named = [...imported.names].filter(([name]) => offered.has(name)).sort(([, a], [, b]) => b - a)
  const whole = offered.has('default') ? ['default'] : offered.has(WHOLE) ? [WHOLE] : []
  const isWhole = imported.whole > (named[0]?.[1] ?? 0)
  const isOfScript = !['python', 'rust'].includes(path.language)
  if (isOfScript && imported.whole > 0 && whole.length > 0) return [...whole, ...named.map(([name]) => name)]
  if (isWhole && path.language !== 'rust' && (whole.length > 0 || path.language === 'python')) return whole
  // Node provides a CommonJS module as the default export, whatever names its object has.
  if (isOfScript && isWhole) return ['default']
  if (named.length > 0) return named.map(([name]) => name)
  const called = calledInCode(writing)
  const first = own.filter(({ component }) => component !== null && called.has(component.id))
  // Functions of Rust are called by the path of their module; types are imported.
  const isOfFunctions = path.language === 'rust' && first.every(({ component }) => component?.kind === 'function')
  if (first.length > 0 && !isOfFunctions) return importable(path, first)
  if (path.language === 'python') return whole
  // A module with a single export has nothing else to import except types.
  if (whole[0] === WHOLE || (whole.length > 0 && path.names.every(({ name }) => name === 'default' || types.has(name))))
    return whole
  // If there are many exports, those that documents and examples show.
  const most = own.filter(({ component, name }) => !types.has(name) && shownToUsers(writing, name, component) > 0)
  return most.length > 0 ? importable(path, most) : own.length === 1 ? own.map(({ name }) => name) : undefined
}

/** Names as they are imported: functions of Rust are called by the path of their module if there are types. */
function importable({ language }: SurfacePath, names: readonly PublicName[]): string[] {
  const types = language === 'rust' ? names.filter(({ component }) => component?.kind !== 'function') : []
  return (types.length > 0 ? types : names).map(({ name }) => name)
}

/**
 * The name by which code refers to a path: the one that the README gives the module, otherwise that of its default value; for a
 * gem, the file that Bundler loads; for a header, the path to include.
 */
function localName(
  writing: Writing,
  { ecosystem, package: name, folder, paths }: Surface,
  path: SurfacePath,
): string | undefined {
  const { repo } = writing
  if (path.language === 'c' || path.language === 'cpp') {
    const shown = ({ path: one }: SurfacePath): string | undefined => importsFrom(writing, nameOf(one)).include
    // Documents may show the include of another header of the folder: `<orbit/plan.h>`.
    const beside = paths.find((one) => folderOf(one.path) === folderOf(path.path) && shown(one) !== undefined)
    return (
      shown(path) ??
      (beside && shown(beside)?.replace(nameOf(beside.path), nameOf(path.path))) ??
      (repo.files.has(path.path) ? `"${path.path}"` : undefined)
    )
  }
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

/** The names of a path that are interfaces or aliases of types, and those that documents import only as types. */
function typesIn(writing: Writing, { path, names }: SurfacePath): ReadonlySet<string> {
  const { components } = writing.repo
  const imported = importsFrom(writing, path)
  const isType = (to: string | null): boolean => /^(?:interface|type)$/.test(components.get(to ?? '')?.kind ?? '')
  const isImported = (name: string): boolean => imported.names.has(name) && !imported.values.has(name)
  return new Set(names.flatMap(({ name, to }) => (isType(to) || isImported(name) ? [name] : [])))
}
