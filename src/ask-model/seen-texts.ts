/** Texts in which words are searched for repeatedly: each text is searched once for each word. */

import { hasWord } from '#generate/prose/code-names.ts'

/** Maximum number of remembered words; beyond it, all are forgotten. */
const MAX_WORDS = 20_000

export class SeenTexts {
  readonly #texts: string[] = []
  /** How many of the texts have been searched for a word in vain; `Infinity` for a word that was found. */
  readonly #searched = new Map<string, number>()
  /** Total number of characters searched. */
  searched = 0

  add(text: string): void {
    if (text !== '') this.#texts.push(text)
  }

  has(word: string): boolean {
    let at = this.#searched.get(word) ?? 0
    for (; at < this.#texts.length; at++) {
      const text = this.#texts[at] ?? ''
      this.searched += text.length
      if (hasWord(text, word)) at = Number.POSITIVE_INFINITY
    }
    if (this.#searched.size >= MAX_WORDS) this.#searched.clear()
    this.#searched.set(word, at)
    return at === Number.POSITIVE_INFINITY
  }
}
