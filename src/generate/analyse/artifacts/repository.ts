/** Lookups in the repository for readers of artifacts: files, folders and manifests. */

import { push } from '#base/multimap.ts'
import { matchesGlob } from '#generate/formats/globs.ts'
import { at, textAt } from '#generate/formats/located.ts'
import { RepositoryFiles } from '#generate/manifests/repository-files.ts'
import type { SourceFile } from '#generate/model.ts'
import { inFolder, nameOf } from '#generate/paths.ts'

/** Limit on the files of a pattern or folder; naming a larger group says nothing about its files. */
const MAX_GROUP = 100
/** Limit on the files with the same path ending. */
const MAX_SAME = 1_000
/** Names of Makefiles, in the order in which make looks for them. */
const MAKEFILES = ['GNUmakefile', 'makefile', 'Makefile']

export class Repository extends RepositoryFiles {
  readonly #componentIds: ReadonlySet<string>
  #named: Map<string, string[]> | undefined
  /** Paths keyed by their last segment, and by their last two. */
  #byEnd: Map<string, string[]> | undefined

  constructor(files: readonly SourceFile[], componentIds: ReadonlySet<string>) {
    super(files)
    this.#componentIds = componentIds
  }

  isComponent(id: string): boolean {
    return this.#componentIds.has(id)
  }

  /** All files below a folder; none if there are more than `MAX_GROUP`. */
  filesBelow(folder: string): string[] {
    const found: string[] = []
    for (const { path } of this.from(folder === '' ? '' : `${folder}/`)) if (found.push(path) > MAX_GROUP) return []
    return found
  }

  /** The files that match a pattern; none if there are more than `MAX_GROUP`. */
  filesLike(pattern: string): string[] {
    const found: string[] = []
    const prefix = /^(?:[^*?/]{1,300}\/){0,20}/.exec(pattern)?.[0] ?? ''
    for (const { path } of this.from(prefix)) if (matchesGlob(path, pattern)) found.push(path)
    return found.length > MAX_GROUP ? [] : found
  }

  /** The files whose paths end with these segments; none if more than `MAX_SAME` share the last two. */
  filesEnding(parts: string): readonly string[] {
    if (this.#byEnd === undefined) {
      this.#byEnd = new Map()
      for (const { path } of this.all()) {
        for (const end of new Set([endOf(path, 1), endOf(path, 2)])) push(this.#byEnd, end, path)
      }
    }
    const named = this.#byEnd.get(endOf(parts, 2)) ?? []
    return named.length > MAX_SAME ? [] : named.filter((path) => path === parts || path.endsWith(`/${parts}`))
  }

  /** Whether the manifest in a folder has a script of this name. */
  hasScript(folder: string, manifest: 'package.json' | 'composer.json', script: string): boolean {
    const found = at(this.values(inFolder(folder, manifest)), 'scripts', script)
    return found !== undefined && (found.isString === true || found.items !== undefined)
  }

  /** The id of the package that a manifest declares, whose name is under a path of keys. */
  packageId(manifest: string | undefined, ...keys: string[]): string | undefined {
    const name = manifest === undefined ? undefined : textAt(this.values(manifest), ...keys)
    return name === undefined ? undefined : `${manifest}#${name}`
  }

  /** The package.json with this package name, if there is only one outside tests and examples. */
  packageNamed(name: string): string | undefined {
    if (this.#named === undefined) {
      this.#named = new Map()
      for (const { path, role } of this.all()) {
        if (nameOf(path) !== 'package.json' || role === 'test' || role === 'example') continue
        const found = textAt(this.values(path), 'name')
        if (found !== undefined) push(this.#named, found, path)
      }
    }
    const paths = this.#named.get(name)
    return paths?.length === 1 ? paths[0] : undefined
  }

  /** The Makefile that `make` reads in a folder. */
  makefileIn(folder: string): string | undefined {
    return MAKEFILES.map((name) => inFolder(folder, name)).find((path) => this.isFile(path))
  }
}

/** The last segments of a path. */
function endOf(path: string, parts: number): string {
  let slash = path.length
  for (let left = parts; left > 0 && slash > 0; left--) slash = path.lastIndexOf('/', slash - 1)
  return path.slice(slash + 1)
}
