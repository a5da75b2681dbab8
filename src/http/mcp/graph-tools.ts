/** Tools that query the graph: symbols, callers, callees, implementations, paths, impact, outlines. */

import { z } from 'zod'
import { EDGE_KINDS } from '#graph-queries/format.ts'
import {
  ImpactAnswer,
  ImplementationsAnswer,
  MAX_CHANGES,
  MAX_DEPTH,
  MAX_SYMBOL,
  NeighboursAnswer,
  OutlineAnswer,
  PathAnswer,
  type QuestionName,
  SymbolAnswer,
} from '#graph-queries/questions.ts'
import { charsIn, fitLists } from './budget.ts'
import { entryText } from './entry-text.ts'
import { findSet, type Job } from './find-set.ts'
import { readJson, readText } from './service.ts'
import { sourceLines } from './source-tools.ts'
import { budget, defineTool, note, paging, repository, type Tool, type ToolCall } from './tool.ts'

const SymbolName = z.string().min(1).max(MAX_SYMBOL)
const symbol = {
  symbol: SymbolName.describe(
    '`path#Qualified.name`, a name such as `Router.match` or `match`, or the path of a file.',
  ),
}
const uses = {
  kinds: z
    .array(z.enum(EDGE_KINDS))
    .default(['calls', 'instantiates'])
    .describe('Kinds of uses; calls and instantiations by default.'),
  guesses: z.boolean().default(false).describe('Include uses that are only guessed.'),
}
const of = { repository: z.string(), ...note }

/** Maximum number of lines of a symbol's code in one answer. */
const MAX_CODE_LINES = 400

async function askGraph<T extends z.ZodType>(
  { service, signal }: ToolCall,
  { job_id }: Job,
  question: QuestionName,
  query: readonly (readonly [string, string | number | boolean])[],
  answer: T,
): Promise<z.output<T>> {
  const parameters = new URLSearchParams(query.map(([name, value]) => [name, String(value)]))
  return readJson(service, `/api/graph/${encodeURIComponent(job_id)}/${question}?${parameters}`, answer, { signal })
}

/** Keep a list within the budget, so that the next page begins after the items that remain. */
function fitPage<T extends { next: number | null }>(
  answer: T,
  list: keyof T & string,
  { after, max_tokens }: { after: number; max_tokens: number },
): T & { note?: string } {
  const { answer: fitted, kept, isCut } = fitLists(answer as T & Record<string, unknown>, [list], charsIn(max_tokens))
  const next = isCut ? after + (kept[list] ?? 0) : answer.next
  return { ...fitted, next, ...(next !== null && { note: `The list continues; call again with after=${next}.` }) }
}

export const getSymbol = defineTool({
  name: 'get_symbol',
  title: 'Read a symbol',
  description:
    'Reads one definition: its signature, documentation, location, members and supertypes, the number of its users, and its code if the documentation includes the source.',
  input: z.object({ ...repository, ...symbol, ...budget }),
  output: SymbolAnswer.extend({
    ...of,
    documentation: z.string().nullable().describe('Its entry as Markdown; null if it has none.'),
    code: z.string().nullable().describe('Its lines; null if the set does not include the source: see symbol.source.'),
  }),
  async run({ repoName, revision, symbol: name, max_tokens }, call) {
    const job = await findSet(call, repoName, revision)
    const answer = await askGraph(call, job, 'symbol', [['symbol', name]], SymbolAnswer)
    const { page, anchor, file, start_line, end_line } = answer.symbol
    const room = charsIn(max_tokens)
    const entry = page === null || anchor === null ? undefined : await entryOf(call, job, page, anchor)
    const last = Math.min(end_line, start_line + MAX_CODE_LINES - 1)
    const code =
      answer.symbol.kind === 'file' ? undefined : await sourceLines(call, job, { file, start: start_line, end: last })
    const cut = (text: string | undefined): string | null => text?.slice(0, Math.floor(room / 3)) ?? null
    const parts = { documentation: cut(entry), code: cut(code?.text) }
    const shortened =
      parts.documentation?.length !== entry?.length || parts.code?.length !== code?.text.length || last < end_line
    const { answer: fitted, isCut } = fitLists(
      { ...answer, repository: job.repo_url, ...parts },
      ['supertypes', 'overrides', 'declarations', 'members'],
      room,
    )
    const note = 'Cut to the budget; read_file_outline and read_source return the rest, or raise max_tokens.'
    return { structured: { ...fitted, ...((isCut || (shortened && (entry ?? code) !== undefined)) && { note }) } }
  },
})

async function entryOf({ service, signal }: ToolCall, job: Job, page: string, anchor: string) {
  const path = `${job.docs_path}${encodeURIComponent(page)}?format=md`
  return entryText(await readText(service, path, { signal }), anchor)
}

