/** Rules for reading Ruby files. `linker.ts` resolves names. */

import { D, D_WIDTH, DECL_KINDS, type FileFacts, Flag, NONE } from '#generate/analyse/engine/facts.ts'
import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import type { DeclarationText, Description, ImportItem, ReadRules } from '#generate/analyse/engine/read-rules.ts'
import { docTypes } from '#generate/analyse/languages/docs/ruby-type-tags.ts'
import { rubydoc } from '#generate/analyse/languages/docs/rubydoc.ts'
import { rubyLinking } from './linker.ts'
import { readMethodVisibility } from './method-visibility.ts'
import { readMixins } from './mixins.ts'
import { withoutNestedHeredocs } from './nested-heredocs.ts'
import { hideUndocumented } from './nodoc.ts'
import { readStatedDescriptions } from './stated-descriptions.ts'
import { readDirectives } from './yard-directives.ts'

const reading: ReadRules = {
  describe,
  doc: rubydoc,
  hasLooseComments: true,
  hasTrailingDocs: 'data',
  docTypes,
  prepare: (text) => ({ text: withoutNestedHeredocs(text), refs: [] }),
  readImports,
  plainName,
  finish(facts, text) {
    readMethodVisibility(facts, text)
    hideUndocumented(facts, text)
    readMixins(facts)
    readDirectives(facts, text)
    separateChains(facts)
    readStatedDescriptions(facts, text)
  },
  signature,
}

export const ruby: LanguageSpec = {
  language: 'ruby',
  wasm: 'tree-sitter-ruby/tree-sitter-ruby.wasm',
  sha256: '09a96427d7c72f0613ed470cd9812223fc4a91d6a9c025c0235cc6bd59ff96f4',
  query: new URL('./query.scm', import.meta.url),
  reading,
  linking: rubyLinking,
}

/** Declarations are public until `method-visibility.ts` applies calls such as `private`; those at the top level of a file belong to no type. */
function describe({ kind, name, parent }: DeclarationText): Description {
  const isOfClass = kind === 'field' && name.startsWith('@@')
  // The parent is `class << self`.
  const isInSingleton = parent?.kind === 'namespace' && !name.startsWith('@')
  // A constant of the singleton class is not one of the class: `Shop::RATE` is a NameError.
  const isHidden = isInSingleton && kind === 'constant'
  return {
    visibility: isHidden ? 'private' : 'public',
    isExported: !isHidden && (parent?.isExported ?? true),
    flags: isOfClass ? Flag.shared : isInSingleton ? Flag.static : 0,
  }
}

/** Removes the `:` or quotes from the names of generated methods: `:name`, `'name'`; makes `A.B` of `A::B`. */
function plainName(text: string): string {
  return text
    .replace(/^:(?=.)(?!:)/, '')
    .replace(/^(['"])(.*)\1$/, '$2')
    .replace(/^::/, '')
    .replaceAll('::', '.')
}

/** Matches `Plan = Struct.new(:a) do` with the body. */
const MADE_WITH_BLOCK = /^([A-Z]\w{0,80}\s*=\s*[\w:.]{1,80}\([^()]{0,2000}\))\s*(?:do\b|\{).*$/s
/** Maximum number of characters shown of a lambda that a constant holds. */
const MAX_LAMBDA = 90
const DELEGATION = /^(def_\w+)[\s(]+([^,\s]+)/
const DELEGATED = /^delegate\b.*?\bto:\s*([^,\s)]+)/

/**
 * The header without the body of a definition made by a call. If one call defines several names, each gets its own;
 * members of `class << self` are marked as members of the class.
 */
function signature({ kind, name, header, parent }: DeclarationText): string {
  const isOfClass = parent?.kind === 'namespace'
  switch (kind) {
    case 'constant':
      return header.length <= MAX_LAMBDA ? header : header.replace(/(?<!\s)\s+(?:do\b|\{(?=\s*\|)).*/s, ' …')
    case 'field': {
      const maker = /^attr\w*/.exec(header)?.[0]
      if (maker === undefined) return header
      return `${isOfClass ? 'class << self; ' : ''}${maker} :${plainName(name)}`
    }
    case 'function': {
      const [, maker, receiver] = DELEGATION.exec(header) ?? []
      const ofClass = isOfClass ? 'class << self; ' : ''
      if (maker?.endsWith('s') === true) return `${ofClass}${maker} ${receiver}, :${plainName(name)}`
      if (maker !== undefined) return ofClass + header
      const [, target] = DELEGATED.exec(header) ?? []
      if (target !== undefined) return `${ofClass}delegate :${plainName(name)}, to: ${target}`
      const plain = withoutEnd(header)
      if (!isOfClass) return plain
      return plain.startsWith('alias') ? ofClass + plain : plain.replace(/^def (?!self\.)/, 'def self.')
    }
    default:
      return withoutEnd(header.replace(MADE_WITH_BLOCK, '$1'))
  }
}

const withoutEnd = (header: string): string => header.replace(/(?:(?<!\s)\s+)?(?:;\s*)?\bend$/, '')

const CONSTANT = DECL_KINDS.indexOf('constant')

/** Moves a constant that is declared in the value of another beside it: `OLD = NEW = 'a'`. */
function separateChains({ decls }: FileFacts): void {
  for (let at = 0; at < decls.length; at += D_WIDTH) {
    const around = (decls[at + D.parent] ?? NONE) * D_WIDTH
    if (around < 0 || decls[at + D.kind] !== CONSTANT || decls[around + D.kind] !== CONSTANT) continue
    for (const part of [D.parent, D.scope]) decls[at + part] = decls[around + part] ?? NONE
  }
}

/** The targets of `require` and similar calls: paths without `.rb`; `./…` if relative to the file. */
function readImports(text: string): ImportItem[] {
  const words = /^(require|require_relative|load|autoload)\b\s*\(?([\s\S]*?)\)?$/.exec(text.trim())
  const kind = words?.[1] ?? ''
  const rest = (words?.[2] ?? '').trim()
  const plain = (kind === 'autoload' ? /,\s*(['"])([^'"#]+)\1\s*$/ : /^(['"])([^'"#]+)\1\s*$/).exec(rest)?.[2]
  if (plain !== undefined) return [importItem(plain, kind === 'require_relative', kind)]
  const beside =
    /^File\.(?:expand_path|join)\(?\s*(?:__dir__|File\.dirname\(__FILE__\))\s*,\s*(['"])([^'"#]+)\1\s*\)?$/.exec(
      rest,
    )?.[2] ??
    /^File\.expand_path\(?\s*(['"])([^'"#]+)\1\s*,\s*(?:__dir__|File\.dirname\(__FILE__\))\s*\)?$/.exec(rest)?.[2] ??
    /^(["])#\{__dir__\}\/([^"#]+)"$/.exec(rest)?.[2]
  if (beside !== undefined) return [importItem(beside, true, kind)]
  const besideName = /^File\.expand_path\(?\s*(['"])\.\.\/([^'"#]+)\1\s*,\s*__FILE__\s*\)?$/.exec(rest)?.[2]
  return besideName === undefined ? [] : [importItem(besideName, true, kind)]
}

function importItem(path: string, isBeside: boolean, kind: string): ImportItem {
  const plain = path.replace(/\.rb$/, '').replace(/^\/+/, '')
  return { path: isBeside ? `./${plain}` : plain, kind }
}
