/** Lookups in the repository for readers of artifacts: files, folders and manifests. */

import { lowerBound } from '#base/binary-search.ts'
import { push } from '#base/multimap.ts'
import { matchesGlob } from '#generate/formats/globs.ts'
import { at, textAt } from '#generate/formats/located.ts'
import type { SourceFile } from '#generate/model.ts'
import { folderOf, inFolder, joinPath, nameOf } from '#generate/paths.ts'
import { manifestOf } from './manifest-of.ts'

/** Limit on the files of a pattern or folder; naming a larger group says nothing about its files. */
const MAX_GROUP = 100
/** Limit on the files with the same path ending. */
const MAX_SAME = 1_000
/** Names of Makefiles, in the order in which make looks for them. */
const MAKEFILES = ['GNUmakefile', 'makefile', 'Makefile']

export class Repository {
  readonly #files: ReadonlyMap<string, SourceFile>
  readonly #componentIds: ReadonlySet<string>
  /** Sorted files, keyed by folder. */
  readonly #folders = new Map<string, string[]>()
  #sorted: readonly string[] | undefined
  #named: Map<string, string[]> | undefined
  /** Paths keyed by their last segment, and by their last two. */
  #byEnd: Map<string, string[]> | undefined

  constructor(files: readonly SourceFile[], componentIds: ReadonlySet<string>) {
    this.#files = new Map(files.map((file) => [file.path, file]))
    this.#componentIds = componentIds
    for (const { path } of files) {
      const folder = folderOf(path)
      const list = this.#folders.get(folder)
      if (list !== undefined) list.push(path)
      else this.#addFolder(folder, path)
    }
  }

  #addFolder(folder: string, path: string): void {
    this.#folders.set(folder, [path])
    for (let above = folder; above !== ''; ) {
      above = folderOf(above)
      if (this.#folders.has(above)) return
      this.#folders.set(above, [])
    }
  }

  file(path: string): SourceFile | undefined {
    return this.#files.get(path)
  }

  all(): readonly SourceFile[] {
    return [...this.#files.values()]
  }

  isComponent(id: string): boolean {
    return this.#componentIds.has(id)
  }

  isFile(path: string | undefined): path is string {
    return path !== undefined && this.#files.has(path)
  }

  isFolder(path: string | undefined): path is string {
    return path !== undefined && (path === '' || this.#folders.has(path))
  }

  /** Resolves a path written in a file of `folder`; `undefined` when no such file exists. */
  fileAt(folder: string, relative: string): string | undefined {
    const path = joinPath(folder, relative)
    return this.isFile(path) && !relative.endsWith('/') ? path : undefined
  }

  /** The files directly in a folder. */
  filesIn(folder: string): readonly string[] {
    return this.#folders.get(folder) ?? []
  }

  /** All files below a folder; none if there are more than `MAX_GROUP`. */
  filesBelow(folder: string): string[] {
    const found: string[] = []
    for (const path of this.#pathsFrom(folder === '' ? '' : `${folder}/`)) if (found.push(path) > MAX_GROUP) return []
    return found
  }

  /** All paths that begin with a prefix. */
  *#pathsFrom(prefix: string): Generator<string> {
    this.#sorted ??= [...this.#files.keys()].sort()
    const sorted = this.#sorted
    let at = lowerBound(sorted.length, (index) => (sorted[index] ?? '') < prefix)
    for (let path = sorted[at]; path?.startsWith(prefix); path = sorted[++at]) yield path
  }

  /** The files that match a pattern; none if there are more than `MAX_GROUP`. */
  filesLike(pattern: string): string[] {
    const found: string[] = []
    const prefix = /^(?:[^*?/]{1,300}\/){0,20}/.exec(pattern)?.[0] ?? ''
    for (const path of this.#pathsFrom(prefix)) if (matchesGlob(path, pattern)) found.push(path)
    return found.length > MAX_GROUP ? [] : found
  }

  /** The folders that match a pattern and contain a file of this name. */
  foldersLike(pattern: string, name: string): string[] {
    return [...this.#folders.keys()].filter(
      (folder) => this.#files.has(folder === '' ? name : `${folder}/${name}`) && matchesGlob(folder, pattern),
    )
  }

  /** The files whose paths end with these segments; none if more than `MAX_SAME` share the last two. */
  filesEnding(parts: string): readonly string[] {
    if (this.#byEnd === undefined) {
      this.#byEnd = new Map()
      for (const path of this.#files.keys()) {
        for (const end of new Set([endOf(path, 1), endOf(path, 2)])) push(this.#byEnd, end, path)
      }
    }
    const named = this.#byEnd.get(endOf(parts, 2)) ?? []
    return named.length > MAX_SAME ? [] : named.filter((path) => path === parts || path.endsWith(`/${parts}`))
  }

  /** Whether the manifest in a folder has a script of this name. */
  hasScript(folder: string, manifest: 'package.json' | 'composer.json', script: string): boolean {
    const found = at(manifestOf(this.file(inFolder(folder, manifest))), 'scripts', script)
    return found !== undefined && (found.isString === true || found.items !== undefined)
  }

  /** The package.json with this package name, if there is only one outside tests and examples. */
  packageNamed(name: string): string | undefined {
    if (this.#named === undefined) {
      this.#named = new Map()
      for (const file of this.#files.values()) {
        if (nameOf(file.path) !== 'package.json' || file.role === 'test' || file.role === 'example') continue
        const found = textAt(manifestOf(this.file(file.path)), 'name')
        if (found !== undefined) push(this.#named, found, file.path)
      }
    }
    const paths = this.#named.get(name)
    return paths?.length === 1 ? paths[0] : undefined
  }

  /** The Makefile that `make` reads in a folder. */
  makefileIn(folder: string): string | undefined {
    return MAKEFILES.map((name) => inFolder(folder, name)).find((path) => this.#files.has(path))
  }
}

/** The last segments of a path. */
function endOf(path: string, parts: number): string {
  let slash = path.length
  for (let left = parts; left > 0 && slash > 0; left--) slash = path.lastIndexOf('/', slash - 1)
  return path.slice(slash + 1)
}