function neighbours(name: 'callers' | 'callees', title: string, description: string): Tool {
  return defineTool({
    name,
    title,
    description,
    input: z.object({ ...repository, ...symbol, ...uses, ...paging, ...budget }),
    output: NeighboursAnswer.extend(of),
    async run({ repoName, revision, symbol, kinds, guesses, limit, after, max_tokens }, call: ToolCall) {
      const job = await findSet(call, repoName, revision)
      const query = Object.entries({ symbol, kinds: kinds.join(','), guesses, limit, after })
      const answer = await askGraph(call, job, name, query, NeighboursAnswer)
      return { structured: { repository: job.repo_url, ...fitPage(answer, 'results', { after, max_tokens }) } }
    },
  })
}

export const callers = neighbours(
  'callers',
  'Who uses a symbol',
  'Lists what calls or uses a definition, with the lines of each use, confirmed by compilers and resolvers; code before tests.',
)
export const callees = neighbours(
  'callees',
  'What a symbol uses',
  'Lists what a definition calls or uses, in the order of its code, with lines.',
)

export const implementations = defineTool({
  name: 'implementations',
  title: 'Implementations',
  description: 'Lists what implements, extends or overrides a definition, directly or indirectly, nearest first.',
  input: z.object({ ...repository, ...symbol, ...paging, ...budget }),
  output: ImplementationsAnswer.extend(of),
  async run({ repoName, revision, symbol, limit, after, max_tokens }, call) {
    const job = await findSet(call, repoName, revision)
    const query = Object.entries({ symbol, limit, after })
    const answer = await askGraph(call, job, 'implementations', query, ImplementationsAnswer)
    return { structured: { repository: job.repo_url, ...fitPage(answer, 'results', { after, max_tokens }) } }
  },
})

export const pathBetween = defineTool({
  name: 'path_between',
  title: 'How one symbol reaches another',
  description:
    'Finds a shortest chain of calls from one definition to another, with lines. A class stands for all its members.',
  input: z.object({
    ...repository,
    from: SymbolName.describe('Start of the chain, in the form of `symbol` of other tools.'),
    to: SymbolName.describe('End of the chain.'),
    kinds: uses.kinds,
    ...budget,
  }),
  output: PathAnswer.extend(of),
  async run({ repoName, revision, from, to, kinds, max_tokens }, call) {
    const job = await findSet(call, repoName, revision)
    const query = Object.entries({ from, to, kinds: kinds.join(',') })
    const answer = await askGraph(call, job, 'path_between', query, PathAnswer)
    const { answer: fitted, isCut } = fitLists(answer, ['steps'], charsIn(max_tokens))
    const hint = answer.steps.length === answer.total ? '; raise max_tokens for all' : ''
    const note = `The path has ${answer.total} symbols${hint}.`
    return { structured: { repository: job.repo_url, ...fitted, ...((isCut || hint === '') && { note }) } }
  },
})

export const impact = defineTool({
  name: 'impact',
  title: 'Impact of a change',
  description:
    'Finds who is affected by a change of symbols or lines, nearest first, and which test files to run. Lines are those of the documented commit.',
  input: z.object({
    ...repository,
    symbols: z.array(SymbolName).max(MAX_CHANGES).default([]).describe('Changed symbols or files.'),
    lines: z.array(z.string().max(4_100)).max(MAX_CHANGES).default([]).describe('Changed lines: `src/app.py:10-20`.'),
    depth: z.int().min(1).max(MAX_DEPTH).default(5).describe('Steps from the change.'),
    ...paging,
    ...budget,
  }),
  output: ImpactAnswer.extend(of),
  async run({ repoName, revision, symbols, lines, depth, limit, after, max_tokens }, call) {
    const job = await findSet(call, repoName, revision)
    const changed = [
      ...symbols.map((each) => ['symbol', each] as const),
      ...lines.map((each) => ['lines', each] as const),
    ]
    const query = [...changed, ...Object.entries({ depth, limit, after })]
    const answer = await askGraph(call, job, 'impact', query, ImpactAnswer)
    const { answer: fitted, kept, isCut } = fitLists(answer, ['changed', 'tests', 'results'], charsIn(max_tokens))
    const count = kept.results ?? 0
    const next = count < answer.results.length ? after + count : answer.next
    const left = answer.tests_total - (kept.tests ?? 0)
    const notes = [
      ...(next === null ? [] : [`The list continues; call again with after=${next}.`]),
      ...(left > 0 ? [`${left} further test files are left out: raise max_tokens.`] : []),
    ]
    const note = notes.join(' ') || (isCut ? 'Cut to the budget: raise max_tokens.' : undefined)
    return { structured: { repository: job.repo_url, ...fitted, next, ...(note !== undefined && { note }) } }
  },
})

export const readFileOutline = defineTool({
  name: 'read_file_outline',
  title: 'Outline of a file',
  description: 'Lists the definitions of a file with lines, signatures and nesting.',
  input: z.object({ ...repository, file: SymbolName.describe('Path in the repository.'), ...paging, ...budget }),
  output: OutlineAnswer.extend(of),
  async run({ repoName, revision, file, limit, after, max_tokens }, call) {
    const job = await findSet(call, repoName, revision)
    const answer = await askGraph(call, job, 'outline', Object.entries({ file, limit, after }), OutlineAnswer)
    return { structured: { repository: job.repo_url, ...fitPage(answer, 'definitions', { after, max_tokens }) } }
  },
})
