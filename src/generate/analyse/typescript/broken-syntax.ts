/** Finds the parts of a file with syntax errors, where the parser may have nested code wrongly. */

import { ts } from '#generate/analyse/compiler.mjs'
import { Region } from './regions.ts'

/**
 * @returns A region of kind `unknown` for the innermost component or top-level statement around each error, or for the
 *   whole file.
 */
export function brokenRegions(
  tree: ts.SourceFile & { parseDiagnostics?: readonly ts.Diagnostic[] },
  owners: ReadonlyMap<ts.Node, string>,
): ReadonlyMap<ts.Node, Region> {
  const regions = new Map<ts.Node, Region>()
  if ((tree.parseDiagnostics?.length ?? 0) === 0) return regions
  const pending: { node: ts.Node; around: ts.Node }[] = [{ node: tree, around: tree }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node } = next
    const around = owners.has(node) || node.parent === tree ? node : next.around
    if ((node.flags & ts.NodeFlags.ThisNodeHasError) !== 0 && !regions.has(around))
      regions.set(around, new Region('unknown', undefined, around))
    ts.forEachChild(node, (child) => void pending.push({ node: child, around }))
  }
  return regions
}
