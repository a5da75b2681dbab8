/**
 * The languages that tree-sitter reads, by family: those of one family know each other's names. A new language is a
 * folder here and a line in this table.
 */

import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import { java } from './java/java.ts'

export const FAMILIES: readonly (readonly LanguageSpec[])[] = [[java]]

export function specOf(language: string): LanguageSpec | undefined {
  return FAMILIES.flat().find((spec) => spec.language === language)
}
