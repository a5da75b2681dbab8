/** Writes the section of the overview on the public names of the packages. */

import type { RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import type { ComponentKind, Package, Surface, SurfacePath } from '#generate/model.ts'
import { aliasOf } from '#generate/pages/entry/alias-of.ts'
import { kindWord } from '#generate/pages/entry/kind-word.ts'
import { withDeprecation } from '#generate/pages/module/said-of.ts'
import { few, upTo } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, heading, type Inline, join, list, paragraph, table } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { choose, distinct, isOption } from './choose-names.ts'
import { lineFor, linesFor, namespacesLeft } from './lines-for.ts'
import { listedNames } from './listed-names.ts'
import { conditionWords } from './name-conditions.ts'
import { installCommands, packageOf } from './own-packages.ts'
import type { PublicName } from './public-names.ts'
import { rowWords } from './row-words.ts'
import { namesOfItsOwn } from './sister-packages.ts'
import { aliasWords, nameOf } from './spelled-names.ts'
import { isError } from './traits.ts'

/** Limits on the names in the table of a package. */
const MAX_NAMES = 12
const MAX_NAMES_OF_MANY = 6
const MANY_PACKAGES = 3
const MAX_PACKAGES = 8
/** Up to this many names without a row are listed below the table, not collapsed. */
const MAX_FEW = 6
/** Limit on the names of one kind or import path in the list of those without a row. */
const MAX_OF_GROUP = 12
const FUNCTIONS: ReadonlySet<ComponentKind> = new Set<ComponentKind>(['function', 'method'])
const MAX_PATHS = 12
const MAX_OF_PATH = 4
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
 */
export function publicApi(writing: Writing, installing: readonly string[] = []): RootContent[] {
  const { texts } = writing
  const { packages, max } = packagesOf(writing)
  if (packages.length === 0) return []
  const blocks: RootContent[] = [heading(2, texts.publicApi.title)]
  // The only package is the one that these commands install.
  const isTold = (line: string): boolean =>
    installing.includes(line) || (installing.length > 0 && packages.length === 1)
  for (const [surface, names] of packages.slice(0, MAX_PACKAGES)) {
    if (packages.length > 1) blocks.push(heading(3, surface.package))
    const isRepeated = packages.some(([other, others]) => passesOn(writing, surface, names, other, others))
    append(blocks, packageBlocks(writing, surface, isRepeated ? [] : names, max, isTold))
  }
  const others = packages.slice(MAX_PACKAGES).map(([{ package: name }]): Inline[] => [name])
  if (others.length > 0) blocks.push(paragraph(...texts.publicApi.morePackages(few(others, MAX_PACKAGES, texts))))
  return blocks
}

/** Whether a package offers only what another one beside it does, which it depends on: `orbit-rails` that loads `orbit`. */
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

/** Whether nothing of a package is meant for new code. */
const isAbandoned = (names: readonly PublicName[]): boolean =>
  names.length > 0 && names.every(({ isDeprecated }) => isDeprecated)

/** Packages with public names, the most used first and deprecated ones last, and the number of names per table. */
function packagesOf(writing: Writing): { packages: [Surface, readonly PublicName[]][]; max: number } {
  const weight = (names: readonly PublicName[]): number =>
    names.slice(0, MAX_NAMES).reduce((sum, one) => sum + one.weight, 0)
  const packages = [...listedNames(writing)]
    .filter(([, names]) => names.length > 0)
    .sort(([, a], [, b]) => Number(isAbandoned(a)) - Number(isAbandoned(b)) || weight(b) - weight(a))
  return { packages, max: packages.length > MANY_PACKAGES ? MAX_NAMES_OF_MANY : MAX_NAMES }
}

/** Ids of the components in the tables, and in lists that are not collapsed. No other section of the page names them again. */
export function shownInPublicApi(writing: Writing): ReadonlySet<string> {
  const { packages, max } = packagesOf(writing)
  const shown = packages.slice(0, MAX_PACKAGES).flatMap(([surface, names]) => {
    const { candidates, shown } = choose(writing, surface, names, max)
    return shown.length === 0 || candidates.length - shown.length <= MAX_FEW ? candidates : shown
  })
  return new Set(shown.flatMap(({ component }) => component?.id ?? []))
}

