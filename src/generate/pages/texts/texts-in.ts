/** The catalogue of a language. */

import { en } from './en.ts'
import type { Texts } from './texts.ts'

export const CATALOGUES: ReadonlyMap<string, Texts> = new Map([['en', en]])

/** English where the language has no catalogue. @param language - Its tag, as in `LANGUAGES`. */
export function textsIn(language: string): Texts {
  return CATALOGUES.get(language) ?? en
}
