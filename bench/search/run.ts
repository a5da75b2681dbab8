/**
 * Where the search puts what people look for: for each question of the table the place of the first right answer, how many
 * come first or among the first three, and what loading and asking take; the same for what readers ask; then whether names find what has them. `--sets=<folder>` holds a set for each repository.
 */

import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { SEARCH_FILE } from '#search/index-format.ts'
import { createSearcher } from '#search/searcher.ts'
import { print } from '../measure.ts'
import { tellNames } from './names.ts'
import { tellReaders } from './readers.ts'
import { HELD_OUT } from './readers-held-out.ts'
import { TUNED } from './readers-tuned.ts'
import { TUNED_HAND } from './readers-tuned-hand.ts'
import { TUNED_MORE } from './readers-tuned-more.ts'
import { TUNED_RUST } from './readers-tuned-rust.ts'
import { QUESTIONS } from './table.ts'

const LIMIT = 30
/** What tells overloads apart: `Gson.toJson(Object)`. */
const OVERLOAD = /\(.*$/

export async function run(): Promise<void> {
  const folder = process.argv.find((argument) => argument.startsWith('--sets='))?.slice('--sets='.length)
  if (folder === undefined) throw new Error('Expected --sets=<folder>, with a set for each repository.')
  const searcher = createSearcher({ readFile: (set, name) => readFile(path.join(folder, set, name)) })
  const isThere = ({ set }: { set: string }): boolean => existsSync(path.join(folder, set, SEARCH_FILE))
  // What is missed of what is held out is not told: it would be tuned for.
  await tellReaders(
    searcher,
    'readers, tuned',
    [...TUNED, ...TUNED_RUST, ...TUNED_MORE, ...TUNED_HAND].filter(isThere),
    true,
  )
  await tellReaders(searcher, 'readers, held out', HELD_OUT.filter(isThere), false)
  const questions = QUESTIONS.filter(isThere)
  for (const set of new Set(questions.map((question) => question.set))) {
    const { size } = await stat(path.join(folder, set, SEARCH_FILE))
    const loadMs = await timed(() => searcher.search(set, 'load', 1))
    print(`  ${set}: index of ${(size / 1e6).toFixed(2)} MB, loaded in ${loadMs.toFixed(0)} ms`)
  }
  const places: number[] = []
  for (const { set, query, right } of questions) {
    let titles: string[] = []
    const ms = await timed(async () => {
      titles = ((await searcher.search(set, query, LIMIT))?.hits ?? []).map((hit) => hit.title)
    })
    const place = titles.findIndex((title) => right.includes(title.replace(OVERLOAD, ''))) + 1
    places.push(place)
    print(
      `  ${set}, ${query}: ${place === 0 ? 'not found' : place}, ${ms.toFixed(0)} ms; ${titles.slice(0, 3).join(', ')}`,
    )
  }
  const within = (most: number): number => places.filter((place) => place > 0 && place <= most).length
  print(`  of ${places.length} questions first: ${within(1)}, among the first three: ${within(3)}`)
  for (const set of (await readdir(folder)).sort()) if (isThere({ set })) await tellNames(searcher, folder, set)
}

async function timed(step: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await step()
  return performance.now() - begin
}
