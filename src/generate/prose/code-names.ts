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

/** Whether the text contains the word on its own, not as part of a longer one. */
export function hasWord(text: string, word: string): boolean {
  const isPart = (character: string | undefined): boolean =>
    character !== undefined && /[\p{L}\p{N}_$]/u.test(character)
  const [startsOpen, endsOpen] = [isPart(word[0]), isPart(word.at(-1))]
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!(startsOpen && isPart(text[at - 1])) && !(endsOpen && isPart(text[at + word.length]))) return true
  }
  return false
}
