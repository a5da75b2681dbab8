/**
 * Masks secrets in text before it leaves this machine, keeping the lines: `[secret]` replaces keys in the formats of
 * their issuers, and random-looking values after names such as `password`.
 *
 * The patterns are part of this project, because secretlint, the library for this, needs Node 22 in its supported
 * versions, and its recommended rules cover no keys of GitLab, Stripe or Google, no JWT and no password assignments.
 * Each pattern is bounded or cannot begin inside the previous match, so the time is linear in the length of the text.
 */

import { SECRET } from './secret.ts'
import { maskAssignments } from './secret-assignments.ts'
import { maskPrivateKeys } from './secret-blocks.ts'
import { maskTokens } from './secret-tokens.ts'

export interface MaskOptions {
  /** Texts that are masked wherever they occur, such as the endpoint's own key. */
  keys?: readonly string[]
  /** Whether only the keys are masked. */
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

/** Whether a key is real: for servers without keys it is a placeholder word, which may occur in any text. */
const isRealKey = (key: string): boolean =>
  key.length >= 6 &&
  !/^(?:(?:sk-)?(?:no|not|none|empty|dummy|unused|local|fake|placeholder)\b.*|ollama|lm-studio|openai|api-?key|password|secret|token|x+)$/i.test(
    key,
  )

/** Masks secrets. Call it before lines are truncated, numbered or joined, which would hide keys that span lines. */
export const maskSecrets = createMask()
