/** What a tool is, and the arguments that many share. */

import { z } from 'zod'
import type { Service } from './service.ts'

export interface ToolCall {
  service: Service
  /** Aborted when the caller cancels. */
  signal: AbortSignal
}

export interface Tool {
  name: string
  title: string
  description: string
  input: z.ZodObject
  output: z.ZodObject
  /** Changes something; needs the token of the service if it has one. */
  isWriting?: boolean
  /** Needs a service that makes documents. */
  isForJobs?: boolean
  /** @returns The structured content, and the text if it differs from the JSON of that content. */
  run(args: never, call: ToolCall): Promise<{ structured: Record<string, unknown>; text?: string }>
}

export const defineTool = <Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: Omit<Tool, 'input' | 'output' | 'run'> & {
    input: Input
    output: Output
    run(args: z.output<Input>, call: ToolCall): Promise<{ structured: z.input<Output>; text?: string }>
  },
): Tool => tool

const MAX_NAME = 2_000
const MAX_TOKENS = 100_000

export const repository = {
  repoName: z.string().min(1).max(MAX_NAME).describe('`owner/name`, a URL, or an id of list_repositories.'),
  revision: z
    .string()
    .min(1)
    .max(MAX_NAME)
    .optional()
    .describe('Branch, tag or commit id as it was documented; by default the newest documents.'),
}

export const budget = {
  max_tokens: z
    .int()
    .min(200)
    .max(MAX_TOKENS)
    .default(8_000)
    .describe(`Longer answers are cut, and \`note\` says so. Estimated; 200 to ${MAX_TOKENS}, 8000 by default.`),
}

export const paging = {
  limit: z.int().min(1).max(200).default(50).describe('1 to 200; 50 by default.'),
  after: z.int().min(0).max(1_000_000_000).default(0).describe('`next` of the previous answer.'),
}

export const note = {
  note: z.string().optional().describe('What was left out and how to get it, and notices about the documents.'),
}

/** Other names that agents use for arguments, keyed by the name here. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  repoName: ['repo_name', 'repo', 'repository', 'repo_url', 'repoUrl', 'job_id', 'id'],
  revision: ['commit', 'commit_id', 'ref', 'branch', 'version'],
  max_tokens: ['maxTokens', 'token_budget'],
  after: ['cursor', 'offset'],
  symbol: ['name', 'symbol_id', 'function'],
  symbols: ['symbol', 'name'],
  lines: ['line', 'range', 'ranges'],
  file: ['path', 'file_path', 'filename'],
  page: ['filename', 'path', 'file'],
  query: ['q', 'search', 'text'],
  question: ['query', 'q'],
  start_line: ['start', 'startLine', 'from_line'],
  end_line: ['end', 'endLine', 'to_line'],
  from: ['source', 'start'],
  to: ['target', 'end'],
  job_id: ['id', 'job'],
}

/** Arguments that are lists; a single text is accepted, too. */
const LISTS: ReadonlySet<string> = new Set(['symbols', 'lines', 'kinds'])

/** The schema of a tool's arguments: aliases are accepted, unknown arguments are errors. */
export function argumentsOf(input: z.ZodObject) {
  const known = Object.keys(input.shape)
  return z.preprocess((given) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return given
    const args: Record<string, unknown> = { ...given }
    for (const name of known) {
      const alias = ALIASES[name]?.find((each) => !known.includes(each) && Object.hasOwn(args, each))
      if (alias !== undefined && !Object.hasOwn(args, name)) {
        args[name] = args[alias]
        delete args[alias]
      }
      if (LISTS.has(name) && typeof args[name] === 'string') args[name] = [args[name]]
    }
    return args
  }, input.strict())
}
