/**
 * Checks one claim of a model against the repository: sentences with unknown names are dropped, near misses corrected,
 * and a claim without evidence is rejected.
 */

import type { ProseClaim, ProseSpan } from '#generate/prose-model.ts'
import type { RawClaim } from './answer-schemas.ts'
import { boilerplateIn, isRepetitive, plainForm } from './boilerplate-filter.ts'
import { type AnyStandard, shortened } from './claim-standard.ts'
import { type CheckedSentence, checkEvidence } from './claimed-evidence.ts'
import { addressOf, readNames } from './claimed-names.ts'
import { contentStems } from './content-words.ts'
import { type Piece, readSentences, textOf } from './sentences.ts'

const MAX_EVIDENCE = 4

export interface Checked {
  /** The published part of the claim; `null` if nothing is published. */
  claim: ProseClaim | null
  /** Descriptions of faults, for the model and for `verification.json`. */
  faults: string[]
  isRepaired: boolean
}

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
  const evidence = checkEvidence(raw, checked, term, standard, faults)
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
  // Code is looked up in the repository: a template engine has `{{ name }}`, and a linter finds `TODO`.
  return boilerplateIn(textOf(sentence.filter(({ isCode }) => !isCode)))
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
