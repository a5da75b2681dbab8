/** Rules for reading Rust files. `linker.ts` resolves names. */

import { Flag } from '#generate/analyse/engine/facts.ts'
import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import type { DeclarationText, Description, ReadRules } from '#generate/analyse/engine/read-rules.ts'
import { rustdoc } from '#generate/analyse/languages/docs/rustdoc.ts'
import { isInnerName } from '#generate/analyse/languages/inner-names.ts'
import { endOfBracket, withoutAttributes } from '#generate/attributes.ts'
import { isForLinux, isOnlyForTests } from './cfg-conditions.ts'
import { expandMacros } from './expand-macros.ts'
import { finish } from './finish.ts'
import { rustLinking } from './linker.ts'
import { prepare } from './macros.ts'
import { readUse } from './use-trees.ts'

const reading: ReadRules = {
  describe,
  doc: rustdoc,
  hasTrailingDocs: 'data',
  isOfWhole: (comments) => comments.every((one) => /^\/(?:\/|\*)!/.test(one)),
  readImports: readUse,
  prepare,
  finish: (facts, text) => {
    expandMacros(facts, text, describe)
    finish(facts, text)
  },
  signature,
  // `_` discards its value and declares nothing.
  plainName: (text) => (text === '_' ? '' : text),
}

export const rust: LanguageSpec = {
  language: 'rust',
  wasm: 'tree-sitter-rust/tree-sitter-rust.wasm',
  sha256: 'f65f354215611fd94ad34134b3427eb3d58cbb745df7b6509ba722184db73d57',
  query: new URL('./query.scm', import.meta.url),
  reading,
  linking: rustLinking,
}

/** The header without the marker of a trait `impl`, the rules of a macro, and the fields of a tuple struct without a public one. */
function signature({ kind, header }: DeclarationText): string {
  if (kind === 'struct') return withPublicFields(header)
  return kind === 'macro' ? header.replace(/^(macro_rules!\s*\w+)[\s\S]*$/, '$1') : header.replace(/^for (?=\w)/, '')
}

const TUPLE = /^(?:pub(?:\([^()]{1,80}\))? )?struct \w{1,200}(?:<[^()]{0,400}>)?(?=\()/

/** Removes the fields of a tuple struct if all are private; those of other structs are left out, too. */
function withPublicFields(header: string): string {
  const head = TUPLE.exec(header)?.[0]
  if (head === undefined) return header
  const end = endOfBracket(header, head.length)
  return /\bpub\s/.test(header.slice(head.length, end)) ? header : head + header.slice(end)
}

/**
 * Members of a trait, of a trait's `impl` (which the query marks by its `for`) and of an enum are as visible as their
 * parent.
 */
function describe({ modifiers, parent, kind, name }: DeclarationText): Description {
  const words = withoutAttributes(modifiers)
  const pub = /\bpub\b(\s*\()?/.exec(words)
  const isImplied =
    parent?.kind === 'trait' || (parent?.kind === 'enum' && kind === 'constant') || /\bfor\b/.test(words)
  const visibility =
    isImplied || (pub !== null && pub[1] === undefined) ? 'public' : pub === null ? 'private' : 'internal'
  const isInner = kind === 'module' && isInnerName(name)
  const isForTests = isOnlyForTests(modifiers)
  const isAround = parent === null || parent.kind === 'impl' || parent.isExported || /macro_export/.test(modifiers)
  const isExported =
    !isForTests && !isInner && (kind === 'macro' ? /macro_export/.test(modifiers) : visibility === 'public' && isAround)
  return {
    visibility: isForTests ? 'private' : kind === 'macro' && isExported ? 'public' : visibility,
    isExported,
    flags:
      (isForLinux(modifiers) ? 0 : Flag.otherBuild) |
      (/#\[macro_use\b/.test(modifiers) ? Flag.shared : 0) |
      (isForTests ? Flag.test : 0),
  }
}
