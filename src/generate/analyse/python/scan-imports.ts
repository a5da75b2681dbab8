/** Reads import statements as `ImportFact`s. */

import { NONE } from '#generate/analyse/syntax-tree.ts'
import type { Scan } from './scan.ts'
import { K } from './syntax.ts'

/** Limit on the parts of a dotted name. */
const MAX_PARTS = 32

/** Reads `import a.b as c` or `from .a import b as c, d` and binds its names. */
export function scanImport(scan: Scan, node: number): void {
  const { tree } = scan
  if (tree.kind(node) === K.import_statement) {
    for (let child = tree.first(node); child !== NONE; child = tree.next(child, node)) {
      const { name, alias } = nameAndAlias(scan, child)
      if (name === NONE) continue
      const module = partsOf(scan, name)
      const bindsTop = alias === NONE
      scan.import({ node: child, level: 0, module, name: null, bindsTop }, bindsTop ? tree.first(name) : alias)
    }
    return
  }
  const isFuture = tree.kind(node) === K.future_import_statement
  const source = isFuture ? NONE : tree.first(node)
  const { level, module } = isFuture ? { level: 0, module: ['__future__'] } : sourceOf(scan, source)
  const following = isFuture ? tree.first(node) : source === NONE ? NONE : tree.next(source, node)
  for (let child = following; child !== NONE; child = tree.next(child, node)) {
    if (tree.kind(child) === K.wildcard_import) {
      scan.import({ node: child, level, module, name: '*', bindsTop: false }, child)
      continue
    }
    const { name, alias } = nameAndAlias(scan, child)
    if (name === NONE) continue
    const bound = tree.first(name)
    if (bound === NONE) continue
    scan.import(
      { node: child, level, module, name: tree.textOf(bound), bindsTop: false },
      alias === NONE ? bound : alias,
    )
  }
}

function nameAndAlias(scan: Scan, node: number): { name: number; alias: number } {
  const { tree } = scan
  if (tree.kind(node) === K.dotted_name) return { name: node, alias: NONE }
  if (tree.kind(node) !== K.aliased_import) return { name: NONE, alias: NONE }
  return { name: tree.childOfKind(node, K.dotted_name), alias: tree.childOfKind(node, K.identifier) }
}

function sourceOf(scan: Scan, node: number): { level: number; module: string[] } {
  const { tree } = scan
  if (node === NONE) return { level: 0, module: [] }
  if (tree.kind(node) !== K.relative_import) return { level: 0, module: partsOf(scan, node) }
  const prefix = tree.childOfKind(node, K.import_prefix)
  const name = tree.childOfKind(node, K.dotted_name)
  const dots = prefix === NONE ? '' : tree.textOf(prefix).replace(/[^.]/g, '')
  return { level: Math.max(1, dots.length), module: name === NONE ? [] : partsOf(scan, name) }
}

function partsOf(scan: Scan, dottedName: number): string[] {
  const { tree } = scan
  const parts: string[] = []
  for (let part = tree.first(dottedName); part !== NONE; part = tree.next(part, dottedName)) {
    if (parts.length < MAX_PARTS) parts.push(tree.textOf(part))
  }
  return parts
}
