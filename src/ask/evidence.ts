/** Gathers evidence for a question from a set: by its words, by code names in it, and by neighbours of the definitions found. */

import { greatest } from '#base/long-arrays.ts'
import type { EdgeKind } from '#graph-queries/format.ts'
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
const USES: EdgeKind[] = ['calls', 'instantiates']
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
  sources: EvidenceSources,
  question: string,
): Promise<{ answer: Answer; work: number } | undefined> {
  // Any query shows whether there is an index, and at which commit.
  const probe = await sources.graph({ ask: 'symbols', name: 'x', limit: 1, after: 0 })
  if (probe.is !== 'answer') return undefined
  let work = 0
  async function ask<Name extends Question['ask']>(
    query: Extract<Question, { ask: Name }>,
  ): Promise<Answers[Name] | undefined> {
    const outcome = await sources.graph(query)
    if (outcome.is === 'no index') return undefined
    work += outcome.work
    return outcome.is === 'answer' ? (outcome.answer as Answers[Name]) : undefined
  }
  const candidates = new Candidates()
  const unknown = await addNamed(ask, candidates, question)
  const { hits = [], work: searched = 0 } = (await sources.search(question, MAX_HITS)) ?? {}
  await addHits(ask, candidates, hits)
  const connections = await connect(ask, candidates)
  const byText = await sources.files(question, MAX_BY_TEXT)
  const definitions = candidates.ranked().slice(0, MAX_DEFINITIONS)
  const shown = new Set(definitions.map(({ ref }) => ref.id))
  const inTestFile = isAboutTests(question) ? IN_TEST_FILE_ASKED_FOR : IN_TEST_FILE
  const files = bestFiles(candidates.files, byText?.files ?? [], inTestFile)
  const documents = hits.filter(({ kind }) => DOCUMENT_KINDS.has(kind)).slice(0, MAX_DOCUMENTS)
  return {
    work: work + (searched + (byText?.work ?? 0)) * SEARCH_UNIT,
    answer: {
      question,
      commit: probe.answer.commit,
      basis: 'evidence',
      written: null,
      without_model: 'offline',
      found: definitions.length + documents.length + files.length > 0,
      definitions: definitions.map(({ ref, because }) => ({ ...ref, because })),
      connections: connections.filter(({ from, to }) => shown.has(from) && shown.has(to)).slice(0, MAX_CONNECTIONS),
      documents: documents.map(({ title, kind, text, page, anchor, address, file, line }) => ({
        title,
        kind,
        text,
        page,
        anchor,
        source: address,
        file,
        line,
      })),
      files,
      unknown_names: unknown,
    },
  }
}

/** The definitions found so far, and the evidence for files. */
class Candidates {
  readonly #byId = new Map<string, Candidate>()
  /** The score of each file. */
  readonly files = new Map<string, number>()

  /** Add to the score of a definition and of its file. @param because - Why it was found, unless it was found before. */
  add(ref: SymbolRef, score: number, because: string): void {
    const weighted = score * (ref.in_tests ? IN_TESTS : 1)
    const known = this.#byId.get(ref.id)
    if (known === undefined) this.#byId.set(ref.id, { ref, score: weighted, because })
    else known.score += weighted
    this.addFile(ref.file, weighted)
  }

  addFile(file: string, score: number): void {
    this.files.set(file, (this.files.get(file) ?? 0) + score)
  }

  /** The definitions, best first. */
  ranked(): Candidate[] {
    return [...this.#byId.values()].sort((a, b) => b.score - a.score || (a.ref.id < b.ref.id ? -1 : 1))
  }
}

/** Adds the definitions and files that the question names. @returns Names for which there is neither. */
async function addNamed(ask: Ask, candidates: Candidates, question: string): Promise<string[]> {
  const { symbols, paths } = namesIn(question)
  const unknown: string[] = []
  for (const name of symbols) {
    const listed = await ask<'symbols'>({ ask: 'symbols', name, limit: 5, after: 0 })
    // A file may look like a name: `setup.py`.
    if (listed === undefined || listed.total === 0) paths.push(name)
    for (const [rank, ref] of (listed?.symbols ?? []).entries())
      candidates.add(ref, BY_NAME / (1 + rank), `named ${name}`)
  }
  for (const path of paths) {
    const outline = await ask<'outline'>({ ask: 'outline', file: path, limit: 1, after: 0 })
    if (outline !== undefined) candidates.addFile(path, BY_NAME)
    // Anything else may be a folder, or not a path at all: `client/server`.
    else if (!path.includes('/') || /\.\w{1,10}$/.test(path)) unknown.push(path)
  }
  return unknown
}

/** Adds the definitions of search results. Documents are listed separately. */
async function addHits(ask: Ask, candidates: Candidates, hits: readonly Hit[]): Promise<void> {
  for (const [rank, hit] of hits.entries()) {
    if (DOCUMENT_KINDS.has(hit.kind)) continue
    const score = BY_WORDS / (1 + rank / 3)
    const ref = rank >= LOOKED_UP ? undefined : await definitionAt(ask, hit)
    if (ref !== undefined) candidates.add(ref, score, 'its words')
    else if (hit.file !== null) candidates.addFile(hit.file, score / 2)
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

/** The definition that a hit is about: of those with its name, the one at its line. */
async function definitionAt(ask: Ask, { title, file, line }: Hit): Promise<SymbolRef | undefined> {
  // Overloads have their parameters after the name.
  const name = title.replace(/\(.*$/s, '')
  if (name === '') return undefined
  const listed = await ask<'symbols'>({ ask: 'symbols', name, limit: 50, after: 0 })
  return listed?.symbols.find((ref) => ref.file === file && ref.start_line === line)
}

/** Adds the neighbours of the best definitions. @returns How they use each other. */
async function connect(ask: Ask, candidates: Candidates): Promise<Answer['connections']> {
  const connections: Answer['connections'] = []
  for (const { ref, score } of candidates.ranked().slice(0, ROOTS)) {
    for (const side of ['callers', 'callees'] as const) {
      const query = { symbol: ref.id, kinds: USES, guesses: false, limit: NEIGHBOURS, after: 0 }
      const answer =
        side === 'callers'
          ? await ask<'callers'>({ ask: 'callers', ...query })
          : await ask<'callees'>({ ask: 'callees', ...query })
      const { results = [] } = answer ?? {}
      for (const { uses, ...other } of results) {
        const [from, to] = side === 'callers' ? [other, ref] : [ref, other]
        const connection = connectionOf(from, to, uses)
        const isKnown = connections.some((each) => each.from === from.id && each.to === to.id)
        if (connection !== undefined && !isKnown) connections.push(connection)
        // A definition with many neighbours says little about each.
        const share = Math.min(1, score) / Math.sqrt(results.length)
        candidates.add(other, BY_NEIGHBOUR * share, side === 'callers' ? `uses ${ref.name}` : `used by ${ref.name}`)
      }
    }
  }
  return connections
}

/** @returns `undefined` if no place of the use is known. */
function connectionOf(
  from: SymbolRef,
  to: SymbolRef,
  [use]: Answers['callers']['results'][number]['uses'],
): Answer['connections'][number] | undefined {
  const [place] = use?.places ?? []
  if (use === undefined || place === undefined) return undefined
  return { from: from.id, to: to.id, kind: use.kind, file: place.file ?? from.file, line: place.line }
}
