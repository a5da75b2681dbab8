/** The edges that leave one file, and the places of the uses behind them. */

import { ts } from '#generate/analyse/compiler.mjs'
import type { TemplateTags } from '#generate/analyse/embedded/component-script.ts'
import { UnknownCalls } from '#generate/analyse/unknown-calls.ts'
import type { Binding, Component, Edge, EdgeKind, FileExport } from '#generate/model.ts'
import { brokenRegions } from './broken-syntax.ts'
import { isInvokedInPlace } from './evaluation.ts'
import { nameOf } from './expressions.ts'
import type { OpenFile } from './facts.ts'
import { boundNames } from './imports.ts'
import type { Index } from './index-of-components.ts'
import { Lines } from './lines.ts'
import { Region } from './regions.ts'
import type { Resolve } from './resolve.ts'
import { type Imported, type Site, walkSites } from './sites.ts'
import type { Lookup, Target } from './symbols.ts'
import { UsedEdges } from './used-edges.ts'
import type { PackedUses } from './uses.ts'

export interface FileEdges {
  edges: Edge[]
  uses: PackedUses
  callsResolved: number
  callsUnresolved: number
  /** What importers of the file get. */
  exports: FileExport[]
}

/**
 * Find a file's edges. Of one pair `references` is left out where another kind says more.
 *
 * @param paths - The files that an import edge may lead to.
 */
export function edgesOfFile(
  { path, tree, declared, template }: OpenFile,
  index: Index,
  { find, exportsOf, importedBy }: Lookup,
  resolve: Resolve,
  paths: ReadonlySet<string>,
): FileEdges {
  const lines = new Lines(tree.text)
  const used = new UsedEdges(tree, lines)
  const bindings: Binding[] = []
  const functions = new Map<ts.Node, Region>()
  const inTemplate = template && regionOfTemplate(template)
  const unknownCalls = new UnknownCalls()
  let callsResolved = 0
  let callsUnresolved = 0
  const moduleOf = (specifier: string): string | undefined => {
    const to = resolve(specifier, path)
    return to !== undefined && paths.has(to) ? to : undefined
  }
  const addUse = (site: Site, target: Target, kind: EdgeKind): void => {
    const at = (nameOf(site.expression) ?? site.expression).getStart(tree)
    if (kind === 'overrides') used.add(site.owner, target, kind)
    else if (template === undefined || at < template.end) used.add(site.owner, target, kind, at, site.region)
    else {
      for (const tag of template.tags.get(site.expression.getText(tree)) ?? [])
        used.add(site.owner, target, kind, tag, inTemplate)
    }
  }
  const named = walkSites(tree, path, declared.owners, brokenRegions(tree, declared.owners), {
    site: (site) => {
      const { targets, where } = find(site)
      for (const target of targets) {
        const component = index.components.get(target.id)
        // What takes the place of a method is a function, also as a field; fields hide those of a base and override nothing.
        if (site.use !== 'override' || component?.kind === 'method') addUse(site, target, kindOf(site, component))
      }
      if (site.use !== 'call' && site.use !== 'construct') return
      if (where !== 'unknown') callsResolved++
      else {
        callsUnresolved++
        if (ts.isPropertyAccessExpression(site.expression)) unknownCalls.add(site.expression.name.text)
      }
    },
    imported: (imported) => {
      const to = moduleOf(imported.specifier.text)
      if (to === undefined) return
      const at = imported.specifier.getStart(tree) + 1
      used.add(path, { id: to, origin: 'import', confidence: 1 }, 'imports', at, regionOfFile(imported, functions))
    },
    binding: (node) => {
      for (const bound of boundNames(node)) {
        const module = bound.specifier.text
        const to = importedBy(bound) ?? moduleOf(module) ?? null
        const { line } = lines.at(bound.name.getStart(tree))
        bindings.push({ name: bound.name.text, imported: bound.imported, module, to, line })
      }
    },
  })
  bindings.sort((a, b) => a.line - b.line)
  return {
    ...used.finish(named, bindings, unknownCalls.done()),
    callsResolved,
    callsUnresolved,
    exports: exportsOf(tree),
  }
}

/** Where an import is as seen from the file, to which its edge belongs: in a function, it is not known whether it happens. */
function regionOfFile({ specifier, region }: Imported, functions: Map<ts.Node, Region>): Region | undefined {
  let outermost: ts.Node | undefined
  for (let node: ts.Node = specifier.parent; !ts.isSourceFile(node); node = node.parent)
    if ((ts.isFunctionLike(node) && !isInvokedInPlace(node)) || ts.isPropertyDeclaration(node)) outermost = node
  if (outermost === undefined) return region
  const known = functions.get(outermost) ?? new Region('nested', undefined, outermost)
  functions.set(outermost, known)
  return known
}

/** Around which tags of a template there are conditions is not known. */
function regionOfTemplate({ tags }: TemplateTags): Region {
  const positions = [...tags.values()].flat().sort((a, b) => a - b)
  const [start = 0, end = start] = [positions[0], positions.at(-1)]
  return new Region('unknown', undefined, { getStart: () => start, end })
}

/** A class that is called in a template or by a decorator is made there. */
function kindOf(site: Site, target: Component | undefined): EdgeKind {
  switch (site.use) {
    case 'call':
      return target?.kind === 'class' ? 'instantiates' : 'calls'
    case 'construct':
      return 'instantiates'
    case 'reference':
      return 'references'
    case 'type':
      return 'uses-type'
    case 'override':
      return 'overrides'
    default:
      return site.use
  }
}
