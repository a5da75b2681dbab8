/** Formats literals for documentation: numbers, booleans, and strings without quotes. */

/** Limit on the characters of a value, which has to fit in a table. */
const MAX_LITERAL = 60
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' }

/** @returns A number, `true` or `false` as written; `null` for anything else. */
export function plainLiteral(text: string): string | null {
  if (text.length > MAX_LITERAL) return null
  return /^(?:[-+]?\.?\d[\w.]*|[tT]rue|[fF]alse|TRUE|FALSE)$/.test(text) ? text : null
}

/**
 * The content of a string literal without interpolation.
 *
 * @param text - The literal with its quotes and prefix.
 * @returns `null` if it is too long for a table or has several lines.
 */
export function stringLiteral(text: string): string | null {
  if (text.length > MAX_LITERAL + 20) return null
  const opened = /^([A-Za-z@$]{0,3})(#{0,3})("""|'''|["'`])/.exec(text)
  if (opened === null) return text.startsWith(':') ? text.slice(1) : null
  const [before, prefix = '', hashes = '', quote = ''] = opened
  const end = text.length - hashes.length - quote.length
  if (end < before.length || !text.startsWith(quote, end)) return null
  let content = text.slice(before.length, end)
  if (/^(?:u8|[uUL])?R$/.test(prefix)) {
    const raw = /^([^()\\\s]{0,16})\((.*)\)\1$/.exec(content)
    if (raw === null) return quote === '"' && prefix === 'R' ? bounded(content) : null
    content = raw[2] ?? ''
  } else if (!/[rR@]/.test(prefix) && hashes === '') content = unescaped(content)
  return bounded(content)
}

function bounded(content: string): string | null {
  return content.length > MAX_LITERAL || content.includes('\n') ? null : content
}

function unescaped(content: string): string {
  if (!content.includes('\\')) return content
  let text = ''
  for (let at = 0; at < content.length; at++) {
    const one = content[at] ?? ''
    const next = content[at + 1] ?? ''
    if (one !== '\\') text += one
    else {
      text += ESCAPES[next] ?? (/[a-zA-Z0-9]/.test(next) ? `\\${next}` : next)
      at++
    }
  }
  return text
}
