/** The partition of a repository into modules: deterministic, total and disjoint. Pure. */

import { type Analysis, compareText, type Inventory, type Module, type Subject } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { divide } from './divide.ts'
import { linksOf } from './links.ts'
import { isHead, isStandIn, isTool } from './names.ts'
import { besideOf } from './order.ts'
import type { Context, Part } from './part.ts'
import { slugsOf } from './slugs.ts'
import type { Titled } from './title.ts'
import { titlesOf } from './titles.ts'
import { type Unit, unitsOf } from './units.ts'

/** Names of files that make their folder a package. */
const MANIFESTS =
  /(?:^|\/)(?:package\.json|pyproject\.toml|setup\.py|setup\.cfg|go\.mod|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|composer\.json|[^/]+\.(?:gemspec|csproj|fsproj))$/
const MAX_PACKAGES = 2_000

/**
 * The module of the whole repository, with up to three levels of modules below it; without children when there is
 * nothing to document.
 *
 * @throws {Error} A file would be in no module or in two: a bug of this stage, never a property of the input.
 */
export function partition(inventory: Inventory, analysis: Analysis, subject: Subject): Module {
  const units = unitsOf(inventory, analysis)
  const packages = new Set(packagesOf(inventory, units))
  const { name } = subject
  const context = { name, packages, links: linksOf(analysis), entries: entriesOf(units, analysis, name) }
  const parts = divided(units, context)
  const ordered = flatten(parts)
  makeIdsUnique(ordered)
  const ids = ordered.map((part) => part.id)
  assertTotal(units, ordered)
  const slugs = slugsOf([...ids].sort(compareText))
  const titles = titlesOf(ordered)
  const isBeside = besideOf(parts, runByPackages(analysis))
  const toModule = (part: Part): Module => ({
    id: part.id,
    slug: slugs.get(part.id) ?? '',
    ...namesOf(titles.get(part) ?? part),
    path: part.path,
    files: part.units.map((unit) => unit.path),
    children: part.parts.map(toModule),
    ...(isBeside(part) ? { isBeside: true } : {}),
  })
  return {
    id: rootId(subject, new Set(ids)),
    slug: 'overview',
    title: subject.name,
    path: '',
    files: [],
    children: parts.map(toModule),
  }
}

/** Files with the commands that Python packages put on the path. */
function runByPackages({ artifacts }: Analysis): Set<string> {
  const ofPython = /(?:^|\/)(?:pyproject\.toml|setup\.(?:py|cfg))#/
  const runs = artifacts.edges.filter(({ from, kind }) => kind === 'runs' && ofPython.test(from))
  return new Set(runs.map(({ to }) => to.split('#')[0] ?? to))
}

function namesOf({ title, titleIn }: Titled): Pick<Module, 'title' | 'titleIn'> {
  return titleIn === undefined ? { title } : { title, titleIn }
}

/** Folders below the root that have a manifest and code that is neither test nor example. */
function packagesOf(inventory: Inventory, units: Unit[]): string[] {
  const coded = new Set<string>()
  for (const unit of units) {
    if (!unit.isCode) continue
    for (let slash = unit.path.lastIndexOf('/'); slash > 0; slash = unit.path.lastIndexOf('/', slash - 1)) {
      const folder = unit.path.slice(0, slash)
      if (coded.has(folder)) break
      coded.add(folder)
    }
  }
  const folders = inventory.files
    .filter((file) => MANIFESTS.test(file.path))
    .map((file) => folderOf(file.path))
    .filter((folder) => coded.has(folder))
  return [...new Set(folders)].slice(0, MAX_PACKAGES)
}

/** Estimated bytes of modules in the manifest, which is read as a whole: enough for about 7,000 modules. */
const MAX_WEIGHT = 4_194_304
/** File names, hashes and positions of a module. */
const WEIGHT = 500
/** Its title and file names are derived from its id. */
const WEIGHT_OF_ID = 4
const MAX_FACTOR = 256

/** Makes larger pages if there would be too many modules for a set. */
function divided(units: readonly Unit[], context: Context): Part[] {
  for (let factor = 1; ; factor *= 4) {
    const shrunk = units.map((unit) => ({ ...unit, size: Math.ceil(unit.size / factor) }))
    const parts = divide({ id: '', path: '', units: shrunk }, context)
    if (factor === MAX_FACTOR || weightOf(parts) <= MAX_WEIGHT) return parts
  }
}

const weightOf = (parts: Part[]): number =>
  flatten(parts).reduce((sum, { id }) => sum + WEIGHT + WEIGHT_OF_ID * Buffer.byteLength(id), 0)

/** Every part, parents before children. */
function flatten(parts: Part[]): Part[] {
  return parts.flatMap((part) => [part, ...flatten(part.parts)])
}

/** Makes ids unique: a folder may have the name that was made up for files beside it. */
function makeIdsUnique(parts: Part[]): void {
  const taken = new Set<string>()
  for (const part of parts) {
    const plain = part.id
    for (let number = 2; taken.has(part.id); number++) part.id = `${plain}~${number}`
    taken.add(part.id)
  }
}

function assertTotal(units: Unit[], parts: Part[]): void {
  const placed = parts.flatMap((part) => part.units.map((unit) => unit.path))
  const distinct = new Set(placed)
  if (distinct.size !== placed.length) throw new Error('partition: a file is in two modules')
  if (distinct.size !== units.length) throw new Error('partition: a file is in no module')
  if (new Set(parts.map((part) => part.id)).size !== parts.length) throw new Error('partition: two modules have one id')
  if (parts.some((part) => part.units.length > 0 === part.parts.length > 0)) {
    throw new Error('partition: a module has both files and children, or neither')
  }
}

function rootId(subject: Subject, taken: ReadonlySet<string>): string {
  const names = [subject.name, subject.fullName, `${subject.name} (repository)`]
  return names.find((name) => !taken.has(name)) ?? '.'
}

/**
 * The entry points: programs and entries of manifests at the top, and files named after the repository.
 *
 * @param name - The repository's name.
 * @returns Paths of main code.
 */
function entriesOf(units: readonly Unit[], { artifacts, components }: Analysis, name: string): Set<string> {
  const code = units.filter((unit) => unit.isCode && !isTool(unit.path)).map(({ path }) => path)
  const known = new Set(code)
  const manifests = artifacts.nodes.filter(({ file, kind }) => !file.includes('/') && /^(?:package|target)$/.test(kind))
  const atTop = new Set(manifests.map(({ id }) => id))
  const named = artifacts.edges.filter(
    ({ from, to, kind }) => kind !== 'depends-on' && atTop.has(from) && known.has(to),
  )
  const stem = (path: string): string =>
    nameOf(path)
      .replace(/\.[^.]+$/, '')
      .toLowerCase()
  const own = code.filter((path) => !isStandIn(path))
  const first = [
    ...named.map(({ to }) => to),
    ...shallowest(own.filter(isHead)),
    ...shallowest(own.filter((path) => stem(path) === name.toLowerCase())),
  ]
  const isNamed = code.some((path) => path.toLowerCase().split('/').includes(name.toLowerCase()))
  if (first.length > 0 || isNamed) return new Set(first)
  return new Set(components.filter((one) => /^main$/i.test(one.name) && known.has(one.file)).map(({ file }) => file))
}

function shallowest(paths: readonly string[]): string[] {
  const depth = (path: string): number => path.split('/').length
  const least = paths.reduce((found, path) => Math.min(found, depth(path)), Number.POSITIVE_INFINITY)
  return paths.filter((path) => depth(path) === least)
}
