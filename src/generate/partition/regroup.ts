/**
 * Applies a proposal for modules within the rules of the partition: every file stays in exactly one leaf, and ids and
 * page names do not change. Pure.
 */

import { compareText, filesOf, type GroupProposal, type Inventory, type Module, modulesOf } from '#generate/model.ts'

const MAX_TITLE = 60
/** Limit on the files of a merged module. */
const MAX_FILES = 40
const MAX_LINES = 8_000
/** Letters, digits and signs that are allowed in titles; no markup, no URL. */
const TITLE = /^(?!.*(?::\/|\bwww\.|\p{M}{4}))[\p{L}\p{N}][\p{L}\p{N}\p{M} .,:&+/()'’–-]*$/iu

export interface Regrouped {
  root: Module
  /** The parts of the proposal that were refused, as noun phrases. */
  refused: string[]
}

export function regroup(root: Module, proposal: GroupProposal, inventory: Inventory): Regrouped {
  const refused: string[] = []
  const lines = new Map(inventory.files.map((file) => [file.path, file.lines]))
  const places = new Map(proposal.order.map((id, index) => [id, index]))
  const merged = new Set<string>()
  const rebuild = (module: Module): Module => {
    const children = mergeSiblings(module, proposal, lines, merged, refused).map(rebuild)
    // A stable sort by the named positions; a module without one stays after its predecessor.
    let last = -1
    const keyed = children.map((child) => {
      last = Math.max(places.get(child.id) ?? last, -1)
      return { child, key: places.get(child.id) ?? last }
    })
    // Modules beside the code, such as tests and tools, stay after it.
    const rank = ({ isBeside }: Module): number => (isBeside === true ? 1 : 0)
    keyed.sort((a, b) => rank(a.child) - rank(b.child) || a.key - b.key)
    return { ...module, children: keyed.map(({ child }) => child) }
  }
  const regrouped = withTitles(rebuild(root), proposal.titles, refused)
  const [before, after] = [filesOf(root), filesOf(regrouped)]
  if (before.length !== after.length || before.some((path, index) => path !== after[index]))
    return { root, refused: ['the proposal as a whole: files would be lost'] }
  for (const ids of proposal.merges)
    if (!ids.some((id) => merged.has(id))) refused.push(`the merge of ${ids.slice(0, 4).join(', ').slice(0, 100)}`)
  return { root: regrouped, refused }
}

/** Merges leaves directly below one module, under the id of the first; the parent keeps at least two children. */
function mergeSiblings(
  module: Module,
  { merges }: GroupProposal,
  lines: ReadonlyMap<string, number>,
  merged: Set<string>,
  refused: string[],
): Module[] {
  let children = module.children
  for (const ids of merges) {
    const parts = children.filter(({ id }) => ids.includes(id))
    if (parts.length < 2 || parts.length !== ids.length || ids.some((id) => merged.has(id))) continue
    const [first] = parts
    const files = parts.flatMap((part) => part.files).sort(compareText)
    const size = files.reduce((sum, path) => sum + (lines.get(path) ?? 0), 0)
    const isMixed = new Set(parts.map(({ isBeside }) => isBeside === true)).size > 1
    const isLeaf = parts.every((part) => part.children.length === 0)
    if (
      first === undefined ||
      !isLeaf ||
      isMixed ||
      children.length - parts.length < 1 ||
      files.length > MAX_FILES ||
      size > MAX_LINES
    ) {
      refused.push(`the merge of ${ids.slice(0, 4).join(', ').slice(0, 100)}`)
      for (const id of ids) merged.add(id)
      continue
    }
    // A composed title would still describe only the first module.
    const whole: Module = { ...withoutTranslation(first), files, path: commonFolder(parts.map(({ path }) => path)) }
    children = children.flatMap((child) => (child === first ? [whole] : parts.includes(child) ? [] : [child]))
    for (const id of ids) merged.add(id)
  }
  return children
}

/** Applies titles that are unique in the set, plain and short; refuses the others. */
function withTitles(root: Module, titles: ReadonlyMap<string, string>, refused: string[]): Module {
  const taken = new Set(modulesOf(root).map(({ title }) => title.toLowerCase()))
  const rebuild = (module: Module): Module => {
    const children = module.children.map(rebuild)
    const wanted = titles.get(module.id)?.replace(/\s+/g, ' ').trim()
    if (wanted === undefined || wanted === module.title || module === root) return { ...module, children }
    if (wanted.length > MAX_TITLE || !TITLE.test(wanted) || taken.has(wanted.toLowerCase())) {
      refused.push(`the title of ${module.id}`)
      return { ...module, children }
    }
    taken.add(wanted.toLowerCase())
    return { ...withoutTranslation(module), title: wanted, children }
  }
  return rebuild(root)
}

/** Removes the translated title, which still contains the old one. */
function withoutTranslation({ titleIn: _, ...module }: Module): Module {
  return module
}

function commonFolder(paths: readonly string[]): string {
  const split = paths.map((path) => path.split('/'))
  const [first = []] = split
  let length = 0
  while (length < first.length && split.every((parts) => parts[length] === first[length])) length += 1
  return first.slice(0, length).join('/')
}
