/** The catalogue of a language. */

import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import type { Texts } from './texts.ts'
import { zh } from './zh.ts'

export const CATALOGUES: ReadonlyMap<string, Texts> = new Map(Object.entries({ en, de, fr, es, zh }))

/** English where the language has no catalogue. @param language - Its tag, as in `LANGUAGES`. */
export function textsIn(language: string): Texts {
  return CATALOGUES.get(language) ?? en
}
