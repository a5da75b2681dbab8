/**
 * Adds facts that the query cannot express: names of macros end with `!`, so that a function of the same name is not
 * meant; procedural macros are macros as users write them; each name in a pattern gets its position among the pattern's parts;
 * and re-exports and files that are hidden from the documentation are not public.
 */

import {
  D,
  D_WIDTH,
  DECL_KINDS,
  E,
  E_WIDTH,
  type FileFacts,
  Flag,
  NONE,
  Op,
  VISIBILITIES,
} from '#generate/analyse/engine/facts.ts'
import { Lines } from '#generate/formats/lines.ts'
import { isOnlyForTests } from './cfg-conditions.ts'

const IMPL = DECL_KINDS.indexOf('impl')
const FUNCTION = DECL_KINDS.indexOf('function')
const MACRO = DECL_KINDS.indexOf('macro')
const LOCAL = DECL_KINDS.indexOf('local')
/** Limit on the characters of a pattern that are read backwards. */
const MAX_PATTERN = 2_000

export function finish(facts: FileFacts, text: string): void {
  markMacros(facts, text)
  nameProceduralMacros(facts, text)
  hideReExports(facts, text)
  hideWhole(facts, text)
  hideTestMembers(facts, text)
  for (let row = 0; row < facts.decls.length; row += D_WIDTH) {
    const flags = facts.decls[row + D.flags] ?? 0
    const isPart = facts.decls[row + D.kind] === LOCAL && (flags & (Flag.static | Flag.special)) !== 0
    if (isPart) facts.decls[row + D.minArity] = positionIn(text, facts.decls[row + D.start] ?? 0)
  }
}

const PROCEDURAL = /^#\[proc_macro(?:(_attribute)|_derive\s?\(\s{0,9}(\w{1,200}))?[^\w]/m

/** A function that `#[proc_macro_derive(Plan)]` marks is the macro `#[derive(Plan)]`. */
function nameProceduralMacros({ decls, strings }: FileFacts, text: string): void {
  const lines = new Lines(text)
  for (let row = 0; row < decls.length; row += D_WIDTH) {
    if (decls[row + D.kind] !== FUNCTION || decls[row + D.parent] !== NONE) continue
    const found = PROCEDURAL.exec(strings[decls[row + D.attributes] ?? NONE] ?? '')
    if (found === null) continue
    const [, attribute, derived] = found
    const name = derived ?? strings[decls[row + D.name] ?? NONE] ?? ''
    const signature = derived !== undefined ? `#[derive(${name})]` : attribute !== undefined ? `#[${name}]` : `${name}!`
    decls[row + D.kind] = MACRO
    decls[row + D.name] = strings.push(name) - 1
    // The name is in the attribute.
    decls[row + D.startLine] = lines.at(text.lastIndexOf('#[proc_macro', decls[row + D.start] ?? 0))
    decls[row + D.signature] = strings.push(signature) - 1
  }
}

/** Matches the attributes above a `pub use`, the last lines before it. */
const HIDDEN = /#\[doc\s?\(\s?hidden\s?\)\]\s{0,9}(?:#\[[^\]\n]{0,200}\]\s{0,9}){0,5}$/
const MAX_ATTRIBUTES = 1_000

function hideReExports(facts: FileFacts, text: string): void {
  if (!text.includes('hidden')) return
  const lines = new Lines(text)
  facts.imports.forEach((fact, index) => {
    const start = lines.startOf(fact.line)
    if (fact.kind === 'pub' && HIDDEN.test(text.slice(Math.max(0, start - MAX_ATTRIBUTES), start)))
      facts.imports[index] = { ...fact, kind: 'pub(…)' }
  })
}

const WHOLE = /^#!\[doc\s?\(\s?hidden\s?\)\]/m

/** Hides the items of a file that is hidden as a whole. */
function hideWhole({ decls }: FileFacts, text: string): void {
  if (!WHOLE.test(text)) return
  for (let row = 0; row < decls.length; row += D_WIDTH)
    if (decls[row + D.parent] === NONE) decls[row + D.flags] = (decls[row + D.flags] ?? 0) | Flag.hidden
}

/** The attributes on the lines directly above an offset; there may be comments between them. */
export function attributesAbove(text: string, start: number): string {
  const lines = text
    .slice(Math.max(0, start - MAX_ATTRIBUTES), start)
    .split('\n')
    .slice(0, -1)
  const last = lines.findLastIndex((line) => !/^\s*(?:#\[|\/\/)/.test(line))
  return lines
    .slice(last + 1)
    .filter((line) => line.trimStart().startsWith('#['))
    .join(' ')
}

/** Hides the members of an `impl` that is compiled only for tests. */
function hideTestMembers({ decls }: FileFacts, text: string): void {
  if (!text.includes('cfg(')) return
  for (let row = 0; row < decls.length; row += D_WIDTH) {
    const parent = (decls[row + D.parent] ?? NONE) * D_WIDTH
    if (parent < 0 || decls[parent + D.kind] !== IMPL) continue
    const start = decls[parent + D.start] ?? 0
    if (!isOnlyForTests(attributesAbove(text, start))) continue
    decls[row + D.flags] = (decls[row + D.flags] ?? 0) & ~Flag.exported
    decls[row + D.visibility] = VISIBILITIES.indexOf('private')
  }
}

function markMacros(facts: FileFacts, text: string): void {
  const marked = new Map<number, number>()
  for (let row = 0; row < facts.exprs.length; row += E_WIDTH) {
    const op = facts.exprs[row + E.op]
    if (op !== Op.ref && op !== Op.member) continue
    const name = facts.exprs[row + E.name] ?? -1
    const word = facts.strings[name] ?? ''
    const start = facts.exprs[row + E.start] ?? 0
    const at = start + word.length
    if (text[at] !== '!' || text[at + 1] === '=' || !text.startsWith(word, start)) continue
    let index = marked.get(name)
    if (index === undefined) {
      index = facts.strings.push(`${word}!`) - 1
      marked.set(name, index)
    }
    facts.exprs[row + E.name] = index
  }
}

/** The number of commas between the opening bracket around a name and the name. */
function positionIn(text: string, offset: number): number {
  let position = 0
  let depth = 0
  for (let at = offset - 1; at >= Math.max(0, offset - MAX_PATTERN); at--) {
    const letter = text[at]
    if (letter === ')' || letter === ']' || letter === '}') depth++
    else if (letter === '(' || letter === '[' || letter === '{' || letter === '|') {
      if (depth === 0) break
      depth--
    } else if (letter === ',' && depth === 0) position++
  }
  return position
}
