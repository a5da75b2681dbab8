/**
 * Detects text that appears to contain a secret, so that it can be refused. A heuristic: unknown forms of secrets are not found.
 */

import { JWT, possibleTokens, tokens } from './token-forms.ts'

/** Shorter matches are probably ordinary words. */
const SHORTEST_TOKEN = 16
const SHAPES: readonly RegExp[] = [
  tokens(SHORTEST_TOKEN),
  possibleTokens(SHORTEST_TOKEN),
  JWT,
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/,
]

/** A URL with a password; the user may be an e-mail address. Bounded and unambiguous, so that it runs in linear time on untrusted text. */
const PASSWORD_IN_ADDRESS = /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/?#:]{0,200}:[^\s/?#@]{1,2000}@/i

/** Whether the text seems to contain a token or a key. */
export const holdsToken = (text: string): boolean => SHAPES.some((shape) => text.search(shape) !== -1)

/** Whether the text seems to contain a token, a key, or a URL with a password. */
export const holdsSecret = (text: string): boolean => holdsToken(text) || PASSWORD_IN_ADDRESS.test(text)
