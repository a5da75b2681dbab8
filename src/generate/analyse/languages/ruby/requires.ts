/** Resolves Ruby's `require` to files. */

import { greatest } from '#base/long-arrays.ts'
import type { LinkContext } from '#generate/analyse/engine/language.ts'
import { folderOf, joinPath } from '#generate/paths.ts'

/** Folders that Ruby's tools put on the load path; a gemspec that names folders other than `lib` is read. */
const ROOTS = /(?:^|\/)(?:lib|test|spec)$/

export class Requires {
  readonly #paths: ReadonlySet<string>
  readonly #roots: readonly string[]

  constructor(context: LinkContext) {
    this.#paths = context.paths
    const roots = new Set<string>()
    for (const path of context.paths) {
      if (!path.endsWith('.rb')) continue
      for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        const folder = path.slice(0, slash)
        if (roots.has(folder)) break
        if (ROOTS.test(folder)) roots.add(folder)
      }
    }
    for (const folder of requirePaths(context)) roots.add(folder)
    this.#roots = [...roots].sort()
  }

  /** The file of this name nearest to `from`; `undefined` if two are equally near. */
  find(from: string, path: string, kind: string): string | undefined {
    if (path.startsWith('./') || path.startsWith('../')) return this.#known(joinPath(folderOf(from), path))
    if (kind === 'load') return this.#known(joinPath('', path))
    const found = this.#roots.map((root) => this.#known(joinPath(root, path))).filter((one) => one !== undefined)
    if (found.length < 2) return found[0]
    const near = (one: string): number => shared(one, from)
    const best = greatest(found.map(near))
    const nearest = found.filter((one) => near(one) === best)
    return nearest.length === 1 ? nearest[0] : undefined
  }

  #known(path: string | undefined): string | undefined {
    if (path === undefined) return undefined
    if (this.#paths.has(`${path}.rb`)) return `${path}.rb`
    return this.#paths.has(path) ? path : undefined
  }
}

/** The number of leading folders that two paths share. */
function shared(one: string, other: string): number {
  const a = one.split('/')
  const b = other.split('/')
  let count = 0
  while (count < a.length - 1 && count < b.length - 1 && a[count] === b[count]) count++
  return count
}

/** The folders in gemspecs' `spec.require_paths = ['src']`. */
function* requirePaths(context: LinkContext): Iterable<string> {
  for (const [path, file] of context.files) {
    if (!path.endsWith('.gemspec')) continue
    const list = /\.require_paths?\s*=\s*(\[[^\][]*\]|%w\[[^\][]*\]|['"][^'"]*['"])/.exec(file.text ?? '')?.[1] ?? ''
    for (const [word] of list.matchAll(/[\w./-]{2,}/g)) {
      const root = joinPath(folderOf(path), word)
      if (root !== undefined && word !== 'w') yield root
    }
  }
}
