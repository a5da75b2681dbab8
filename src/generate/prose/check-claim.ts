/**
 * Checks one claim of a model against the repository: sentences with unknown names are dropped, near misses corrected,
 * and a claim without evidence is rejected.
 */

import type { Component, LineSpan } from '#generate/model.ts'
import type { ProseClaim, ProseSpan } from '#generate/prose-model.ts'
import type { RawClaim } from './answer-schemas.ts'
import { boilerplateIn, isRepetitive, plainForm } from './boilerplate-filter.ts'
import { bareName, hasWord, lastPart } from './code-names.ts'
import { contentStems, sharesWords } from './content-words.ts'
import { addressIn } from './external-addresses.ts'
import type { GroundTruth } from './ground-truth.ts'
import { mixedWordIn } from './normalise.ts'
import { type Piece, readSentences, textOf } from './sentences.ts'
import { isSeriousClaimSupported } from './serious-claims.ts'
import { unknownEntityIn } from './unknown-entities.ts'

/** The basis for checking claims: a repository as it is read (`GroundTruth`), or a published set. */
export type ClaimGround = Pick<GroundTruth, 'meaningOf' | 'isName' | 'isWritten' | 'isInCode' | 'linesOf' | 'filesOf'>

/** The context for checking the claims of one page. */
export interface Standard<G extends ClaimGround = GroundTruth> {
  ground: G
  /** The files that the page is about: names are looked up there first. */
  near: ReadonlySet<string>
  /** Facts in the order of their numbers in the question, which start at 1. */
  facts: readonly Fact[]
  /** BCP-47 tag of the language of the claims. */
  language: string
  /** Plain forms of sentences already published on the page; grows. */
  earlier: Set<string>
}

/** A fact of the question that claims may cite. */
export interface Fact {
  span: LineSpan
  component: Component | null
}

export interface Checked {
  /** The published part of the claim; `null` if nothing is published. */
  claim: ProseClaim | null
  /** Faults in words, for the model and for `verification.json`. */
  faults: string[]
  isRepaired: boolean
}

const MAX_EVIDENCE = 4
const MAX_CALLED = 12
const MAX_SPAN_LINES = 400
/** Limit on the lines of a range whose words count as evidence: with more words, sharing some proves nothing. */
const MAX_LINES_OF_WORDS = 80
/** Limit on the characters of cited lines that are searched. */
const MAX_CITED = 10_000
const MAX_CODE_CHARS = 120
/** Proper names that look like identifiers. */
const PROPER =
  /^(?:JavaScript|TypeScript|GitHub|GitLab|MacOS|macOS|iOS|iPad|YouTube|OpenAI|GraphQL|PostgreSQL|MySQL|SQLite|MongoDB|NoSQL|WebSockets?|WebAssembly|CloudFlare|DevOps|LaTeX|OAuth2?|OpenAPI|OpenSSL|PyPI|NumPy|JUnit|DynamoDB|IntelliJ|PowerShell|FreeBSD|OpenBSD|UTF8|CamelCase|camelCase|PascalCase|snake_case|eBPF|gRPC|jQuery|LibreSSL|ReDoS|DoS|IPv[46]|e\.g|i\.e|vs|etc)$/

type AnyStandard = Standard<ClaimGround>

/** @param term - The name that the claim explains. */
export function checkClaim(raw: RawClaim, standard: AnyStandard, term: string | null = null): Checked {
  const { sentences, faults } = readSentences(raw.text)
  const checked: CheckedSentence[] = []
  const forms = new Set<string>()
  for (const sentence of sentences) {
    const fault = faultOfSentence(sentence, standard, forms)
    if (fault !== undefined) {
      faults.push(fault)
      continue
    }
    const read = readNames(sentence, standard)
    if (typeof read === 'string') {
      faults.push(read)
      continue
    }
    const text = textOf(sentence)
    const form = plainForm(text)
    forms.add(form)
    checked.push({ ...read, text, form, stems: contentStems(text), supports: [] })
  }
  if (checked.length === 0) return { claim: null, faults, isRepaired: false }
  const evidence = evidenceOf(raw, checked, term, standard, faults)
  const kept = checked.filter(({ supports }) => supports.length > 0)
  for (const { text } of checked.filter((each) => !kept.includes(each))) {
    faults.push(
      `no evidence supports "${shortened(text)}"; cite facts or lines that contain a name or the words that it uses`,
    )
  }
  if (kept.length === 0) return { claim: null, faults, isRepaired: false }
  // The end of one sentence and the start of the next may form a URL, as written and as published.
  for (const sentences of [checked, kept]) {
    const address = addressOf(sentences.map(({ rest }) => rest).join(' '), standard)
    if (address !== undefined) return { claim: null, faults: [...faults, address], isRepaired: false }
  }
  for (const { form } of kept) standard.earlier.add(form)
  return {
    claim: {
      spans: joined(kept.map(({ spans }) => spans)),
      evidence: evidence.filter((span) => kept.some(({ supports }) => supports.includes(span))).slice(0, MAX_EVIDENCE),
    },
    faults,
    isRepaired: kept.some((each) => each.isRepaired),
  }
}

/** A sentence whose names all exist. */
interface CheckedSentence extends NamesRead {
  text: string
  /** The form in which sentences are compared. */
  form: string
  stems: ReadonlySet<string>
  /** Lines that support the sentence. */
  supports: LineSpan[]
}

