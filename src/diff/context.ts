/** The language, its rules and the declared types, for comparing two declarations. */

import type { KnownTypes } from './assignable.ts'
import type { LanguageRules } from './language-rules.ts'

export interface Context {
  language: string
  rules: LanguageRules
  known: KnownTypes
}
