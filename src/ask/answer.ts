/** An answer to a question: the relevant parts of the documentation, grouped. */

import { z } from 'zod'
import { append } from '#base/long-arrays.ts'
import { noticeField } from '#base/unreachable-commit.ts'
import { SymbolRef } from '#graph-queries/questions.ts'

/** A definition, and why it was chosen. */
const Definition = SymbolRef.extend({
  because: z
    .string()
    .describe('Why it was found: a name in the question, its words, or a connection to another definition.'),
})

const Document = z.object({
  title: z.string(),
  kind: z.string().describe('page, section, guide or document.'),
  text: z.string(),
  page: z.string(),
  anchor: z.string().describe('Empty for the page itself.'),
  source: z.string().nullable().default(null).describe('The URL of its line if it is on no page.'),
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
  citations: z
    .array(Citation)
    .describe('Lines at the commit that the model has read and that support the sentence; at least one.'),
})
export type Sentence = z.infer<typeof Sentence>

export const ENDINGS = ['whole', 'not found', 'nothing held', 'cut'] as const

/** The answer of a model, with only the sentences that passed the check. */
export const Written = z.object({
  answer_id: z.string().describe('For feedback, and to share it: `POST /api/ask/{answer_id}/feedback`.'),
  model: z.string(),
  sentences: z.array(Sentence),
  ended: z
    .enum(ENDINGS)
    .describe(
      'not found: the model reports that the documentation does not answer the question. nothing held: no sentence is supported by the lines it cites. cut: the answer was cut off.',
    ),
  struck: z.int().describe('Number of sentences left out because the lines they cite do not support them.'),
  look_ups: z.int(),
  is_kept: z.boolean().describe('The answer was written earlier, for the same question about the same commit.'),
})
export type Written = z.infer<typeof Written>

export const REASONS = ['offline', 'not asked for', 'limit', 'budget', 'busy', 'failed'] as const

export const Answer = z.object({
  question: z.string(),
  commit: z.string(),
  ...noticeField,
  found: z.boolean().describe('false: the documentation does not answer the question.'),
  basis: z
    .enum(['evidence', 'model'])
    .describe(
      'evidence: found by words, names and the graph. model: in addition, `written` is an answer in sentences.',
    ),
  written: Written.nullable(),
  without_model: z
    .enum(REASONS)
    .nullable()
    .describe(
      'Why no model has answered: none is configured (offline), the limit of the caller, the hourly or daily budget, too many questions at once, an error.',
    ),
  definitions: z.array(Definition).describe('Best first.'),
  connections: z.array(Connection).describe('How these definitions use each other.'),
  documents: z.array(Document).describe('Guides, pages and sections, best first.'),
  files: z.array(z.string()).describe('Files with most of this evidence, best first.'),
  unknown_names: z.array(z.string()).describe('Code names in the question that the repository does not contain.'),
})
export type Answer = z.infer<typeof Answer>

/** The answer as Markdown, for terminals and agents. */
export function answerText(answer: Answer): string {
  const { written, notice } = answer
  const text = written === null ? evidenceText(answer) : `${writtenText(written)}\n${evidenceText(answer)}`
  return notice === undefined ? text : `${notice}\n\n${text}`
}

/** The model's answer, with the lines that each sentence cites. */
function writtenText(written: Written): string {
  const { sentences } = written
  const text = sentences.map(
    (sentence, index) =>
      `${index === 0 ? '' : sentence.starts_paragraph ? '\n\n' : ' '}${sentence.text} ${sentence.citations.map(citationText).join('')}`,
  )
  return sentences.length === 0 ? `${aboutWritten(written)}\n` : `${text.join('')}\n\n${aboutWritten(written)}\n`
}

/** A note on who wrote the answer, and on what it lacks. */
export function aboutWritten({ model, sentences, ended, struck }: Written): string {
  if (sentences.length === 0) return NOTHING[ended]
  const left = struck > 0 ? ` ${struck} ${struck === 1 ? 'sentence was' : 'sentences were'} left out.` : ''
  const end = ended === 'cut' ? ' The answer was cut off.' : ''
  return `Written by ${model}. The cited lines contain the names or words of each sentence; whether a sentence is correct was not checked.${left}${end}`
}

const NOTHING: Readonly<Record<Written['ended'], string>> = {
  whole: 'The documentation does not say.',
  'not found': 'The documentation does not say.',
  'nothing held': 'No sentence that the model wrote is supported by the lines it cites.',
  cut: 'The model was cut off before a sentence passed the check.',
}

/** `[src/app.py:3-9]` */
export const citationText = ({ file, start_line: from, end_line: to }: Citation): string =>
  `[${file}:${from}${to === from ? '' : `-${to}`}]`

export function evidenceText(answer: Answer): string {
  const { definitions, connections, documents, files, unknown_names: unknown } = answer
  const lines = [
    answer.found
      ? `What the documentation says about this question at commit ${answer.commit.slice(0, 12)}, found by words, names and the graph:`
      : `No match in the documentation by words or names (commit ${answer.commit.slice(0, 12)}).`,
  ]
  if (unknown.length > 0) lines.push('', `Not in the repository: ${unknown.map(code).join(', ')}`)
  const group = (title: string, items: readonly string[]): void => {
    if (items.length > 0) append(lines, ['', `## ${title}`, '', ...items.map((item) => `- ${item}`)])
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
      ({ title, page, anchor, source, file, line, text }) =>
        `${title}, ${source === null ? page + (anchor === '' ? '' : `#${anchor}`) : `${file}:${line}`}${text === '' ? '' : ` — ${text}`}`,
    ),
  )
  group('Files', files)
  return `${lines.join('\n')}\n`
}

const code = (name: string): string => `\`${name.replaceAll('`', "'")}\``

const nameOf = (id: string): string => id.slice(id.indexOf('#') + 1)
