/** The tool that reads source files that are stored with a set. */

import { z } from 'zod'
import { charsIn, cutAt } from './budget.ts'
import { findSet, type Job } from './find-set.ts'
import { Refused, readText } from './service.ts'
import { budget, defineTool, note, repository, type ToolCall } from './tool.ts'

export const readSource = defineTool({
  name: 'read_source',
  title: 'Read source lines',
  description:
    'Reads lines of a file at the documented commit, if the documentation includes the source: for local folders and hosts without links to lines. Otherwise follow the `source` URLs of symbols.',
  input: z.object({
    ...repository,
    file: z.string().min(1).max(2_000).describe('Path in the repository.'),
    start_line: z.int().min(1).default(1),
    end_line: z.int().min(1).optional().describe('Defaults to as many lines as the budget allows.'),
    ...budget,
  }),
  output: z.object({
    repository: z.string(),
    commit: z.string().nullable(),
    file: z.string(),
    start_line: z.int(),
    end_line: z.int(),
    lines: z.int().describe('Number of lines in the whole file.'),
    text: z.string(),
    next: z.int().nullable().describe('`start_line` of the next call; null at the end.'),
    ...note,
  }),
  async run({ repoName, revision, file, start_line, end_line, max_tokens }, call) {
    const job = await findSet(call, repoName, revision)
    const last = end_line ?? Number.MAX_SAFE_INTEGER
    const found = await sourceLines(call, job, { file, start: start_line, end: last, maxChars: charsIn(max_tokens) })
    if (found === undefined) {
      throw new Refused(404, {
        code: 'NO_SOURCE',
        detail: `The documentation does not include the source of ${JSON.stringify(file.slice(0, 300))} at commit ${job.resolved_commit}.`,
        hint: 'get_symbol and read_file_outline return URLs that link to these lines on the code host.',
      })
    }
    const { text, end, lines, isCut } = found
    if (start_line > Math.max(1, lines) || start_line > last) {
      throw new Refused(400, {
        code: 'NO_SUCH_LINES',
        detail: `Expected start_line from 1 to ${Math.max(1, Math.min(lines, last))}, found ${start_line}: the file has ${lines} lines.`,
      })
    }
    const next = end < Math.min(last, lines) ? end + 1 : null
    const notes = [
      ...(isCut ? [`Line ${end} is longer than the budget and was cut: raise max_tokens.`] : []),
      ...(next === null ? [] : [`The file continues; call again with start_line=${next}.`]),
    ]
    const structured = {
      repository: job.repo_url,
      commit: job.resolved_commit,
      file,
      start_line,
      end_line: end,
      lines,
      text,
      next,
      ...(notes.length > 0 && { note: notes.join(' ') }),
    }
    return { structured, text: notes.length === 0 ? text : `${text}\n[${structured.note}]` }
  },
})

interface LineRange {
  file: string
  /** The first and the last line, from 1. */
  start: number
  end: number
  maxChars?: number
}

/**
 * Lines of a source file, as many as fit into `maxChars`. If the first line alone is longer, it is cut (`isCut`), so
 * that each call returns at least one line.
 *
 * @returns `undefined` when the set does not include the file.
 */
export async function sourceLines(
  { service, signal }: ToolCall,
  job: Job,
  { file, start, end, maxChars = Number.POSITIVE_INFINITY }: LineRange,
): Promise<{ text: string; end: number; lines: number; isCut: boolean } | undefined> {
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
  let [chars, isCut] = [0, false]
  for (const line of all.slice(start - 1, end)) {
    chars += line.length + 1
    if (chars > maxChars && shown.length > 0) break
    const length = cutAt(line, maxChars)
    isCut ||= length < line.length
    shown.push(line.slice(0, length))
  }
  return { text: shown.join('\n'), end: start + shown.length - 1, lines: all.length, isCut }
}

/** A path escaped for a URL; `undefined` for a path that no file in a repository can have. */
function sourcePath(file: string): string | undefined {
  const parts = file.split('/')
  if (parts.some((part) => /^\.{0,2}$/.test(part)) || /\p{Surrogate}/u.test(file)) return undefined
  return parts.map(encodeURIComponent).join('/')
}
