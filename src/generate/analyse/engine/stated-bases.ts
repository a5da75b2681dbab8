/** Finds the supertypes that are stated outside the heads of types: by `impl` blocks, extensions and calls of `include`. */

import { lowerBound } from '#base/binary-search.ts'
import type { Component, StatedBase } from '#generate/model.ts'
import type { Decl, FileUnit } from './declarations.ts'
import { D, E, NONE, Use, WHERE } from './facts.ts'

/** Limit on the supertypes of one type. */
const MAX_BASES = 50
/** Limit on the parts of a name. */
const MAX_PARTS = 10

/** Adds them to the components, which all declarations must have the ids of. In the order of the units and their lines. */
export function addStatedBases(units: readonly FileUnit[], components: readonly Component[]): void {
  const byId = new Map(components.map((one) => [one.id, one]))
  for (const unit of units) {
    for (const decl of unit.decls) {
      if (decl.at(D.supers) === NONE || (decl.kind !== 'impl' && unit.spec.language !== 'ruby')) continue
      const type = decl.kind === 'impl' ? decl.host : decl
      const component = byId.get(type?.id ?? '')
      // A type inside a function has the id of the function.
      if (component === undefined || type?.name.endsWith(component.name) !== true) continue
      const stated = decl.kind === 'impl' ? ofBlock(decl) : included(decl)
      if (stated.length > 0) component.bases = [...(component.bases ?? []), ...stated].slice(0, MAX_BASES)
    }
  }
}

function ofBlock(decl: Decl): StatedBase[] {
  const [names = '', condition] = decl.file.string(decl.at(D.signature)).split(WHERE)
  const place = { file: decl.file.path, line: decl.at(D.startLine) }
  return names.split('\n').map((name) => ({
    how: 'implements',
    name,
    ...place,
    ...(condition !== undefined && { condition: `where ${condition}` }),
  }))
}

/** The modules that the body of a class or module of Ruby includes or prepends. */
function included(decl: Decl): StatedBase[] {
  const { file } = decl
  return file.list(decl.at(D.supers)).flatMap((expr): StatedBase[] => {
    if (file.expr(expr, E.use) !== Use.implements) return []
    const start = file.expr(expr, E.start)
    const line = lowerBound(file.facts.lines.length, (at) => (file.facts.lines[at] ?? 0) <= start)
    return [{ how: 'mixes-in', name: pathOf(file, expr), file: file.path, line }]
  })
}

function pathOf(file: FileUnit, name: number): string {
  const parts: string[] = []
  for (let at = name; at !== NONE && parts.length < MAX_PARTS; at = file.expr(at, E.left))
    parts.unshift(file.nameOf(at))
  return parts.join('::')
}
