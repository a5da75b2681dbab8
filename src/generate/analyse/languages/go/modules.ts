/** The Go modules of a repository: maps folders to import paths and back. */

import type { LinkContext } from '#generate/analyse/engine/language.ts'
import { directivesOf, moduleIn, replacementIn } from '#generate/formats/go-mod-directives.ts'
import { folderOf, joinPath } from '#generate/paths.ts'

interface Module {
  /** '' for the root. */
  readonly folder: string
  readonly path: string
  /** Folders of this repository that replace modules, keyed by module path. */
  readonly replaced: ReadonlyMap<string, string>
}

/** Limit on the characters of a `go.mod`. */
const MAX_MANIFEST = 1_000_000

export class Modules {
  readonly #byFolder = new Map<string, Module>()
  readonly #byPath = new Map<string, Module>()

  constructor(context: LinkContext) {
    for (const [path, file] of context.files) {
      if (path !== 'go.mod' && !path.endsWith('/go.mod')) continue
      const module = readModule(folderOf(path), (file.text ?? '').slice(0, MAX_MANIFEST))
      if (module === undefined) continue
      this.#byFolder.set(module.folder, module)
      // If two modules have the same path, as in test data, the outer one takes precedence.
      const known = this.#byPath.get(module.path)
      if (known === undefined || module.folder.length < known.folder.length) this.#byPath.set(module.path, module)
    }
  }

  /** The import path of a folder; outside any module, a path that cannot be imported. */
  pathOf(folder: string): string {
    const module = this.#around(folder)
    if (module === undefined) return `./${folder}`
    const within = module.folder === '' ? folder : folder.slice(module.folder.length + 1)
    return within === '' ? module.path : `${module.path}/${within}`
  }

  /**
   * The canonical import path of the package that a file imports: its own, or that of the folder a `replace` names.
   *
   * @returns `undefined` for a package outside the repository.
   */
  resolve(path: string, folder: string): string | undefined {
    const replaced = this.#around(folder)?.replaced
    for (let at = path; at !== ''; at = folderOf(at)) {
      const within = path.slice(at.length)
      const other = replaced?.get(at)
      if (other !== undefined) return this.pathOf(`${other}${within}`.replace(/^\//, ''))
      if (this.#byPath.has(at)) return path
    }
    return undefined
  }

  #around(folder: string): Module | undefined {
    for (let at = folder; ; at = folderOf(at)) {
      const module = this.#byFolder.get(at)
      if (module !== undefined || at === '') return module
    }
  }
}

function readModule(folder: string, text: string): Module | undefined {
  const directives = directivesOf(text)
  const path = moduleIn(directives)
  if (path === undefined) return undefined
  const replaced = new Map<string, string>()
  for (const one of directives) {
    const other = joinPath(folder, replacementIn(one) ?? '/')
    const [name] = one.words
    if (name !== undefined && other !== undefined) replaced.set(name, other)
  }
  return { folder, path, replaced }
}
