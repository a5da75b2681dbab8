/** Plain full-text searches of the sources, which the answers are compared with. */

import { execFileSync } from 'node:child_process'
import { push } from '#base/multimap.ts'
import { STOP_WORDS, termsOf, wordsOf } from '#search/words.js'
import { isCode } from './commits.ts'

export type FileSearch = (question: string) => string[]

/** Longer files are data or generated. */
const MAX_BYTES = 1_000_000
const BATCH = 200

export interface SourceFile {
  path: string
  text: string
}

/** The code files of a commit. */
export function readSources(clone: string, commit: string): SourceFile[] {
  const git = (args: string[], input?: string): Buffer =>
    execFileSync('git', ['-C', clone, ...args], { maxBuffer: 1 << 30, ...(input !== undefined && { input }) })
  const rows = git(['ls-tree', '-r', '-l', '-z', commit]).toString().split('\0')
  const listed = rows.flatMap((row) => {
    const [, type = '', hash = '', size = '', file = ''] = /^\d+ (\w+) (\w+) +(\S+)\t(.*)$/s.exec(row) ?? []
    return type === 'blob' && isCode(file) && Number(size) <= MAX_BYTES ? [{ hash, file }] : []
  })
  const sources: SourceFile[] = []
  for (let at = 0; at < listed.length; at += BATCH) {
    const some = listed.slice(at, at + BATCH)
    const bytes = git(['cat-file', '--batch'], some.map(({ hash }) => `${hash}\n`).join(''))
    let from = 0
    for (const { file } of some) {
      const end = bytes.indexOf(10, from)
      const size = Number(bytes.toString('latin1', from, end).split(' ')[2])
      sources.push({ path: file, text: bytes.toString('utf8', end + 1, end + 1 + size) })
      from = end + 1 + size + 1
    }
  }
  return sources
}

const K1 = 1.2
const B = 0.75

/** BM25 over whole files: words and parts of names of text and path, without stop words. */
export function createBm25(sources: readonly SourceFile[]): FileSearch {
  const postings = new Map<string, [file: number, count: number][]>()
  const lengths: number[] = []
  sources.forEach(({ path, text }, file) => {
    const counts = new Map<string, number>()
    let length = 0
    for (const line of `${path}\n${text}`.split('\n')) {
      for (const word of line.match(/[\p{L}\p{N}_$]+/gu) ?? []) {
        for (const term of termsOf(word)) {
          counts.set(term, (counts.get(term) ?? 0) + 1)
          length += 1
        }
      }
    }
    lengths.push(length)
    for (const [term, count] of counts) {
      push(postings, term, [file, count])
    }
  })
  const average = lengths.reduce((sum, each) => sum + each, 0) / Math.max(1, lengths.length)
  return (question) => {
    const scores = new Map<number, number>()
    for (const term of termsOf(question)) {
      const found = STOP_WORDS.has(term) ? undefined : postings.get(term)
      if (found === undefined) continue
      const rarity = Math.log(1 + (sources.length - found.length + 0.5) / (found.length + 0.5))
      for (const [file, count] of found) {
        const share = (lengths[file] ?? 0) / average
        scores.set(file, (scores.get(file) ?? 0) + (rarity * count * (K1 + 1)) / (count + K1 * (1 - B + B * share)))
      }
    }
    return best(sources, scores)
  }
}

/** As one would with ripgrep: files that have most of the words, then those with most matching places. Upper and lower case are the same. */
export function createCounting(sources: readonly SourceFile[]): FileSearch {
  const lower = sources.map(({ text }) => text.toLowerCase())
  return (question) => {
    const words = [...new Set(wordsOf(question))].filter((word) => !STOP_WORDS.has(word) && word.length > 1)
    const scores = new Map<number, number>()
    lower.forEach((text, file) => {
      let [distinct, total] = [0, 0]
      for (const word of words) {
        const count = countOf(text, word)
        if (count > 0) distinct += 1
        total += count
      }
      if (distinct > 0) scores.set(file, distinct + total / (total + 1_000_000))
    })
    return best(sources, scores)
  }
}

function countOf(text: string, word: string): number {
  let count = 0
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) count += 1
  return count
}

const MOST = 50

const best = (sources: readonly SourceFile[], scores: ReadonlyMap<number, number>): string[] =>
  [...scores]
    .sort(([one, a], [other, b]) => b - a || one - other)
    .slice(0, MOST)
    .map(([file]) => sources[file]?.path ?? '')