function packageBlocks(
  writing: Writing,
  surface: Surface,
  names: readonly PublicName[],
  max: number,
  isTold: (install: string) => boolean,
): RootContent[] {
  const { texts } = writing
  const [main] = surface.paths
  if (main === undefined) return []
  const { candidates, shown, isWide } = choose(writing, surface, names, max)
  const about = packageOf(writing, surface)
  // Coordinates are combined from several files.
  const isOld = isAbandoned(names)
  const installs = about === undefined || isOld ? [] : installCommands(about).filter((line) => !isTold(line))
  const leading = shown.length > 0 ? shown : candidates.slice(0, max)
  const paths = leading.length > 0 ? leading.map(({ path }) => path) : [main]
  const lines = isOld ? [] : [...installs, ...linesFor(writing, surface, paths, candidates)]
  const unnamed = namespacesLeft(paths, candidates)
  const rows = inGroups(writing, shown).map((one) => rowOf(writing, one, about))
  const isTable = rows.length > 0
  const shownLines = lines.map((line): Inline[] => [
    installs.includes(line) ? { ...code(line), data: { isQuoted: true } } : code(line),
  ])
  const blocks: RootContent[] =
    lines.length === 0
      ? []
      : [paragraph(...(unnamed > 0 ? texts.andMore(join(shownLines, ' · '), unnamed) : join(shownLines, ' · ')))]
  if (isTable) blocks.push(table([...texts.publicApi.heads], rows))
  const rest = candidates.filter((one) => !shown.includes(one) && (isOld || !one.isDeprecated))
  const options = rest.filter((one) => isOption(writing, one))
  const others = rest.filter((one) => one.component !== null && !options.includes(one))
  append(blocks, isTable || isWide ? compactList(writing, others, isWide, isTable) : listed(writing, others))
  if (options.length > 0) append(blocks, fold(texts.file.compileOptions, listed(writing, options)))
  if (!isWide && surface.paths.length > 1)
    append(blocks, otherPaths(writing, surface, namesOfItsOwn(writing, surface, names)))
  return blocks
}

function listed(writing: Writing, names: readonly PublicName[]): RootContent[] {
  return names.length === 0 ? [] : [paragraph(...namesOf(writing, names))]
}

const namesOf = (writing: Writing, names: readonly PublicName[]): Inline[] =>
  few(
    names.map((one) => [...nameOf(writing, one), ...aliasWords(writing, one.component, true)]),
    MAX_OF_GROUP,
    writing.texts,
  )

/** The names without a row, the most used first: by import path if there are several, otherwise by kind; folded below a table. */
function compactList(writing: Writing, names: readonly PublicName[], isWide: boolean, isBelow: boolean): RootContent[] {
  const { texts } = writing
  if (names.length === 0) return []
  if (names.length <= MAX_FEW && !isBelow) return listed(writing, names)
  if (names.length <= MAX_FEW)
    return [paragraph(...texts.overview.also(namesOf(writing, byGroup(writing, names).flat())))]
  const groups = byGroup(writing, names)
  // The names of Ruby say where they are.
  const paths = new Set(isWide ? names.flatMap(({ path }) => (path.language === 'ruby' ? [] : path)) : [])
  const items =
    paths.size > 1
      ? [...paths].map((path): Inline[] => [
          ...(path.path === '' ? [] : [{ ...code(path.path), data: { isQuoted: true } }, texts.colon]),
          ...namesOf(
            writing,
            groups.flat().filter((one) => one.path === path),
          ),
        ])
      : groups.flatMap((group, at): Inline[][] =>
          group.length === 0 ? [] : [[texts.publicApi.groups[at] ?? '', texts.colon, ...namesOf(writing, group)]],
        )
  const blocks = upTo(items, MAX_PATHS, texts, (first) => list(first))
  return isBelow ? fold(texts.publicApi.moreNames(names.length), blocks) : blocks
}

