/**
 * Questions as readers put them, made from headings of READMEs and of documents, titles of issues and by hand, with what
 * answers them: how many find it among the first three. What is held out is never tuned for.
 */

import type { Hit } from '#search/index-format.ts'
import type { Searcher } from '#search/searcher.ts'
import { print } from '../measure.ts'

export interface ReadersQuestion {
  /** The folder of its set. */
  set: string
  query: string
  from: string
  /**
   * Any of these: a name with its holder, a file's name, a document (`docs/async.md`), a section of one (`README.md#Usage`) or of the
   * comment at the head of a file (`src/lib.rs#Guide`).
   */
  right: readonly string[]
}

type From = 'readme' | 'docs' | 'issues' | 'hand'

/** The questions of a set. */
export const asked = (set: string, groups: Partial<Record<From, Record<string, string[]>>>): ReadersQuestion[] =>
  Object.entries(groups).flatMap(([from, rows]) =>
    Object.entries(rows).map(([query, right]) => ({ set, query, from, right })),
  )

/** @param isTold - Tell each question that is not answered. */
export async function tellReaders(
  searcher: Searcher,
  what: string,
  questions: readonly ReadersQuestion[],
  isTold: boolean,
): Promise<void> {
  const bySet = new Map<string, { right: number; all: number }>()
  const works: number[] = []
  let first = 0
  for (const { set, query, right } of questions) {
    const { hits = [], work = 0 } = (await searcher.search(set, query, 10)) ?? {}
    works.push(work)
    const place = hits.findIndex((hit) => right.some((each) => answers(hit, each)))
    const count = bySet.get(set) ?? { right: 0, all: 0 }
    bySet.set(set, { right: count.right + Number(place >= 0 && place < 3), all: count.all + 1 })
    first += Number(place === 0)
    if (isTold && (place < 0 || place > 2))
      print(
        `    ${set}, ${query}: ${place < 0 ? 'not among ten' : place + 1}; ${hits
          .slice(0, 4)
          .map(({ title, kind }) => `${kind} ${title}`)
          .join(', ')}`,
      )
  }
  const right = [...bySet.values()].reduce((sum, each) => sum + each.right, 0)
  const share = (count: number): string => (count / questions.length).toFixed(3)
  works.sort((a, b) => a - b)
  print(
    `  ${what}: of ${questions.length} questions among the first three ${share(right)}, first ${share(first)}; work ${works[works.length >> 1]?.toFixed(0)}, most ${works.at(-1)?.toFixed(0)}`,
  )
  print(`    ${[...bySet].map(([set, { right, all }]) => `${set} ${right}/${all}`).join(', ')}`)
}

/** Matches documents and sections of files. */
const PATH = /\.(?:md|rst)(?:#|$)|\/[^#]*\.\w+#/

function answers({ title, kind, file, page }: Hit, right: string): boolean {
  if (PATH.test(right)) {
    const [path = '', heading] = right.split('#')
    const isOfIt = kind === 'document' ? file === path : kind === 'guide' && pageOf(path) === page
    return isOfIt && (heading === undefined || plain(title) === plain(heading))
  }
  if (['section', 'guide', 'document'].includes(kind)) return false
  const name = title.replace(/(?<=[\p{L}\p{N}_$!?])\(.*$/u, '').replace(/(?<=\w)<.*>$/, '')
  return name === right || (name.endsWith(right) && /[.:#/\\]$/.test(name.slice(0, -right.length)))
}

const plain = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase()

/** The page that a document becomes. */
const pageOf = (path: string): string =>
  `guide--${path
    .replace(/\.[A-Za-z]{2,8}$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')}.md`
