/**
 * One claim of a model against the repository: sentences that name what does not exist go, near misses are put right,
 * and what nothing bears out is no claim.
 */

import type { Component, LineSpan } from '#generate/model.ts'
import type { ProseClaim, ProseSpan } from '#generate/prose-model.ts'
import type { RawClaim } from './answers.ts'
import { bareName, type Ground, hasWord } from './ground.ts'
import { isRepetitive, leftoverIn, plainForm } from './leftovers.ts'
import { type Piece, readSentences, textOf } from './sentences.ts'

/** What claims of one page are held against. */
export interface Standard {
  ground: Ground
  /** The files the page is about: names are looked for there first. */
  near: ReadonlySet<string>
  /** By number, from 1, as the question gave them. */
  facts: readonly Fact[]
  /** Plain forms of the sentences that are published on the page; grows. */
  said: Set<string>
}

/** A line of the question that claims may call upon. */
export interface Fact {
  span: LineSpan
  component: Component | null
}

export interface Checked {
  /** `null`: nothing of it stands. */
  claim: ProseClaim | null
  /** In sentences for the model and for `verification.json`. */
  faults: string[]
  isRepaired: boolean
}

const MAX_EVIDENCE = 4
const MAX_SPAN_LINES = 400
const MAX_CODE_CHARS = 120
/** Proper names that look like identifiers. */
const PROPER =
  /^(?:JavaScript|TypeScript|GitHub|GitLab|MacOS|macOS|iOS|iPad|YouTube|OpenAI|GraphQL|PostgreSQL|MySQL|SQLite|MongoDB|NoSQL|WebSockets?|WebAssembly|CloudFlare|DevOps|LaTeX|OAuth2?|OpenAPI|OpenSSL|PyPI|NumPy|JUnit|DynamoDB|IntelliJ|PowerShell|FreeBSD|OpenBSD|UTF8|CamelCase|camelCase|PascalCase|snake_case|eBPF|gRPC|jQuery|LibreSSL|ReDoS|DoS|IPv[46]|e\.g|i\.e|vs|etc)$/

export function checkClaim(raw: RawClaim, standard: Standard): Checked {
  const { sentences, faults } = readSentences(raw.text)
  const named = new Set<string>()
  const kept: ProseSpan[][] = []
  let isRepaired = false
  const told = new Set<string>()
  for (const sentence of sentences) {
    const fault = faultOfSentence(sentence, standard, told)
    if (fault !== undefined) {
      faults.push(fault)
      continue
    }
    const read = readNames(sentence, standard)
    if (typeof read === 'string') {
      faults.push(read)
      continue
    }
    told.add(plainForm(textOf(sentence)))
    for (const name of read.named) named.add(name)
    if (read.isRepaired) isRepaired = true
    kept.push(read.spans)
  }
  if (kept.length === 0) return { claim: null, faults, isRepaired: false }
  const evidence = evidenceOf(raw, named, standard, faults)
  if (evidence.length === 0) {
    faults.push(`nothing bears out "${shortened(raw.text)}"; name facts or lines that hold the names it uses`)
    return { claim: null, faults, isRepaired: false }
  }
  for (const form of told) standard.said.add(form)
  return { claim: { spans: joined(kept), evidence }, faults, isRepaired }
}

function faultOfSentence(
  sentence: readonly Piece[],
  { said }: Standard,
  told: ReadonlySet<string>,
): string | undefined {
  const text = textOf(sentence)
  const form = plainForm(text)
  if (form === '') return 'a sentence without words'
  if (said.has(form) || told.has(form) || isRepetitive(text)) return `"${shortened(text)}" repeats what was said`
  return leftoverIn(text)
}

interface NamesRead {
  spans: ProseSpan[]
  /** Last parts of the names of things that are meant. */
  named: string[]
  isRepaired: boolean
}

