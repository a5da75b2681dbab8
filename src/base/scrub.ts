/**
 * Removes secrets from text that leaves the program: log lines, terminal output, job messages. Secrets are recognised by
 * form (credentials in URLs, authentication headers, tokens of well-known services, private keys) and by value (those from
 * the settings). This is a safety net; do not rely on it to write a secret anywhere.
 */

import { JWT, possibleTokens, tokens } from './token-forms.ts'

const HIDDEN = '[hidden]'
/** Shorter values may occur in a text by chance. */
const MIN_LENGTH = 6

/** Secrets recognised by their context, `$1`, which is kept. The text may be JSON, so a match never splits a JSON escape. */
const FORMS: readonly RegExp[] = [
  // https://user:password@host, even if the password is not escaped properly.
  /\b([a-z][a-z0-9+.-]{0,20}:\/\/)(?:\\.|[^\s/?#"\\])*(?=@)/gi,
  // Commands that docspool prints contain the variable `$DOCSPOOL_TOKEN` instead of the token; it is kept.
  /(?:\b|(?<=\\[nrt]))((?:proxy-)?authorization[\\"']*\s*[:=]\s*[\\"']*(?!bearer \$DOCSPOOL_TOKEN\b)(?:(?:bearer|basic|token|digest)\s+)?)[^\s"',;\\]+/gi,
  /(?:\b|(?<=\\[nrt]))((?:set-cookie|cookie|x-git-token|x-api-key|api-key|private-token)[\\"']*\s*[:=]\s*[\\"']*)[^\s"',\\]+/gi,
  /(?:\b|(?<=\\[nrt]))(bearer\s+)[\w.~+/=-]{8,}/gi,
  /(?:\b|(?<=\\[nrt]))(basic\s+)(?=[A-Za-z0-9+/]*[A-Z0-9])[A-Za-z0-9+/]{8,}=*/g,
  /([?&](?:access_token|private_token|token|api_?key|key|password|secret|signature|sig)=)[^&\s"'\\]+/gi,
  /(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)(?:(?!-----END)[^"])*/g,
]

/** Shorter than real tokens: a line may be truncated, or show only a token's start. */
const SHORTEST_TOKEN = 8
const TOKENS: readonly RegExp[] = [JWT, tokens(SHORTEST_TOKEN), possibleTokens(SHORTEST_TOKEN)]

/** Secret values, the longest first, because one may be part of another. */
let values: string[] = []

/** Hide these values from now on, also in JSON-escaped and URL-encoded form. Values of fewer than 6 characters are not hidden. */
export function hideValues(secrets: Iterable<string>): void {
  const all = new Set(values)
  for (const secret of secrets) {
    for (const form of [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(Buffer.from(secret).toString()),
    ]) {
      if (form.length >= MIN_LENGTH) all.add(form)
    }
  }
  values = [...all].sort((a, b) => b.length - a.length)
}

/** Replace each secret with `[hidden]`. Valid JSON stays valid. */
export function scrub(text: string): string {
  let clean = text
  for (const value of values) if (clean.includes(value)) clean = clean.replaceAll(value, HIDDEN)
  for (const form of TOKENS) clean = clean.replace(form, HIDDEN)
  for (const form of FORMS) clean = clean.replace(form, `$1${HIDDEN}`)
  return clean
}
