/** Checks the slots of an answer: selects claims for publication, and describes the faults of the others for the model. */

import { append } from '#base/long-arrays.ts'
import type { ProseClaim, SlotVerdict } from '#generate/prose-model.ts'
import type { RawClaim } from './answer-schemas.ts'
import { checkClaim } from './check-claim.ts'
import type { Standard } from './claim-standard.ts'
import { isIn } from './language-detection.ts'

export interface Slot {
  claims: ProseClaim[]
  verdict: Omit<SlotVerdict, 'module'>
}

const MAX_FAULTS = 10

/**
 * @param limit - Claims to publish; the others are dropped silently.
 * @param term - The name that the claims explain.
 */
export function checkSlot(
  slot: string,
  raw: readonly RawClaim[],
  limit: number,
  standard: Standard,
  term: string | null = null,
): Slot {
  const faults: string[] = []
  const claims: ProseClaim[] = []
  let dropped = 0
  let isRepaired = false
  for (const one of raw.slice(0, limit)) {
    const checked = checkClaim(one, standard, term)
    append(faults, checked.faults)
    if (checked.claim === null) dropped += 1
    else claims.push(checked.claim)
    if (checked.isRepaired || checked.faults.length > 0) isRepaired = true
  }
  const { language } = standard
  if (!isIn(language, claims.map(wordsOf).join(' '))) {
    dropped += claims.length
    claims.length = 0
    faults.push(`the text is not in the language ${language}`)
  }
  const verdict = claims.length === 0 && raw.length > 0 ? 'offline' : isRepaired ? 'repaired' : 'accepted'
  return {
    claims,
    verdict: { slot, verdict, published: claims.length, dropped, faults: [...new Set(faults)].slice(0, MAX_FAULTS) },
  }
}

/** The text of a claim without names. */
function wordsOf({ spans }: ProseClaim): string {
  return spans.map((span) => ('text' in span ? span.text : '')).join('')
}
