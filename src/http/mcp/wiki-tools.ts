/** Tools that read documents: repositories, pages, search. */

import { z } from 'zod'
import { CROSS_SEARCH_PATH, CrossSearchAnswer } from '#http/cross-search.ts'
import { SearchAnswer } from '#http/search.ts'
import { charsIn, cutAt, fitLists } from './budget.ts'
import { findSet, isOffered, Jobs } from './find-set.ts'
import { ask, readJson, readText } from './service.ts'
import { budget, defineTool, note, paging, repository, type ToolCall } from './tool.ts'

const Repository = z.object({
  id: z.string(),
  repository: z.string().describe('URL of the repository.'),
  revision: z.string().nullable().describe('As it was submitted; null for the default branch.'),
  commit: z.string().nullable().describe('Full id of the commit that is documented.'),
  docs: z.string().nullable().describe('Path of the documents; null while there are none.'),
})

export const listRepositories = defineTool({
  name: 'list_repositories',
  title: 'List repositories',
  description:
    'Lists the documented repositories, the newest first. Private ones are not listed; they are read by their id.',
  input: z.object({
    search: z.string().min(1).max(200).optional().describe('Part of the name, or a URL.'),
    limit: z.int().min(1).max(100).default(20),
    after: z.string().max(512).optional().describe('`next` of the previous answer.'),
  }),
  output: z.object({ repositories: z.array(Repository), next: z.string().nullable() }),
  async run({ search, limit, after }, { service, signal }) {
    const query = new URLSearchParams({ documented: 'true', limit: String(limit) })
    if (search !== undefined) query.set('search', search)
    if (after !== undefined) query.set('after', after)
    const { jobs, next } = await readJson(service, `/api/jobs?${query}`, Jobs, { signal })
    const repositories = jobs.filter(isOffered).map((job) => ({
      id: job.job_id,
      repository: job.repo_url,
      revision: job.commit_id,
      commit: job.resolved_commit,
      docs: job.docs_path,
    }))
    const cursor = next === null ? null : new URL(next, 'http://localhost').searchParams.get('after')
    return { structured: { repositories, next: cursor } }
  },
})

const PAGE_LINE = /^- \[((?:[^\]\\]|\\.){1,500})\]\(([\w.~-]{1,200}\.md)\)(.*)$/

export const readWikiStructure = defineTool({
  name: 'read_wiki_structure',
  title: 'Pages of the documentation',
  description: 'Lists the pages of the documentation of a repository with what each is about. Start here.',
  input: z.object({ ...repository, ...paging, ...budget }),
  output: z.object({
    repository: z.string(),
    commit: z.string().nullable(),
    pages: z.array(z.object({ page: z.string(), title: z.string(), summary: z.string() })),
    total: z.int(),
    next: z.int().nullable(),
    ...note,
  }),
  async run({ repoName, revision, limit, after, max_tokens }, { service, signal }) {
    const job = await findSet({ service, signal }, repoName, revision)
    const text = await readText(service, `${job.docs_path}llms.txt`, { signal })
    const all = text.split('\n').flatMap((line) => {
      const [, title, page, rest = ''] = PAGE_LINE.exec(line) ?? []
      if (title === undefined || page === undefined) return []
      return [{ page, title: title.replace(/\\(.)/g, '$1'), summary: rest.replace(/^\s*[:：]\s*/, '') }]
    })
    const answer = {
      repository: job.repo_url,
      commit: job.resolved_commit,
      pages: all.slice(after, after + limit),
      total: all.length,
      next: null as number | null,
    }
    const fitted = fitLists(answer, ['pages'], charsIn(max_tokens))
    const end = after + (fitted.kept.pages ?? 0)
    return { structured: { ...fitted.answer, next: end < all.length ? end : null } }
  },
})

export const readWikiContents = defineTool({
  name: 'read_wiki_contents',
  title: 'Read documentation',
  description:
    'Reads a page of the documentation of a repository as Markdown; without `page` all pages, one after the other, beginning with the overview.',
  input: z.object({
    ...repository,
    page: z.string().max(200).optional().describe('From read_wiki_structure: `overview.md`.'),
    after: paging.after,
    ...budget,
  }),
  output: z.object({
    repository: z.string(),
    commit: z.string().nullable(),
    page: z.string().nullable(),
    text: z.string(),
    next: z.int().nullable().describe('`after` of the rest; null at the end.'),
    ...note,
  }),
  async run({ repoName, revision, page, after, max_tokens }, { service, signal }) {
    const job = await findSet({ service, signal }, repoName, revision)
    const name = page === undefined ? 'llms-full.txt' : fileName(page)
    const { text, next } = await readPart(service, `${job.docs_path}${name}`, after, charsIn(max_tokens), signal)
    const structured = {
      repository: job.repo_url,
      commit: job.resolved_commit,
      page: page ?? null,
      text,
      next,
      ...(next !== null && { note: `The text continues; call again with after=${next}.` }),
    }
    return { structured, text: next === null ? text : `${text}\n\n[${structured.note}]` }
  },
})

