/** The tool that reads source files, where a set keeps them. */

import { z } from 'zod'
import { charsIn } from './budget.ts'
import { findSet, type Job } from './find-set.ts'
import { Refused, readText, type Service } from './service.ts'
import { budget, defineTool, note, repository } from './tool.ts'

export const readSource = defineTool({
  name: 'read_source',
  title: 'Read source lines',
  description:
    'Reads lines of a file at the documented commit, where the documentation keeps the source: for local folders and hosts without links to lines. Otherwise follow the `source` URLs of symbols.',
  input: z.object({
    ...repository,
    file: z.string().min(1).max(2_000).describe('Path in the repository.'),
    start_line: z.int().min(1).default(1),
    end_line: z.int().min(1).optional().describe('By default as far as the budget reaches.'),
    ...budget,
  }),
  output: z.object({
    repository: z.string(),
    commit: z.string().nullable(),
    file: z.string(),
    start_line: z.int(),
    end_line: z.int(),
    lines: z.int().describe('Of the whole file.'),
    text: z.string(),
    next: z.int().nullable().describe('`start_line` of the rest; null at the end.'),
    ...note,
  }),
  async run({ repoName, revision, file, start_line, end_line, max_tokens }, { service, signal }) {
    const job = await findSet(service, repoName, revision, signal)
    const last = end_line ?? Number.MAX_SAFE_INTEGER
    const found = await sourceLines(service, job, file, start_line, last, signal, charsIn(max_tokens))
    if (found === undefined) {
      throw new Refused(404, {
        code: 'NO_SOURCE',
        detail: `The documentation does not keep ${JSON.stringify(file.slice(0, 300))} at commit ${job.resolved_commit}.`,
        hint: 'get_symbol and read_file_outline give the URLs of lines on its host.',
      })
    }
    const { text, end, lines } = found
    const next = end < Math.min(last, lines) ? end + 1 : null
    const structured = {
      ...{ repository: job.repo_url, commit: job.resolved_commit, file, start_line, end_line: end, lines, text, next },
      ...(next !== null && { note: `The file goes on: call again with start_line=${next}.` }),
    }
    return { structured, text: next === null ? text : `${text}\n[${structured.note}]` }
  },
})

/** Lines of a source file, as many as have room; `undefined` when the set does not keep the file. */
export async function sourceLines(
  service: Service,
  job: Job,
  file: string,
  start: number,
  end: number,
  signal: AbortSignal,
  maxChars = Number.POSITIVE_INFINITY,
): Promise<{ text: string; end: number; lines: number } | undefined> {
  const path = sourcePath(file)
  if (path === undefined) return undefined
  const text = await readText(service, `${job.docs_path}source/${path}?format=text`, { signal }).catch((error) => {
    if (error instanceof Refused && error.code === 'NO_SUCH_PAGE') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const all = text.split('\n')
  if (all.at(-1) === '') all.pop()
  const shown: string[] = []
  let chars = 0
  for (const line of all.slice(start - 1, end)) {
    chars += line.length + 1
    if (chars > maxChars && shown.length > 0) break
    // A file of one long line has to end, too.
    shown.push(line.slice(0, maxChars))
  }
  return { text: shown.join('\n'), end: start + shown.length - 1, lines: all.length }
}

/** A path as part of a URL; `undefined` for one that no file of a repository has. */
export function sourcePath(file: string): string | undefined {
  const parts = file.split('/')
  if (parts.some((part) => /^\.{0,2}$/.test(part))) return undefined
  return parts.map(encodeURIComponent).join('/')
}
