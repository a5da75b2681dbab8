/** The questions about a graph, and their answers: parameters and results of the HTTP interface and of the tools of agents. */

import { z } from 'zod'
import { noticeField } from '#base/unreachable-commit.ts'
import { EDGE_KINDS, NODE_KINDS } from './format.ts'

/** Maximum length of a name: paths and names of a repository are shorter. */
export const MAX_SYMBOL = 2_000
const MAX_LIMIT = 200
export const MAX_DEPTH = 20
/** Maximum number of symbols, and of ranges of lines, in one question about impact. */
export const MAX_CHANGES = 100

export const SymbolRef = z.object({
  id: z.string().describe('`path#Qualified.name`, or the path of a file.'),
  kind: z.enum(NODE_KINDS),
  name: z.string().describe('Qualified: `Router.match`.'),
  file: z.string(),
  start_line: z.int(),
  end_line: z.int(),
  exported: z.boolean(),
  in_tests: z.boolean(),
  signature: z.string().nullable(),
  summary: z.string().nullable().describe('The first sentence of its doc comment.'),
  page: z.string().nullable().describe('The page of the set with its entry.'),
  anchor: z.string().nullable(),
  source: z
    .string()
    .nullable()
    .describe('URL of its lines; relative to the folder of the pages if the set includes the file.'),
})
export type SymbolRef = z.infer<typeof SymbolRef>

/** Location of a use; in the using symbol's file unless `file` is given. */
export const Place = z.object({
  line: z.int(),
  column: z.int(),
  file: z.string().optional(),
  block: z.string().optional().describe('The kind of the innermost block around it: branch, loop, failure, ….'),
})

export const Use = z.object({
  kind: z.enum(EDGE_KINDS),
  origin: z.string().describe('How it was resolved, as in graph.json; `unique-name` is a guess.'),
  confidence: z.number(),
  places: z.array(Place).describe('At most 20.'),
})

/** The fields that all answers have. */
const Answered = z.object({
  commit: z.string().describe('Full id of the commit that all line numbers refer to.'),
  ...noticeField,
})
const Listed = Answered.extend({
  total: z.int().describe('Number of items on all pages.'),
  next: z.int().nullable().describe('`after` of the next page; null on the last one.'),
})

/** A symbol that was found by a name. */
const Resolved = z.object({
  symbol: SymbolRef,
  other_matches: z.int().describe('Number of further definitions that match the name less well; 0 for an id.'),
})

export const SymbolsAnswer = Listed.extend({ symbols: z.array(SymbolRef) })

export const SymbolAnswer = Answered.extend(Resolved.shape).extend({
  parent: SymbolRef.nullable(),
  declarations: z
    .array(z.object({ file: z.string(), start_line: z.int(), end_line: z.int() }))
    .describe('Further places that declare it.'),
  members: z.array(SymbolRef).describe('At most 100.'),
  supertypes: z.array(SymbolRef),
  overrides: z.array(SymbolRef),
  callers: z.int(),
  callees: z.int(),
  implementations: z.int().describe('Direct ones: subtypes, or methods that override it.'),
})

export const NeighboursAnswer = Listed.extend(Resolved.shape).extend({
  results: z.array(SymbolRef.extend({ uses: z.array(Use) })),
  guesses: z.int().describe('Number of symbols that are only guessed; listed with `guesses=true`.'),
})

export const ImplementationsAnswer = Listed.extend(Resolved.shape).extend({
  results: z.array(
    SymbolRef.extend({ distance: z.int().describe('1: direct.'), through: z.enum(EDGE_KINDS), of: z.string() }),
  ),
})

export const PathAnswer = Answered.extend({
  from: SymbolRef,
  to: SymbolRef,
  found: z.boolean(),
  total: z.int().describe('Symbols on the path, `from` and `to` included; 0 if there is none.'),
  steps: z
    .array(
      SymbolRef.extend({ through: Use.nullable().describe('How the previous symbol uses it; null for the first.') }),
    )
    .describe(
      'The first 200 symbols of a shortest path from `from` to `to`. A call of a method may lead to a method that overrides it.',
    ),
})

export const ImpactAnswer = Listed.extend({
  changed: z.array(SymbolRef).describe('The symbols that the question names, at most 200.'),
  results: z
    .array(
      SymbolRef.extend({
        distance: z.int().describe('Number of steps from the change.'),
        because: z.string().describe('The kind of the edge to the symbol it depends on, or member.'),
        of: z.string().describe('Id of the symbol it depends on, which is one step nearer.'),
      }),
    )
    .describe('Nearest first.'),
  tests: z
    .array(
      z.object({
        file: z.string(),
        distance: z
          .int()
          .nullable()
          .describe(
            'Distance of its nearest test; null when no use of the symbol is known, only a use of its file or of its surroundings.',
          ),
        tests: z
          .array(z.string())
          .describe(
            'Names of tests that reach a change, nearest first, at most 20, of the 20 nearest files; empty for a whole file.',
          ),
      }),
    )
    .describe('Test files to run, nearest first, at most 500.'),
  tests_total: z.int(),
})