/** Names of files of sets have no folders. */
export const fileName = (page: string): string => (/^\.{0,2}$/.test(page) ? '_' : encodeURIComponent(page))

/**
 * Part of a Markdown file from a byte offset on. Little more than this part of a large file is read.
 *
 * @param after - If it is within a character, the part begins after that character.
 */
export async function readPart(
  service: Parameters<typeof ask>[0],
  path: string,
  after: number,
  maxChars: number,
  signal: AbortSignal,
): Promise<{ text: string; next: number | null }> {
  // A character has at most four bytes. Without compression, the range counts the bytes of the file.
  const headers = {
    accept: 'text/markdown',
    'accept-encoding': 'identity',
    range: `bytes=${after}-${after + maxChars * 4 - 1}`,
  }
  const response = await ask(service, path, { headers, signal })
  const bytes = new Uint8Array(await response.arrayBuffer())
  const isPart = response.status === 206
  const total = isPart ? Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1] ?? 0) : bytes.length
  const rest = isPart ? bytes : bytes.subarray(after)
  let skipped = 0
  if (after > 0) while (skipped < 3 && isContinuation(rest[skipped])) skipped++
  const decoded = new TextDecoder('utf-8', { ignoreBOM: true }).decode(rest.subarray(skipped), { stream: true })
  const text = decoded.slice(0, cutAt(decoded, maxChars))
  const end = after + skipped + new TextEncoder().encode(text).length
  return { text, next: text !== '' && end < total ? end : null }
}

/** Whether a byte of UTF-8 is not the first of its character. */
const isContinuation = (byte = 0): boolean => (byte & 0xc0) === 0x80

export const search = defineTool({
  name: 'search',
  title: 'Search the documentation',
  description:
    'Searches names, headings and texts of the documentation of a repository; words of a question work as well as names in the code. Without repoName, public names, modules, guides and purposes of all listed repositories; `in:` in the query filters by repository, language and kind: `route in:python in:class`.',
  input: z.object({
    ...repository,
    repoName: repository.repoName
      .optional()
      .describe('`owner/name`, a URL, or an id of list_repositories; all repositories by default.'),
    query: z.string().min(1).max(200),
    limit: z.int().min(1).max(50).default(20),
    ...budget,
  }),
  output: z.object({
    repository: z.string().nullable().describe('null in a search of all repositories.'),
    commit: z.string().nullable(),
    results: z.array(
      SearchAnswer.shape.results.element
        .omit({ page_title: true })
        .extend(CrossSearchAnswer.shape.results.element.pick({ language: true }).partial().shape)
        .extend({
          page_title: z.string().optional(),
          repository: z.string().optional().describe('URL, in a search of all repositories.'),
        }),
    ),
    ...note,
  }),
  async run({ repoName, revision, query, limit, max_tokens }, { service, signal }) {
    if (repoName === undefined) return searchAll(query, limit, max_tokens, { service, signal })
    const job = await findSet({ service, signal }, repoName, revision)
    const { results } = await readJson(service, `${job.docs_path}?${new URLSearchParams({ q: query })}`, SearchAnswer, {
      signal,
    })
    const shown = { repository: job.repo_url, commit: job.resolved_commit, results: results.slice(0, limit) }
    const { answer, isCut } = fitLists(shown, ['results'], charsIn(max_tokens))
    return { structured: { ...answer, ...(isCut && { note: 'Further results are left out: raise max_tokens.' }) } }
  },
})

async function searchAll(query: string, limit: number, maxTokens: number, { service, signal }: ToolCall) {
  const path = `${CROSS_SEARCH_PATH}?${new URLSearchParams({ q: query, limit: String(limit) })}`
  const {
    results,
    corrected,
    unknown_filters: unknown,
    complete,
  } = await readJson(service, path, CrossSearchAnswer, { signal })
  const shown = {
    repository: null,
    commit: null,
    results: results.map(({ repository_name: _, job_id: __, ...result }) => result),
  }
  const { answer, isCut } = fitLists(shown, ['results'], charsIn(maxTokens))
  const notes = [
    ...(isCut ? ['Further results are left out: raise max_tokens.'] : []),
    ...(corrected === null ? [] : [`Nothing has all of these words; the results are for: ${corrected}.`]),
    ...(unknown.length > 0 ? [`Unknown repository, language or kind: ${unknown.join(', ')}.`] : []),
    ...(complete ? [] : ['The index is being built; there may be more results.']),
  ]
  return { structured: { ...answer, ...(notes.length > 0 && { note: notes.join(' ') }) } }
}
