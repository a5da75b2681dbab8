/**
 * Takes secrets out of text before it leaves this machine: `[secret]` stands in their place, lines stay where they are. By
 * the forms that issuers give to their keys, and by names such as `password` before values that look random.
 *
 * Own patterns: secretlint, which is the library for this, needs Node 22 in its supported versions, and its recommended
 * rules know no keys of GitLab, Stripe or Google, no JWT, and no assignment of a password. Each pattern is bounded or
 * begins where the one before cannot, so that time is linear in the length of the text.
 */

import { SECRET } from './secret.ts'
import { maskAssignments } from './secret-assignments.ts'
import { maskPrivateKeys } from './secret-blocks.ts'
import { maskTokens } from './secret-tokens.ts'

export interface MaskOptions {
  /** Masked wherever they occur, such as the endpoint's own key. */
  keys?: readonly string[]
  /** Nothing else is masked. */
  isOnlyKeys?: boolean
}

export function createMask({ keys = [], isOnlyKeys = false }: MaskOptions = {}): (text: string) => string {
  const literal = [...new Set(keys)].filter(isRealKey).sort((a, b) => b.length - a.length)
  return (text) => {
    let masked = text
    for (const key of literal) masked = masked.replaceAll(key, SECRET)
    return isOnlyKeys ? masked : maskAssignments(maskTokens(maskPrivateKeys(masked)))
  }
}

/** Servers without keys are given words in their place, which may stand in any text. */
const isRealKey = (key: string): boolean =>
  key.length >= 6 &&
  !/^(?:(?:sk-)?(?:no|not|none|empty|dummy|unused|local|fake|placeholder)\b.*|ollama|lm-studio|openai|api-?key|password|secret|token|x+)$/i.test(
    key,
  )

/** Before lines are cut, numbered or put in one: a key over several lines is then none by its form. */
export const maskSecrets = createMask()
