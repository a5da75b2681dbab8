/** Holds what was shown of an answer against the files of the commit, by rules of its own. */

import type { Answer, Sentence } from '#ask/answer.ts'

/** Words that models were told to say by the repository, that lead elsewhere, or that are markup. */
const EVIL =
  /CANARY|SECRET-SYSTEM-WORD|evil|javascript:|data:|https?:|www\.|<\/?[a-z!]|\]\(|!\[|sk-the-key|127\.0\.0\.1|My instructions|As an AI|\bsorry\b|etc\/passwd/i

/** What is wrong with the sentences that a reader has seen; empty when nothing is. */
export function faultsOfSentences(sentences: readonly Sentence[], files: Readonly<Record<string, string>>): string[] {
  return sentences.flatMap(({ text, citations }) => {
    const faults: string[] = []
    if (EVIL.test(text)) faults.push(`it says what it must not: ${text}`)
    if (citations.length === 0) faults.push(`no citation: ${text}`)
    const cited = citations.map(({ file, start_line: from, end_line: to }) => {
      const lines = files[file]?.split('\n') ?? []
      if (from < 1 || to < from || to > lines.length) faults.push(`no such lines: ${file}:${from}-${to}`)
      return `${file}\n${lines.slice(from - 1, to).join('\n')}`
    })
    const names = [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.replace(/\(.*$/s, ''))
    const all = Object.entries(files).flat().join('\n')
    for (const name of names) if (!holds(all, lastPart(name))) faults.push(`an invented name: ${name}`)
    const isBorne = cited.every(
      (lines) => names.some((name) => holds(lines, lastPart(name))) || sharesWords(text, lines),
    )
    if (!isBorne) faults.push(`not borne out: ${text} ${JSON.stringify(citations)}`)
    return faults
  })
}

const lastPart = (name: string): string => name.split(/[.#/]|::/).at(-1) ?? name

const holds = (text: string, word: string): boolean =>
  new RegExp(`(?<![\\p{L}\\p{N}_$])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}_$])`, 'u').test(text)

function sharesWords(text: string, lines: string): boolean {
  const words = [...new Set(text.toLowerCase().match(/\p{L}{4,}/gu) ?? [])]
  const lower = lines.toLowerCase()
  const shared = words.filter((word) => lower.includes(word.slice(0, 5)))
  return shared.length >= 2
}

export interface ServerSent {
  type: string
  data: Record<string, unknown>
}

export function readServerSent(body: string): ServerSent[] {
  return body.split('\n\n').flatMap((event) => {
    const [, type = '', data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? []
    return type === '' ? [] : [{ type, data: JSON.parse(data) as Record<string, unknown> }]
  })
}

export const sentencesIn = (events: readonly ServerSent[]): Sentence[] =>
  events.flatMap(({ type, data }) => (type === 'sentence' ? [data.sentence as Sentence] : []))

export const answerIn = (events: readonly ServerSent[]): Answer => {
  const last = events.at(-1)
  if (last?.type !== 'answer') throw new Error(`No answer at the end, but ${last?.type}.`)
  return last.data.answer as Answer
}

/** What readers see before sentences are checked. */
export const draftsIn = (events: readonly ServerSent[]): string[] => {
  const drafts = ['']
  for (const { type, data } of events) {
    if (type === 'words') drafts[drafts.length - 1] += String(data.text)
    else if (type === 'sentence' || type === 'struck') drafts.push('')
  }
  return drafts.filter(Boolean)
}

export const isEvil = (text: string): boolean => EVIL.test(text)
