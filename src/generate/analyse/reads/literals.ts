/** Formats literals for documentation: numbers, booleans, and strings without quotes. */

/** Limit on the characters of a value, which must fit into a table cell. */
const MAX_LITERAL = 60
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' }

/** Matches `1_000`, `0x1F`, `1e-6`, `.5f`, `10UL`, `1'000`; not `3.days`. */
const NUMBER =
  /^[-+]?(?:0[xbo][\da-f_']+|\d[\d_']*(?:\.[\d_]*)?|\.\d[\d_]*)(?:e[-+]?\d+)?(?:_?[fiu](?:8|16|32|64|128|size)|u?l{0,2}|l{1,2}u|[dfimnjr])?$/i

/** @returns A number, `true` or `false` as written; `null` for anything else. */
export function plainLiteral(text: string): string | null {
  if (text.length > MAX_LITERAL) return null
  return NUMBER.test(text) || /^(?:[tT]rue|[fF]alse|TRUE|FALSE)$/.test(text) ? text : null
}

/**
 * The content of a string literal without interpolation.
 *
 * @param text - The literal with its quotes and prefix.
 * @param isPython - Whether it is of Python, where quotes of both kinds have the same escapes. In other languages,
 *   single-quoted text has escapes only for the quote and the backslash.
 * @returns `null` if it is too long for a table or spans multiple lines.
 */
export function stringLiteral(text: string, isPython = false): string | null {
  if (text.length > MAX_LITERAL + 20) return null
  const opened = /^([A-Za-z@$]{0,3})(#{0,3})("""|'''|["'`])/.exec(text)
  if (opened === null) return text.startsWith(':') ? text.slice(1) : null
  const [opening, prefix = '', hashes = '', quote = ''] = opened
  const end = text.length - hashes.length - quote.length
  if (end < opening.length || !text.startsWith(quote, end)) return null
  let content = text.slice(opening.length, end)
  if (!isPython && /^(?:u8|[uUL])?R$/.test(prefix)) {
    const raw = /^([^()\\\s]{0,16})\((.*)\)\1$/.exec(content)
    if (raw === null) return quote === '"' && prefix === 'R' ? bounded(content) : null
    content = raw[2] ?? ''
  } else if (prefix.includes('@')) content = content.replaceAll('""', '"')
  else if (quote === "'" && !isPython) content = content.replace(/\\(['\\])/g, '$1')
  else if (!/[rR]/.test(prefix) && hashes === '') content = unescaped(content)
  return bounded(content)
}

function bounded(content: string): string | null {
  return content.length > MAX_LITERAL || content.includes('\n') ? null : content
}

function unescaped(content: string): string {
  if (!content.includes('\\')) return content
  let text = ''
  for (let at = 0; at < content.length; at++) {
    const character = content[at] ?? ''
    const next = content[at + 1] ?? ''
    if (character !== '\\') text += character
    else {
      text +=
        (next === '0' && /\d/.test(content[at + 2] ?? '') ? undefined : ESCAPES[next]) ??
        (/[a-zA-Z0-9]/.test(next) ? `\\${next}` : next)
      at++
    }
  }
  return text
}