/** In the order of the titles in `texts.publicApi.groups`: types, functions, exceptions, constants, macros. */
function byGroup({ repo }: Writing, names: readonly PublicName[]): PublicName[][] {
  const groups: PublicName[][] = [[], [], [], [], []]
  for (const one of names) {
    const { component } = one
    const { kind = 'constant' } = (component && (aliasOf(repo, component) ?? component)) ?? {}
    const isOfErrors = component !== null && (isError(repo, component) || /^Err\p{Lu}/u.test(one.name))
    const at = isOfErrors
      ? 2
      : kind === 'macro'
        ? 4
        : kind === 'constant' || kind === 'field'
          ? 3
          : FUNCTIONS.has(kind)
            ? 1
            : 0
    groups[at]?.push(one)
  }
  return groups
}

/** Other import paths, each with a line that imports its most used names. */
function otherPaths(writing: Writing, surface: Surface, names: readonly PublicName[]): RootContent[] {
  const { texts } = writing
  const weights = new Map<SurfacePath, number>()
  const inMain = new Set(
    names.flatMap(({ path, component }) => (path === surface.paths[0] ? (component?.id ?? []) : [])),
  )
  const fresh = names.filter(({ component }) => component === null || !inMain.has(component.id))
  for (const { path, weight } of fresh) weights.set(path, Math.max(weight, weights.get(path) ?? 0))
  const withNames = surface.paths.slice(1).filter((path) => weights.has(path))
  if (withNames.length === 0) return []
  const paths = withNames.sort((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0))
  const [main] = surface.paths
  const lines = new Set(main === undefined ? [] : [lineFor(writing, surface, main, names)])
  const itemOf = (path: SurfacePath): Inline[] => {
    const own = distinct(fresh.filter((one) => one.path === path))
    const line = lineFor(writing, surface, path, own)
    // A path of Rust is as telling as the line that uses one of its names.
    const isPath = path.language === 'rust'
    const imported = new Set(line?.match(/[\w$]+/g))
    // Names in the import line come first, those of other packages last.
    const rank = ({ name, component }: PublicName): number => (imported.has(name) ? 0 : component === null ? 2 : 1)
    const links = distinct([...own, ...names.filter((one) => one.path === path)])
      .sort((a, b) => rank(a) - rank(b))
      .map((one) => nameOf(writing, one))
    // Python paths have only the names that no shorter path has, so they cannot be counted.
    const isCounted = path.language !== 'python' || links.length <= MAX_OF_PATH
    return [
      // Paths with the same import line are distinguished by their modules.
      { ...code(isPath || line === null || lines.has(line) ? path.path : line), data: { isQuoted: true } },
      ...sharedCondition(writing, own),
      texts.colon,
      ...(isCounted
        ? few(links, MAX_OF_PATH, texts)
        : [...join(links.slice(0, MAX_OF_PATH), texts.comma), texts.comma, '…']),
    ]
  }
  return fold(
    texts.publicApi.morePaths(paths.length),
    upTo(paths, MAX_PATHS, texts, (first) => list(first.map(itemOf))),
  )
}

/** The condition of all names of a path, such as that of its module. */
function sharedCondition(writing: Writing, names: readonly PublicName[]): Inline[] {
  const [first] = names
  const condition = first?.component?.condition
  const isShared = condition !== undefined && names.every(({ component }) => component?.condition === condition)
  return first !== undefined && isShared ? conditionWords(writing, undefined, first) : []
}

/** Groups names by kind. Groups are ordered by their best name; deprecated names stay last. */
function inGroups({ repo }: Writing, names: readonly PublicName[]): PublicName[] {
  const groups = new Map<number, PublicName[]>()
  for (const one of names) {
    const { component } = one
    const { kind = 'constant' } = (component && (aliasOf(repo, component) ?? component)) ?? {}
    const group = one.isDeprecated ? GROUPS.length : GROUPS.findIndex((kinds) => kinds.includes(kind))
    groups.set(group, [...(groups.get(group) ?? []), one])
  }
  const last = groups.get(GROUPS.length) ?? []
  groups.delete(GROUPS.length)
  return [...groups.values(), last].flat()
}

function rowOf(writing: Writing, one: PublicName, about: Package | undefined): Inline[][] {
  const { component } = one
  const kind = component === null ? '' : `${writing.texts.kinds[kindWord(component)]} `
  const words = rowWords(writing, about, one)
  return [
    [kind, ...nameOf(writing, one), ...conditionWords(writing, about, one)],
    [
      ...(component === null ? words : withDeprecation(writing, component, words)),
      ...aliasWords(writing, component, words.length > 0),
    ],
  ]
}
