/**
 * Takes secrets out of text that leaves the program: lines of the log, messages on the terminal, what a job tells. By their
 * form (credentials in addresses, headers that carry them, tokens of known makers, private keys), and by their value: those
 * of the settings. Not a reason to write a secret anywhere.
 */

import { JWT, possibleTokens, tokens } from './token-forms.ts'

const HIDDEN = '[hidden]'
/** Shorter ones are words that a text may hold by chance. */
const LEAST_LENGTH = 6

/** What is found by what stands around it; `$1` stays. Text may be JSON, so a match begins and ends beside no half of an escape. */
const FORMS: readonly RegExp[] = [
  // https://user:password@host, also where the password has what should have been escaped.
  /\b([a-z][a-z0-9+.-]{0,20}:\/\/)(?:\\.|[^\s/?#"\\])*(?=@)/gi,
  // A command shows the name of the variable that has the token.
  /(?:\b|(?<=\\[nrt]))((?:proxy-)?authorization[\\"']*\s*[:=]\s*[\\"']*(?!bearer \$DOCSPOOL_TOKEN\b)(?:(?:bearer|basic|token|digest)\s+)?)[^\s"',;\\]+/gi,
  /(?:\b|(?<=\\[nrt]))((?:set-cookie|cookie|x-git-token|x-api-key|api-key|private-token)[\\"']*\s*[:=]\s*[\\"']*)[^\s"',\\]+/gi,
  /(?:\b|(?<=\\[nrt]))(bearer\s+)[\w.~+/=-]{8,}/gi,
  /(?:\b|(?<=\\[nrt]))(basic\s+)(?=[A-Za-z0-9+/]*[A-Z0-9])[A-Za-z0-9+/]{8,}=*/g,
  /([?&](?:access_token|private_token|token|api_?key|key|password|secret|signature|sig)=)[^&\s"'\\]+/gi,
  /(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)(?:(?!-----END)[^"])*/g,
]

/** A line may be cut, or tell the beginning of a token. */
const SHORTEST_TOKEN = 8
const TOKENS: readonly RegExp[] = [JWT, tokens(SHORTEST_TOKEN), possibleTokens(SHORTEST_TOKEN)]

/** The longest first: one may be a part of another. */
let values: string[] = []

/** Hide these wherever they stand from now on, also as JSON and in addresses; what has fewer than 6 characters is not hidden. */
export function hideValues(secrets: Iterable<string>): void {
  const all = new Set(values)
  for (const secret of secrets) {
    for (const form of [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(Buffer.from(secret).toString()),
    ]) {
      if (form.length >= LEAST_LENGTH) all.add(form)
    }
  }
  values = [...all].sort((a, b) => b.length - a.length)
}

/** The text with `[hidden]` in the place of each secret. JSON stays JSON. */
export function scrub(text: string): string {
  let clean = text
  for (const value of values) if (clean.includes(value)) clean = clean.replaceAll(value, HIDDEN)
  for (const form of TOKENS) clean = clean.replace(form, HIDDEN)
  for (const form of FORMS) clean = clean.replace(form, `$1${HIDDEN}`)
  return clean
}
