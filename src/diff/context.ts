/** What a comparison of two declarations needs to know beside them. */

import type { KnownTypes } from './assignable.ts'
import type { LanguageRules } from './language-rules.ts'

export interface Context {
  language: string
  rules: LanguageRules
  known: KnownTypes
}
