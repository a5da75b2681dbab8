/** Rules for reading C files. `../c-family/`, shared with C++, resolves names. */

import { Flag } from '#generate/analyse/engine/facts.ts'
import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import type { DeclarationText, Description, ReadRules } from '#generate/analyse/engine/read-rules.ts'
import { isOnlyCondition } from '#generate/analyse/languages/c-family/conditional-docs.ts'
import { doxygen, isDoxygen, isGroupDoc } from '#generate/analyse/languages/c-family/doxygen.ts'
import { dropPrototypeComments } from '#generate/analyse/languages/c-family/drop-prototype-comments.ts'
import { hideExportMacros } from '#generate/analyse/languages/c-family/export-macros.ts'
import { hideMacros } from '#generate/analyse/languages/c-family/hide-macros.ts'
import { hideGuards } from '#generate/analyse/languages/c-family/include-guards.ts'
import { readInclude } from '#generate/analyse/languages/c-family/include-lines.ts'
import { bareName, cRules } from '#generate/analyse/languages/c-family/linker.ts'
import { makeLocal } from '#generate/analyse/languages/c-family/misread-locals.ts'
import { hidePrototypeMacros } from '#generate/analyse/languages/c-family/prototype-macros.ts'
import { hideUndefined } from '#generate/analyse/languages/c-family/public-macros.ts'
import {
  ARGUMENTS_OF_MACRO,
  headerWithoutAttributes,
  signatureOf,
} from '#generate/analyse/languages/c-family/signatures.ts'

const reading: ReadRules = {
  prepare: (text) => hideMacros(hidePrototypeMacros(hideObjectiveC(text)), true),
  hasFlatTypes: true,
  hasFileMacros: true,
  describe,
  doc: doxygen,
  finish: (facts, text) => {
    hideGuards(facts, text)
    hideExportMacros(facts, text)
    hideUndefined(facts, text)
    dropPrototypeComments(facts, text)
    makeLocal(facts, text)
  },
  readImports: readInclude,
  signature: signatureOf,
  plainName,
  bareName,
  hasTrailingDocs: true,
  isGroupDoc,
  isMarkedDoc: isDoxygen,
  isOnlyCondition,
}

/** `@import Foundation;`, `@class Plan;` */
const OBJECTIVE_C = /(?<![^\n])@(?:import|class)[ \t][^;\n]{1,200};/g

/** Hides directives of Objective-C, which the grammar misreads as variables; the text keeps its length. */
const hideObjectiveC = (text: string): string =>
  text.includes('@') ? text.replace(OBJECTIVE_C, (all) => ' '.repeat(all.length)) : text

export const c: LanguageSpec = {
  language: 'c',
  wasm: 'tree-sitter-c/tree-sitter-c.wasm',
  sha256: 'c852c2a85ebf2beb636aa3b0ef7f7e70458684d74f6741b20dcb296885bed9f9',
  query: new URL('./query.scm', import.meta.url),
  reading,
  linking: cRules,
}

/** Matches `inline` or a macro that stands for it: `__inline`, `JSON_INLINE`, `FORCE_INLINE`. */
const INLINE = /INLINE|^(?:__)?inline(?:__)?$/

/** A variable that a header only declares: `extern int count`, `plan_fn plan` by a `typedef` of functions. */
const PROTOTYPE = /^extern\b[^=]*$|^\w+\s+\w+\s*;?$/

/** Whether a word before the name says that a function is inline. */
const isInlined = (head: string): boolean =>
  head
    .trim()
    .split(/[\s*]+/)
    .slice(0, -1)
    .some((word) => INLINE.test(word))

/**
 * Functions and variables are visible to the whole program unless they are `static`; types, macros and inline functions
 * of headers are visible to the including files.
 */
function describe(words: DeclarationText): Description {
  const { kind, parent, path } = words
  if (parent !== null) return { visibility: parent.isExported ? 'public' : 'private', isExported: parent.isExported }
  const isLinked = kind === 'function' || kind === 'variable'
  const header = headerWithoutAttributes(words.header)
  const head = header.split(/[(=[]/, 1)[0] ?? ''
  const isStatic = isLinked && /\bstatic\b/.test(head)
  const isIncluded = /\.h$/i.test(path)
  const isInline = kind === 'function' && isIncluded && isInlined(head)
  const isExported = isLinked ? !isStatic || isInline : isIncluded
  // The function may stand in for one of the same name in a library, which other files call.
  const isOfFile = isStatic || (kind === 'function' && ARGUMENTS_OF_MACRO.test(header))
  const isExtern = kind === 'variable' && (isIncluded ? PROTOTYPE : /^extern\b[^=]*$/).test(header)
  return {
    visibility: isExported ? 'public' : 'private',
    isExported,
    flags: (isOfFile ? Flag.fileLocal : 0) | (isExtern ? Flag.prototype : 0),
  }
}

/** The name: for a function defined by a macro, everything before its body, such as `TEST(name)`. */
function plainName(text: string): string {
  const end = text.indexOf('{')
  return end < 0 ? text : text.slice(0, end).trim()
}