/** The names of a sentence, or what is wrong with one of them. */
function readNames(sentence: readonly Piece[], { ground, near }: Standard): NamesRead | string {
  const spans: ProseSpan[] = []
  const named: string[] = []
  let isRepaired = false
  const take = (written: string): string | undefined => {
    const meaning = ground.meaningOf(written, near)
    if (meaning.kind === 'unknown') return `there is no \`${shortened(written)}\``
    if (meaning.kind === 'word') spans.push({ code: written, refersTo: null })
    else {
      if (meaning.kind === 'repaired') isRepaired = true
      spans.push({ code: meaning.kind === 'repaired' ? meaning.name : written, refersTo: meaning.refersTo })
      const name = meaning.kind === 'repaired' ? bareName(meaning.name) : meaning.name
      if (ground.components.has(meaning.refersTo)) named.push(name.slice(name.lastIndexOf('.') + 1))
    }
    return undefined
  }
  for (const piece of sentence) {
    if (piece.isCode) {
      if (piece.text.length > MAX_CODE_CHARS) return 'a name of over 120 characters'
      const fault = take(piece.text)
      if (fault !== undefined) return fault
      continue
    }
    for (const { text, isName } of bareNames(piece.text)) {
      if (!isName) spans.push({ text })
      else {
        const fault = take(text)
        if (fault !== undefined) return fault
      }
    }
  }
  return { spans, named, isRepaired }
}

/** Words of plain text that are names of code: with a capital inside, with `_`, with `()` behind, paths of files. */
function bareNames(text: string): { text: string; isName: boolean }[] {
  const form =
    /(?<![\p{L}\p{N}_`])(?:[\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|->|#)[\p{L}_$][\p{L}\p{N}_$]*)*\(\)|(?:[\w.-]+\/)+[\w-]+\.[a-z]{1,4}|[\p{L}$]\w*_\w+|\p{Ll}+\p{Lu}\w*|\p{Lu}\p{Ll}+\p{Lu}\w*)(?![\p{L}\p{N}_])/gu
  const result: { text: string; isName: boolean }[] = []
  let from = 0
  for (const match of text.matchAll(form)) {
    if (PROPER.test(match[0])) continue
    if (match.index > from) result.push({ text: text.slice(from, match.index), isName: false })
    result.push({ text: match[0], isName: true })
    from = match.index + match[0].length
  }
  if (from < text.length) result.push({ text: text.slice(from), isName: false })
  return result
}

/** The lines that are called upon and bear it out: they exist, and a name of the claim stands in them where it has names. */
function evidenceOf(raw: RawClaim, named: ReadonlySet<string>, standard: Standard, faults: string[]): LineSpan[] {
  const { ground, facts } = standard
  const result: LineSpan[] = []
  for (const { fact, path, start_line, end_line } of raw.evidence.slice(0, 12)) {
    const span = fact !== null && fact !== 0 ? facts[fact - 1]?.span : spanOf(ground, path, start_line, end_line)
    if (span === undefined) {
      faults.push(
        fact === null
          ? `there are no such lines: ${shortened(`${path}:${start_line}-${end_line}`)}`
          : `there is no fact ${fact}`,
      )
      continue
    }
    const text = ground
      .linesOf(span.path)
      .slice(span.startLine - 1, span.endLine)
      .join('\n')
    if (named.size > 0 && ![...named].some((name) => hasWord(text, name))) {
      faults.push(`${span.path}:${span.startLine}-${span.endLine} holds none of the names of the claim`)
      continue
    }
    if (
      !result.some((one) => one.path === span.path && one.startLine === span.startLine && one.endLine === span.endLine)
    )
      result.push(span)
  }
  return result.slice(0, MAX_EVIDENCE)
}

function spanOf(ground: Ground, path: string | null, start: number | null, end: number | null): LineSpan | undefined {
  if (path === null || start === null || end === null) return undefined
  const lines = ground.linesOf(path).length
  const isThere = lines > 0 && start >= 1 && end >= start && end <= lines && end - start < MAX_SPAN_LINES
  return isThere ? { path, startLine: start, endLine: end } : undefined
}

/** Sentences with a space between them; neighbouring texts become one. */
function joined(sentences: readonly ProseSpan[][]): ProseSpan[] {
  const all = sentences.flatMap((spans, index): ProseSpan[] => (index === 0 ? spans : [{ text: ' ' }, ...spans]))
  const result: ProseSpan[] = []
  for (const span of all) {
    const last = result.at(-1)
    if ('text' in span && last !== undefined && 'text' in last)
      last.text = (last.text + span.text).replace(/ {2,}/g, ' ')
    else result.push({ ...span })
  }
  return result
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}
