/**
 * Answers in a conversation with tools, as questions of readers are put: looks up what the evidence names, then writes sentences
 * that cite the lines it has seen.
 */

import type { Random } from '../../chaos/random.ts'
import { shuffled } from './deck.ts'
import { type ChatRequest, contentOf, type SaidCall } from './protocol.ts'

/** A sentence with what it cites; the twists know these fields. */
export interface CitedSentence {
  text: string
  path: string
  start_line: number
  end_line: number
}

interface Known {
  name: string
  kind: string
  path: string
  from: number
  to: number
}

export const isChat = ({ tools }: ChatRequest): boolean => Array.isArray(tools) && tools.length > 0

/** Whether the model is to answer now: it has looked things up, or must not. */
const mustAnswer = (request: ChatRequest): boolean =>
  request.tool_choice === 'none' || request.messages.some(({ role }) => role === 'tool')

/** A search for the question, and what the evidence names first; none where it is time to answer. */
export function writeCalls(request: ChatRequest): SaidCall[] {
  if (mustAnswer(request)) return []
  const [first] = knownIn(request)
  return [
    { name: 'search', arguments: JSON.stringify({ query: questionOf(request).slice(0, 100) || 'main', limit: 5 }) },
    ...(first === undefined ? [] : [{ name: 'get_symbol', arguments: JSON.stringify({ symbol: first.name }) }]),
    ...(first === undefined
      ? []
      : [{ name: 'callers', arguments: JSON.stringify({ symbol: `${first.path}#${first.name}` }) }]),
  ]
}

/** True sentences, each borne out by its lines; none when nothing is known. */
export function writeSentences(request: ChatRequest, random: Random, most: number): CitedSentence[] {
  const known = knownIn(request)
  const about = known.map(({ name, kind, path, from, to }) => ({
    text: random.pick([
      `\`${name}\` is a ${kind}.`,
      `This is what \`${name}\` stands for.`,
      `The ${kind} \`${name}\` begins here.`,
    ]),
    // Decorators and annotations are above the name.
    ...{ path, start_line: from, end_line: random.chance(1 / 2) ? Math.min(from + 5, to) : to },
  }))
  const uses = connectionsIn(request).map(({ from, to, path, line }) => ({
    text: random.pick([`\`${from}\` calls \`${to}\`.`, `There \`${to}\` is used by \`${from}\`.`]),
    ...{ path, start_line: line, end_line: line },
  }))
  return shuffled([...about, ...uses], random).slice(0, most)
}

/** Every second sentence cites the lines of another. */
export function misplace(sentences: readonly CitedSentence[]): CitedSentence[] {
  return sentences.map((sentence, at) => {
    const { path, start_line, end_line } = sentences[(at + (at % 2)) % sentences.length] ?? sentence
    return { ...sentence, path, start_line, end_line }
  })
}

export const renderSentences = (sentences: readonly CitedSentence[]): string =>
  sentences.length === 0
    ? 'NOT FOUND'
    : sentences.map(({ text, path, start_line: from, end_line: to }) => `${text} [${path}:${from}-${to}]`).join(' ')

/** More calls than anybody has a use for, in every wrong form, whenever it is asked. */
export function writeManyCalls(random: Random): SaidCall[] {
  const odd: SaidCall[] = [
    { name: 'rm_rf', arguments: '{"path": "/"}' },
    { name: 'search', arguments: '{"query": ' },
    { name: 'search', arguments: '[]' },
    { name: 'search', arguments: '{"query": 7}' },
    { name: 'search', arguments: JSON.stringify({ query: 'x'.repeat(30_000) }) },
    { name: 'read_source', arguments: '{"file": "../../../etc/passwd"}' },
    { name: 'read_wiki_contents', arguments: '{"repoName": "acme/secret", "page": "overview.md"}' },
    { name: 'document_repository', arguments: '{"repo_url": "https://github.com/evil/evil"}' },
    { name: '', arguments: '' },
  ]
  return Array.from({ length: 12 }, () => random.pick(odd))
}

function questionOf({ messages }: ChatRequest): string {
  const asked = messages.filter(({ role }) => role === 'user').map(contentOf)
  return /\nQuestion: ([\s\S]*)$/.exec(asked.find((text) => text.includes('\nQuestion: ')) ?? '')?.[1] ?? ''
}

const evidenceIn = ({ messages }: ChatRequest): string =>
  messages.map(contentOf).find((text) => text.startsWith('<evidence>')) ?? ''

/** Definitions of the evidence, with their lines. */
function knownIn(request: ChatRequest): Known[] {
  const line = /^- `([^`\n]+)` \((\w+)\), (\S+):(\d+)-(\d+)(?: |$)/gm
  return [...evidenceIn(request).matchAll(line)].map(([, name = '', kind = '', path = '', from, to]) => ({
    ...{ name, kind, path },
    ...{ from: Number(from), to: Number(to) },
  }))
}

function connectionsIn(request: ChatRequest): { from: string; to: string; path: string; line: number }[] {
  const line = /^- `([^`\n]+)` calls `([^`\n]+)`, (\S+):(\d+)$/gm
  return [...evidenceIn(request).matchAll(line)].map(([, from = '', to = '', path = '', at]) => ({
    ...{ from, to, path },
    line: Number(at),
  }))
}
