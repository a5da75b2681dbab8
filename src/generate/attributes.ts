/** Reads attributes and annotations before a declaration: `@Deprecated("…")`, `#[must_use]`, `[Obsolete("…")]`. */

/** Matches up to the bracket that opens the arguments, if there are any. In `private[this]` no attribute begins. */
const START = String.raw`@(?!interface\b)(?:[\w.:]+(?:\s{0,40}\()?|\[)|#!?\[|(?<!\w)\[`
const NEXT = new RegExp(START, 'g')
const HERE = new RegExp(START, 'y')

/** Names of annotations that make a field a setting, whatever its modifiers: parameters of Maven plugins, options of programs. */
export const SETS_FIELD = /^(?:Parameters?|Option|Argument|ArgGroup)$/

/** Modifiers without the attributes among them, whose arguments may contain words such as `private`. */
export function withoutAttributes(modifiers: string): string {
  let kept = ''
  let from = 0
  NEXT.lastIndex = 0
  for (let match = NEXT.exec(modifiers); match !== null; match = NEXT.exec(modifiers)) {
    kept += `${modifiers.slice(from, match.index)} `
    from = endOfAttribute(modifiers, match)
    NEXT.lastIndex = from
  }
  return kept + modifiers.slice(from)
}

/** Limits on the attributes of a declaration, and on the characters of one; longer ones are left out. */
const MAX_ATTRIBUTES = 10
const MAX_ATTRIBUTE = 160

/** The attributes among modifiers, each on one line: `@Mojo(name = "run")`, `#[must_use]`. */
export function attributesIn(modifiers: string): string[] {
  const found: string[] = []
  NEXT.lastIndex = 0
  for (let match = NEXT.exec(modifiers); match !== null; match = NEXT.exec(modifiers)) {
    NEXT.lastIndex = endOfAttribute(modifiers, match)
    const text = modifiers.slice(match.index, NEXT.lastIndex).replace(/\s+/g, ' ')
    if (text.length <= MAX_ATTRIBUTE && found.length < MAX_ATTRIBUTES) found.push(text)
  }
  return found
}

/**
 * A header without the attributes that it begins with.
 *
 * @param isKept - Says whether an attribute stays: `@MainActor`.
 */
export function afterAttributes(header: string, isKept?: (attribute: string) => boolean): string {
  const kept: string[] = []
  let rest = header.trimStart()
  for (;;) {
    HERE.lastIndex = 0
    const match = HERE.exec(rest)
    if (match === null) return [...kept, rest].join(' ')
    const end = endOfAttribute(rest, match)
    if (isKept?.(rest.slice(0, end)) === true) kept.push(rest.slice(0, end))
    rest = rest.slice(end).trimStart()
  }
}

function endOfAttribute(text: string, { 0: start, index }: RegExpExecArray): number {
  const end = index + start.length
  return /[([]$/.test(start) ? endOfBracket(text, end - 1) : end
}

/** The offset after the bracket that closes the one at `open`, or the end of the text. */
export function endOfBracket(text: string, open: number): number {
  let depth = 0
  const unclosed = new Set<string>()
  for (let at = open; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (sign === '"' || sign === "'") at = endOfString(text, at, unclosed) - 1
    else if ('([{'.includes(sign)) depth++
    else if (')]}'.includes(sign) && --depth === 0) return at + 1
  }
  return text.length
}

/** The parts of a text between separators outside of strings and brackets, trimmed. */
export function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = []
  let from = 0
  const unclosed = new Set<string>()
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (sign === '"' || sign === "'") at = endOfString(text, at, unclosed) - 1
    else if ('([{'.includes(sign)) at = endOfBracket(text, at) - 1
    else if (sign === separator) {
      parts.push(text.slice(from, at).trim())
      from = at + 1
    }
  }
  return [...parts, text.slice(from).trim()]
}

/**
 * The offset after the string that begins at `start`, or after the quote if it begins none.
 *
 * @param unclosed - Quotes that do not occur again in the rest of the text, so that it is searched for each only once.
 */
function endOfString(text: string, start: number, unclosed: Set<string>): number {
  const quote = text.startsWith('"""', start) ? '"""' : (text[start] ?? '')
  const hasEscapes = quote.length === 1 && !/[@r#]/.test(text[start - 1] ?? '')
  for (let at = start + quote.length; at < text.length && !unclosed.has(quote); at++) {
    if (hasEscapes && text[at] === '\\') at++
    else if (text.startsWith(quote, at)) return at + quote.length
  }
  unclosed.add(quote)
  return start + quote.length
}