export const OutlineAnswer = Listed.extend({
  file: SymbolRef,
  definitions: z.array(
    SymbolRef.extend({
      depth: z.int(),
      same_as: z.string().optional().describe('Id of the definition that this redeclares.'),
    }),
  ),
})

export type Answers = {
  symbols: z.infer<typeof SymbolsAnswer>
  symbol: z.infer<typeof SymbolAnswer>
  callers: z.infer<typeof NeighboursAnswer>
  callees: z.infer<typeof NeighboursAnswer>
  implementations: z.infer<typeof ImplementationsAnswer>
  path_between: z.infer<typeof PathAnswer>
  impact: z.infer<typeof ImpactAnswer>
  outline: z.infer<typeof OutlineAnswer>
}

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .pipe(z.int().min(least).max(most))

const SymbolName = z
  .string()
  .min(1)
  .max(MAX_SYMBOL)
  .meta({
    description: 'An id (`path#Qualified.name`), a name (`Router.match`, `match`) or a path.',
    examples: ['Flask'],
  })
const Page = {
  limit: wholeNumber(1, MAX_LIMIT).default(50).describe(`1 to ${MAX_LIMIT}; 50 by default.`),
  after: wholeNumber(0, 1_000_000).default(0).describe('From `next` of an answer.'),
}
const Kinds = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(EDGE_KINDS)))
  .default(['calls', 'instantiates'])
  .describe('Kinds of uses, separated by commas; `calls,instantiates` by default.')
const Guesses = z.stringbool().default(false).describe('`true`: include symbols that are only guessed.')

/** The parameters of the query, by question. */
export const Parameters = {
  symbols: z.strictObject({
    name: z
      .string()
      .min(1)
      .max(MAX_SYMBOL)
      .meta({
        description: 'The end of a qualified name, ignoring case: `match`, `Router.match`.',
        examples: ['Flask'],
      }),
    kind: z.enum(NODE_KINDS).optional().describe('Only definitions of this kind.'),
    ...Page,
  }),
  symbol: z.strictObject({ symbol: SymbolName }),
  callers: z.strictObject({ symbol: SymbolName, kinds: Kinds, guesses: Guesses, ...Page }),
  callees: z.strictObject({ symbol: SymbolName, kinds: Kinds, guesses: Guesses, ...Page }),
  implementations: z.strictObject({ symbol: SymbolName, ...Page }),
  path_between: z.strictObject({ from: SymbolName, to: SymbolName, kinds: Kinds }),
  impact: z.strictObject({
    symbol: z
      .array(SymbolName)
      .max(MAX_CHANGES)
      .default([])
      .meta({ description: 'A changed symbol or file; may be repeated.', examples: [['Flask']] }),
    lines: z
      .array(z.string().regex(/^[^\0]{1,4000}:\d{1,9}(?:-\d{1,9})?$/))
      .max(MAX_CHANGES)
      .default([])
      .describe('Changed lines: `src/app.py:10-20`; may be repeated.'),
    depth: wholeNumber(1, MAX_DEPTH).default(5).describe(`Steps from the change, 1 to ${MAX_DEPTH}; 5 by default.`),
    ...Page,
  }),
  outline: z.strictObject({
    file: z
      .string()
      .min(1)
      .max(MAX_SYMBOL)
      .meta({ description: 'A path in the repository.', examples: ['src/app.py'] }),
    ...Page,
  }),
} as const
export type QuestionName = keyof typeof Parameters

/** A question with its parameters. */
export type Question = { [Name in QuestionName]: { ask: Name } & z.output<(typeof Parameters)[Name]> }[QuestionName]

export const QUESTIONS = Object.keys(Parameters) as QuestionName[]

/** The outcome of a question. `work`: the number of edges followed. */
export type Outcome =
  | { is: 'answer'; answer: Answers[QuestionName]; work: number }
  | { is: 'no such symbol'; symbol: string; work: number }
  /** Several definitions have the name. */
  | { is: 'ambiguous'; symbol: string; candidates: SymbolRef[]; total: number; work: number }
  /** The set was made by a version without an index. */
  | { is: 'no index' }
