/** Puts code on one line, for signatures. */

/** A string in triple quotes or backticks, which may span lines; another string; whitespace. */
const STRING_OR_SPACE = /("""|`)[^"`]{0,2000}\1|"(?:[^"\\\n]|\\.){0,200}"|'(?:[^'\\\n]|\\.){0,200}'|\s+/g

/** Collapses whitespace to single spaces, except in strings: `indent = "  "`. Of a string that spans lines, only the quotes are shown. */
export function onOneLine(text: string): string {
  return text
    .replace(STRING_OR_SPACE, (part, quotes: string | undefined) => {
      if (quotes !== undefined) return part.includes('\n') ? `${quotes}…${quotes}` : part
      return part.trim() === '' ? ' ' : part
    })
    .trim()
}
