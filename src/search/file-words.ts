/**
 * `file-words.bin`: which words the code files of a set contain, so that a question finds files by their text, not only by names
 * and comments. The text itself is not included.
 *
 * The file begins with four bytes, little-endian, for its inflated length, followed by zlib data. The inflated data has four bytes
 * for the length of the header, the header as JSON, and the postings: for each word the number of its files, and for each of
 * these the distance to the previous file combined with the number of occurrences, as variable-length numbers.
 */

import { unzlibSync, zlibSync } from 'fflate'
import { z } from 'zod'
import { lowerBound } from '#base/binary-search.ts'
import { ByteReader, ByteWriter } from '#base/bytes.ts'
import { bytesOfString } from '#base/load-cache.ts'
import { push } from '#base/multimap.ts'
import { partsOf, rootOf, STOP_WORDS, termsOf } from './words.js'

export const FILE_WORDS_FILE = 'file-words.bin'

export interface WordFile {
  path: string
  text: string
  isTest: boolean
}

const Header = z.object({
  version: z.literal(1),
  /** Path, number of words, 1 for a test. */
  files: z.array(z.tuple([z.string(), z.number().int().nonnegative(), z.number().int()])),
  /** All words, in the order of their postings, separated by spaces. */
  words: z.string(),
})

const MAX_FILES = 50_000
/** Maximum number of postings; further files are left out. */
const MAX_POSTINGS = 4_000_000
const MAX_WORDS_OF_FILE = 10_000
const MAX_WORD = 32
/** Maximum length of the inflated file; further files are left out. Longer ones, of older versions, are not read. */
export const MAX_INFLATED = 16 * 1_048_576
/** Upper limit on the length of the header without files and words. */
const HEADER_BYTES = 100
/** Upper limits on the length of a row of the header without its path, and of a posting. */
const ROW_BYTES = 30
const POSTING_BYTES = 3
/** Memory that a row of the header occupies without its path. */
const HELD_ROW_BYTES = 64

/** The counts of a word in a file that can be stored, in four bits. */
const COUNTS = [1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 23, 32, 48, 80, 160, 320]
const COUNT_BITS = 4

const WORD = /[\p{L}\p{N}_$]+/gu

/** @param files - Sorted by path. The same files result in the same bytes. */
export function buildFileWords(files: readonly WordFile[]): Uint8Array {
  /** For each word, the numbers of its files, each with the number of occurrences in the last bits. */
  const postings = new Map<string, number[]>()
  const listed: z.infer<typeof Header>['files'] = []
  let total = 0
  let inflated = 4 + HEADER_BYTES
  for (const { path, text, isTest } of files.slice(0, MAX_FILES)) {
    const { counts, length } = countWords(path, text)
    total += counts.size
    inflated += utf8Length(JSON.stringify(path)) + ROW_BYTES + counts.size * POSTING_BYTES
    // A new word is in the header, and has the number of its files.
    for (const word of counts.keys()) if (!postings.has(word)) inflated += utf8Length(word) + 1 + POSTING_BYTES
    if (total > MAX_POSTINGS || inflated > MAX_INFLATED) break
    for (const [word, count] of counts) push(postings, word, listed.length * 2 ** COUNT_BITS + levelOf(count))
    listed.push([path, length, isTest ? 1 : 0])
  }
  const words = [...postings.keys()].sort()
  const header = encoder.encode(JSON.stringify({ version: 1, files: listed, words: words.join(' ') }))
  const all = new ByteWriter()
  all.uint32(header.length)
  all.bytes(header)
  for (const word of words) {
    const row = postings.get(word) ?? []
    all.number(row.length)
    let before = 0
    for (const posting of row) {
      all.number(posting - before)
      before = posting - (posting % 2 ** COUNT_BITS)
    }
  }
  const made = new ByteWriter()
  made.uint32(all.length)
  made.bytes(zlibSync(all.done(), { level: 6 }))
  return made.done().slice()
}

const encoder = new TextEncoder()
const utf8Length = (text: string): number => encoder.encode(text).length

