/** Rules for reading Go files. `linker.ts` resolves names. */

import { Flag } from '#generate/analyse/engine/facts.ts'
import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import type { DeclarationText, Description, ImportItem, ReadRules } from '#generate/analyse/engine/read-rules.ts'
import { godoc } from '#generate/analyse/languages/docs/godoc.ts'
import { goLinking } from './linker.ts'

const reading: ReadRules = {
  describe,
  doc: godoc,
  readImports,
  signature,
  // `_` discards its value and declares nothing.
  plainName: (text) => (text === '_' ? '' : text),
  hasTrailingDocs: true,
}

export const go: LanguageSpec = {
  language: 'go',
  wasm: 'tree-sitter-go/tree-sitter-go.wasm',
  sha256: '9504573f352b20be7f2f1911754d710622aedc15afff16d5ed8fb5645681aee7',
  query: new URL('./query.scm', import.meta.url),
  reading,
  linking: goLinking,
}

/** Names with a capital letter are exported; all others are private to the package. */
function describe({ name }: DeclarationText): Description {
  const isExported = /^\p{Lu}/u.test(name)
  return { visibility: isExported ? 'public' : 'internal', isExported, flags: name === 'init' ? Flag.fileLocal : 0 }
}

/** `name "path"`, `. "path"`, `_ "path"`. */
function readImports(text: string): ImportItem[] {
  const words = /^(?:([\w.\p{L}]+)\s*)?(?:"([^"\n]*)"|`([^`]*)`)$/u.exec(text.trim())
  const path = words?.[2] ?? words?.[3]
  if (path === undefined) return []
  const [, name] = words ?? []
  if (name === '.') return [{ path, isWildcard: true }]
  if (name === '_') return [{ path, kind: 'blank' }]
  return [{ path, alias: name ?? null }]
}

/** Inside `type ( … )`, `const ( … )` and `var ( … )` the declaration lacks its keyword. */
function signature({ kind, name, header: whole }: DeclarationText): string {
  const header = kind === 'field' || kind === 'variable' ? ofOne(whole, name) : whole
  if (kind === 'struct' || kind === 'interface' || kind === 'type') return withWord('type', header)
  if (kind === 'constant') return withWord('const', header)
  if (kind === 'variable') return withWord('var', header)
  return header
}

/** The header of one of several names: `b int` of `a, b int`. */
function ofOne(header: string, name: string): string {
  const [all = '', word = '', names = ''] =
    /^(var )?([\p{L}_][\w\p{L}]*(?:, [\p{L}_][\w\p{L}]*)+) (?!=)/u.exec(header) ?? []
  const isOne = names.split(', ').includes(name) && !/[^=!<>]=/.test(header)
  return isOne ? `${word}${name} ${header.slice(all.length)}` : header
}

function withWord(word: string, header: string): string {
  return header.startsWith(`${word} `) ? header : `${word} ${header}`
}
