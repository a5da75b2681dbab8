/** The words and signs of a Rust file, without comments and literals. */

export interface Token {
  /** A word, or one sign; `r#type` is the word `type`. */
  readonly text: string
  readonly isWord: boolean
  /** Where it begins. */
  readonly at: number
}

const SPACE = /\s+/y
const LINE_COMMENT = /\/\/[^\n]*/y
const RAW_STRING = /[bc]?r(#*)"/y
const STRING = /[bc]?"(?:[^"\\]|\\[\s\S])*"?/y
const CHARACTER = /b?'(?:\\(?:x[\da-fA-F]{2}|u\{[\da-fA-F_]*\}|.)|[^\\'\x80-\xff]|[\x80-\xff]{1,4})'/y
const LIFETIME = /'[A-Za-z_]\w*/y
const NUMBER = /\d\w*/y
const WORD = /(?:r#)?[A-Za-z_\x80-\xff][\w\x80-\xff]*/y

/** @param text - Of the file, a character for each byte (`latin1`), as an index counts columns. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const end = (pattern: RegExp): number => {
    pattern.lastIndex = at
    return pattern.test(text) ? pattern.lastIndex : 0
  }
  while (at < text.length) {
    const skipped = end(SPACE) || end(LINE_COMMENT) || blockCommentEnd(text, at) || literalEnd(text, at, end)
    if (skipped > at) {
      at = skipped
      continue
    }
    const next = end(WORD)
    const word = text.slice(at, next || at + 1)
    const isRaw = word.startsWith('r#')
    tokens.push({ text: isRaw ? word.slice(2) : word, isWord: next > 0, at: isRaw ? at + 2 : at })
    at = next || at + 1
  }
  return tokens
}

function literalEnd(text: string, at: number, end: (pattern: RegExp) => number): number {
  const raw = end(RAW_STRING)
  if (raw > 0) {
    const hashes = text.slice(at, raw).replace(/[^#]/g, '')
    const close = text.indexOf(`"${hashes}`, raw)
    return close < 0 ? text.length : close + 1 + hashes.length
  }
  return end(STRING) || end(CHARACTER) || end(LIFETIME) || end(NUMBER)
}

/** They nest. */
function blockCommentEnd(text: string, from: number): number {
  if (!text.startsWith('/*', from)) return 0
  let depth = 0
  const sign = /\/\*|\*\//g
  sign.lastIndex = from
  for (let match = sign.exec(text); match !== null; match = sign.exec(text)) {
    depth += match[0] === '/*' ? 1 : -1
    if (depth === 0) return sign.lastIndex
  }
  return text.length
}
