/** Where a file's syntax is broken: what seems to be inside of something may be outside of it there. */

import { ts } from '#generate/analyse/compiler.mjs'
import { Region } from './regions.ts'

/** @returns The region of each component, statement at the top or file that has an error which is not in another one of these. */
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
