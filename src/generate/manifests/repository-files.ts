/** The files of a repository, with lookups for the readers of manifests. Parsed JSON, TOML and XML is cached. */

import { lowerBound } from '#base/binary-search.ts'
import { matchesGlob } from '#generate/formats/globs.ts'
import type { LexicalRules } from '#generate/formats/lexical-rules.ts'
import type { Located } from '#generate/formats/located.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import { readJson, readJsonc } from '#generate/formats/read-json.ts'
import { readToml } from '#generate/formats/read-toml.ts'
import { type Element, readXml } from '#generate/formats/read-xml.ts'
import { compareText, type SourceFile } from '#generate/model.ts'
import { folderOf, inFolder, joinPath, nameOf } from '#generate/paths.ts'

/** Limit on parent folders that are searched. */
const MAX_ABOVE = 20

interface Folder {
  readonly files: string[]
  readonly folders: string[]
}

export class RepositoryFiles {
  readonly #files: ReadonlyMap<string, SourceFile>
  readonly #folders = new Map<string, Folder>()
  readonly #values = new Map<string, Located | undefined>()
  readonly #documents = new Map<string, Element | undefined>()
  #sorted: readonly SourceFile[] | undefined

  constructor(files: readonly SourceFile[]) {
    this.#files = new Map(files.map((file) => [file.path, file]))
    this.#addFolder('')
    for (const { path } of files) this.#addFolder(folderOf(path)).files.push(path)
  }

  #addFolder(path: string): Folder {
    const known = this.#folders.get(path)
    if (known !== undefined) return known
    const folder: Folder = { files: [], folders: [] }
    this.#folders.set(path, folder)
    if (path !== '') this.#addFolder(folderOf(path)).folders.push(path)
    return folder
  }

  /** All files, sorted by path. */
  all(): readonly SourceFile[] {
    this.#sorted ??= [...this.#files.values()].sort((a, b) => compareText(a.path, b.path))
    return this.#sorted
  }

  file(path: string): SourceFile | undefined {
    return this.#files.get(path)
  }

  isFile(path: string | undefined): path is string {
    return path !== undefined && this.#files.has(path)
  }

  isFolder(path: string | undefined): path is string {
    return path !== undefined && this.#folders.has(path)
  }

  /** Resolves a path written in a file of `folder`; `undefined` when no such file exists. */
  fileAt(folder: string, written: string): string | undefined {
    const path = joinPath(folder, written.replaceAll('\\', '/'))
    return this.isFile(path) && !written.endsWith('/') ? path : undefined
  }

  /** `''` when the file does not exist or has no text. */
  text(path: string): string {
    return this.#files.get(path)?.text ?? ''
  }

  /** The files directly in a folder. */
  filesIn(folder: string): readonly string[] {
    return this.#folders.get(folder)?.files ?? []
  }

  /** Folders directly in a folder that hold a file of this name, by path. */
  foldersWith(folder: string, name: string): string[] {
    return (this.#folders.get(folder)?.folders ?? []).filter((one) => this.isFile(`${one}/${name}`)).sort()
  }

  /** The files whose paths begin with a prefix, by path. */
  *from(prefix: string): Generator<SourceFile> {
    const sorted = this.all()
    let at = lowerBound(sorted.length, (index) => (sorted[index]?.path ?? '') < prefix)
    for (let file = sorted[at]; file?.path.startsWith(prefix); file = sorted[++at]) yield file
  }

  /** The folders that match a pattern and contain a file of this name. */
  foldersLike(pattern: string, name: string): string[] {
    return [...this.#folders.keys()].filter(
      (folder) => this.isFile(inFolder(folder, name)) && matchesGlob(folder, pattern),
    )
  }

  /**
   * The values of a JSON or TOML file; `undefined` if it is invalid or does not exist. Comments are allowed in files named as
   * those of tools that allow them.
   */
  values(path: string): Located | undefined {
    if (!this.#values.has(path)) {
      const read = path.endsWith('.toml') ? readToml : hasComments(nameOf(path)) ? readJsonc : readJson
      this.#values.set(path, this.isFile(path) ? read(this.text(path)) : undefined)
    }
    return this.#values.get(path)
  }

  /** The root element of an XML file; `undefined` if it is invalid or does not exist. */
  xml(path: string): Element | undefined {
    if (!this.#documents.has(path)) this.#documents.set(path, this.isFile(path) ? readXml(this.text(path)) : undefined)
    return this.#documents.get(path)
  }

  /** `undefined` for a file that is too long. */
  code(path: string, lexicalRules: LexicalRules): MaskedCode | undefined {
    return MaskedCode.of(this.text(path), lexicalRules)
  }

  /** Files of this name in a folder and in its parents, nearest first. */
  above(folder: string, name: string): string[] {
    const found: string[] = []
    let next = folder
    for (let depth = 0; depth < MAX_ABOVE; depth++) {
      const path = inFolder(next, name)
      if (this.isFile(path)) found.push(path)
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
