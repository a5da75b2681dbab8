/**
 * Adds the modules that a class or module includes or prepends to its supertypes. `Use.implements` distinguishes the
 * included ones from the superclass; a prepended one has `Use.type`, since the class overrides none of its methods.
 */

import { D, D_WIDTH, E, E_WIDTH, type FileFacts, NONE, Op, S, S_WIDTH, Use } from '#generate/analyse/engine/facts.ts'

/** Changes the supertypes of classes in place. */
export function readMixins(facts: FileFacts): void {
  const { exprs, decls, scopes, strings } = facts
  const lists = Array.from(facts.lists)
  // Lists are written once at the end: a new list for each `include` would cost quadratic space.
  const extended = new Map<number, number[]>()
  for (let call = 0; call < exprs.length; call += E_WIDTH) {
    const callee = (exprs[call + E.left] ?? NONE) * E_WIDTH
    if (exprs[call + E.op] !== Op.call || callee < 0 || exprs[callee + E.op] !== Op.ref) continue
    const name = strings[exprs[callee + E.name] ?? NONE]
    if (name !== 'include' && name !== 'prepend') continue
    const scope = exprs[callee + E.scope] ?? NONE
    const type = (scopes[scope * S_WIDTH + S.decl] ?? NONE) * D_WIDTH
    // Only directly in a body: in a block, the call is about the object that runs the block.
    if (type < 0 || decls[type + D.ownScope] !== scope) continue
    const named = listAt(lists, exprs[call + E.list] ?? NONE).filter((arg) => isConstant(facts, arg))
    for (const arg of named) exprs[arg * E_WIDTH + E.use] = name === 'include' ? Use.implements : Use.type
    if (named.length === 0) continue
    const all = extended.get(type) ?? [...listAt(lists, decls[type + D.supers] ?? NONE)]
    extended.set(type, all)
    for (const arg of named) all.push(arg)
    for (const arg of named) facts.notes.push(`${name} ${strings[exprs[arg * E_WIDTH + E.name] ?? NONE] ?? ''}`)
  }
  for (const [type, all] of extended) {
    decls[type + D.supers] = lists.length
    lists.push(all.length)
    for (const one of all) lists.push(one)
  }
  facts.lists = Int32Array.from(lists)
}

function listAt(lists: readonly number[], at: number): readonly number[] {
  return at === NONE ? [] : lists.slice(at + 1, at + 1 + (lists[at] ?? 0))
}

function isConstant({ exprs, strings }: FileFacts, expr: number): boolean {
  const op = exprs[expr * E_WIDTH + E.op]
  const name = strings[exprs[expr * E_WIDTH + E.name] ?? NONE] ?? ''
  return expr !== NONE && (op === Op.ref || op === Op.member) && /^(?:::)?\p{Lu}/u.test(name)
}
