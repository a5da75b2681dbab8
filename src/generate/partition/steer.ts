/** Applies the entries of steering files to the modules that they refer to. Pure. */

import { type Module, modulesOf, type Steering, type SteeringNote } from '#generate/model.ts'
import { nameOf } from '#generate/paths.ts'

export interface Steered {
  root: Module
  /** Human-readable reasons why requests were ignored. */
  ignored: string[]
}

/** The request of one entry of a steering file. */
interface Request {
  title: string | null
  note: SteeringNote | null
  /** The entry as shown to people. */
  named: string
  /** The module that the entry refers to, or the reason why there is none. */
  target: Module | string
}

const MAX_NAMED = 80

/**
 * Sets titles, notes and positions of modules; ids, page names and files do not change. An entry that refers to no module,
 * or more than one, is ignored and reported; so is a title that another module has.
 */
export function steer(root: Module, steering: Steering): Steered {
  const modules = modulesOf(root).slice(1)
  const requests = [
    ...steering.modules.map(({ path, title, note, from }): Request => {
      const found = ofFolder(modules, path)
      return {
        title,
        note: note === null ? null : { content: note, author: null, from },
        named: `${from}: the module ${shortened(path)}`,
        target: found ?? 'no module has this path',
      }
    }),
    ...steering.pages.map(({ title, purpose, note, from }): Request => {
      return {
        title,
        note: note === '' ? null : { content: note, author: null, from },
        named: `${from}: the page ${shortened(title)}`,
        target: moduleForPage(modules, title, purpose),
      }
    }),
  ]
  const ignored: string[] = []
  const changes = new Map<Module, { title: string; notes: SteeringNote[]; place: number }>()
  const isTaken = (title: string, by: Module): boolean =>
    title === root.title ||
    modules.some((module) => module !== by && (changes.get(module)?.title ?? module.title) === title)
  for (const { title, note, named, target } of requests) {
    if (typeof target === 'string') {
      ignored.push(`${named} is ignored: ${target}`)
      continue
    }
    const known = changes.get(target)
    const change = known ?? { title: target.title, notes: [], place: changes.size }
    changes.set(target, change)
    if (note !== null) change.notes.push(note)
    if (title === null || title === change.title) continue
    if (known !== undefined && known.title !== target.title)
      ignored.push(`${named}: another entry has already renamed this module`)
    else if (isTaken(title, target)) ignored.push(`${named}: another module has the title ${shortened(title)}`)
    else change.title = title
  }
  return { root: rebuilt(root, changes), ignored }
}

function rebuilt(module: Module, changes: ReadonlyMap<Module, Pick<Module, 'title' | 'notes' | 'place'>>): Module {
  const change = changes.get(module)
  const { titleIn, ...rest } = module
  const kept = titleIn === undefined || (change !== undefined && change.title !== module.title) ? rest : module
  const children = module.children.map((child) => rebuilt(child, changes))
  const last = Number.POSITIVE_INFINITY
  // The difference of two infinite places is not a number.
  children.sort((a, b) => (a.place ?? last) - (b.place ?? last) || 0)
  return { ...kept, ...change, children }
}

/** The module of a folder; if there are several, the one whose id is the path. */
function ofFolder(modules: readonly Module[], path: string): Module | undefined {
  const same = modules.filter((module) => module.path === path)
  return modules.find((module) => module.id === path) ?? (same.length === 1 ? same[0] : undefined)
}

/** The only module whose title, path or folder name is the page's title; otherwise the one whose folder its words name. */
function moduleForPage(modules: readonly Module[], title: string, purpose: string): Module | string {
  const wanted = plain(title)
  let isAmbiguous = false
  for (const nameIn of [titleOf, pathOf, lastPartOf]) {
    const found = wanted === '' ? [] : modules.filter((module) => plain(nameIn(module)) === wanted)
    if (found.length === 1 && found[0] !== undefined) return found[0]
    isAmbiguous ||= found.length > 1
  }
  const folders = new Set([...foldersNamedIn(title), ...foldersNamedIn(purpose)])
  const named = new Set([...folders].flatMap((folder) => ofFolder(modules, folder) ?? []))
  const [only] = named
  if (named.size === 1 && only !== undefined) return only
  return isAmbiguous || named.size > 0 ? 'it matches several modules' : 'it matches no module, by name or by folder'
}

const titleOf = (module: Module): string => module.title
const pathOf = (module: Module): string => module.path
const lastPartOf = (module: Module): string => nameOf(module.id)

/** Words written as paths: with a `/`, or as code. */
function foldersNamedIn(text: string): string[] {
  const words = text.match(/(?:(?<![\w.@-])[\w.@-]+)?\/[\w.@/-]*|`[\w.@/-]+`/g) ?? []
  return words
    .map((word) =>
      word
        .replace(/^`|`$/g, '')
        .replace(/^\.?\/+/, '')
        .replace(/(?<![/.])[/.]+$/, ''),
    )
    .filter((word) => word !== '')
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/\b(?:module|package|overview|system|layer)\b/g, '')
    .trim()
}

function shortened(text: string): string {
  return text.length > MAX_NAMED ? `${text.slice(0, MAX_NAMED)}…` : text
}
