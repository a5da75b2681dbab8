/** The tools that a model may use to answer a question: those of agents, for one set. */

import { z } from 'zod'
import { plainLine } from '#base/control-characters.ts'
import { decodeUriPart } from '#base/decode-uri-part.ts'
import type { ToolSpec } from '#generate/prose/client/chat.ts'
import type { ChatMessage, ToolCall } from '#generate/prose/client/chat-turn.ts'
import { hasWord } from '#generate/prose/code-names.ts'
import {
  callees,
  callers,
  getSymbol,
  impact,
  implementations,
  pathBetween,
  readFileOutline,
} from '#http/mcp/graph-tools.ts'
import { Refused, type Service } from '#http/mcp/service.ts'
import { readSource } from '#http/mcp/source-tools.ts'
import { argumentsOf, type Tool } from '#http/mcp/tool.ts'
import { readWikiContents, readWikiStructure, search } from '#http/mcp/wiki-tools.ts'
import type { Section } from './opened-files.ts'
import type { SetGround } from './set-ground.ts'

const TOOLS: readonly Tool[] = [
  search,
  getSymbol,
  callers,
  callees,
  implementations,
  pathBetween,
  impact,
  readFileOutline,
  readSource,
  readWikiStructure,
  readWikiContents,
]
const BY_NAME = new Map(TOOLS.map((tool) => [tool.name, tool]))
/** Arguments that the model does not choose. */
const FIXED = ['repoName', 'revision', 'max_tokens'] as const

export const SPECS: readonly ToolSpec[] = TOOLS.map(({ name, description, input }) => ({
  name,
  description,
  parameters: schemaOf(input),
}))

function schemaOf(input: z.ZodObject): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(ownOf(input), { io: 'input', unrepresentable: 'any' })
  return schema
}

/** The arguments that the model chooses. */
function ownOf({ shape }: z.ZodObject): z.ZodObject {
  const kept = Object.keys(shape).filter((name) => !FIXED.some((fixed) => fixed === name))
  return z.object(Object.fromEntries(kept.map((name) => [name, shape[name]])) as z.ZodRawShape)
}

export interface LookUp {
  /** For readers: `callers`, `Shop.sell`. `about` is empty if it has a word that neither the question nor the repository has. */
  tool: string
  about: string
  message: ChatMessage
}

export interface LookUpDeps {
  service: Service
  jobId: string
  question: string
  ground: SetGround
  signal: AbortSignal
  /** Token budget of one result. */
  maxTokens: number
}

/** Longer arguments, and arguments with more words, are sentences and are not shown. */
const MAX_ABOUT = 80
const MAX_ABOUT_WORDS = 6

/** Never throws, unless the signal is aborted: an error is returned as a result. */
export async function runLookUp(call: ToolCall, deps: LookUpDeps): Promise<LookUp> {
  const tool = BY_NAME.get(call.name)
  const done = (content: string, about = ''): LookUp => ({
    tool: tool?.name ?? 'unknown',
    about,
    message: { role: 'tool', id: call.id, content },
  })
  if (tool === undefined) return done(`There is no such tool. There are ${[...BY_NAME.keys()].join(', ')}.`)
  const given = parse(call.arguments)
  if (given === undefined) return done('The arguments are not a JSON object.')
  const args = Object.fromEntries(Object.entries(given).filter(([name]) => !FIXED.some((each) => each === name)))
  // Other names of fixed arguments, such as `commit`, are refused like any unknown argument.
  const own = argumentsOf(ownOf(tool.input)).safeParse(args)
  if (!own.success) return done(z.prettifyError(own.error).slice(0, 500))
  const about = aboutOf(own.data)
  try {
    const all = tool.input.parse({ ...own.data, repoName: deps.jobId, max_tokens: deps.maxTokens })
    const { structured } = await tool.run(all as never, { service: deps.service, signal: deps.signal })
    noteTexts(structured, deps.ground)
    await deps.ground.ready()
    return done(numbered(tool.name, structured), shownOf(about, deps))
  } catch (error) {
    deps.signal.throwIfAborted()
    return done(error instanceof Refused ? error.message.slice(0, 500) : 'The look-up failed.', shownOf(about, deps))
  }
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** The first text among the arguments. */
function aboutOf(args: Record<string, unknown>): string {
  const first = Object.values(args)
    .flat()
    .find((value) => typeof value === 'string')
  return typeof first === 'string' ? first : ''
}

/** The line about a look-up for readers. It is unchecked text of a model, so only known words are shown. */
function shownOf(about: string, { question, ground }: LookUpDeps): string {
  const text = about.length > MAX_ABOUT ? '' : plainLine(about).trim()
  const words = text.split(/\s+/)
  const lowerQuestion = question.toLowerCase()
  const isKnown = (word: string): boolean => hasWord(lowerQuestion, word.toLowerCase()) || ground.hasSeen(word)
  return text !== '' && words.length <= MAX_ABOUT_WORDS && words.every(isKnown) ? words.join(' ') : ''
}

/** Note the texts of a result, but not the names of its fields. */
export function noteTexts(value: unknown, ground: SetGround): void {
  if (typeof value === 'string') ground.note(value)
  else if (Array.isArray(value)) for (const item of value) noteTexts(item, ground)
  else if (typeof value === 'object' && value !== null) {
    const section = SectionHit.safeParse(value)
    if (section.success) {
      const { anchor, href = '', kind: _, ...found } = section.data
      ground.noteSection({ ...found, anchor: anchor ?? decodeUriPart(href.split('#')[1] ?? '') } satisfies Section)
    }
    for (const item of Object.values(value)) noteTexts(item, ground)
  }
}

const SectionHit = z.object({
  kind: z.enum(['guide', 'document', 'section', 'page']),
  file: z.string(),
  line: z.int().min(1).max(1_000_000),
  page: z.string(),
  anchor: z.string().optional(),
  href: z.string().optional(),
  title: z.string(),
  text: z.string(),
})

/** Code with line numbers, so that the model can cite them. */
function numbered(tool: string, { text, code, ...rest }: Record<string, unknown>): string {
  if (tool === 'read_source' && typeof text === 'string')
    return `${JSON.stringify(rest)}\n${withNumbers(text, Number(rest.start_line))}`
  const symbol = rest.symbol as { start_line?: number } | undefined
  if (tool === 'get_symbol' && typeof code === 'string')
    return `${JSON.stringify(rest)}\n${withNumbers(code, Number(symbol?.start_line))}`
  return JSON.stringify({ ...rest, ...(text !== undefined && { text }) })
}

const withNumbers = (text: string, first: number): string =>
  text
    .split('\n')
    .map((line, index) => `${first + index}: ${line}`)
    .join('\n')
