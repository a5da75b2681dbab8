/** Writes the section of the overview on the public names of the packages. */

import type { RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import type { ComponentKind, Surface, SurfacePath } from '#generate/model.ts'
import { installCommandOf, isInnerCrate } from '#generate/pages/commands/documented-install.ts'
import { refTo } from '#generate/pages/draft.ts'
import { aliasOf } from '#generate/pages/entry/alias-of.ts'
import { kindWord } from '#generate/pages/entry/kind-word.ts'
import { withDeprecation } from '#generate/pages/module/describe-definition.ts'
import { quoted } from '#generate/pages/quoted.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, heading, type Inline, join, paragraph, refLink, table } from '#markdown/build.ts'
import { choose } from './choose-names.ts'
import { linesFor } from './lines-for.ts'
import { listedNames, spelledNames } from './listed-names.ts'
import { conditionWords } from './name-conditions.ts'
import { installCommands, isNamedAs, packageOf } from './own-packages.ts'
import type { PublicName } from './public-names.ts'
import { rowCell } from './row-cell.ts'
import { aliasWords, nameOf } from './spelled-names.ts'

/** Limits on the names in the table of a package. */
const MAX_NAMES = 12
const MAX_NAMES_OF_MANY = 6
const MANY_PACKAGES = 3
const MAX_PACKAGES = 8
/** With more names there is no index; all of them are in that of all symbols. */
const MAX_INDEXED = 5_000
export const API_PAGE = 'public-api.md'
/** Kinds that form groups, in this order if two are used equally. */
const GROUPS: readonly (readonly ComponentKind[])[] = [
  ['class', 'struct', 'trait', 'interface'],
  ['function', 'method', 'macro'],
  ['enum', 'type'],
  ['constant', 'field', 'namespace'],
]

/**
 * Empty if no package has public names.
 *
 * @param installing - The commands that the page has shown already.
 * @param example - The code that it shows.
 */
export function publicApi(writing: Writing, installing: readonly string[] = [], example = ''): RootContent[] {
  const { texts } = writing
  const { packages, max } = packagesOf(writing)
  if (packages.length === 0) return []
  const { title } = texts.publicApi
  const isIndexed = numberOfNames(writing) > 0
  const head = heading(2, isIndexed ? refLink(refTo.page(API_PAGE), title) : title)
  const blocks: RootContent[] = []
  // The only package is the one that these commands install.
  const isDocumented = (line: string): boolean =>
    installing.includes(line) || (installing.length > 0 && packages.length === 1)
  for (const [surface, names] of packages.slice(0, MAX_PACKAGES)) {
    const isRepeated = packages.some(([other, others]) => passesOn(writing, surface, names, other, others))
    const own = packageBlocks(writing, surface, isRepeated ? [] : names, max, isDocumented, example.split('\n'))
    if (packages.length > 1 && own.length > 0) blocks.push(heading(3, surface.package))
    append(blocks, own)
  }
  // The sidebar links to the index.
  return blocks.length > 0 ? [head, ...blocks] : []
}

/** Whether a package offers only the names of another package that it depends on: `orbit-rails` that loads `orbit`. */
function passesOn(
  writing: Writing,
  surface: Surface,
  names: readonly PublicName[],
  other: Surface,
  others: readonly PublicName[],
): boolean {
  if (other === surface || other.ecosystem !== surface.ecosystem || other.folder !== surface.folder) return false
  if (packageOf(writing, surface)?.dependencies.some(({ name }) => name === other.package) !== true) return false
  const known = new Set(others.map(({ name, component }) => component?.id ?? name))
  return names.every(({ name, component }) => known.has(component?.id ?? name))
}

/** Whether no name of a package is intended for new code. */
const isAbandoned = (names: readonly PublicName[]): boolean =>
  names.length > 0 && names.every(({ isDeprecated }) => isDeprecated)

/** Packages with public names, the one of the repository's name and the most used first, deprecated ones last, and the number of names per table. */
function packagesOf(writing: Writing): { packages: [Surface, readonly PublicName[]][]; max: number } {
  const weight = (names: readonly PublicName[]): number =>
    names.slice(0, MAX_NAMES).reduce((sum, one) => sum + one.weight, 0)
  const rank = ({ package: name, folder }: Surface): number =>
    isNamedAs({ name, folder }, writing.subject.name) ? 0 : 1
  const packages = [...listedNames(writing)]
    .filter(([, names]) => names.length > 0)
    .sort(
      ([one, a], [other, b]) =>
        Number(isAbandoned(a)) - Number(isAbandoned(b)) || rank(one) - rank(other) || weight(b) - weight(a),
    )
  return { packages, max: packages.length > MANY_PACKAGES ? MAX_NAMES_OF_MANY : MAX_NAMES }
}

/** Ids of the components in the tables. */
function shownInPublicApi(writing: Writing): ReadonlySet<string> {
  const { packages, max } = packagesOf(writing)
  const shown = packages
    .slice(0, MAX_PACKAGES)
    .flatMap(([surface, names]) => choose(writing, surface, names, max).shown)
  return new Set(shown.flatMap(({ component }) => component?.id ?? []))
}

/** Public names that are not all on the overview; otherwise 0. A name of several import paths counts once. */
export function numberOfNames(writing: Writing): number {
  const all = new Set([...spelledNames(writing)].flatMap(([, names]) => names.map(keyOf)))
  const shown = shownInPublicApi(writing)
  return all.size > MAX_INDEXED || [...all].every((one) => shown.has(one)) ? 0 : all.size
}

const keyOf = ({ component, name }: PublicName): string => component?.id ?? name

function packageBlocks(
  writing: Writing,
  surface: Surface,
  names: readonly PublicName[],
  max: number,
  isDocumented: (install: string) => boolean,
  example: readonly string[],
): RootContent[] {
  const { texts } = writing
  const [main] = surface.paths
  if (main === undefined) return []
  const { candidates, central, shown } = choose(writing, surface, names, max)
  const about = packageOf(writing, surface)
  const isOld = isAbandoned(names)
  const isInner = about !== undefined && isInnerCrate(writing, about)
  const installs =
    about === undefined || isOld || isInner
      ? []
      : installCommands(about).flatMap((line) =>
          isDocumented(line) ? [] : installCommandOf(writing, line, about).map(({ command }) => command),
        )
  // If documents show no name of a program's library, it is only for the program.
  if (central.length === 0 && (about?.programs.length ?? 0) > 0) return []
  const paths = central.length > 0 ? central.map(({ path }) => path) : [main]
  // In PHP, each name is imported on its own. Elsewhere, a row may describe another definition of the same name.
  const isByName = main.language === 'php'
  const imported = isByName
    ? shown
    : candidates.filter(
        (one) =>
          shown.includes(one) || !shown.some(({ name, component }) => name === one.name && component !== one.component),
      )
  const importedFrom = isByName ? shown.map(({ path }) => path) : paths
  const lines = isOld || isInner ? [] : [...installs, ...linesFor(writing, surface, importedFrom, imported)]
  const rows = inGroups(writing, shown).map((one) => ({ one, words: rowCell(writing, one) }))
  if (rows.length === 0 && lines.every((line) => installs.includes(line) || example.includes(line))) return []
  // Install commands are not checked against files, because their coordinates are combined from several.
  const shownLines = lines.map((line): Inline[] => [installs.includes(line) ? quoted(line) : code(line)])
  return [
    ...(lines.length === 0 ? [] : [paragraph(...join(shownLines, ' · '))]),
    ...(rows.length === 0
      ? []
      : [
          table(
            [...texts.publicApi.heads],
            rows.map(({ one, words }) => rowOf(writing, one, words, paths[0] ?? main)),
          ),
        ]),
  ]
}

/** Groups names by kind. Groups are ordered by their best name; deprecated names stay last. */
function inGroups({ repo }: Writing, names: readonly PublicName[]): PublicName[] {
  const groups = new Map<number, PublicName[]>()
  for (const one of names) {
    const { component } = one
    const { kind = 'constant' } = (component && (aliasOf(repo, component) ?? component)) ?? {}
    const group = one.isDeprecated ? GROUPS.length : GROUPS.findIndex((kinds) => kinds.includes(kind))
    push(groups, group, one)
  }
  const last = groups.get(GROUPS.length) ?? []
  groups.delete(GROUPS.length)
  return [...groups.values(), last].flat()
}

/** Ecosystems whose names include their packages, or that load all files with the first one. */
const WITHOUT_PATHS = new Set(['go', 'ruby', 'swift'])

/** @param first - The path that needs no mention. */
function rowOf(writing: Writing, one: PublicName, words: Inline[], first: SurfacePath): Inline[][] {
  const { component, path } = one
  const isPlaced = path !== first && path.path !== '' && !WITHOUT_PATHS.has(path.language)
  const place: Inline[] = isPlaced ? [' (', quoted(path.path), ')'] : []
  // An enum variant is not a constant.
  const isVariant = writing.repo.components.get(component?.parent ?? '')?.kind === 'enum'
  // A method that a name is an alias of is called without its object.
  const meant = component === null ? undefined : aliasOf(writing.repo, component)
  const own = meant === undefined || meant.kind === 'method' ? component : meant
  const kind = own === null || isVariant ? '' : `${writing.texts.kinds[kindWord(own)]} `
  return [
    [kind, ...nameOf(writing, one), ...place, ...conditionWords(writing, one.component)],
    [
      ...(component === null ? words : withDeprecation(writing, component, words)),
      ...aliasWords(writing, component, true),
    ],
  ]
}
