/** Chooses the files whose text a set contains, and links to their lines. */

import { compareText, type FileRole, type Inventory } from '#generate/model.ts'
import { namesOf } from './file-names.ts'

export interface EmbeddedFile {
  /** Path below `source/`: safe in a URL and on every file system. */
  name: string
  path: string
  language: string | null
  text: string
}

export interface EmbeddedSources {
  /** Sorted by path. */
  files: EmbeddedFile[]
  /** Size of the files in the repository. */
  bytes: number
  /** Text files that are not embedded, sorted by path. */
  leftOut: { path: string; reason: 'too large' | 'too many lines' | 'over the limit' }[]
  /** The URL of a file, relative to the folder of the pages; `null` for a file that is not embedded. */
  link(path: string, startLine?: number, endLine?: number): string | null
}

export interface EmbedLimits {
  maxFileBytes: number
  /** Limit on lines: the page of a file that consists of line breaks would be many times its size. */
  maxLines: number
  maxTotalBytes: number
  /** Limit on the total length of paths, which are in a table that is read as a whole. */
  maxPathCharacters: number
}

const LIMITS: EmbedLimits = {
  maxFileBytes: 1_048_576,
  maxLines: 60_000,
  maxTotalBytes: 64 * 1_048_576,
  maxPathCharacters: 4 * 1_048_576,
}

/** The order in which files are chosen if there is not enough space: roles that are cited most come first. */
const RANKS: ReadonlyMap<FileRole, number> = new Map([
  ['code', 0],
  ['manifest', 0],
  ['ci', 0],
  ['container', 0],
  ['docs', 1],
  ['config', 1],
  ['test', 2],
  ['example', 2],
])

export function embedSources({ files }: Pick<Inventory, 'files'>, limits = LIMITS): EmbeddedSources {
  const rankOf = (role: FileRole): number => RANKS.get(role) ?? 3
  const found = files.flatMap(({ path, language, bytes, lines, role, text }) =>
    text === null ? [] : [{ path, language, bytes, lines, role, text }],
  )
  found.sort((a, b) => rankOf(a.role) - rankOf(b.role) || compareText(a.path, b.path))
  const chosen: typeof found = []
  const leftOut: EmbeddedSources['leftOut'] = []
  let bytes = 0
  let pathCharacters = 0
  for (const file of found) {
    const { path } = file
    if (file.bytes > limits.maxFileBytes) leftOut.push({ path, reason: 'too large' })
    else if (file.lines > limits.maxLines) leftOut.push({ path, reason: 'too many lines' })
    else if (bytes + file.bytes > limits.maxTotalBytes || pathCharacters + path.length > limits.maxPathCharacters)
      leftOut.push({ path, reason: 'over the limit' })
    else {
      bytes += file.bytes
      pathCharacters += path.length
      chosen.push(file)
    }
  }
  const names = namesOf(chosen.map(({ path }) => path))
  return {
    files: chosen
      .map(({ path, language, text }) => ({ name: names.get(path) ?? '', path, language, text }))
      .sort((a, b) => compareText(a.path, b.path)),
    bytes,
    leftOut: leftOut.sort((a, b) => compareText(a.path, b.path)),
    link(path, startLine, endLine = startLine) {
      const name = names.get(path)
      if (name === undefined) return null
      if (startLine === undefined || endLine === undefined) return `source/${name}`
      return `source/${name}#L${startLine}${endLine > startLine ? `-L${endLine}` : ''}`
    },
  }
}
