/** Rules for reading C++ files. `./linker.ts` resolves names, based on the rules shared with C. */

import { E, E_WIDTH, type FileFacts, Flag, Op } from '#generate/analyse/engine/facts.ts'
import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import type { DeclarationText, Description, ImportItem, ReadRules } from '#generate/analyse/engine/read-rules.ts'
import { isOnlyCondition } from '#generate/analyse/languages/c-family/conditional-docs.ts'
import { doxygen, isDoxygen, isGroupDoc } from '#generate/analyse/languages/c-family/doxygen.ts'
import { dropPrototypeComments } from '#generate/analyse/languages/c-family/drop-prototype-comments.ts'
import { hideExportMacros } from '#generate/analyse/languages/c-family/export-macros.ts'
import { hideMacros } from '#generate/analyse/languages/c-family/hide-macros.ts'
import { hideGuards } from '#generate/analyse/languages/c-family/include-guards.ts'
import { readInclude } from '#generate/analyse/languages/c-family/include-lines.ts'
import { makeLocal } from '#generate/analyse/languages/c-family/misread-locals.ts'
import { hideUndefined } from '#generate/analyse/languages/c-family/public-macros.ts'
import { headerWithoutAttributes, signatureOf } from '#generate/analyse/languages/c-family/signatures.ts'
import { isInnerName } from '#generate/analyse/languages/inner-names.ts'
import { readAccess } from './access.ts'
import { assignFieldValues } from './field-values.ts'
import { cppRules } from './linker.ts'
import { isSpecialization } from './specializations.ts'

const reading: ReadRules = {
  prepare: (text) => hideMacros(hideModules(text)),
  hasFileMacros: true,
  describe,
  doc: doxygen,
  finish: (facts, text) => {
    readAccess(facts, text)
    assignFieldValues(facts)
    dropForwardDeclarations(facts, text)
    hideGuards(facts, text)
    hideExportMacros(facts, text)
    hideUndefined(facts, text)
    dropPrototypeComments(facts, text)
    makeLocal(facts, text)
  },
  readImports,
  signature: signatureOf,
  plainName,
  hasTrailingDocs: true,
  isGroupDoc,
  isMarkedDoc: isDoxygen,
  isOnlyCondition,
}

export const cpp: LanguageSpec = {
  language: 'cpp',
  wasm: 'tree-sitter-cpp/tree-sitter-cpp.wasm',
  sha256: '174eb0deb75b2ec7881bcacda9f995648d8e683956e5c2267e69ab6dc503fcbf',
  query: new URL('./query.scm', import.meta.url),
  reading,
  linking: cppRules,
}

const SOURCE = /\.(?:c|cc|cpp|cxx|c\+\+|cp)$/i

/**
 * Declarations that are `static` or in an anonymous namespace are private to their file, as are types and macros of a
 * source file. Members are public here; `readAccess` applies their sections.
 */
