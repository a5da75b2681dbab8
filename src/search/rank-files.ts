/**
 * Ranks the code files of a set by the words of a question, with BM25 (Robertson and Zaragoza, The Probabilistic Relevance
 * Framework, 2009).
 */

import { greatest } from '#base/long-arrays.ts'
import { type FileWords, isIndexed, postingsOf } from './file-words.ts'
import { partsOf, rootOf, termsOf } from './words.js'

export interface FoundFile {
  path: string
  score: number
  isTest: boolean
}

const K1 = 1.2
/** Lower than usual for texts, because a long file of code covers more topics. */
const B = 0.5
/** How much the score of a file grows each time its length doubles, relative to a file of average length. */
const BY_LENGTH = 0.1
/**
 * Share of the best score that the longest file gets for its length alone; other files get a share by the logarithm of their
 * length. Questions without distinctive words are about central files.
 */
const BY_SIZE = 0.2
/** Stems of words for changes to code, which say little about which code is meant. */
const TASK_STEMS = new Set(
  `add adds added adding allow avoid better change ensure fix improve make made more new not only prevent remove support
  update use`
    .split(/\s+/)
    .map(rootOf),
)
const TASK_WEIGHT = 0.3
/** Weights of a word in the name of the file and of its folders. Occurrences in the text add at most `K1 + 1`. */
const IN_FILE_NAME = 4
const IN_FOLDERS = 2
/** Maximum number of words of a question that are used. */
const MAX_WORDS_USED = 32

/** Ranks files by the words of a question, best first; `work` is the number of postings read. */
export function rankFiles(index: FileWords, question: string, limit: number): { files: FoundFile[]; work: number } {
  const { files, averageLength, greatestLength } = index
  const scores = new Map<number, number>()
  const inPath = new Map<number, Map<string, number>>()
  let work = 0
  for (const root of new Set(termsOf(question).filter(isIndexed).slice(0, MAX_WORDS_USED).map(rootOf))) {
    const postings = postingsOf(index, root)
    if (postings === undefined) continue
    const { count } = postings
    const rarity = Math.log(1 + (files.length - count + 0.5) / (count + 0.5)) * (TASK_STEMS.has(root) ? TASK_WEIGHT : 1)
    work += count
    postings.each((file, times) => {
      const [path = '', length = 0] = files[file] ?? []
      const own = inPath.get(file) ?? wordsOfPath(path)
      inPath.set(file, own)
      const share = (times * (K1 + 1)) / (times + K1 * (1 - B + (B * length) / averageLength))
      scores.set(file, (scores.get(file) ?? 0) + rarity * (share + (own.get(root) ?? 0)))
    })
  }
  for (const [file, score] of scores) {
    const length = files[file]?.[1] ?? 0
    scores.set(file, score * (1 + BY_LENGTH * Math.log2(1 + length / averageLength)))
  }
  const bySize = (BY_SIZE * greatest(scores.values())) / Math.log1p(greatestLength)
  for (const [file, score] of scores) scores.set(file, score + bySize * Math.log1p(files[file]?.[1] ?? 0))
  const ranked = [...scores].sort(([one, a], [other, b]) => b - a || one - other).slice(0, limit)
  return {
    work,
    files: ranked.map(([file, score]) => ({ path: files[file]?.[0] ?? '', score, isTest: files[file]?.[2] === 1 })),
  }
}

/** The weights of the words of a path. */
function wordsOfPath(path: string): Map<string, number> {
  const begin = path.lastIndexOf('/') + 1
  const weights = new Map<string, number>()
  for (const part of partsOf(path.slice(0, begin))) weights.set(rootOf(part), IN_FOLDERS)
  for (const part of partsOf(path.slice(begin).replace(/\.[^.]*$/, ''))) weights.set(rootOf(part), IN_FILE_NAME)
  return weights
}
