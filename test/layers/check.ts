/** Judges the imports of a set of files against a table. Pure: it knows no file system and no project. */
import { readContents } from './imports.ts'
import type { Layer, Table } from './table.ts'

export interface Source {
  /** Path from the root of the project, with `/`. */
  path: string
  text: string
}

export interface Project {
  /** The code to judge. */
  sources: readonly Source[]
  /** All paths there are, code or not: what an import may point at. */
  paths: readonly string[]
  /** `imports` of package.json: `{ '#base/*': './src/base/*' }`. */
  aliases: Readonly<Record<string, string>>
}

/**
 * All breaches of the table, sorted, each as `path:line: what is wrong`.
 *
 * An empty list also when there is nothing to judge: see to it that there is.
 */
export function findBreaches(project: Project, table: Table): string[] {
  const paths = new Set(project.paths)
  const breaches: string[] = []
  const graph = new Map<string, string[]>()

  for (const { path, text } of project.sources) {
    const report = (line: number, problem: string) => breaches.push(`${path}:${line}: ${problem}`)
    const layer = layerOf(path, table)
    if (!layer) {
      report(1, 'belongs to no layer')
      continue
    }
    const contents = readContents(path, text)
    const targets: string[] = []
    graph.set(path, targets)

    for (const { specifier, isType, isAddress, line } of contents.imports) {
      const target = resolve(specifier, path, project.aliases)
      if (target === undefined) {
        if (!layer.isOutside) reportPackage(specifier, path, layer, table, (problem) => report(line, problem))
        continue
      }
      if (specifier.startsWith('../') && !isAddress && !layer.isOutside)
        report(line, `${specifier} climbs: use a #layer/ path`)
      if (!paths.has(target)) {
        report(line, `${specifier} is no file of this project`)
        continue
      }
      if (!isType) targets.push(target)
      const other = layerOf(target, table)
      if (!other || other === layer) continue
      if (mayImport(layer, other)) continue
      if (isType && layer.types?.includes(other.name)) continue
      const manner = layer.types?.includes(other.name) ? 'may import only types of' : 'may not import'
      report(line, `${layer.name} ${manner} ${other.name} (${specifier})`)
    }

    for (const { what, line } of contents.uses) {
      if (what === 'node global' && layer.isWeb) report(line, `${layer.name} uses a global of Node`)
      const ban = table.bans.find((candidate) => candidate.what === what)
      if (ban && !layer.isOutside && !ban.except?.test(path)) report(line, `${what} is not allowed here`)
    }
    for (const { what, text: banned, except, files } of table.bans) {
      if (what !== 'text' || banned === undefined || layer.isOutside || except?.test(path)) continue
      if (files?.test(path) === false) continue
      const at = text.indexOf(banned)
      if (at >= 0) report(text.slice(0, at).split('\n').length, `${banned} is not allowed here`)
    }
  }
  for (const cycle of findCycles(graph))
    breaches.push(`${cycle[0]}:1: imports itself by ${[...cycle, cycle[0]].join(' -> ')}`)
  return breaches.sort()
}

function layerOf(path: string, table: Table): Layer | undefined {
  return table.layers.find(({ files }) => files.test(path))
}

function mayImport(layer: Layer, other: Layer): boolean {
  if (other.isOutside && !layer.isOutside) return false
  return other.isOpen === true || layer.imports.includes('*') || layer.imports.includes(other.name)
}

/** The path that a specifier names, from the root of the project, or `undefined` for a package. */
function resolve(specifier: string, from: string, aliases: Project['aliases']): string | undefined {
  const [bare = ''] = specifier.split(/[?]/)
  if (/^\.\.?\//.test(bare)) return normalise(`${from.slice(0, from.lastIndexOf('/') + 1)}${bare}`)
  if (!bare.startsWith('#')) return undefined
  for (const [alias, target] of Object.entries(aliases)) {
    const [prefix = '', suffix] = alias.split('*')
    if (suffix === undefined ? bare !== alias : !bare.startsWith(prefix)) continue
    return normalise(target.replace('*', bare.slice(prefix.length)))
  }
  return bare
}

function normalise(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

function reportPackage(
  specifier: string,
  path: string,
  layer: Layer,
  table: Table,
  report: (problem: string) => void,
): void {
  if (specifier.startsWith('node:') && layer.isWeb) report(`${layer.name} may not import ${specifier}`)
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  for (const home of table.homes) {
    if (home.packages.test(name) && !home.files.test(path))
      report(`${name} is at home elsewhere (${home.files.source})`)
  }
}

/** Groups of files that import each other in a circle, by Tarjan's algorithm (1972); each sorted. */
function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>()
  const stack: string[] = []
  const cycles: string[][] = []
  const visit = (node: string): number => {
    const index = order.size
    let low = index
    order.set(node, index)
    stack.push(node)
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next))
      else if (stack.includes(next)) low = Math.min(low, order.get(next) ?? low)
    }
    if (low === index) {
      const group = stack.splice(stack.indexOf(node)).sort()
      if (group.length > 1 || graph.get(node)?.includes(node)) cycles.push(group)
    }
    return low
  }
  for (const node of graph.keys()) if (!order.has(node)) visit(node)
  return cycles
}
