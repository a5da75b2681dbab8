/** Makes parts for the loose files directly in an opened folder. */

import { isSideline } from '#generate/beside-code.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { cut } from './cut.ts'
import { descend, type Folder } from './folder.ts'
import { isHead, isTool, titleOf } from './names.ts'
import { SMALL } from './open.ts'
import { type Context, MAX_LEVEL, type Part } from './part.ts'
import { atomsOf } from './stems.ts'
import { type Titled, titled } from './title.ts'
import { fitsFlat, sorted, type Unit } from './units.ts'

/** The file that `require` of a gem loads. */
const LIBRARY = /^lib\/[^/]+\.rb$/

/** Parts for the files directly in an opened folder, and for files that joined them. */
export function looseParts(group: Folder, whole: Folder, context: Context, level: number): Part[] {
  if (group.units.length === 0) return []
  if (group.path === '') return topParts(group, context, level)
  const name = titleOf(group.path, context.name)
  if (group.path !== descend(whole).path || whole.path === '')
    return leafOrPieces(group, group.path, { title: name }, context, level)
  // The parent already has the folder's name as its title.
  const [only] = group.units
  const file = group.units.length === 1 && only !== undefined ? nameOf(only.path) : undefined
  return fileParts(
    group,
    `${group.path}/top level`,
    titled((words) => words.of(name, file ?? words.topLevel)),
    context,
  )
}

/** One part, or a part with pieces. */
function leafOrPieces(group: Folder, id: string, title: Titled, context: Context, level: number): Part[] {
  const parts = fileParts(group, id, title, context)
  if (level === MAX_LEVEL || parts.length < 2) return parts
  return [{ id, ...title, path: group.path, units: [], parts }]
}

/** One part for the files of a folder; if they are too many for a page, pieces of the alphabet: `adlist to blocked`. */
export function fileParts({ path, units }: Folder, id: string, title: Titled, context: Context): Part[] {
  if (fitsFlat(units)) return [{ id, ...title, path, units, parts: [] }]
  const name = titleOf(path, context.name)
  const start = path === '' ? '' : `${path}/`
  const pieces = cut(
    atomsOf(units, path),
    ({ stem }) => stem,
    (atoms) => fitsFlat(atoms.flatMap((atom) => atom.units)),
  )
  return pieces.map(({ border, items }) => {
    const [from = '', to = ''] = [items[0], items.at(-1)].map((atom) => atom?.stem.replace(/\/$/, ''))
    return {
      id: start + (border === null ? 'first files' : `files from ${border}`),
      ...titled((words) => words.of(name, from === to ? from : words.range(from, to))),
      path,
      units: sorted(items.flatMap((atom) => atom.units)),
      parts: [],
    }
  })
}

/** Parts for the files at the top of the repository: its code, and the files that build and check it. */
function topParts(group: Folder, context: Context, level: number): Part[] {
  const isTooling = (unit: Unit): boolean => isTool(unit.path) || !(unit.isCode || !unit.path.includes('/'))
  const tools = group.units.filter(isTooling)
  const main = group.units.filter((unit) => !isTooling(unit))
  // An entry point is never grouped with the build files, even if it is alone.
  const isEntryPoint = ({ path, isCode }: Unit): boolean =>
    isCode && (isHead(path) || isNamed(path, context.name) || LIBRARY.test(path))
  const hasEntryPoint = tools.length > 0 && main.some(isEntryPoint)
  if (hasEntryPoint || (main.some((unit) => unit.isCode) && main.length >= SMALL)) {
    const toolPart = tools.length === 0 ? [] : [topPart(tools, 'build and tools', titleOfTools(tools))]
    const title = { title: context.name }
    return [...leafOrPieces({ ...group, units: main }, 'top-level files', title, context, level), ...toolPart]
  }
  const title = titleOfTop(group.units, tools.length)
  const id = tools.length >= group.units.length / 2 ? 'build and tools' : 'top-level files'
  if (fitsFlat(group.units)) return [topPart(group.units, id, title)]
  return leafOrPieces(
    group,
    'top-level files',
    titled((words) => words.topFiles),
    context,
    level,
  )
}

/** Whether a file is named after the repository, such as `rack.rb` of `rack`. */
function isNamed(path: string, name: string): boolean {
  const [stem, extension] = nameOf(path).toLowerCase().split('.')
  return stem === name.toLowerCase() && extension !== undefined
}

function topPart(units: Unit[], id: string, title: Titled): Part {
  return { id, ...title, path: '', units, parts: [] }
}

function titleOfTop(units: readonly Unit[], tools: number): Titled {
  const [only] = units
  if (units.length === 1 && only !== undefined) {
    // A single file gives its folder's name.
    const folder = folderOf(only.path)
    return { title: folder === '' ? nameOf(only.path) : folder }
  }
  const [folder, other] = [
    ...new Set(units.flatMap(({ path, isCode }) => (isCode && !isTool(path) ? [firstFolder(path)] : []))),
  ]
  if (folder !== undefined && folder !== '' && other === undefined && tools === 0) return { title: folder }
  if (tools >= units.length / 2 || units.every((unit) => isSideline(unit.path))) return titled((words) => words.tools)
  return titled((words) => (units.every((unit) => !unit.isCode) ? words.topTests : words.topFiles))
}

/** The title of build files: after their folder if they share one, since other build files may be elsewhere. */
function titleOfTools(units: readonly Unit[]): Titled {
  const folders = new Set(units.map(({ path }) => folderOf(path)))
  const [folder = ''] = folders
  if (folders.size === 1 && folder !== '') return { title: folder }
  const [only] = units
  return units.length === 1 && only !== undefined ? { title: nameOf(only.path) } : titled((words) => words.tools)
}

/** The first folder of a path; '' for a file at the top. */
function firstFolder(path: string): string {
  return path.slice(0, Math.max(0, path.indexOf('/')))
}
