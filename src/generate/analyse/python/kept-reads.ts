/** The dependencies of a file and of its parts (`parts.ts`), packed for the cache. */

import { hasText, MAX_NEEDLE } from '#base/find-text.ts'
import { compareText } from '#generate/model.ts'

export interface KeptReads {
  /** Paths of files, and of submodules that were looked up. */
  readonly paths: readonly string[]
  /**
   * A line for each part that depends on others: the part, and for each file a tab, the index of its path, and the
   * parts of it, with spaces between.
   */
  readonly parts: string
}

/** Keys of parts, keyed by the parts that depend on them, both without paths, keyed by path. */
export type ReadersOfPaths = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>

export const NO_READS: KeptReads = { paths: [], parts: '' }

/** @param reads - Keys of parts with their paths, keyed by the part that depends on them. */
export function packReads(reads: ReadonlyMap<string, Iterable<string>>): KeptReads {
  const indexes = new Map<string, number>()
  let lines = ''
  for (const [part, keys] of reads) {
    lines += escaped(part)
    let last = ''
    // Keys of one file come one after the other.
    for (const key of [...keys].sort(compareText)) {
      const at = key.indexOf('\0')
      if (!(at === last.length && key.startsWith(last))) {
        last = key.slice(0, at)
        let index = indexes.get(last)
        if (index === undefined) {
          index = indexes.size
          indexes.set(last, index)
        }
        lines += `\t${index}`
      }
      lines += ` ${escaped(key.slice(at + 1))}`
    }
    lines += '\n'
  }
  return { paths: [...indexes.keys()], parts: narrow(lines) }
}

/** The same text with one byte for each character, if possible: a part of a text with wide characters takes two. */
export function narrow(text: string): string {
  return /[\u0080-\uffff]/.test(text) ? text : Buffer.from(text, 'latin1').toString('latin1')
}

/** The reverse of `packReads`. */
export function unpackReads({ paths, parts }: KeptReads): Map<string, Set<string>> {
  const reads = new Map<string, Set<string>>()
  forEachGroup({ paths, parts }, (part, path, own) => {
    const known = reads.get(part) ?? new Set()
    for (const one of own) known.add(`${path}\0${one}`)
    reads.set(part, known)
  })
  return reads
}

/** Whether a part with this key may be a dependency; if false, it certainly is not. */
export function mayRead({ parts }: KeptReads, part: string): boolean {
  const key = ` ${escaped(part)}`
  return key.length > MAX_NEEDLE || hasText(parts, key)
}

/** The parts that depend on each part: keyed by its path, then by its key. */
export function unpackReaders(reads: KeptReads): ReadersOfPaths {
  const readers = new Map<string, Map<string, string[]>>()
  forEachGroup(reads, (part, path, own) => {
    let ofPath = readers.get(path)
    if (ofPath === undefined) {
      ofPath = new Map()
      readers.set(path, ofPath)
    }
    for (const one of own) {
      const known = ofPath.get(one)
      if (known === undefined) ofPath.set(one, [part])
      else known.push(part)
    }
  })
  return readers
}

function forEachGroup(
  { paths, parts }: KeptReads,
  use: (part: string, path: string, own: readonly string[]) => void,
): void {
  for (const line of parts.split('\n')) {
    const [part = '', ...groups] = line.split('\t')
    for (const group of groups) {
      const [index, ...own] = group.split(' ')
      use(unescaped(part), paths[Number(index)] ?? '', own.map(unescaped))
    }
  }
}

/** Names in quoted annotations may contain anything. */
const escaped = (part: string): string =>
  /[%\s]/.test(part) ? part.replace(/[%\s]/g, (one) => `%${one.charCodeAt(0)};`) : part
const unescaped = (part: string): string =>
  part.includes('%') ? part.replace(/%(\d{1,5});/g, (_, code) => String.fromCharCode(Number(code))) : part
