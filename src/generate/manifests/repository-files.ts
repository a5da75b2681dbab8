/** The files of a repository, with lookups for readers of manifests. Parsed files are cached. */

import { lowerBound } from '#base/binary-search.ts'
import { push } from '#base/multimap.ts'
import type { LexicalRules } from '#generate/formats/lexical-rules.ts'
import type { Located } from '#generate/formats/located.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import { readJson, readJsonc } from '#generate/formats/read-json.ts'
import { readToml } from '#generate/formats/read-toml.ts'
import { type Element, readXml } from '#generate/formats/read-xml.ts'
import type { SourceFile } from '#generate/model.ts'
import { folderOf, inFolder, joinPath, nameOf } from '#generate/paths.ts'

/** Limit on parent folders that are searched. */
const MAX_ABOVE = 20

export class RepositoryFiles {
  readonly #files: ReadonlyMap<string, SourceFile>
  /** All files, sorted by path. */
  readonly #sorted: readonly SourceFile[]
  readonly #inFolder = new Map<string, SourceFile[]>()
  /** Folders keyed by their parent folder. */
  readonly #folders = new Map<string, Set<string>>([['', new Set()]])
  readonly #values = new Map<string, Located | undefined>()
  readonly #documents = new Map<string, Element | undefined>()

  /** @param files - Sorted by path. */
  constructor(files: readonly SourceFile[]) {
    this.#sorted = files
    this.#files = new Map(files.map((file) => [file.path, file]))
    for (const file of files) {
      let folder = folderOf(file.path)
      push(this.#inFolder, folder, file)
      for (; folder !== ''; folder = folderOf(folder)) {
        const above = folderOf(folder)
        const beside = this.#folders.get(above) ?? new Set()
        if (beside.has(folder)) break
        this.#folders.set(above, beside.add(folder))
      }
    }
  }

  has(path: string | undefined): path is string {
    return path !== undefined && this.#files.has(path)
  }

  /** `''` when the file does not exist or has no text. */
  text(path: string): string {
    return this.#files.get(path)?.text ?? ''
  }

  /** The files directly in a folder, by path. */
  in(folder: string): readonly SourceFile[] {
    return this.#inFolder.get(folder) ?? []
  }

  hasFolder(path: string): boolean {
    return path === '' || this.#folders.get(folderOf(path))?.has(path) === true
  }

  /** The files whose paths begin with a prefix, by path. */
  *from(prefix: string): Generator<SourceFile> {
    let at = lowerBound(this.#sorted.length, (index) => (this.#sorted[index]?.path ?? '') < prefix)
    for (let file = this.#sorted[at]; file?.path.startsWith(prefix); file = this.#sorted[++at]) yield file
  }

  /** Folders directly in a folder that hold a file of this name, by path. */
  foldersWith(folder: string, name: string): string[] {
    return [...(this.#folders.get(folder) ?? [])].filter((one) => this.has(`${one}/${name}`)).sort()
  }

  /** Resolves a path written in a file of `folder`; `undefined` when no such file exists. */
  at(folder: string, written: string): string | undefined {
    const path = joinPath(folder, written.replaceAll('\\', '/'))
    return this.has(path) ? path : undefined
  }

  /**
   * The values of a JSON or TOML file, with comments allowed in JSON where its tool allows them; `undefined` for an invalid file.
   */
  values(path: string): Located | undefined {
    if (!this.#values.has(path)) {
      const read = path.endsWith('.toml') ? readToml : hasComments(nameOf(path)) ? readJsonc : readJson
      this.#values.set(path, this.has(path) ? read(this.text(path)) : undefined)
    }
    return this.#values.get(path)
  }

  xml(path: string): Element | undefined {
    if (!this.#documents.has(path)) this.#documents.set(path, this.has(path) ? readXml(this.text(path)) : undefined)
    return this.#documents.get(path)
  }

  code(path: string, lexicalRules: LexicalRules): MaskedCode | undefined {
    return MaskedCode.of(this.text(path), lexicalRules)
  }

  /** Files of this name in a folder and in its parents, nearest first. */
  above(folder: string, name: string): string[] {
    const found: string[] = []
    let next = folder
    for (let depth = 0; depth < MAX_ABOVE; depth++) {
      const path = inFolder(next, name)
      if (this.has(path)) found.push(path)
      if (next === '') break
      next = folderOf(next)
    }
    return found
  }
}

/** `deno.json`, `tsconfig.build.json` */
function hasComments(name: string): boolean {
  return name.startsWith('deno.json') || (name.includes('config') && name.endsWith('.json'))
}
