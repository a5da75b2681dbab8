/** Which files of a repository a set keeps the text of, and how pages link to their lines. */

import { compareText, type FileRole, type Inventory } from '#generate/model.ts'
import { namesOf } from './names.ts'

export interface EmbeddedFile {
  /** Below `source/`: safe in an address and on every disk. */
  name: string
  path: string
  language: string | null
  text: string
}

export interface EmbeddedSources {
  /** Sorted by path. */
  files: EmbeddedFile[]
  /** Bytes of the files as they are in the repository. */
  bytes: number
  /** Files with a text that is not kept, sorted by path. */
  leftOut: { path: string; reason: 'too large' | 'too many lines' | 'over the limit' }[]
  /** Relative to the folder of the pages; `null` for a file that is not kept. */
  link(path: string, startLine?: number, endLine?: number): string | null
}

export interface KeepLimits {
  maxFileBytes: number
  /** A file of nothing but line breaks would make a page of many times its size. */
  maxLines: number
  maxTotalBytes: number
}

const LIMITS: KeepLimits = { maxFileBytes: 1_048_576, maxLines: 60_000, maxTotalBytes: 64 * 1_048_576 }

/** Where there is no room for all, what is cited most goes first. */
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
  for (const file of found) {
    const { path } = file
    if (file.bytes > limits.maxFileBytes) leftOut.push({ path, reason: 'too large' })
    else if (file.lines > limits.maxLines) leftOut.push({ path, reason: 'too many lines' })
    else if (bytes + file.bytes > limits.maxTotalBytes) leftOut.push({ path, reason: 'over the limit' })
    else {
      bytes += file.bytes
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
