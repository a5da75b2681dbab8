/** The documents of a repository while their order is determined, with the positions in their front matter. */

import { push } from '#base/multimap.ts'
import type { SourceFile } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import type { RawGuide } from './nodes.ts'

export type LibraryDocument = Pick<RawGuide, 'id' | 'slug' | 'position' | 'lists'>

/** An entry of the navigation: a document, a group, or both. */
export interface NavItem {
  title: string | null
  path: string | null
  children: NavItem[]
}

export class Library {
  readonly #files: ReadonlyMap<string, SourceFile>
  readonly #documents: ReadonlyMap<string, LibraryDocument>
  readonly #folders = new Map<string, string[]>()

  constructor(files: ReadonlyMap<string, SourceFile>, documents: ReadonlyMap<string, LibraryDocument>) {
    this.#files = files
    this.#documents = documents
    for (const path of documents.keys()) {
      const folder = folderOf(path)
      push(this.#folders, folder, path)
    }
  }

  /** Paths of the documents, sorted. */
  get documents(): string[] {
    return [...this.#documents.keys()]
  }

  get paths(): Iterable<string> {
    return this.#files.keys()
  }

  text(path: string): string | null {
    return this.#files.get(path)?.text ?? null
  }

  documentAt(path: string): LibraryDocument | undefined {
    return this.#documents.get(path)
  }

  /** The document for a path without an extension, or for a folder. */
  document(path: string): string | undefined {
    const plain = path.replace(/^\/+/, '').replace(/(?<!\/)\/+$/, '')
    if (this.#documents.has(plain)) return plain
    const stem = plain.replace(/\.(?:html?|md|mdx|rst|rdoc|adoc)$/i, '')
    for (const base of stem === '' ? ['index', 'README'] : [stem, `${stem}/index`, `${stem}/README`])
      for (const end of EXTENSIONS) if (this.#documents.has(base + end)) return base + end
    return undefined
  }

  /** Documents directly in a folder, sorted. */
  inFolder(folder: string): readonly string[] {
    return this.#folders.get(folder) ?? []
  }

  /** Subfolders with documents at any depth, sorted. */
  foldersIn(folder: string): string[] {
    const start = folder === '' ? '' : `${folder}/`
    const found = new Set<string>()
    for (const one of this.#folders.keys()) {
      if (one !== folder && one.startsWith(start)) found.add(start + (one.slice(start.length).split('/')[0] ?? ''))
    }
    return [...found].sort()
  }
}

const EXTENSIONS = ['.md', '.mdx', '.markdown', '.rst', '.rdoc', '.adoc', '.asciidoc', '.ipynb']

/** The name without number and extension: `01-getting-started.md` is `getting-started` in all tools; `3.7.0` is a version. */
export const plainName = (path: string): string =>
  nameOf(path)
    .replace(/\.[A-Za-z]{2,8}$/, '')
    .replace(/^\d{1,4}(?:[-_.]\s*|\s+)(?=.)(?!(?<=\d\.)\d)/, '')

/** A readable title: `Getting started`. */
export function titleOf(name: string): string {
  const words = plainName(name).replace(/[-_]+/g, ' ').trim()
  return words === '' ? name : (words[0]?.toUpperCase() ?? '') + words.slice(1)
}
