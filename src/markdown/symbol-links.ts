/**
 * References to symbols in doc comments, as Markdown links whose URL is `symbol:` and the name in the comment. They are
 * resolved when the comment is converted, and never appear in a page.
 */

const SCHEME = 'symbol:'
/** Limit on the characters of a target that are searched for its name. */
const MAX_TARGET = 1_000
const LINK = /\[(`[^`\n]{0,300}`|(?:[^[\]`\n\\]|\\.){0,300})\]\(symbol:[^()\s]*\)/g

/**
 * A link to a symbol, in Markdown.
 *
 * @param target - In brackets if the words keep their brackets when it names nothing.
 * @param words - The text of the link; inline code if it is one word, unless that is a word of the sentence: `installed`.
 */
export function symbolLink(target: string, words: string): string {
  const shown = words.replace(/\s+/g, ' ').replace(/`/g, "'").trim()
  const isWord = !shown.includes(' ') ? !isPlainWord(shown, target) : /^[\w.:#<>~]+\(.*\)$/.test(shown)
  const text = isWord ? `\`${shown}\`` : shown.replace(/[[\]\\]/g, '\\$&')
  if (shown === '') return ''
  return `[${text}](${SCHEME}${encodeURIComponent(target.trim()).replace(/[()]/g, (char) => (char === '(' ? '%28' : '%29'))})`
}

/** Whether the text is a word of the sentence, not the name of the symbol: `{@link Planner#add(Body) added}`. */
function isPlainWord(shown: string, target: string): boolean {
  const names = target.slice(0, MAX_TARGET).split('(', 1).join('').split(/\W/)
  return /^[a-z]+$/.test(shown) && names.findLast((name) => name !== '') !== shown
}

/** The name in a `symbol:` URL; `null` for other URLs. */
export function symbolOf(url: string): string | null {
  if (!url.startsWith(SCHEME)) return null
  try {
    return decodeURIComponent(url.slice(SCHEME.length))
  } catch {
    return ''
  }
}

/** Markdown in which such links are replaced with their texts. */
export function withoutSymbolLinks(markdown: string): string {
  return markdown.includes(`](${SCHEME}`) ? markdown.replace(LINK, '$1') : markdown
}
