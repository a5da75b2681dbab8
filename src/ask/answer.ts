/** An answer to a question: what the documentation has on it, in groups. */

import { z } from 'zod'
import { noticeField } from '#base/commit-id.ts'
import { SymbolRef } from '#graph-queries/questions.ts'

export const MAX_QUESTION = 2_000

/** A definition with the lines of others that use it or that it uses. */
const Definition = SymbolRef.extend({
  because: z.string().describe('What led to it: a name of the question, its words, or a definition that uses it.'),
})

const Document = z.object({
  title: z.string(),
  kind: z.string().describe('page, section, guide or document.'),
  text: z.string(),
  page: z.string(),
  anchor: z.string().describe('Empty for the page itself.'),
  file: z.string().nullable(),
  line: z.int().nullable(),
})

const Connection = z.object({
  from: z.string().describe('Id of a definition.'),
  to: z.string(),
  kind: z.string(),
  file: z.string(),
  line: z.int(),
})

const Citation = z.object({
  file: z.string(),
  start_line: z.int(),
  end_line: z.int(),
  source: z
    .string()
    .nullable()
    .describe('URL of the lines, or of the section that quotes them; relative to the folder of the pages if local.'),
})
export type Citation = z.infer<typeof Citation>

export const Sentence = z.object({
  text: z.string().describe('One sentence, with names of code between backticks and no other markup.'),
  starts_paragraph: z.boolean(),
  names: z
    .array(z.object({ name: z.string(), page: z.string(), anchor: z.string() }))
    .describe('Names in the text that have an entry.'),
  citations: z.array(Citation).describe('Lines at the commit that were opened and bear it out; at least one.'),
})
export type Sentence = z.infer<typeof Sentence>

export const ENDINGS = ['whole', 'not found', 'nothing held', 'cut'] as const

/** What a model has written, of which only what holds is here. */
export const Written = z.object({
  answer_id: z.string().describe('For feedback, and to share it: `POST /api/ask/{answer_id}/feedback`.'),
  model: z.string(),
  sentences: z.array(Sentence),
  ended: z
    .enum(ENDINGS)
    .describe(
      'not found: the model says that the documentation does not say. nothing held: no sentence is borne out by lines that it cites. cut: it broke off.',
    ),
  struck: z.int().describe('Sentences that were left out, because what they cite does not bear them out.'),
  look_ups: z.int(),
  is_kept: z.boolean().describe('It was written before, for the same question about the same commit.'),
})
export type Written = z.infer<typeof Written>

export const REASONS = ['offline', 'not asked for', 'limit', 'budget', 'busy', 'failed'] as const

export const Answer = z.object({
  question: z.string(),
  commit: z.string(),
  ...noticeField,
  found: z.boolean().describe('false: the documentation does not say.'),
  basis: z
    .enum(['evidence', 'model'])
    .describe('evidence: found by words, names and the graph. model: `written` is an answer in sentences, too.'),
  written: Written.nullable(),
  without_model: z
    .enum(REASONS)
    .nullable()
    .describe(
      'Why no model has answered: none is set (offline), the limit of the caller, the budget of the hour or the day, too many questions at once, an error.',
    ),
  definitions: z.array(Definition).describe('Best first.'),
  connections: z.array(Connection).describe('How these definitions use each other.'),
  documents: z.array(Document).describe('Guides, pages and sections, best first.'),
  files: z.array(z.string()).describe('Files that most of this leads to, best first.'),
  unknown_names: z.array(z.string()).describe('Names of code in the question that the repository does not have.'),
})
export type Answer = z.infer<typeof Answer>

/** The answer as Markdown, for terminals and agents. */
export function answerText(answer: Answer): string {
  const { written, notice } = answer
  const text = written === null ? evidenceText(answer) : `${writtenText(written)}\n${evidenceText(answer)}`
  return notice === undefined ? text : `${notice}\n\n${text}`
}

/** What a model has written, with the lines behind each sentence. */
function writtenText(written: Written): string {
  const { sentences } = written
  const text = sentences.map(
    (sentence, index) =>
      `${index === 0 ? '' : sentence.starts_paragraph ? '\n\n' : ' '}${sentence.text} ${sentence.citations.map(citationText).join('')}`,
  )
  return sentences.length === 0 ? `${aboutWritten(written)}\n` : `${text.join('')}\n\n${aboutWritten(written)}\n`
}

/** Who wrote it, and what is missing. */
export function aboutWritten({ model, sentences, ended, struck }: Written): string {
  if (sentences.length === 0) return NOTHING[ended]
  const left = struck > 0 ? ` ${struck} ${struck === 1 ? 'sentence was' : 'sentences were'} left out.` : ''
  const end = ended === 'cut' ? ' The answer broke off.' : ''
  return `Written by ${model}. The cited lines contain the names or words of each sentence; whether a sentence is correct was not checked.${left}${end}`
}

const NOTHING: Readonly<Record<Written['ended'], string>> = {
  whole: 'The documentation does not say.',
  'not found': 'The documentation does not say.',
  'nothing held': 'Nothing of what the model wrote is borne out by the lines that it cites.',
  cut: 'The model broke off before it had said anything that holds.',
}

/** `[src/app.py:3-9]` */
export const citationText = ({ file, start_line: from, end_line: to }: Citation): string =>
  `[${file}:${from}${to === from ? '' : `-${to}`}]`

export function evidenceText(answer: Answer): string {
  const { definitions, connections, documents, files, unknown_names: unknown } = answer
  const lines = [
    answer.found
      ? `What the documentation has on this question at commit ${answer.commit.slice(0, 12)}, found by words, names and the graph:`
      : `The documentation does not say, as far as words and names tell (commit ${answer.commit.slice(0, 12)}).`,
  ]
  if (unknown.length > 0) lines.push('', `Not in the repository: ${unknown.map(code).join(', ')}`)
  const group = (title: string, items: readonly string[]): void => {
    if (items.length > 0) lines.push('', `## ${title}`, '', ...items.map((item) => `- ${item}`))
  }
  group(
    'Definitions',
    definitions.map(({ name, kind, file, start_line, end_line, summary, because }) =>
      [`${code(name)} (${kind}), ${file}:${start_line}-${end_line}`, summary ?? '', `[${because}]`]
        .filter(Boolean)
        .join(' — '),
    ),
  )
  group(
    'How they use each other',
    connections.map(
      ({ from, to, kind, file, line }) => `${code(nameOf(from))} ${kind} ${code(nameOf(to))}, ${file}:${line}`,
    ),
  )
  group(
    'Documents',
    documents.map(
      ({ title, page, anchor, text }) =>
        `${title}, ${page}${anchor === '' ? '' : `#${anchor}`}${text === '' ? '' : ` — ${text}`}`,
    ),
  )
  group('Files', files)
  return `${lines.join('\n')}\n`
}

const code = (name: string): string => `\`${name.replaceAll('`', "'")}\``

const nameOf = (id: string): string => id.slice(id.indexOf('#') + 1)
