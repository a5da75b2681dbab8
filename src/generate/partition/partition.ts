/** The partition of a repository into modules: deterministic, total and disjoint. Pure. */

import { type Analysis, compareText, type Inventory, type Module, type Subject } from '#generate/model.ts'
import { divide } from './divide.ts'
import { entriesOf } from './entries.ts'
import { linksOf } from './links.ts'
import { besideOf } from './order.ts'
import type { Part } from './part.ts'
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
  const parts = divide({ id: '', path: '', units }, context)
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
    .map((file) => file.path.slice(0, Math.max(0, file.path.lastIndexOf('/'))))
    .filter((folder) => coded.has(folder))
  return [...new Set(folders)].slice(0, MAX_PACKAGES)
}

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
