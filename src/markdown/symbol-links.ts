/**
 * Links of doc comments to symbols of the code: Markdown links whose address is `symbol:` and the name as the comment has
 * it. Who reads a comment looks for what it names; nobody else follows such an address.
 */

const SCHEME = 'symbol:'
const LINK = /\[(`[^`\n]{0,300}`|(?:[^[\]`\n\\]|\\.){0,300})\]\(symbol:[^()\s]*\)/g

/**
 * A link to a symbol, in Markdown.
 *
 * @param words - What is shown; as code where it is one word.
 */
export function symbolLink(target: string, words: string): string {
  const shown = words.replace(/\s+/g, ' ').replace(/`/g, "'").trim()
  const isWord = !shown.includes(' ') || /^[\w.:#<>~]+\(.*\)$/.test(shown)
  const text = isWord ? `\`${shown}\`` : shown.replace(/[[\]\\]/g, '\\$&')
  if (shown === '') return ''
  return `[${text}](${SCHEME}${encodeURIComponent(target.trim()).replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'))})`
}

/** The name that an address stands for; `null` for other addresses. */
export function symbolOf(url: string): string | null {
  if (!url.startsWith(SCHEME)) return null
  try {
    return decodeURIComponent(url.slice(SCHEME.length))
  } catch {
    return ''
  }
}

/** Markdown with the words of such links alone. */
export function withoutSymbolLinks(markdown: string): string {
  return markdown.includes(`](${SCHEME}`) ? markdown.replace(LINK, '$1') : markdown
}
