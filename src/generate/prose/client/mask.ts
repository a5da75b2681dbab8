/**
 * Masks secrets in text before it leaves this machine, keeping the lines: `[secret]` replaces keys in the formats of
 * their issuers, and random-looking values after names such as `password`.
 *
 * The patterns are part of this project, because the supported versions of secretlint need Node 22, and its
 * recommended rules do not cover keys of GitLab, Stripe or Google, JWTs or password assignments.
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
  keysOnly?: boolean
}

export function createMask({ keys = [], keysOnly = false }: MaskOptions = {}): (text: string) => string {
  const literal = [...new Set(keys)].filter(isRealKey).sort((a, b) => b.length - a.length)
  return (text) => {
    let masked = text
    for (const key of literal) masked = masked.replaceAll(key, SECRET)
    return keysOnly ? masked : maskAssignments(maskTokens(maskPrivateKeys(masked)))
  }
}

/** Matches what users of servers without keys set: it may be an ordinary word, and so occur in any text. */
const PLACEHOLDER =
  /^(?:(?:sk-)?(?:no|not|none|empty|dummy|unused|local|fake|placeholder)(?:[ _-]?(?:a|api|auth|key|llm|model|needed|only|real|required|secret|server|set|test|token|used|\d{1,3})){0,4}|ollama|lm-studio|openai|api-?key|password|secret|token|x+)$/i

const isRealKey = (key: string): boolean => key.length >= 6 && !PLACEHOLDER.test(key)

/** Masks secrets. Call it before lines are truncated, numbered or joined, which would hide keys that span lines. */
export const maskSecrets = createMask()
