/**
 * Masks secrets in text before it leaves this machine, keeping the lines: `[secret]` replaces keys in the formats of
 * their issuers, and random-looking values after names such as `password`.
 *
 * The patterns are part of this project, because the supported versions of secretlint need Node 22, and its
 * recommended rules do not cover keys of GitLab, Stripe or Google, JWTs or password assignments.
 * Each pattern is bounded or cannot begin inside the previous match, so the time is linear in the length of the text.
 */

import { JWT, possibleTokens, tokens } from '#base/token-forms.ts'
import { isPassword, isRandom } from './entropy.ts'
import { maskPrivateKeys, SECRET } from './secret-blocks.ts'

export interface MaskOptions {
  /** Texts that are masked wherever they occur, such as the endpoint's own key. */
  keys?: readonly string[]
  /** Mask only `keys`. */
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

/** Matches placeholder keys for servers without keys: ordinary words that may occur in any text. */
const PLACEHOLDER =
  /^(?:(?:sk-)?(?:no|not|none|empty|dummy|unused|local|fake|placeholder)(?:[ _-]?(?:a|api|auth|key|llm|model|needed|only|real|required|secret|server|set|test|token|used|\d{1,3})){0,4}|ollama|lm-studio|openai|api-?key|password|secret|token|x+)$/i

const isRealKey = (key: string): boolean => key.length >= 6 && !PLACEHOLDER.test(key)

/** Masks secrets. Call it before lines are truncated, numbered or joined, which would hide keys that span lines. */
export const maskSecrets = createMask()

/** Matches whole tokens only, because code contains names with the same prefixes. */
const TOKENS = tokens()
const POSSIBLE_TOKENS = possibleTokens()

const SLACK_HOOK = /(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[A-Za-z0-9/_-]{20,200}/g

/** `://user:` and the password; placeholders are kept. */
const CREDENTIALS = /(:\/\/[^\s:@/"'`<>?#]{0,100}:)([^\s@/"'`<>]{1,200})(?=@[A-Za-z0-9[$_{%-])/g

/** RFC 7617, RFC 6750 */
const SCHEME = /\b((?:Basic|Bearer)[ \t]{1,4})([A-Za-z0-9+/_=.~-]{16,2000})/gi

/** Masks keys in the formats of their issuers, and passwords in URLs. */
function maskTokens(text: string): string {
  return text
    .replace(JWT, SECRET)
    .replace(TOKENS, SECRET)
    .replace(POSSIBLE_TOKENS, (key) => (isRandom(key.slice(key.indexOf('-') + 1)) ? SECRET : key))
    .replace(SLACK_HOOK, `$1${SECRET}`)
    .replace(CREDENTIALS, (all, before: string, password: string) => {
      return /^(?:[$%{[]|\*+$|x+$)/i.test(password) ? all : before + SECRET
    })
    .replace(SCHEME, (all, scheme: string, value: string) => (isRandom(value) ? scheme + SECRET : all))
}

const NAMES = [
  'pass(?:word|wd|phrase|code)?',
  'pwd',
  'secrets?',
  'tokens?',
  'api[_-]?keys?',
  '(?:access|account|auth|encryption|master|private|shared|signing|storage|subscription)[_-]?keys?',
  'credentials?',
  '_auth',
  '"auth',
]

/**
 * A name, the rest of the identifier, an assignment operator, a value: `AWS_SECRET_ACCESS_KEY=`, `"client_secret": "`,
 * `password => '`, `.setPassword("`, `-Dtoken=`, `<password>`.
 */
const ASSIGNMENT = new RegExp(
  `((?:${NAMES.join('|')})[A-Za-z0-9_-]{0,30}["'\`\\]]{0,2}[ \\t]{0,10}(?::=|=>|==|[:=(>])[ \\t]{0,10}(?:[A-Za-z]{0,2}["'\`]|[|>]-?[ \\t]{0,4})?)` +
    `([^\\s"'\`,;<>(){}\\[\\]]{8,300})(?=(.?))`,
  'gi',
)

/** Masks values after names such as `password`, `apiKey` or `TOKEN`, in code, settings, JSON and YAML. */
function maskAssignments(text: string): string {
  return text.replace(ASSIGNMENT, (all, before: string, value: string, next: string) => {
    const isQuoted = /["'`]$/.test(before)
    // The value is a call, an index or part of a pattern.
    if (!isQuoted && (next === '(' || next === '[' || next === '{')) return all
    return isPassword(value, isQuoted) ? before + SECRET : all
  })
}
