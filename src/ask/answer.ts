/** An answer to a question: what the documentation has on it, in groups. */

import { z } from 'zod'
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

export const Answer = z.object({
  question: z.string(),
  commit: z.string(),
  found: z.boolean().describe('false: the documentation does not say.'),
  basis: z.literal('evidence').describe('Found by words, names and the graph; no model was asked.'),
  definitions: z.array(Definition).describe('Best first.'),
  connections: z.array(Connection).describe('How these definitions use each other.'),
  documents: z.array(Document).describe('Guides, pages and sections, best first.'),
  files: z.array(z.string()).describe('Files that most of this leads to, best first.'),
  unknown_names: z.array(z.string()).describe('Names of code in the question that the repository does not have.'),
})
export type Answer = z.infer<typeof Answer>

/** The answer as Markdown, for terminals and agents. */
export function answerText(answer: Answer): string {
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
