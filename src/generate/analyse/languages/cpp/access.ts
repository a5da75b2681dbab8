/**
 * Access sections of classes: `public:`, `protected:`, `private:`, and macros named like them, `PRIVATE_UNLESS_TESTED:`. The
 * labels appear between members and belong to none.
 */

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
  for (const { index: start, 1: word, 2: macro } of text.matchAll(LABEL)) {
    const access = word ?? macro?.toLowerCase()
    if (access === undefined) continue
    const holder = types.findLast((type) => at(type, D.start) < start && start < at(type, D.end))
    if (holder === undefined) continue
    push(sections, holder, { start, access: access as Section['access'] })
  }
  for (let index = 0; index * D_WIDTH < decls.length; index++) {
    const parent = at(index, D.parent)
    if (parent === NONE || !isType(at(parent, D.kind))) continue
    const start = at(index, D.start)
    const isClass = /^(?:template\b[\s\S]{0,500}?>\s*)?class\b/.test(
      text.slice(at(parent, D.start), at(parent, D.start) + 600),
    )
    const access =
      sections.get(parent)?.findLast((one) => one.start < start)?.access ?? (isClass ? 'private' : 'public')
    if (access === 'public') continue
    decls[index * D_WIDTH + D.visibility] = VISIBILITIES.indexOf(access)
    decls[index * D_WIDTH + D.flags] = at(index, D.flags) & ~Flag.exported
  }
}

function isType(kind: number): boolean {
  const name = DECL_KINDS[kind]
  return name === 'class' || name === 'struct'
}
