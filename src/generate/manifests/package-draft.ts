/** Builds a package from the findings of a manifest reader: missing fields are unknown, invalid values are left out. */

import type { Dependency, Ecosystem, Package } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'

export interface Found
  extends Partial<
    Omit<
      Package,
      'ecosystem' | 'manifest' | 'folder' | 'name' | 'version' | 'tag' | 'needs' | 'description' | 'licence'
    >
  > {
  name?: string | undefined
  version?: string | undefined
  tag?: string | undefined
  /** The required versions of the language: `['Python', '>=3.9']`. */
  needs?: readonly [language: string, versions: string | undefined]
  description?: string | undefined
  licence?: string | undefined
}

/** Limit on the items of each list of a package. */
const MAX_ITEMS = 2_000
const MAX_NAME = 214
/** Limit on descriptions and on the commands of scripts, in characters. */
const MAX_TEXT = 2_000
const KINDS: readonly Dependency['kind'][] = ['runtime', 'peer', 'optional', 'development', 'build']
/** Names of dependency groups and extras that are used only to develop a package. */
export const DEVELOPMENT_GROUP =
  /^(?:bench(?:marks?)?|ci|cover(?:age)?|cucumber|debug|dev|develop|development|docs?|documentation|examples?|format|guard|lint(?:ing)?|local|mypy|nox|pre-commit|profile|qa|release|rubocop|spec|style|tests?|testing|tools?|tox|typing)$/i
/** `>=3.9,<4`, `^18 || >=20`, `~> 3.1`, `1.22`. */
const VERSIONS = /^(?=\D{0,59}\d)[\d.\s<>=^~|,!xX*-]{1,60}$/
/** Letters of any script, digits and the punctuation of package names, paths and URLs. */
const NAME = /^[\p{L}\p{N}@._~:/+$-]+$/u

export function newPackage(ecosystem: Ecosystem, manifest: string, found: Found): Package {
  const name = nameOrNull(found.name)
  const [language, versions] = found.needs ?? []
  const tag = nameOrNull(found.tag)
  return {
    ecosystem,
    name,
    manifest,
    folder: folderOf(manifest),
    version: textOrNull(found.version),
    ...(tag === null || tag === 'latest' ? {} : { tag }),
    ...(language !== undefined &&
    versions !== undefined &&
    versions.length <= MAX_NAME &&
    VERSIONS.test(versions.trim())
      ? { needs: `${language} ${versions.trim()}` }
      : {}),
    description: textOrNull(found.description),
    licence: textOrNull(found.licence),
    isPrivate: name === null || (found.isPrivate ?? false),
    ...(found.isForDevelopment === true ? { isForDevelopment: true } : {}),
    ...(found.isBuiltInPlace === true ? { isBuiltInPlace: true } : {}),
    ...(found.isInner === true ? { isInner: true } : {}),
    dependencies: dependenciesOf(found.dependencies ?? [], name),
    programs: (found.programs ?? []).filter((one) => isPlain(one.name) && isPlain(one.runs)).slice(0, MAX_ITEMS),
    scripts: (found.scripts ?? []).filter((one) => isPlain(one.name) && isCommand(one.command)).slice(0, MAX_ITEMS),
    tools: [...new Set(found.tools ?? [])]
      .filter((tool) => NAME.test(tool) && tool.length <= MAX_NAME)
      .slice(0, MAX_ITEMS),
    entries: uniqueBy(found.entries ?? [], ({ subpath, file }) => `${subpath}\0${file}`).slice(0, MAX_ITEMS),
    ...(found.exportedPackages === undefined ? {} : { exportedPackages: found.exportedPackages }),
  }
}

/** Sorts by kind, run-time dependencies first, without duplicates within a kind and group and without the package itself. */
function dependenciesOf(found: readonly Dependency[], self: string | null): Dependency[] {
  const good = found.filter(({ name }) => nameOrNull(name) !== null && name !== self)
  const unique = uniqueBy(good, ({ name, kind, group }) => `${name}\0${kind}\0${group ?? ''}`)
  return KINDS.flatMap((kind) => unique.filter((one) => one.kind === kind)).slice(0, MAX_ITEMS)
}

function uniqueBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  const seen = new Set<string>()
  return items.filter((item) => {
    const known = seen.size
    return seen.add(key(item)).size > known
  })
}

function nameOrNull(text: string | undefined): string | null {
  return text !== undefined && text.length <= MAX_NAME && NAME.test(text) ? text : null
}

function textOrNull(text: string | undefined): string | null {
  const plain =
    text
      ?.slice(0, MAX_TEXT)
      .replace(/\p{C}+/gu, ' ')
      .trim() ?? ''
  return plain === '' ? null : plain
}

function isCommand(text: string): boolean {
  return text !== '' && text.length <= MAX_TEXT
}

function isPlain(text: string): boolean {
  return text !== '' && text.length <= MAX_TEXT && !/\p{C}/u.test(text)
}

/** Makes dependencies of one kind and group from their names. */
export function dependencies(
  names: Iterable<string>,
  kind: Dependency['kind'],
  group: string | null = null,
): Dependency[] {
  return Array.from(names, (name) => ({ name, kind, group }))
}
