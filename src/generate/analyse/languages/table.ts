/**
 * The languages that tree-sitter reads, by family: those of one family know each other's names. A new language is a
 * folder here and a line in this table.
 */

import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import { bash } from './bash/bash.ts'
import { c } from './c/c.ts'
import { cpp } from './cpp/cpp.ts'
import { csharp } from './csharp/csharp.ts'
import { go } from './go/go.ts'
import { java } from './java/java.ts'
import { kotlin } from './kotlin/kotlin.ts'
import { php } from './php/php.ts'
import { ruby } from './ruby/ruby.ts'
import { rust } from './rust/rust.ts'
import { scala } from './scala/scala.ts'
import { swift } from './swift/swift.ts'

export const FAMILIES: readonly (readonly LanguageSpec[])[] = [
  [bash],
  [c, cpp],
  [csharp],
  [go],
  [java, kotlin, scala],
  [php],
  [ruby],
  [rust],
  [swift],
]

export function specOf(language: string): LanguageSpec | undefined {
  return FAMILIES.flat().find((spec) => spec.language === language)
}
