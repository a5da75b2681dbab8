/** Declares the methods and attributes that only comments name: `@!method get(url)` and `@!attribute [r] name` of YARD. */

import { lowerBound } from '#base/binary-search.ts'
import { packDoc } from '#generate/analyse/doc-comment.ts'
import { D, D_WIDTH, DECL_KINDS, type FileFacts, Flag, NONE, VISIBILITIES } from '#generate/analyse/engine/facts.ts'
import { docTypes } from '#generate/analyse/languages/docs/ruby-type-tags.ts'
import { rubydoc } from '#generate/analyse/languages/docs/rubydoc.ts'

const DIRECTIVE = /^[ \t]{0,99}#[ \t]@!(method|attribute)[ \t]{1,9}(?:\[(r|w|rw)\][ \t]{1,9})?([^\s#][^\n]{0,300})$/gm
const NAME = /^(self\.)?([A-Za-z_]\w{0,99}[?!=]?)(\([^\n]*\))?\s*$/
const ATTRIBUTE = /^attr_\w{1,20}[ (]{1,9}:(\w+)/
const MAX_NAME = 150
const PRIVATE = /^#\s*@(?:private\b|api\s+private\b)/
const COMMENT = /^[ \t]*#/
const MAX_DIRECTIVES = 1_000
const MAX_LINES = 200
const HOLDERS = new Set(['class', 'module'])

/**
 * Adds them, in place, to the class or module directly below the comment, or else to the enclosing one. An existing
 * declaration of that name gets the comment if it has none.
 */
export function readDirectives(facts: FileFacts, text: string): void {
  if (!text.includes('@!')) return
  const more: number[] = []
  for (const { index, 1: word = '', 2: access = 'rw', 3: written = '' } of [...text.matchAll(DIRECTIVE)].slice(
    0,
    MAX_DIRECTIVES,
  )) {
    const [, self, given, parameters = ''] = NAME.exec(written) ?? []
    const code = codeBelow(text, index)
    // The name as the code below spells it: `Plan` of `attr_reader :plan`.
    const coded = ATTRIBUTE.exec(text.slice(code, code + MAX_NAME))?.[1]
    const name = coded?.toLowerCase() === given?.toLowerCase() ? coded : given
    const parent = holderAt(facts, code) ?? innermostAt(facts, index)
    if (name === undefined || parent === undefined) continue
    const { comments, end } = commentBelow(text, index)
    const doc = packDoc(rubydoc(comments))
    const isAttribute = word === 'attribute'
    const known = memberOf(facts, parent, name)
    if (known !== undefined) {
      if (doc !== null && facts.decls[known + D.doc] === NONE) facts.decls[known + D.doc] = facts.strings.push(doc) - 1
      continue
    }
    const isOfClass = self !== undefined
    const maker = access === 'r' ? 'attr_reader' : access === 'w' ? 'attr_writer' : 'attr_accessor'
    const signature = isAttribute ? `${maker} :${name}` : `def ${self ?? ''}${name}${parameters}`
    const row = new Array<number>(D_WIDTH).fill(NONE)
    const isHidden = comments.some((line) => PRIVATE.test(line))
    const exported = isHidden ? 0 : (facts.decls[parent + D.flags] ?? 0) & Flag.exported
    row[D.kind] = DECL_KINDS.indexOf(isAttribute ? 'field' : 'function')
    row[D.name] = facts.strings.push(name) - 1
    row[D.from] = index
    // Members follow their class.
    row[D.start] = Math.max(index, facts.decls[parent + D.start] ?? 0)
    row[D.end] = Math.max(end, row[D.start] ?? 0)
    row[D.parent] = parent / D_WIDTH
    row[D.scope] = facts.decls[parent + D.ownScope] ?? 0
    row[D.minArity] = 0
    row[D.flags] = exported | (isOfClass ? Flag.static : 0)
    row[D.startLine] = lineOf(facts, index)
    row[D.endLine] = lineOf(facts, end)
    row[D.signature] = facts.strings.push(signature) - 1
    row[D.doc] = doc === null ? NONE : facts.strings.push(doc) - 1
    row[D.visibility] = VISIBILITIES.indexOf('public')
    const type = docTypes(comments)?.own ?? null
    row[D.docType] = type === null ? NONE : facts.strings.push(type) - 1
    for (const value of row) more.push(value)
    facts.notes.push(`${word} ${name}`)
  }
  if (more.length === 0) return
  const all = new Int32Array(facts.decls.length + more.length)
  all.set(facts.decls)
  all.set(more, facts.decls.length)
  facts.decls = all
}

/** The comment lines that belong to the directive at an offset, without it: the indented ones, or all up to the next directive. */
function commentBelow(text: string, start: number): { comments: string[]; end: number } {
  const comments: string[] = []
  let end = text.indexOf('\n', start)
  let isIndented: boolean | undefined
  while (end >= 0 && comments.length < MAX_LINES) {
    const next = text.indexOf('\n', end + 1)
    const line = text.slice(end + 1, next < 0 ? undefined : next)
    if (!COMMENT.test(line) || line.length > 1_000) break
    const words = line.replace(COMMENT, '')
    if (/^ ?@!(?:method|attribute|macro|parse)\b/.test(words)) break
    if (words.trim() !== '') {
      const isDeep = /^(?: {2}|\t)/.test(words)
      isIndented ??= isDeep
      if (isIndented && !isDeep) break
    }
    comments.push(`#${isIndented === true ? words.replace(/^ {2}/, '') : words}`)
    if (next < 0) return { comments, end: text.length }
    end = next
  }
  return { comments, end: end < 0 ? text.length : end }
}

/** The offset of the code directly below the comment around an offset; of a line break if there is none. */
function codeBelow(text: string, start: number): number {
  let at = text.indexOf('\n', start) + 1
  for (let lines = 0; lines < MAX_LINES && at > 0; lines++) {
    const next = text.indexOf('\n', at)
    const line = text.slice(at, next < 0 ? undefined : next)
    if (!COMMENT.test(line)) return at + line.length - line.trimStart().length
    at = next + 1
  }
  return -1
}

/** The row of the class or module that begins at an offset. */
function holderAt({ decls }: FileFacts, offset: number): number | undefined {
  for (let at = 0; at < decls.length; at += D_WIDTH)
    if (decls[at + D.start] === offset && HOLDERS.has(DECL_KINDS[decls[at + D.kind] ?? 0] ?? '')) return at
  return undefined
}

/** The row of the innermost class or module around an offset. */
function innermostAt({ decls }: FileFacts, offset: number): number | undefined {
  let found: number | undefined
  for (let at = 0; at < decls.length; at += D_WIDTH) {
    const isAround = (decls[at + D.start] ?? 0) < offset && offset < (decls[at + D.end] ?? 0)
    if (!isAround || !HOLDERS.has(DECL_KINDS[decls[at + D.kind] ?? 0] ?? '')) continue
    if (found === undefined || (decls[at + D.start] ?? 0) >= (decls[found + D.start] ?? 0)) found = at
  }
  return found
}

function memberOf({ decls, strings }: FileFacts, parent: number, name: string): number | undefined {
  for (let at = 0; at < decls.length; at += D_WIDTH)
    if ((decls[at + D.parent] ?? NONE) * D_WIDTH === parent && strings[decls[at + D.name] ?? NONE] === name) return at
  return undefined
}

const lineOf = ({ lines }: FileFacts, offset: number): number =>
  lowerBound(lines.length, (line) => (lines[line] ?? 0) <= offset)
