/** Parts for files that lie directly in an opened folder, and for what joined them. */

import { cut } from './cut.ts'
import { descend, type Folder } from './folder.ts'
import { type Group, groupFiles } from './group.ts'
import { baseName, isSideline, isTool, titleOf } from './names.ts'
import { SMALL } from './open.ts'
import { order } from './order.ts'
import { type Context, MANY_PARTS, MAX_LEVEL, type Part } from './part.ts'
import { fitsFlat, type Unit } from './units.ts'

/** Parts for the files of an opened folder, and for what joined them. */
export function looseParts(group: Folder, whole: Folder, context: Context, level: number): Part[] {
  if (group.units.length === 0) return []
  if (group.path === '') return topParts(group, context, level)
  const name = titleOf(group.path, context.name)
  if (group.path !== descend(whole).path || whole.path === '') {
    return leafOrGroups(group, group.path, name, context, level)
  }
  // The folder's own name is taken by the parent.
  const [only] = group.units
  const title = group.units.length === 1 && only !== undefined ? baseName(only.path) : 'top level'
  const leaf: Part = {
    id: `${group.path}/top level`,
    title: `${name}: ${title}`,
    path: group.path,
    units: group.units,
    parts: [],
  }
  return fitsFlat(group.units) ? [leaf] : groupParts(group, context, level)
}

function leafOrGroups(group: Folder, id: string, title: string, context: Context, level: number): Part[] {
  if (fitsFlat(group.units)) return [{ id, title, path: group.path, units: group.units, parts: [] }]
  const parts = groupParts(group, context, level + 1)
  if (level === MAX_LEVEL || parts.length < 2) return parts
  return [{ id, title, path: group.path, units: [], parts }]
}

export function groupParts(group: Folder, context: Context, level: number): Part[] {
  const name = titleOf(group.path, context.name)
  const start = group.path === '' ? '' : `${group.path}/`
  const groups = groupFiles(group.units, group.path, context.links)
  const leaves = groups.map(({ key, label, units, kind }) => {
    return { kind, part: { id: start + key, title: `${name}: ${label}`, path: group.path, units, parts: [] } }
  })
  const ofKind = (kind: Group['kind']): Part[] => leaves.filter((leaf) => leaf.kind === kind).map(({ part }) => part)
  if (leaves.length <= MANY_PARTS || level >= MAX_LEVEL) return leaves.map(({ part }) => part)
  const nest = (label: string, parts: Part[]): Part[] =>
    parts.length < 2 ? parts : [{ id: start + label, title: `${name}: ${label}`, path: group.path, units: [], parts }]
  const rest = ofKind('rest')
  return [
    ...ofKind('named'),
    ...nest('large files', order(ofKind('large'), [], context)),
    ...(rest.length > 2 * MANY_PARTS ? inRanges(rest, name) : nest('other files', order(rest, [], context))),
  ]
}

/** A very long list of parts, kept together in its order. */
function inRanges(parts: readonly Part[], name: string): Part[] {
  const found = cut(
    parts,
    (part) => part.id,
    (piece) => piece.length <= MANY_PARTS,
  )
  return found.flatMap(({ items }): Part[] => {
    const [first] = items
    if (items.length === 1 || first === undefined) return items
    const labels = [first, items.at(-1)].map((part) => part?.title.slice(name.length + 2).split(' to ')) ?? []
    const title = `${name}: ${labels[0]?.[0] ?? ''} to ${labels[1]?.at(-1) ?? ''}, in parts`
    return [{ id: `${first.id}, and more`, title, path: first.path, units: [], parts: items }]
  })
}

/** What lies at the top of the repository: its code, and what builds and checks it. */
function topParts(group: Folder, context: Context, level: number): Part[] {
  const isOdd = (unit: Unit): boolean => isTool(unit.path) || !(unit.isCode || !unit.path.includes('/'))
  const tools = group.units.filter(isOdd)
  const main = group.units.filter((unit) => !isOdd(unit))
  if (main.some((unit) => unit.isCode) && main.length >= SMALL) {
    const toolPart = tools.length === 0 ? [] : [topPart(tools, 'build and tools', 'Build and tools')]
    return [...leafOrGroups({ ...group, units: main }, 'top-level files', context.name, context, level), ...toolPart]
  }
  const title = titleOfTop(group.units, tools.length)
  const id = tools.length >= group.units.length / 2 ? 'build and tools' : 'top-level files'
  if (fitsFlat(group.units)) return [topPart(group.units, id, title)]
  return leafOrGroups(group, 'top-level files', 'Top-level files', context, level)
}

function topPart(units: Unit[], id: string, title: string): Part {
  return { id, title, path: '', units, parts: [] }
}

function titleOfTop(units: readonly Unit[], tools: number): string {
  const [only] = units
  if (units.length === 1 && only !== undefined) return baseName(only.path)
  if (tools >= units.length / 2 || units.every((unit) => isSideline(unit.path))) return 'Build and tools'
  return units.every((unit) => !unit.isCode) ? 'Top-level tests and examples' : 'Top-level files'
}
