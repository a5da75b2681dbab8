/** Operations that answer questions about the graph of a set. */

import type { z } from 'zod'
import {
  ImpactAnswer,
  ImplementationsAnswer,
  NeighboursAnswer,
  OutlineAnswer,
  Parameters,
  PathAnswer,
  SymbolAnswer,
  SymbolsAnswer,
} from '#graph-queries/questions.ts'
import { NOT_MODIFIED, type Operation, type Operations, SPOOL } from './operation.ts'

const ERRORS = [
  ...([...SPOOL, 'NO_DOCS', 'SET_DAMAGED', 'NO_GRAPH_INDEX', 'RATE_LIMITED'] as const),
  ...(['SERVER_BUSY', 'TOOK_TOO_LONG', 'SHUTTING_DOWN'] as const),
] as const
const OF_SYMBOL = [...ERRORS, 'NO_SUCH_SYMBOL', 'AMBIGUOUS_SYMBOL'] as const

const about = <Of extends z.ZodType>(
  description: string,
  of: Of,
  headers: readonly ('ETag' | 'Link')[] = ['ETag', 'Link'],
) =>
  ({
    200: { description, content: { 'application/json': of }, headers },
    304: NOT_MODIFIED,
  }) as const satisfies Operation['answers']

const SHARED = { headers: ['If-None-Match'] } as const

export const graphOperations = {
  'GET /api/graph/:id/symbols': {
    ...SHARED,
    id: 'listSymbols',
    summary: 'Find definitions by name',
    query: Parameters.symbols,
    answers: about('Code before tests, the most used first.', SymbolsAnswer),
    errors: ERRORS,
    examples: [{ title: 'All definitions of a name', query: { name: 'Flask' } }],
  },
  'GET /api/graph/:id/symbol': {
    ...SHARED,
    id: 'readSymbol',
    summary: 'Read one definition and its surroundings',
    description:
      'A symbol is given as an id, the end of a qualified name, or a path. If several definitions match equally well, the error lists them as `candidates`.',
    query: Parameters.symbol,
    answers: about('The definition, its members, and the number of its users.', SymbolAnswer, ['ETag']),
    errors: OF_SYMBOL,
    examples: [{ title: 'A class', query: { symbol: 'Flask' } }],
  },
  'GET /api/graph/:id/callers': {
    ...SHARED,
    id: 'listCallers',
    summary: 'List what uses a definition',
    query: Parameters.callers,
    answers: about('Its users with the lines of each use: code before tests, by file and line.', NeighboursAnswer),
    errors: OF_SYMBOL,
    examples: [
      { title: 'Its callers', query: { symbol: 'Flask' } },
      { title: 'Every kind of use of it as a type', query: { symbol: 'Flask', kinds: 'uses-type,extends' } },
    ],
  },
  'GET /api/graph/:id/callees': {
    ...SHARED,
    id: 'listCallees',
    summary: 'List what a definition uses',
    query: Parameters.callees,
    answers: about('What it uses, in the order of the code.', NeighboursAnswer),
    errors: OF_SYMBOL,
    examples: [{ title: 'What it calls', query: { symbol: 'Flask' } }],
  },
  'GET /api/graph/:id/implementations': {
    ...SHARED,
    id: 'listImplementations',
    summary: 'List what implements, extends or overrides a definition',
    query: Parameters.implementations,
    answers: about('Direct and indirect ones, nearest first.', ImplementationsAnswer),
    errors: OF_SYMBOL,
    examples: [{ title: 'Subclasses', query: { symbol: 'Flask' } }],
  },
  'GET /api/graph/:id/path_between': {
    ...SHARED,
    id: 'findPath',
    summary: 'Find how one definition reaches another',
    query: Parameters.path_between,
    answers: about('A shortest path along calls, if there is one.', PathAnswer, ['ETag']),
    errors: OF_SYMBOL,
    examples: [{ title: 'From a function to one that it calls indirectly', query: { from: 'main', to: 'Flask' } }],
  },
  'GET /api/graph/:id/impact': {
    ...SHARED,
    id: 'findImpact',
    summary: 'Find who is affected by a change, and which tests to run',
    description:
      'Follows uses from the changed symbols or lines. `results` excludes tests; `tests` lists test files, including those that are only known to use a changed definition somewhere in the file.',
    query: Parameters.impact,
    answers: about('Nearest first.', ImpactAnswer),
    errors: [...OF_SYMBOL, 'MISSING_FIELD'],
    examples: [
      { title: 'Of a changed class', query: { symbol: 'Flask' } },
      { title: 'Of changed lines', query: { lines: 'src/app.py:10-20' } },
    ],
  },
  'GET /api/graph/:id/outline': {
    ...SHARED,
    id: 'readOutline',
    summary: 'List the definitions of a file',
    query: Parameters.outline,
    answers: about('In the order of the file, with their depth.', OutlineAnswer),
    errors: [...ERRORS, 'NO_SUCH_SYMBOL'],
    examples: [{ title: 'A file', query: { file: 'src/app.py' } }],
  },
} as const satisfies Operations
