/** Checks the lines that a claim cites: whether they exist, and which of its sentences they support. */

import type { LineSpan } from '#generate/model.ts'
import type { RawClaim } from './answer-schemas.ts'
import { type AnyStandard, type ClaimGround, shortened } from './claim-standard.ts'
import type { NamesRead } from './claimed-names.ts'
import { hasWord } from './code-names.ts'
import { contentStems, sharesWords } from './content-words.ts'
import { isSeriousClaimSupported } from './serious-claims.ts'

const MAX_EVIDENCE = 12
const MAX_SPAN_LINES = 400
/** Words count as evidence only in ranges of at most this many lines: in a longer range, a few shared words prove nothing. */
const MAX_LINES_OF_WORDS = 80
/** Limit on the characters of cited lines that are searched. */
const MAX_CITED = 10_000

/** A sentence whose names all exist. */
export interface CheckedSentence extends NamesRead {
  text: string
  /** The normalised text, for comparisons. */
  form: string
  stems: ReadonlySet<string>
  /** Lines that support the sentence. */
  supports: LineSpan[]
}

/** The cited lines that exist; each is added to the sentences that it supports. */
export function checkEvidence(
  raw: RawClaim,
  checked: readonly CheckedSentence[],
  term: string | null,
  standard: AnyStandard,
  faults: string[],
): LineSpan[] {
  const { ground, facts } = standard
  const result: LineSpan[] = []
  for (const { fact, path, start_line, end_line } of raw.evidence.slice(0, MAX_EVIDENCE)) {
    const isFact = fact !== null && fact !== 0
    const span = isFact ? facts[fact - 1]?.span : spanOf(ground, path, start_line, end_line)
    if (span === undefined) {
      faults.push(
        isFact
          ? `there is no fact ${fact}`
          : `there are no such lines: ${shortened(`${path}:${start_line}-${end_line}`)}`,
      )
      continue
    }
    if (
      result.some((one) => one.path === span.path && one.startLine === span.startLine && one.endLine === span.endLine)
    )
      continue
    const lines = readCited(ground, span)
    const supported = checked.filter((sentence) => isSupportedBy(lines, sentence, term))
    if (supported.length === 0) {
      faults.push(`${span.path}:${span.startLine}-${span.endLine} mentions no name and too few words from the claim`)
      continue
    }
    for (const { supports } of supported) supports.push(span)
    result.push(span)
  }
  return result
}

interface CitedText {
  path: string
  text: string
  /** Stems of the words; empty for ranges too long to be about one subject. */
  stems: ReadonlySet<string>
}

/** The text of cited lines, truncated if long. */
export function citedText(ground: Pick<ClaimGround, 'linesOf'>, { path, startLine, endLine }: LineSpan): string {
  let text = ''
  for (const line of ground.linesOf(path).slice(startLine - 1, endLine)) {
    if (text.length >= MAX_CITED) break
    text += `${line.slice(0, MAX_CITED)}\n`
  }
  return text.slice(0, MAX_CITED)
}

function readCited(ground: ClaimGround, { path, startLine, endLine }: LineSpan): CitedText {
  const text = citedText(ground, { path, startLine, endLine })
  return { path, text, stems: endLine - startLine < MAX_LINES_OF_WORDS ? contentStems(text) : new Set() }
}

function isSupportedBy({ path, text, stems }: CitedText, sentence: CheckedSentence, term: string | null): boolean {
  if (!isSeriousClaimSupported(sentence.text, text)) return false
  const isNamed = sentence.named.some(({ word, files }) => hasWord(text, word) || files.includes(path))
  return isNamed || (term !== null && hasWord(text, term)) || sharesWords(sentence.stems, stems)
}

function spanOf(
  ground: ClaimGround,
  path: string | null,
  start: number | null,
  end: number | null,
): LineSpan | undefined {
  if (path === null || start === null || end === null) return undefined
  const lines = ground.linesOf(path).length
  const exists = lines > 0 && start >= 1 && end >= start && end <= lines && end - start < MAX_SPAN_LINES
  return exists ? { path, startLine: start, endLine: end } : undefined
}
