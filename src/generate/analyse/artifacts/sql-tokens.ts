/** Tokenises SQL as far as its dialects agree: without comments and strings, with quoted names unquoted. */

export interface Token {
  text: string
  kind: 'word' | 'name' | 'symbol'
  position: number
}

const MAX_TOKENS = 300_000
/** Limit on the spaces before a comment that is on a line of its own. */
const MAX_INDENT = 100

export function readTokens(sql: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < sql.length && tokens.length < MAX_TOKENS; ) {
    const character = sql[at] ?? ''
    const next = sql[at + 1]
    if (/\s/.test(character)) at++
    else if ((character === '-' && next === '-') || (character === '#' && isComment(sql, at))) at = endOf(sql, '\n', at)
    else if (character === '/' && next === '*') at = endOf(sql, '*/', at + 2)
    else if (character === "'") at = endOfText(sql, at, "'")
    else if (character === '"' || character === '`' || character === '[') {
      const end = endOfText(sql, at, character === '[' ? ']' : character)
      tokens.push({ text: sql.slice(at + 1, end - 1), kind: 'name', position: at })
      at = end
    } else if (character === '$' && /^\$\w{0,60}\$/.test(sql.slice(at, at + 64))) {
      const tag = /^\$\w*\$/.exec(sql.slice(at, at + 64))?.[0] ?? '$$'
      at = endOf(sql, tag, at + tag.length)
    } else if (/[\p{L}_@]/u.test(character)) {
      const start = at
      while (at < sql.length && /[\p{L}\p{N}_$@]/u.test(sql[at] ?? '')) at++
      tokens.push({ text: sql.slice(start, at), kind: 'word', position: start })
    } else {
      tokens.push({ text: character, kind: 'symbol', position: at })
      at++
    }
  }
  return tokens
}

/** Whether `#` begins a comment of MySQL: not in `#>` of PostgreSQL, nor in `#name` of SQL Server. */
function isComment(sql: string, at: number): boolean {
  if (/\s/.test(sql[at + 1] ?? ' ')) return true
  return /(?:^|\n)[ \t]*$/.test(sql.slice(Math.max(0, at - MAX_INDENT), at))
}

function endOf(sql: string, mark: string, from: number): number {
  const found = sql.indexOf(mark, from)
  return found < 0 ? sql.length : found + mark.length
}

/** The end of a quoted text, in which a doubled quote represents one quote. */
function endOfText(sql: string, start: number, quote: string): number {
  let at = endOf(sql, quote, start + 1)
  while (quote !== ']' && sql[at] === quote) at = endOf(sql, quote, at + 1)
  return at
}