/** Counts the roots of words and of parts of names. */
function countWords(path: string, text: string): { counts: Map<string, number>; length: number } {
  const typed = new Map<string, number>()
  for (const [word] of text.matchAll(WORD)) {
    if (word.length <= 2 * MAX_WORD) typed.set(word, (typed.get(word) ?? 0) + 1)
  }
  const counts = new Map<string, number>()
  let length = 0
  const add = (term: string, count: number): void => {
    if (!isIndexed(term)) return
    const root = rootOf(term)
    if (counts.size < MAX_WORDS_OF_FILE || counts.has(root)) counts.set(root, (counts.get(root) ?? 0) + count)
  }
  for (const part of new Set(partsOf(path))) add(part, 1)
  for (const [word, count] of typed) {
    const terms = termsOf(word)
    length += terms.length * count
    for (const term of terms) add(term, count)
  }
  return { counts, length }
}

/** Whether the index contains a term of a text. */
export const isIndexed = (term: string): boolean =>
  term.length > 1 && term.length <= MAX_WORD && !STOP_WORDS.has(term) && !/^\d+$/.test(term)

const levelOf = (count: number): number => {
  const above = COUNTS.findIndex((each) => each > count)
  return above < 0 ? COUNTS.length - 1 : Math.max(0, above - 1)
}

/** A loaded file. */
export interface FileWords {
  files: z.infer<typeof Header>['files']
  /** All words in ascending order, separated by spaces. */
  words: string
  /** Where each word begins in `words`, and its postings in `postings`. */
  starts: Uint32Array
  offsets: Uint32Array
  postings: Uint8Array
  /** Average and greatest number of words of a file. */
  averageLength: number
  greatestLength: number
  /** Length of the inflated file. */
  inflatedBytes: number
  /** The memory that all of this occupies. */
  heldBytes: number
}

/** @returns `undefined` for bytes that are not such a file, and for damaged ones. */
export function readFileWords(bytes: Uint8Array): FileWords | undefined {
  try {
    return decode(bytes)
  } catch {
    return undefined
  }
}

/** @throws The bytes are damaged. */
function decode(bytes: Uint8Array): FileWords | undefined {
  const length = bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  if (length < 4 || length > MAX_INFLATED) return undefined
  const all = unzlibSync(bytes.subarray(4), { out: new Uint8Array(length) })
  const end = 4 + new DataView(all.buffer, all.byteOffset).getUint32(0, true)
  const header = Header.safeParse(JSON.parse(new TextDecoder().decode(all.subarray(4, end))))
  if (!header.success) return undefined
  const { files, words } = header.data
  // A copy, because a part would hold all of the inflated bytes.
  const postings = all.slice(end)
  const starts: number[] = []
  const offsets: number[] = []
  const reader = new ByteReader(postings)
  for (let start = 0; start !== 0 || starts.length === 0; start = words.indexOf(' ', start) + 1) {
    starts.push(start)
    offsets.push(reader.at)
    for (let files = words === '' ? 0 : reader.number(); files > 0; files--) reader.number()
  }
  const total = files.reduce((sum, [, words]) => sum + words, 0)
  const held = files.reduce((sum, [path]) => sum + bytesOfString(path) + HELD_ROW_BYTES, 0)
  return {
    files,
    words,
    postings,
    starts: Uint32Array.from(starts),
    offsets: Uint32Array.from(offsets),
    averageLength: Math.max(1, total / Math.max(1, files.length)),
    greatestLength: files.reduce((most, [, words]) => Math.max(most, words), 1),
    inflatedBytes: length,
    heldBytes: held + bytesOfString(words) + postings.length + starts.length * 8,
  }
}

/** The files that contain a word. */
interface Postings {
  count: number
  each(visit: (file: number, times: number) => void): void
}

/**
 * @param root - A word as `rootOf` returns it.
 * @returns `undefined` if no file contains it.
 */
export function postingsOf(index: FileWords, root: string): Postings | undefined {
  const begin = findPostings(index, root)
  if (begin === undefined) return undefined
  const first = new ByteReader(index.postings, begin)
  const count = first.number()
  return {
    count,
    each(visit) {
      const reader = new ByteReader(index.postings, first.at)
      let file = 0
      for (let number = 0; number < count; number++) {
        const posting = reader.number()
        file += Math.floor(posting / 2 ** COUNT_BITS)
        visit(file, COUNTS[posting % 2 ** COUNT_BITS] ?? 1)
      }
    },
  }
}

/** The offset of the postings of a word. */
function findPostings({ words, starts, offsets }: FileWords, word: string): number | undefined {
  const wordAt = (number: number): string => {
    const next = starts[number + 1]
    return words.slice(starts[number], next === undefined ? words.length : next - 1)
  }
  const found = lowerBound(starts.length, (number) => wordAt(number) < word)
  return found < starts.length && wordAt(found) === word ? offsets[found] : undefined
}
