/** Ruby: how its files are read. Its names are resolved by `linker.ts`. */

import { Flag } from '#generate/analyse/engine/facts.ts'
import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import type { Described, ReadRules, Words } from '#generate/analyse/engine/read-rules.ts'
import { docTypes, rubydoc } from '#generate/analyse/languages/docs/rubydoc.ts'
import { partChains } from './chains.ts'
import { readImports } from './imports.ts'
import { linking } from './linker.ts'
import { readMixins } from './mixins.ts'
import { hideUndocumented } from './nodoc.ts'
import { readSections } from './sections.ts'

const reading: ReadRules = {
  describe,
  doc: rubydoc,
  hasLooseComments: true,
  docTypes,
  readImports,
  plainName,
  finish(facts, text) {
    readSections(facts, text)
    hideUndocumented(facts, text)
    readMixins(facts)
    partChains(facts)
  },
  signature,
}

export const ruby: LanguageSpec = {
  language: 'ruby',
  wasm: 'tree-sitter-ruby/tree-sitter-ruby.wasm',
  sha256: '09a96427d7c72f0613ed470cd9812223fc4a91d6a9c025c0235cc6bd59ff96f4',
  query: new URL('./query.scm', import.meta.url),
  reading,
  linking,
}

/** Public until a section says otherwise; what is at the top level of a file belongs to no type. */
function describe({ kind, name, parent }: Words): Described {
  const isOfClass = kind === 'field' && name.startsWith('@@')
  // In `class << self`.
  const isInSingleton = parent?.kind === 'namespace' && !name.startsWith('@')
  return {
    visibility: 'public',
    isExported: parent?.isExported ?? true,
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

/** Characters of a constant that is a function. */
const MAX_LAMBDA = 90
const DELEGATION = /^(def_\w+)[\s(]+([^,\s]+)/
const DELEGATED = /^delegate\b.*?\bto:\s*([^,\s)]+)/

/** Without the body of what a call defines; of several that one call defines, each with its own; what is in `class << self` says so. */
function signature({ kind, name, header, parent }: Words): string {
  const isOfClass = parent?.kind === 'namespace'
  switch (kind) {
    case 'constant':
      return header.length <= MAX_LAMBDA ? header : header.replace(/(?<!\s)\s+(?:do\b|\{(?=\s*\|)).*/s, '')
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
      return isOfClass ? plain.replace(/^def (?!self\.)/, 'def self.') : plain
    }
    default:
      return withoutEnd(header)
  }
}

const withoutEnd = (header: string): string => header.replace(/(?:(?<!\s)\s+)?(?:;\s*)?\bend$/, '')
