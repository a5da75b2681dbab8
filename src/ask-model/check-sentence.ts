/** Checks a sentence of a model against the lines it cites. A sentence that fails the check is not shown. */

import type { Citation, Sentence } from '#ask/answer.ts'
import type { LineSpan } from '#generate/model.ts'
import { checkClaim } from '#generate/prose/check-claim.ts'
import { citedText } from '#generate/prose/claimed-evidence.ts'
import { bareName, hasWord, lastPart } from '#generate/prose/code-names.ts'
import { contentStems, sharesWords } from '#generate/prose/content-words.ts'
import { addressIn } from '#generate/prose/external-addresses.ts'
import type { ProseSpan } from '#generate/prose-model.ts'
import { isEcho } from './prompts.ts'
import type { RawSentence } from './read-sentences.ts'
import type { SetGround } from './set-ground.ts'

/** The answer so far; updated with each sentence that passes the check. */
export interface AnswerSoFar {
  ground: SetGround
  /** BCP-47 tag. */
  language: string
  /** Plain forms of the sentences. */
  plainForms: Set<string>
  /** The last sentence, without names of the repository: together with the next one it may form an address. */
  last: string
}

export type Verdict = { sentence: Sentence } | { fault: string }

const MAX_CITATIONS = 6
/** Maximum number of checks of a sentence: names that a check lacked are read, and it is repeated. */
const MAX_CHECKS = 4
const NO_CITATION = 'it cites no lines'

export async function checkSentence(raw: RawSentence, soFar: AnswerSoFar): Promise<Verdict> {
  const { ground, language } = soFar
  if (raw.citations.length === 0) return { fault: NO_CITATION }
  if (isEcho(raw.text)) return { fault: 'it repeats what the model was told' }
  const evidence: { fact: null; path: string; start_line: number; end_line: number }[] = []
  for (const { file, from, to } of raw.citations.slice(0, MAX_CITATIONS)) {
    const lines = await ground.open(file, from, to)
    if (lines === undefined) return { fault: `there are no lines ${from}-${to} of ${file.slice(0, 100)}` }
    evidence.push({ fact: null, path: file, start_line: lines.from, end_line: lines.to })
  }
  const near = new Set(evidence.map(({ path }) => path))
  for (let checks = 1; ; checks++) {
    await ground.yieldToEventLoop()
    const plainForms = new Set(soFar.plainForms)
    const { claim, faults } = checkClaim(
      { text: raw.text, evidence },
      { ground, near, facts: [], language, earlier: plainForms },
    )
    if (checks < MAX_CHECKS && (await ground.resolve())) continue
    // A sentence with a fault is rejected as a whole.
    if (claim === null || faults.length > 0) return { fault: faults[0] ?? 'the cited lines do not support it' }
    if (!claim.evidence.every((span) => isAbout(claim.spans, span, ground)))
      return { fault: 'the cited lines contain none of its names and few of its words' }
    const rest = claim.spans
      .map((span) => ('text' in span ? span.text : span.refersTo === null ? span.code : 'x'))
      .join('')
    const address = addressIn(`${soFar.last} ${rest}`, (text) => ground.isName(text) || ground.isInCode(text))
    if (address !== undefined) return { fault: address }
    const text = markdownOf(claim.spans)
    if (text === undefined) return { fault: 'a name with a backtick' }
    soFar.plainForms = plainForms
    soFar.last = rest.slice(-200)
    const citations = claim.evidence.map(
      ({ path, startLine, endLine }): Citation => ({
        file: path,
        start_line: startLine,
        end_line: endLine,
        source: ground.linkOf(path, startLine, endLine),
      }),
    )
    return { sentence: { text, starts_paragraph: raw.startsParagraph, names: namesIn(claim.spans, ground), citations } }
  }
}

/** Whether lines contain a name of the sentence, or its words; here, parts of names do not count. */
function isAbout(spans: readonly ProseSpan[], cited: LineSpan, ground: SetGround): boolean {
  const lines = citedText(ground, cited)
  const isNamed = spans.some(
    (span) => 'code' in span && (span.refersTo === cited.path || hasWord(lines, lastPart(bareName(span.code)))),
  )
  const words = spans.map((span) => ('text' in span ? span.text : ' ')).join('')
  return isNamed || sharesWords(contentStems(words), contentStems(lines))
}

/** Markdown with names between backticks and no other markup; `undefined` if a text contains a backtick. */
function markdownOf(spans: readonly ProseSpan[]): string | undefined {
  const parts = spans.map((span) => ('text' in span ? span.text : `\`${span.code}\``))
  if (spans.some((span) => ('text' in span ? span.text : span.code).includes('`'))) return undefined
  return parts.join('').trim()
}

function namesIn(spans: readonly ProseSpan[], ground: SetGround): Sentence['names'] {
  const names = new Map<string, Sentence['names'][number]>()
  for (const span of spans) {
    if ('text' in span || span.refersTo === null) continue
    const ref = ground.refOf(span.refersTo)
    if (ref?.page == null) continue
    names.set(span.code, { name: span.code, page: ref.page, anchor: ref.anchor ?? '' })
  }
  return [...names.values()]
}
