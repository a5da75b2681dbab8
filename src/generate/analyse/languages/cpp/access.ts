/**
 * Access sections of classes: `public:`, `protected:`, `private:`, and macros named like them, `PRIVATE_UNLESS_TESTED:`. The
 * labels appear between members and belong to none.
 */

import { lowerBound } from '#base/binary-search.ts'
import { push } from '#base/multimap.ts'
import { D, D_WIDTH, DECL_KINDS, type FileFacts, Flag, NONE, VISIBILITIES } from '#generate/analyse/engine/facts.ts'

/** Matches comments and strings as well, so that labels in them are skipped. */
const LABEL =
  /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"?|\b(public|protected|private)\s*(?:\w+\s*)?:(?!:)|\b(?:[A-Z]{1,20}_){0,4}(PUBLIC|PROTECTED|PRIVATE)(?:_[A-Z]{1,20}){0,4}:(?!:)/g

interface Section {
  readonly start: number
  readonly access: (typeof VISIBILITIES)[number]
}

/** Gives members the visibility of their section. */
export function readAccess(facts: FileFacts, text: string): void {
  const { decls } = facts
  const at = (index: number, column: number): number => decls[index * D_WIDTH + column] ?? NONE
  const types: number[] = []
  for (let index = 0; index * D_WIDTH < decls.length; index++) if (isType(at(index, D.kind))) types.push(index)
  if (types.length === 0) return
  const sections = new Map<number, Section[]>()
  /** The types around the current label, innermost last. */
  const around: number[] = []
  let next = 0
  for (const { index: start, 1: word, 2: macro } of text.matchAll(LABEL)) {
    const access = word ?? macro?.toLowerCase()
    if (access === undefined) continue
    for (let type = types[next]; type !== undefined && at(type, D.start) < start; type = types[++next]) {
      around.push(type)
    }
    while (around.length > 0 && at(around.at(-1) ?? 0, D.end) <= start) around.pop()
    const holder = around.at(-1)
    if (holder !== undefined) push(sections, holder, { start, access: access as Section['access'] })
  }
  for (let index = 0; index * D_WIDTH < decls.length; index++) {
    const parent = at(index, D.parent)
    if (parent === NONE || !isType(at(parent, D.kind))) continue
    const start = at(index, D.start)
    const isClass = /^(?:template\b[\s\S]{0,500}?>\s*)?class\b/.test(
      text.slice(at(parent, D.start), at(parent, D.start) + 600),
    )
    const own = sections.get(parent) ?? []
    const last = lowerBound(own.length, (section) => (own[section]?.start ?? 0) < start) - 1
    const access = own[last]?.access ?? (isClass ? 'private' : 'public')
    if (access === 'public') continue
    decls[index * D_WIDTH + D.visibility] = VISIBILITIES.indexOf(access)
    decls[index * D_WIDTH + D.flags] = at(index, D.flags) & ~Flag.exported
  }
}

function isType(kind: number): boolean {
  const name = DECL_KINDS[kind]
  return name === 'class' || name === 'struct'
}
