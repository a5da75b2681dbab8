/** Normalises names of code in prose: their plain form and last part; and finds words in a text. */

/** The plain form: `this.match(path)` → `match`, `Router#match` → `Router.match`, `std::Node<T>` → `std.Node`. */
export function bareName(written: string): string {
  return written
    .trim()
    .replace(/^(?:await|new|async|function|class|const|let|def|fn|func)\s+/, '')
    .replace(/^(?:this|self|cls|super)(?:\.|->|::)/, '')
    .replace(/\(.*$/s, '')
    .replace(/<[^<>]*>$/, '')
    .replace(/::|->|#/g, '.')
    .replace(/^\.\//, '')
    .trim()
}

/** The last part: `Router.match` → `match`, `src/router.ts` → `router.ts`. */
export function lastPart(name: string): string {
  const mark = name.includes('/') ? '/' : '.'
  return name.slice(name.lastIndexOf(mark) + 1) || name
}

const NO_PART = /[^\p{L}\p{N}_$]/gu

/** Whether a character belongs to a word. */
function isPart(character: string): boolean {
  const code = character.charCodeAt(0)
  if (code >= 128) return /[\p{L}\p{N}]/u.test(character)
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36
  )
}

/** Whether the word, which occurs in the text at this offset, is not part of a longer one there. */
export function isWholeAt(text: string, word: string, at: number): boolean {
  const end = at + word.length
  return (
    !(isPart(text.charAt(at)) && isPart(text.charAt(at - 1))) &&
    !(isPart(text.charAt(end - 1)) && isPart(text.charAt(end)))
  )
}

/** Whether the text contains the word on its own, not as part of a longer one. */
export function hasWord(text: string, word: string): boolean {
  const startsOpen = isPart(word.charAt(0))
  for (let at = text.indexOf(word); at !== -1; ) {
    if (isWholeAt(text, word, at)) return true
    at = text.indexOf(word, startsOpen ? endOfWord(text, at) : at + 1)
  }
  return false
}

/** A longer word is skipped as a whole: `aa` occurs in `aaaa…` at each character. */
function endOfWord(text: string, at: number): number {
  NO_PART.lastIndex = at
  return NO_PART.exec(text)?.index ?? text.length
}
