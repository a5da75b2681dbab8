/** Resolves Ruby's `require` to files, and finds all files that a file loads. */

import { greatest } from '#base/long-arrays.ts'
import type { FileUnit } from '#generate/analyse/engine/declarations.ts'
import type { LinkContext } from '#generate/analyse/engine/language.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import { requirePathsIn } from '#generate/manifests/ruby-gem.ts'
import { folderOf, joinPath, sharedFolders } from '#generate/paths.ts'

/** Folders that Ruby's tools put on the load path; a gemspec that names folders other than `lib` is read. */
const ROOTS = /(?:^|\/)(?:lib|test|spec)$/

/** Limit on the cached sets of loaded files. */
const MAX_KEPT = 2_000

export class Requires {
  readonly #program: Program
  readonly #paths: ReadonlySet<string>
  readonly #roots: readonly string[]
  readonly #required = new Map<FileUnit, readonly string[]>()
  readonly #loaded = new Map<FileUnit, ReadonlySet<string>>()

  constructor(program: Program, context: LinkContext) {
    this.#program = program
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
    for (const [path, file] of context.files) {
      if (!path.endsWith('.gemspec')) continue
      for (const written of requirePathsIn(file.text ?? '')) {
        const folder = joinPath(folderOf(path), written)
        if (folder !== undefined) roots.add(folder)
      }
    }
    this.#roots = [...roots].sort()
  }

  /** The files that a file requires itself. */
  of(file: FileUnit): readonly string[] {
    const known = this.#required.get(file)
    if (known !== undefined) return known
    const found = file.facts.imports.map(({ path, kind }) => this.#find(file.path, path, kind))
    const required = found.filter((path) => path !== undefined)
    this.#required.set(file, required)
    return required
  }

  /** The files that a file loads, directly or indirectly, with itself. */
  loadedBy(file: FileUnit): ReadonlySet<string> {
    const known = this.#loaded.get(file)
    if (known !== undefined) return known
    const loaded = new Set([file.path])
    for (const path of loaded) {
      const one = this.#program.files.get(path)
      if (one !== undefined) for (const next of this.of(one)) loaded.add(next)
    }
    if (this.#loaded.size >= MAX_KEPT) this.#loaded.clear()
    this.#loaded.set(file, loaded)
    return loaded
  }

  /** The file of this name nearest to `from`; `undefined` if two are equally near. */
  #find(from: string, path: string, kind: string): string | undefined {
    if (path.startsWith('./') || path.startsWith('../')) return this.#known(joinPath(folderOf(from), path))
    if (kind === 'load') return this.#known(joinPath('', path))
    const found = this.#roots.map((root) => this.#known(joinPath(root, path))).filter((one) => one !== undefined)
    if (found.length < 2) return found[0]
    const near = (one: string): number => sharedFolders(one, from)
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
