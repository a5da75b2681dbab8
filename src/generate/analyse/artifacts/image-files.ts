/** Tracks where COPY puts the repository's files in an image, to resolve paths in its commands. */

import { inFolder } from '#generate/paths.ts'
import type { Repository } from './repository.ts'
import type { WorkingFolder } from './working-folder.ts'

/** Limit on the copied files and folders that a stage is searched for. */
const MAX_COPIED = 500

interface Copied {
  /** Absolute path in the image. */
  readonly to: string
  /** Path in the repository. */
  readonly from: string
  /** What was copied before; shared with the stages that build on this one. */
  readonly previous: Copied | undefined
}

/** The files of one stage. */
export class ImageFiles {
  readonly #repository: Repository
  /** The last copy. */
  #last: Copied | undefined
  /** The working folder, absolute; `undefined` when unknown. */
  folder: string | undefined

  constructor(repository: Repository, base?: ImageFiles) {
    this.#repository = repository
    this.#last = base === undefined ? undefined : base.#last
    this.folder = base === undefined ? '/' : base.folder
  }

  /** An absolute path in the image; `undefined` if it contains a variable or the working folder is unknown. */
  pathOf(relative: string): string | undefined {
    if (/[$*?]/.test(relative)) return undefined
    return relative.startsWith('/') ? clean(relative) : this.folder && clean(`${this.folder}/${relative}`)
  }

  /** @param from - A file or folder of the repository; the contents of a folder go into `to`. */
  copy(from: string, to: string): void {
    this.#last = { from, to, previous: this.#last }
  }

  /** The file or folder of the repository that was copied to an absolute path of the image. */
  sourceOf(path: string): string | undefined {
    let copied = this.#last
    for (let count = 0; copied !== undefined && count < MAX_COPIED; count++, copied = copied.previous) {
      const { from, to } = copied
      const rest =
        path === to ? '' : to === '/' ? path.slice(1) : path.startsWith(`${to}/`) ? path.slice(to.length + 1) : null
      if (rest === null) continue
      const source = rest === '' ? from : inFolder(from, rest)
      if (this.#repository.isFile(source) || this.#repository.isFolder(source)) return source
    }
    return undefined
  }

  /** The working folder at an absolute path of the image. */
  workingFolderAt(folder: string | undefined): WorkingFolder | undefined {
    if (folder === undefined) return undefined
    const absolute = (relative: string): string => clean(relative.startsWith('/') ? relative : `${folder}/${relative}`)
    return {
      resolve: (relative) => this.sourceOf(absolute(relative)),
      enter: (relative) => this.workingFolderAt(absolute(relative)),
    }
  }
}

function clean(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}
