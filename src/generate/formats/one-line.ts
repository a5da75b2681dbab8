/** Puts code on one line, for signatures. */

const STRING_OR_SPACE = /"(?:[^"\\\n]|\\.){0,200}"|'(?:[^'\\\n]|\\.){0,200}'|\s+/g

/** Collapses whitespace to single spaces, except in strings: `indent = "  "`. */
export function onOneLine(text: string): string {
  return text.replace(STRING_OR_SPACE, (part) => (part.trim() === '' && !/["']/.test(part) ? ' ' : part)).trim()
}