function faultOfSentence(
  sentence: readonly Piece[],
  { earlier }: AnyStandard,
  checked: ReadonlySet<string>,
): string | undefined {
  const text = textOf(sentence)
  const form = plainForm(text)
  if (form === '') return 'a sentence without words'
  if (earlier.has(form) || checked.has(form) || isRepetitive(text))
    return `"${shortened(text)}" repeats an earlier sentence`
  return boilerplateIn(text)
}

interface NamesRead {
  spans: ProseSpan[]
  named: Named[]
  /** The sentence without names known from the commit. */
  rest: string
  isRepaired: boolean
}

/** A name that lines can support: they contain its last part, or belong to its file or module. */
interface Named {
  word: string
  files: readonly string[]
}

/** Text that looks like code rather than a word. */
const IDENTIFIER = /\p{Ll}\p{Lu}|[_$\d(){}[\]=:.@"'/-]|^\p{Lu}{2,}$/u

/** The names of a sentence, or a description of a faulty one. */
function readNames(sentence: readonly Piece[], standard: AnyStandard): NamesRead | string {
  const { ground, near } = standard
  const spans: ProseSpan[] = []
  const named: Named[] = []
  let isRepaired = false
  let rest = ''
  const take = (written: string): string | undefined => {
    const meaning = ground.meaningOf(written, near)
    if (meaning.kind === 'unknown') return `there is no \`${shortened(written)}\``
    if (meaning.kind === 'word') {
      spans.push({ code: written, refersTo: null })
      rest += written
      const bare = bareName(written)
      if (ground.isName(bare) || IDENTIFIER.test(written))
        named.push({ word: lastPart(bare === '' ? written : bare), files: [] })
      return undefined
    }
    if (meaning.kind === 'repaired') isRepaired = true
    spans.push({ code: meaning.kind === 'repaired' ? meaning.name : written, refersTo: meaning.refersTo })
    rest += 'x'
    const name = meaning.kind === 'repaired' ? bareName(meaning.name) : meaning.name
    named.push({ word: lastPart(name), files: ground.filesOf(meaning.refersTo) ?? [] })
    return undefined
  }
  for (const piece of sentence) {
    if (piece.isCode) {
      if (piece.text.length > MAX_CODE_CHARS) return 'a name of over 120 characters'
      const fault = take(piece.text)
      if (fault !== undefined) return fault
      continue
    }
    const mixed = mixedWordIn(piece.text)
    if (mixed !== undefined) return `letters of several scripts in the word "${shortened(mixed)}"`
    for (const { text, isName } of bareNames(piece.text)) {
      if (!isName) {
        spans.push({ text })
        rest += text
      } else {
        const fault = take(text)
        if (fault !== undefined) return fault
      }
    }
  }
  const fault =
    addressOf(rest, standard) ?? unknownEntityIn(rest, (word) => ground.isWritten(word, near), standard.language)
  return fault ?? { spans, named, rest, isRepaired }
}

function addressOf(text: string, { ground, near }: AnyStandard): string | undefined {
  return addressIn(text, (found) => ground.isName(found) || ground.isInCode(found, near))
}

/**
 * Splits off words of plain text that look like code: with an inner capital, with `_`, followed by `()`, or a file
 * path.
 */
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

/** The cited lines that exist; each is added to the sentences that it supports. */
function evidenceOf(
  raw: RawClaim,
  checked: readonly CheckedSentence[],
  term: string | null,
  standard: AnyStandard,
  faults: string[],
): LineSpan[] {
  const { ground, facts } = standard
  const result: LineSpan[] = []
  for (const { fact, path, start_line, end_line } of raw.evidence.slice(0, MAX_CALLED)) {
    const span = fact !== null && fact !== 0 ? facts[fact - 1]?.span : spanOf(ground, path, start_line, end_line)
    if (span === undefined) {
      faults.push(
        fact === null
          ? `there are no such lines: ${shortened(`${path}:${start_line}-${end_line}`)}`
          : `there is no fact ${fact}`,
      )
      continue
    }
    if (
      result.some((one) => one.path === span.path && one.startLine === span.startLine && one.endLine === span.endLine)
    )
      continue
    const lines = linesOf(ground, span)
    const supported = checked.filter((sentence) => isSupportedBy(lines, sentence, term))
    if (supported.length === 0) {
      faults.push(
        `${span.path}:${span.startLine}-${span.endLine} contains none of the names and few of the words of the claim`,
      )
      continue
    }
    for (const { supports } of supported) supports.push(span)
    result.push(span)
  }
  return result
}

interface Lines {
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

function linesOf(ground: ClaimGround, { path, startLine, endLine }: LineSpan): Lines {
  const text = citedText(ground, { path, startLine, endLine })
  return { path, text, stems: endLine - startLine < MAX_LINES_OF_WORDS ? contentStems(text) : new Set() }
}

function isSupportedBy({ path, text, stems }: Lines, sentence: CheckedSentence, term: string | null): boolean {
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
  const isThere = lines > 0 && start >= 1 && end >= start && end <= lines && end - start < MAX_SPAN_LINES
  return isThere ? { path, startLine: start, endLine: end } : undefined
}

/** Sentences separated by spaces, with adjacent texts merged. */
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
