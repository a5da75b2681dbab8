/** Gathers evidence for a question from a set: by its words, by code names in it, and by neighbours of the definitions found. */

import { greatest } from '#base/long-arrays.ts'
import type { Answers, Outcome, Question, SymbolRef } from '#graph-queries/questions.ts'
import type { Hit } from '#search/index-format.ts'
import type { FoundFile } from '#search/rank-files.ts'
import type { Found } from '#search/searcher.ts'
import { wordsOf } from '#search/words.js'
import type { Answer } from './answer.ts'
import { namesIn } from './names-in.ts'

export interface EvidenceSources {
  search(query: string, limit: number): Promise<Found | undefined>
  graph(question: Question): Promise<Outcome>
  /** Code files by the words in them; `undefined` when the set has no index of these words. */
  files(question: string, limit: number): Promise<{ files: FoundFile[]; work: number } | undefined>
}

const MAX_HITS = 50
const MAX_DEFINITIONS = 12
const MAX_DOCUMENTS = 8
const MAX_FILES = 10
const MAX_CONNECTIONS = 15
/** Number of definitions whose neighbours are added, and of neighbours of each. */
const ROOTS = 6
const NEIGHBOURS = 8
/** Number of hits that are looked up in the graph. */
const LOOKED_UP = 20

/** Maximum number of files found by the words in them. */
const MAX_BY_TEXT = 60
/** Weight of the words in a file relative to the evidence in its definitions. Both are measured by their best file. */
const BY_TEXT = 4
const IN_TEST_FILE = 0.7
/** The same when the question is about tests. */
const IN_TEST_FILE_ASKED_FOR = 1.2

/** The cost of a unit of search work, in units of graph work. */
const SEARCH_UNIT = 20

/** Kinds of hits that are not definitions. */
const DOCUMENT_KINDS: ReadonlySet<string> = new Set(['page', 'section', 'guide', 'document'])

/** Scores of the first definition found by a name in the question, and of the first found by its words. */
const BY_NAME = 4
const BY_WORDS = 2
const BY_NEIGHBOUR = 0.5
/** Factor for definitions in tests, which questions are seldom about. */
const IN_TESTS = 0.3

interface Candidate {
  ref: SymbolRef
  score: number
  because: string
}

/** @returns The answer and its cost in units of graph work; `undefined` when the set has no graph index. */
export async function findEvidence(
  { search, graph, files: filesWith }: EvidenceSources,
  question: string,
): Promise<{ answer: Answer; work: number } | undefined> {
  const found = new Map<string, Candidate>()
  const files = new Map<string, number>()
  let work = 0
  let commit: string | undefined

  async function ask<Name extends Question['ask']>(
    query: Extract<Question, { ask: Name }>,
  ): Promise<Answers[Name] | undefined> {
    const outcome = await graph(query)
    if (outcome.is === 'no index') return undefined
    work += outcome.work
    if (outcome.is !== 'answer') return undefined
    commit = outcome.answer.commit
    return outcome.answer as Answers[Name]
  }
  function add(ref: SymbolRef, score: number, because: string): void {
    const weighed = score * (ref.in_tests ? IN_TESTS : 1)
    const known = found.get(ref.id)
    if (known === undefined) found.set(ref.id, { ref, score: weighed, because })
    else known.score += weighed
    credit(ref.file, weighed)
  }
  const credit = (file: string, score: number): void => {
    files.set(file, (files.get(file) ?? 0) + score)
  }

  // Any query shows whether there is an index, and at which commit.
  const probe = await graph({ ask: 'symbols', name: 'x', limit: 1, after: 0 })
  if (probe.is !== 'answer') return undefined
  commit = probe.answer.commit

  const { symbols, paths } = namesIn(question)
  const unknown: string[] = []
  for (const name of symbols) {
    const listed = await ask<'symbols'>({ ask: 'symbols', name, limit: 5, after: 0 })
    // A file may look like a name: `setup.py`.
    if (listed === undefined || listed.total === 0) paths.push(name)
    for (const [rank, ref] of (listed?.symbols ?? []).entries()) add(ref, BY_NAME / (1 + rank), `named ${name}`)
  }
  for (const path of paths) {
    const outline = await ask<'outline'>({ ask: 'outline', file: path, limit: 1, after: 0 })
    if (outline === undefined) unknown.push(path)
    else credit(path, BY_NAME)
  }
  const { hits = [], work: searched = 0 } = (await search(question, MAX_HITS)) ?? {}
  work += searched * SEARCH_UNIT
  for (const [rank, hit] of hits.entries()) {
    const score = BY_WORDS / (1 + rank / 3)
    // Documents are listed separately.
    if (DOCUMENT_KINDS.has(hit.kind)) continue
    const ref = rank >= LOOKED_UP ? undefined : await definitionAt(ask, hit)
    if (ref !== undefined) add(ref, score, 'its words')
    else if (hit.file !== null) credit(hit.file, score / 2)
  }
  const connections = await connect(ask, found, add)
  const written = await filesWith(question, MAX_BY_TEXT)
  work += (written?.work ?? 0) * SEARCH_UNIT
  const definitions = ranked(found).slice(0, MAX_DEFINITIONS)
  const shown = new Set(definitions.map(({ ref }) => ref.id))
  const inTestFile = isAboutTests(question) ? IN_TEST_FILE_ASKED_FOR : IN_TEST_FILE
  const named = bestFiles(files, written?.files ?? [], inTestFile)
  const documents = hits.filter(({ kind }) => DOCUMENT_KINDS.has(kind)).slice(0, MAX_DOCUMENTS)
  return {
    work,
    answer: {
      ...{ question, commit, basis: 'evidence', written: null, without_model: 'offline' },
      found: definitions.length + documents.length + named.length > 0,
      definitions: definitions.map(({ ref, because }) => ({ ...ref, because })),
      connections: connections.filter(({ from, to }) => shown.has(from) && shown.has(to)).slice(0, MAX_CONNECTIONS),
      documents: documents.map(({ title, kind, text, page, anchor, file, line }) => ({
        title,
        kind,
        text,
        page,
        anchor,
        file,
        line,
      })),
      files: named,
      unknown_names: unknown,
    },
  }
}

