/** Finds the supertypes that are stated outside the heads of types: by `impl` blocks, extensions, embedded interfaces of Go, `include`, and traits of PHP. */

import { lowerBound } from '#base/binary-search.ts'
import type { Component, StatedBase } from '#generate/model.ts'
import type { Decl, FileUnit } from './declarations.ts'
import { D, E, Flag, NONE, Op, WHERE } from './facts.ts'

/** Limit on the supertypes of one type. */
const MAX_BASES = 50
/** Limit on the parts of a name. */
const MAX_PARTS = 10

/** Adds the stated supertypes to the components, in the order of units and lines. The declarations must already have their ids. */
export function addStatedBases(units: readonly FileUnit[], components: readonly Component[]): void {
  const byId = new Map(components.map((one) => [one.id, one]))
  const add = (type: Decl | null, stated: readonly StatedBase[]): void => {
    const component = byId.get(type?.id ?? '')
    // A type inside a function has the id of the function.
    if (component === undefined || type?.name.endsWith(component.name) !== true || stated.length === 0) return
    component.bases = [...(component.bases ?? []), ...stated].slice(0, MAX_BASES)
  }
  for (const unit of units) {
    for (const decl of unit.decls)
      if (decl.kind === 'impl' && decl.parent?.has(Flag.otherBuild) !== true) add(decl.host, ofBlock(decl))
    if (unit.spec.language === 'go')
      for (const decl of unit.decls) if (decl.kind === 'interface') add(decl, embedded(decl))
    if (unit.spec.language === 'php')
      for (const decl of unit.decls) if (decl.isType) add(decl, traits(decl, byId.get(decl.id ?? '')?.signature ?? ''))
    if (unit.spec.language === 'ruby') for (const { type, stated } of mixedIn(unit)) add(type, stated)
  }
}

function ofBlock(decl: Decl): StatedBase[] {
  if (decl.at(D.signature) === NONE) return []
  const [names = '', condition] = decl.file.string(decl.at(D.signature)).split(WHERE)
  const place = { file: decl.file.path, line: decl.at(D.startLine) }
  return names.split('\n').map((name) => ({
    how: 'implements',
    name,
    ...place,
    ...(condition !== undefined && { condition: `where ${condition}` }),
  }))
}

const QUALIFIED = /^\w+\.\w+$/

/** The interfaces of other packages that an interface of Go embeds. */
function embedded({ file, index }: Decl): StatedBase[] {
  return file.list(file.decl(index, D.supers)).flatMap((expr): StatedBase[] => {
    const name = pathOf(file, expr, '.')
    return QUALIFIED.test(name) ? [{ how: 'extends', name, ...placeOf(file, expr) }] : []
  })
}

/** The traits that a type of PHP uses: its supertypes that are not in its head. */
function traits({ file, index }: Decl, head: string): StatedBase[] {
  const inHead = new Set(head.match(/\w+/g))
  return file.list(file.decl(index, D.supers)).flatMap((expr): StatedBase[] => {
    const name = file.nameOf(expr)
    return name === '' || inHead.has(name.slice(name.lastIndexOf('\\') + 1))
      ? []
      : [{ how: 'mixes-in', name, ...placeOf(file, expr) }]
  })
}

function placeOf(file: FileUnit, expr: number): { file: string; line: number } {
  const { lines } = file.facts
  const start = file.expr(expr, E.start)
  return { file: file.path, line: lowerBound(lines.length, (at) => (lines[at] ?? 0) <= start) }
}

const CALLS = new Map<string, StatedBase['how']>([
  ['include', 'mixes-in'],
  ['extend', 'extended-with'],
])

/** The modules that the bodies of Ruby classes and modules mix in unconditionally; computed ones have no name. */
function* mixedIn(file: FileUnit): Iterable<{ type: Decl; stated: StatedBase[] }> {
  for (let call = 0; call < file.exprCount; call++) {
    const callee = file.expr(call, E.op) === Op.call ? file.expr(call, E.left) : NONE
    const how = callee === NONE || file.expr(callee, E.op) !== Op.ref ? undefined : CALLS.get(file.nameOf(callee))
    const scope = file.expr(callee, E.scope)
    const type = how === undefined ? undefined : file.scopeDecl(scope)
    if (how === undefined || type?.at(D.ownScope) !== scope || file.expr(callee, E.block) !== NONE) continue
    const names = file.list(file.expr(call, E.list)).map((arg) => pathOf(file, arg, '::'))
    const place = placeOf(file, callee)
    const all = names.map((name) => ({ how, name: CONSTANT.test(name) ? name : '', ...place }))
    yield { type, stated: all.filter(({ name }) => name !== '' || how === 'mixes-in') }
  }
}

const CONSTANT = /^(?:::)?\p{Lu}[\p{L}\p{N}_]*(?:::\p{Lu}[\p{L}\p{N}_]*)*$/u

function pathOf(file: FileUnit, name: number, between: string): string {
  const parts: string[] = []
  for (let at = name; at !== NONE && parts.length < MAX_PARTS; at = file.expr(at, E.left))
    parts.unshift(file.nameOf(at))
  return parts.join(between)
}
