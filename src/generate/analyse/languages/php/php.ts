/** Rules for reading PHP files. `linker.ts` resolves names. */

import { Flag } from '#generate/analyse/engine/facts.ts'
import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import type { DeclarationText, Description, ReadRules } from '#generate/analyse/engine/read-rules.ts'
import { afterAttributes } from '#generate/attributes.ts'
import { readImports } from './imports.ts'
import { phpLinking } from './linker.ts'
import { docTypes, phpdoc } from './phpdoc.ts'

const reading: ReadRules = {
  describe,
  doc: phpdoc,
  hasTrailingDocs: 'data',
  docTypes,
  readImports,
  plainName,
  signature: ({ header }) => afterAttributes(header),
}

export const php: LanguageSpec = {
  language: 'php',
  wasm: 'tree-sitter-php/tree-sitter-php.wasm',
  sha256: 'd4df6a6ff08c87c3ec4f9cbb785fe09998a0cb570e03f57d7b19b3acfb146aa7',
  query: new URL('./query.scm', import.meta.url),
  reading,
  linking: phpLinking,
}

/** Public is the default, and visible everywhere. */
function describe({ kind, modifiers, parent }: DeclarationText): Description {
  const visibility = /\bprivate\b/i.test(modifiers)
    ? 'private'
    : /\bprotected\b/i.test(modifiers)
      ? 'protected'
      : 'public'
  let flags = 0
  if (/\bstatic\b/i.test(modifiers)) flags |= Flag.static
  if (/\babstract\b/i.test(modifiers)) flags |= Flag.abstract
  // A bare name never means a function: it needs parentheses.
  if (kind === 'function' || kind === 'method') flags |= Flag.special
  // An anonymous class cannot be named from outside.
  const isOfNameless = kind === 'method' && (parent?.name ?? '') === ''
  return { visibility, isExported: visibility !== 'private' && !isOfNameless && (parent?.isExported ?? true), flags }
}

/** The name as callers write it: for a property `$name`, for a namespace `A\B`. */
function plainName(text: string, kind: DeclarationText['kind']): string {
  if (kind === 'field') return text.replace(/^\$/, '')
  return kind === 'namespace' || kind === 'constant' ? text.replaceAll('\\', '.').replace(/^\./, '') : text
}