const isAboutTests = (question: string): boolean =>
  wordsOf(question).some((word) => /^(?:tests?|tested|testing|specs?)$/.test(word))

/** The files with most of the evidence or with the words of the question, best first. */
function bestFiles(credits: ReadonlyMap<string, number>, written: readonly FoundFile[], inTestFile: number): string[] {
  const most = Math.max(greatest(credits.values()), Number.MIN_VALUE)
  const scores = new Map([...credits].map(([file, credit]) => [file, credit / most]))
  const first = written[0]?.score ?? 1
  for (const { path, score, isTest } of written) {
    const share = (BY_TEXT * (isTest ? inTestFile : 1) * score) / first
    scores.set(path, (scores.get(path) ?? 0) + share)
  }
  return [...scores]
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .slice(0, MAX_FILES)
    .map(([file]) => file)
}

type Ask = <Name extends Question['ask']>(query: Extract<Question, { ask: Name }>) => Promise<Answers[Name] | undefined>

const ranked = (found: ReadonlyMap<string, Candidate>): Candidate[] =>
  [...found.values()].sort((a, b) => b.score - a.score || (a.ref.id < b.ref.id ? -1 : 1))

/** The definition that a hit is about: of those with its name, the one at its line. */
async function definitionAt(ask: Ask, { title, file, line }: Hit): Promise<SymbolRef | undefined> {
  // Overloads have their parameters after the name.
  const name = title.replace(/\(.*$/s, '')
  if (name === '') return undefined
  const listed = await ask<'symbols'>({ ask: 'symbols', name, limit: 50, after: 0 })
  return listed?.symbols.find((ref) => ref.file === file && ref.start_line === line)
}

/** Adds the neighbours of the best definitions. @returns How they use each other. */
async function connect(
  ask: Ask,
  found: ReadonlyMap<string, Candidate>,
  add: (ref: SymbolRef, score: number, because: string) => void,
): Promise<Answer['connections']> {
  const connections: Answer['connections'] = []
  for (const { ref, score } of ranked(found).slice(0, ROOTS)) {
    for (const side of ['callers', 'callees'] as const) {
      const page = { kinds: ['calls' as const, 'instantiates' as const], guesses: false, limit: NEIGHBOURS, after: 0 }
      const answer = await ask<'callers' | 'callees'>({ ask: side, symbol: ref.id, ...page } as Extract<
        Question,
        { ask: 'callers' }
      >)
      const { results = [] } = answer ?? {}
      for (const { uses, ...other } of results) {
        const [from, to] = side === 'callers' ? [other, ref] : [ref, other]
        const [use] = uses
        const [place] = use?.places ?? []
        if (
          use !== undefined &&
          place !== undefined &&
          !connections.some((each) => each.from === from.id && each.to === to.id)
        )
          connections.push({
            from: from.id,
            to: to.id,
            kind: use.kind,
            file: place.file ?? from.file,
            line: place.line,
          })
        // A definition with many neighbours says little about each.
        const share = Math.min(1, score) / Math.sqrt(results.length)
        add(other, BY_NEIGHBOUR * share, side === 'callers' ? `uses ${ref.name}` : `used by ${ref.name}`)
      }
    }
  }
  return connections
}
