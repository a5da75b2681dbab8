/** Makes parts for the loose files directly in an opened folder. */

import { isSideline } from '#generate/beside-code.ts'
import { compareText } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { cut } from './cut.ts'
import { descend, type Folder } from './folder.ts'
import { type Group, groupFiles } from './group.ts'
import { isHead, isTool, titleOf } from './names.ts'
import { SMALL } from './open.ts'
import { order } from './order.ts'
import { type Context, MANY_PARTS, MAX_LEVEL, type Part } from './part.ts'
import { type Title, type Titled, titled } from './title.ts'
import { fitsFlat, type Unit } from './units.ts'

/** The file that `require` of a gem loads. */
const LIBRARY = /^lib\/[^/]+\.rb$/

/** Parts for the files directly in an opened folder, and for files that joined them. */
export function looseParts(group: Folder, whole: Folder, context: Context, level: number): Part[] {
  if (group.units.length === 0) return []
  if (group.path === '') return topParts(group, context, level)
  const name = titleOf(group.path, context.name)
  if (group.path !== descend(whole).path || whole.path === '') {
    return leafOrGroups(group, group.path, { title: name }, context, level)
  }
  // The parent already has the folder's name as its title.
  const [only] = group.units
  const file = group.units.length === 1 && only !== undefined ? nameOf(only.path) : undefined
  const leaf: Part = {
    id: `${group.path}/top level`,
    ...titled((words) => words.of(name, file ?? words.topLevel)),
    path: group.path,
    units: group.units,
    parts: [],
  }
  return fitsFlat(group.units) ? [leaf] : groupParts(group, context, level)
}

function leafOrGroups(group: Folder, id: string, title: Titled, context: Context, level: number): Part[] {
  if (fitsFlat(group.units)) return [{ id, ...title, path: group.path, units: group.units, parts: [] }]
  const parts = groupParts(group, context, level + 1)
  if (level === MAX_LEVEL || parts.length < 2) return parts
  return [{ id, ...title, path: group.path, units: [], parts }]
}

export function groupParts(group: Folder, context: Context, level: number): Part[] {
  const name = titleOf(group.path, context.name)
  const start = group.path === '' ? '' : `${group.path}/`
  const groups = groupFiles(group.units, group.path, context.links)
  const leaves = groups.map(({ key, label, ends, units, kind }) => {
    const title = titled((words) => words.of(name, label(words)))
    return { kind, label, ends, part: { id: start + key, ...title, path: group.path, units, parts: [] } }
  })
  const ofKind = (kind: Group['kind']): Part[] => leaves.filter((leaf) => leaf.kind === kind).map(({ part }) => part)
  if (leaves.length <= MANY_PARTS || level >= MAX_LEVEL) return leaves.map(({ part }) => part)
  const nest = (id: string, label: Title, parts: Part[]): Part[] => {
    const title = titled((words) => words.of(name, label(words)))
    return parts.length < 2 ? parts : [{ id: start + id, ...title, path: group.path, units: [], parts }]
  }
  const rest = ofKind('rest')
  return [
    ...ofKind('named'),
    ...nest('large files', (words) => words.largeFiles, order(ofKind('large'), [], context)),
    ...(rest.length > 2 * MANY_PARTS
      ? inRanges(
          leaves.filter(({ kind }) => kind === 'rest'),
          name,
        )
      : nest('other files', (words) => words.otherFiles, order(rest, [], context))),
  ]
}

/** The part of a group of files. */
type Leaf = Pick<Group, 'label' | 'ends'> & { readonly part: Part }

/** Bundles a very long list of parts into ranges: communities in order, then the pieces of the alphabet. */
function inRanges(leaves: readonly Leaf[], name: string): Part[] {
  const sorted = [...leaves].sort((a, b) => compareText(a.ends?.[0] ?? '', b.ends?.[0] ?? ''))
  const found = cut(
    sorted,
    ({ part }) => part.id,
    (piece) => piece.length <= MANY_PARTS,
  )
  return found.flatMap(({ items }): Part[] => {
    const parts = items.map(({ part }) => part)
    const [first, last = first] = [items[0], items.at(-1)]
    if (items.length === 1 || first === undefined || last === undefined) return parts
    const title = titled((words) =>
      words.of(name, words.rangeInParts(first.ends?.[0] ?? first.label(words), last.ends?.[1] ?? last.label(words))),
    )
    return [{ id: `${first.part.id}, and more`, ...title, path: first.part.path, units: [], parts }]
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
    return [...leafOrGroups({ ...group, units: main }, 'top-level files', title, context, level), ...toolPart]
  }
  const title = titleOfTop(group.units, tools.length)
  const id = tools.length >= group.units.length / 2 ? 'build and tools' : 'top-level files'
  if (fitsFlat(group.units)) return [topPart(group.units, id, title)]
  return leafOrGroups(
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