function describe(words: DeclarationText): Description {
  const { kind, name, parent, path } = words
  const header = headerWithoutAttributes(words.header)
  const isOfType = parent !== null && parent.kind !== 'module'
  const head = header.split(/[(=[{]/, 1)[0] ?? ''
  const isLinked = kind === 'function' || kind === 'variable'
  const isLocal =
    !isOfType && ((parent?.kind === 'module' && parent.name === '') || (isLinked && /\bstatic\b/.test(head)))
  const isInSource = SOURCE.test(path)
  const isOfHeader = kind === 'variable' && !isInSource && /\bstatic\b/.test(head) && /\bconst(?:expr)?\b/.test(head)
  const isOfModule = parent?.kind === 'module' && parent.name !== ''
  const isInner =
    isInnerName(kind === 'module' ? name : isOfModule ? parent.name : '') ||
    (isOfModule && !parent.isExported && !isInSource)
  const isExported =
    !isInner &&
    (!isLocal || (isOfHeader && parent?.name !== '')) &&
    (isOfType ? parent.isExported : isLinked || !isInSource)
  let flags = isLocal ? Flag.fileLocal : 0
  if (kind === 'variable' && /^extern\b/.test(header) && !header.includes('=')) flags |= Flag.prototype
  if (kind === 'enum' && !/^enum\s+(?:class|struct)\b/.test(header)) flags |= Flag.transparent
  if (isOfType && /\bstatic\b/.test(head)) flags |= Flag.static
  if (kind === 'function' && /=\s*0$/.test(header)) flags |= Flag.abstract
  // The bare name means the primary template.
  if ((kind === 'class' || kind === 'struct') && isSpecialization(header, name)) flags |= Flag.special
  return { visibility: isExported ? 'public' : isInner ? 'internal' : 'private', isExported, flags }
}

/** `using namespace a::b;`, `using a::b;`, `namespace a = b::c;`, `#include`. */
function readImports(text: string, kind: string): ImportItem[] {
  if (kind === 'quote' || kind === 'angle') return readInclude(text, kind)
  const words = text
    .replace(/\s+/g, ' ')
    .replace(/ ?:: ?/g, '.')
    .replace(/;? ?$/, '')
  if (kind === 'alias') {
    const [, alias, path] = /^namespace (\w+) ?= ?\.?([\w.]+)$/.exec(words) ?? []
    return alias === undefined || path === undefined ? [] : [{ path, alias, kind }]
  }
  const [, isWhole, path] = /^using (namespace |enum )?(?:typename )?\.?([\w.]+)$/.exec(words) ?? []
  return path === undefined ? [] : [{ path, isWildcard: isWhole !== undefined, kind }]
}

/** Removes spaces in operators and the text after the type of a conversion; joins nested namespaces with dots. */
function plainName(text: string): string {
  if (text.startsWith('operator')) {
    const name = text.replace(/\s+/g, ' ')
    const conversion = /^operator ((?:const )?[\w:]+(?:<[^(]*>)?[ *&]*)\(/.exec(name)?.[1]
    return conversion === undefined ? name.replace(/^operator (?=\W)/, 'operator') : `operator ${conversion.trim()}`
  }
  const end = text.indexOf('{')
  return (end < 0 ? text : text.slice(0, end).trim()).replace(/(?:(?<!\s)\s+)?::\s*/g, '.')
}

const SEMICOLON = 0x3b
/** The text before the name. `friend` declarations do not match: they are uses. */
const BEFORE_NAME = /(?:^|[;{}>:\n][^\S\n]*)(?:class|struct|union)\s+(?:[A-Z_][A-Z0-9_]*\s+)?$/

/** A forward declaration does not use its type: `class Thing;`. */
function dropForwardDeclarations({ exprs, strings }: FileFacts, text: string): void {
  for (let at = 0; at < exprs.length; at += E_WIDTH) {
    if (exprs[at + E.op] !== Op.ref) continue
    const start = exprs[at + E.start] ?? 0
    const end = start + (strings[exprs[at + E.name] ?? 0] ?? '').length
    if (text.charCodeAt(end) !== SEMICOLON) continue
    if (BEFORE_NAME.test(text.slice(Math.max(0, start - 100), start))) exprs[at + E.op] = Op.unknown
  }
}

const MODULE_LINE = /(?<![^\n])[ \t]*(?:export[ \t]+)?(?:module|import)(?:[ \t]+[\w.:<>"/-]{1,200})?[ \t]*;/g
const EXPORT_WORD = /(?<![^\n])([ \t]*)export(?=[ \t]+[A-Za-z_])/g

/**
 * Hides C++20 module declarations, which the grammar misreads as variables: `import std;`, `export module a;`. Exported
 * declarations stay, without the word `export`. The text keeps its length.
 */
function hideModules(text: string): string {
  if (!/\b(?:import|module)\b/.test(text)) return text
  return text
    .replace(MODULE_LINE, (all) => ' '.repeat(all.length))
    .replace(EXPORT_WORD, (_, margin: string) => `${margin}      `)
}
