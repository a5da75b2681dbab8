/**
 * The languages that tree-sitter reads, grouped by family: languages of one family resolve each other's names. A new
 * language is a folder here and a line in this table. Each is loaded when a repository has files of it.
 */

import type { LanguageSpec } from '#generate/analyse/engine/language.ts'

/** A language's name and description. */
export interface LanguageEntry {
  /** The language, named as in `SourceFile.language`. */
  readonly language: string
  load(): Promise<LanguageSpec>
}

export const FAMILIES: readonly (readonly LanguageEntry[])[] = [
  [{ language: 'bash', load: async () => (await import('./bash/bash.ts')).bash }],
  [
    { language: 'c', load: async () => (await import('./c/c.ts')).c },
    { language: 'cpp', load: async () => (await import('./cpp/cpp.ts')).cpp },
  ],
  [{ language: 'csharp', load: async () => (await import('./csharp/csharp.ts')).csharp }],
  [{ language: 'go', load: async () => (await import('./go/go.ts')).go }],
  [
    { language: 'java', load: async () => (await import('./java/java.ts')).java },
    { language: 'kotlin', load: async () => (await import('./kotlin/kotlin.ts')).kotlin },
    { language: 'scala', load: async () => (await import('./scala/scala.ts')).scala },
  ],
  [{ language: 'php', load: async () => (await import('./php/php.ts')).php }],
  [{ language: 'ruby', load: async () => (await import('./ruby/ruby.ts')).ruby }],
  [{ language: 'rust', load: async () => (await import('./rust/rust.ts')).rust }],
  [{ language: 'swift', load: async () => (await import('./swift/swift.ts')).swift }],
]

/** @returns `undefined` for a language that is not in the table. */
export async function loadSpec(language: string): Promise<LanguageSpec | undefined> {
  return FAMILIES.flat()
    .find((entry) => entry.language === language)
    ?.load()
}
