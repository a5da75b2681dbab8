/**
 * Texts in which names are looked up repeatedly. Their whole words are indexed once, so that a look-up is cheap whatever the
 * texts contain: repositories and models choose both the texts and the names.
 */

import { isWholeAt } from '#generate/prose/code-names.ts'

const WORD = /[\p{L}\p{N}_$]+/gu
/** Limits on the characters of a word and of a name; longer ones are not found. */
const MAX_WORD = 200
const MAX_NAME = 1_000
/** Maximum number of different words; further ones are not found. */
const MAX_WORDS = 50_000
/** Maximum number of places remembered for a word. Names with punctuation are found only at these. */
const MAX_PLACES = 2_000
/** Maximum number of characters searched for names without a letter or digit, which have no index. */
const MAX_SCANNED = 20_000_000
/** Maximum number of remembered look-ups; when it is reached, all are forgotten. */
const MAX_KNOWN = 20_000
/** Number of words that are indexed between two calls of `yieldToEventLoop`. */
const SLICE = 1_000
/** A place is the number of its text times this, plus the offset there. */
const TEXT_SPAN = 2 ** 30
/** Number of characters whose search costs as much as reading a word. */
const CHARS_PER_STEP = 100

export class SeenTexts {
  readonly #texts: string[] = []
  readonly #places = new Map<string, number[]>()
  /** How many texts were searched for a name in vain; `Infinity` if it was found. */
  readonly #known = new Map<string, number>()
  #indexed = 0
  #scanned = 0
  #steps = 0

  /** The cost so far: words indexed, places compared and characters searched. */
  get steps(): number {
    return this.#steps + Math.ceil(this.#scanned / CHARS_PER_STEP)
  }

  /** Add a text. Its names are found only after `index`. */
  add(text: string): void {
    if (text !== '') this.#texts.push(text)
  }

  /** Index the texts that were added. */
  async index(yieldToEventLoop: () => Promise<unknown>): Promise<void> {
    for (; this.#indexed < this.#texts.length; this.#indexed++) {
      const text = this.#texts[this.#indexed] ?? ''
      this.#steps += Math.ceil(text.length / CHARS_PER_STEP)
      for (const { 0: word, index } of text.matchAll(WORD)) {
        if (++this.#steps % SLICE === 0) await yieldToEventLoop()
        this.#addPlace(word, this.#indexed * TEXT_SPAN + index)
      }
    }
  }

  /** Whether a text contains the name on its own, not as part of a longer word. */
  has(name: string): boolean {
    if (this.#places.has(name)) return true
    if (name === '' || name.length > MAX_NAME) return false
    const known = this.#known.get(name) ?? 0
    if (known >= this.#indexed) return known === Number.POSITIVE_INFINITY
    const isFound = this.#find(name)
    if (this.#known.size >= MAX_KNOWN) this.#known.clear()
    this.#known.set(name, isFound ? Number.POSITIVE_INFINITY : this.#indexed)
    return isFound
  }

  #addPlace(word: string, place: number): void {
    if (word.length > MAX_WORD) return
    const places = this.#places.get(word)
    if (places === undefined) {
      if (this.#places.size < MAX_WORDS) this.#places.set(word, [place])
    } else if (places.length < MAX_PLACES) places.push(place)
  }

  /** Compares the name with the texts at the places of its rarest word. */
  #find(name: string): boolean {
    let rarest: { places: readonly number[]; offset: number } | undefined
    for (const { 0: word, index: offset } of name.matchAll(WORD)) {
      const places = this.#places.get(word)
      if (places === undefined) return false
      if (rarest === undefined || places.length < rarest.places.length) rarest = { places, offset }
    }
    if (rarest === undefined) return this.#scan(name)
    for (const place of rarest.places) {
      this.#steps += 1
      const text = this.#texts[Math.floor(place / TEXT_SPAN)] ?? ''
      const at = (place % TEXT_SPAN) - rarest.offset
      if (at >= 0 && text.startsWith(name, at) && isWholeAt(text, name, at)) return true
    }
    return false
  }

  #scan(name: string): boolean {
    for (const text of this.#texts.slice(0, this.#indexed)) {
      if (this.#scanned > MAX_SCANNED) return false
      const at = text.indexOf(name)
      this.#scanned += at === -1 ? text.length : at
      if (at !== -1) return true
    }
    return false
  }
}
