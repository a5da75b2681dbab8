/**
 * The part of an unfinished sentence that can be shown before the sentence is checked: whole plain words, and names that were
 * read in the repository. After the first doubt, nothing more of the sentence is shown until it is checked.
 */

import { boilerplateIn } from '#generate/prose/boilerplate-filter.ts'
import { addressIn } from '#generate/prose/external-addresses.ts'
import { mixedWordIn } from '#generate/prose/normalise.ts'
import { visible } from '#generate/prose/sentences.ts'
import { isSeriousClaimSupported } from '#generate/prose/serious-claims.ts'
import { unknownEntityIn } from '#generate/prose/unknown-entities.ts'
import { isEcho, NOT_FOUND } from './prompts.ts'
import type { SetGround } from './set-ground.ts'

const MAX_PREVIEW_CHARS = 600
const LIST_MARK = /^\s{0,8}(?:[-*+•]|\d{1,2}[.)])\s+/
const MARKUP = /[*_~<>|#&\\[\]{}]|:\/\/|^\s*(?:[=-]{3}|\d+[.)])/
/** Looks like a name of code, outside of backticks. */
const NAME_LIKE = /\p{Ll}\p{Lu}|[_$@]|[\p{L}\p{N}][./\\:][\p{L}\p{N}]|\(\)/u

export class SentencePreview {
  readonly #ground: SetGround
  readonly #language: string
  #shown = ''
  #isHeld = false

  constructor(ground: SetGround, language: string) {
    this.#ground = ground
    this.#language = language
  }

  /** @param pending - The text of the sentence so far. @returns The words to add to those shown; often ''. */
  next(pending: string): string {
    if (this.#isHeld) return ''
    const { text, plain } = this.#readable(pending)
    if (text.length <= this.#shown.length || text.length > MAX_PREVIEW_CHARS) return ''
    if (!text.startsWith(this.#shown) || this.#isDoubtful(plain)) {
      this.#isHeld = true
      return ''
    }
    const added = text.slice(this.#shown.length)
    this.#shown = text
    return added
  }

  /** Start with the next sentence. */
  reset(): void {
    this.#shown = ''
    this.#isHeld = false
  }

  /** Whole words without citations, up to the first name that was not read; `plain` has `x` in place of each name. */
  #readable(pending: string): { text: string; plain: string } {
    const start = pending.trimStart()
    if (NOT_FOUND.startsWith(start.slice(0, NOT_FOUND.length))) return { text: '', plain: '' }
    const written = visible(start.replace(LIST_MARK, ''))
      .replace(/\s{0,3}\[[^[\]\n]{0,600}\]/g, '')
      .replace(/\s{0,3}\[[^[\]\n]*$/, '')
      .replaceAll('**', '')
    const parts = written.split('`')
    let text = ''
    let plain = ''
    for (const [index, part] of parts.entries()) {
      const isName = index % 2 === 1
      const isLast = index === parts.length - 1
      if (isName && (isLast || !this.#ground.hasSeen(part))) break
      const shown = isName || !isLast ? part : part.slice(0, lastSpace(part))
      text += shown
      plain += isName ? 'x' : shown
    }
    return { text, plain }
  }

  #isDoubtful(text: string): boolean {
    const ground = this.#ground
    const words = text.split(/\s+/)
    return (
      MARKUP.test(text) ||
      words.some((word) => NAME_LIKE.test(word) && !ground.hasSeen(word.replace(/[.,;:!?)]{1,9}$/, ''))) ||
      mixedWordIn(text) !== undefined ||
      boilerplateIn(text) !== undefined ||
      isEcho(text) ||
      !isSeriousClaimSupported(text, '') ||
      addressIn(text, (found) => ground.isInCode(found)) !== undefined ||
      unknownEntityIn(text, (word) => ground.isWritten(word), this.#language) !== undefined
    )
  }
}

const lastSpace = (text: string): number => text.search(/\s\S*$/) + 1
