/** Looks for a file as one does without documentation: `git grep` for each word of the question, then the files with most of the words, read. */

import { spawnSync } from 'node:child_process'
import { STOP_WORDS, wordsOf } from '#search/words.js'
import { isCode } from '../questions/commits.ts'
import { MOST_FILES, type Search, tokensOf } from './search.ts'
import type { Task } from './tasks.ts'

/** The longest words say most. */
const MOST_WORDS = 4
/** Lines of the list of a search that are read. */
const MOST_LISTED = 50
/** Lines of a file that are read at once. */
const MOST_LINES = 2_000
/** Lines around a match, and matching blocks of a file in lines. */
const AROUND = 10
const MOST_AROUND = 200

/** @param reads - Whole files, or the lines around the words alone. */
export function searchByGrep({ clone, base, question, files }: Task, reads: 'whole' | 'around'): Search {
  const search: Search = { isSolved: false, calls: 0, tokens: 0, files: 0 }
  const git = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('git', ['-C', clone, ...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    })
    // 1: nothing was found.
    if (status !== 0 && !(args[0] === 'grep' && status === 1)) throw new Error(`git ${args[0]}: ${stderr}`)
    return stdout
  }
  const see = (args: string, text: string): void => {
    search.calls += 1
    search.tokens += tokensOf(args) + tokensOf(text)
  }
  const words = [...new Set(wordsOf(question))].filter((word) => word.length > 2 && !STOP_WORDS.has(word))
  const asked = words.sort((a, b) => b.length - a.length).slice(0, MOST_WORDS)
  const scores = new Map<string, number>()
  for (const word of asked) {
    const counts = git('grep', '-I', '-i', '-c', '-F', '-e', word, base)
      .split('\n')
      .flatMap((line) => {
        const [, file = '', count = ''] = /^[^:]+:(.*):(\d+)$/.exec(line) ?? []
        return isCode(file) ? [{ file, count: Number(count) }] : []
      })
      .sort((a, b) => b.count - a.count)
    see(
      `grep -ic ${word}`,
      counts
        .slice(0, MOST_LISTED)
        .map(({ file, count }) => `${file}:${count}`)
        .join('\n'),
    )
    for (const { file, count } of counts) scores.set(file, (scores.get(file) ?? 0) + 1 + count / (count + 1_000_000))
  }
  const best = [...scores].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1)).slice(0, MOST_FILES)
  for (const [file] of best) {
    if (reads === 'whole') {
      const lines = git('show', `${base}:${file}`).split('\n')
      for (let at = 0; at < lines.length; at += MOST_LINES)
        see(`read ${file} ${at}`, lines.slice(at, at + MOST_LINES).join('\n'))
    } else {
      const patterns = asked.flatMap((word) => ['-e', word])
      const found = git('grep', '-h', '-n', '-i', '-F', `-C${AROUND}`, ...patterns, base, '--', `:(literal)${file}`)
      see(`grep -C ${AROUND} ${asked.join(' ')} ${file}`, found.split('\n').slice(0, MOST_AROUND).join('\n'))
    }
    search.files += 1
    search.isSolved = files.includes(file)
    if (search.isSolved) break
  }
  return search
}
