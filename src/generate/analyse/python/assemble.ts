/** Combines the results of all files into the language's result, and resolves what needs the whole repository. */

import type { CodeAnalysis } from '#generate/analyse/analyser.ts'
import { INFERRED } from '#generate/analyse/edge-confidence.ts'
import type { FileReads } from '#generate/analyse/reads/file-reads.ts'
import { FileUsesInRows } from '#generate/analyse/use-rows.ts'
import { type Component, compareText, type Edge, type FileExport, type FileUses, type Use } from '#generate/model.ts'
import type { Product } from './product.ts'
import { isPrivateName } from './visibility.ts'

const LANGUAGES = ['notebook', 'python'] as const

/**
 * @param paths - The paths of all files of the language.
 * @param products - Keyed by path, in the order of `paths`, without files that could not be read.
 */
export function assemble(paths: readonly string[], products: ReadonlyMap<string, Product>): CodeAnalysis {
  const unique = uniqueNames(products.values())
  const offered = new Set<string>()
  for (const product of products.values()) for (const id of product.offered) offered.add(id)

  const components: Component[] = []
  const edges: Edge[] = []
  const fileDocs: Record<string, string> = Object.create(null)
  const fileReads = new Map<string, FileReads>()
  const fileUses = new Map<string, FileUses>()
  const exports: Record<string, FileExport[]> = Object.create(null)
  for (const [path, product] of products) {
    for (const component of product.components) components.push(withExport(component, offered))
    for (const edge of product.edges) edges.push(edge)
    const guesses: Use[] = []
    addGuesses(edges, guesses, product, unique)
    const uses = new FileUsesInRows(product.edges, product.uses, product.blocks, product, guesses)
    if (!uses.isEmpty) fileUses.set(path, uses)
    if (product.doc !== null) fileDocs[path] = product.doc
    if (product.reads !== null) fileReads.set(path, product.reads)
    if (product.exports.length > 0) exports[path] = [...product.exports]
  }
  components.sort((a, b) => compareText(a.id, b.id))
  const reports = LANGUAGES.map((language) => reportOf(language, paths, products))
  return {
    components,
    edges,
    fileDocs,
    exports,
    reports: reports.filter((report) => report.files > 0),
    fileReads,
    fileUses,
  }
}

function languageOf(path: string): 'notebook' | 'python' {
  return path.endsWith('.ipynb') ? 'notebook' : 'python'
}

function reportOf(language: 'notebook' | 'python', paths: readonly string[], products: ReadonlyMap<string, Product>) {
  const own = paths.filter((path) => languageOf(path) === language)
  const report = { language, engine: 'tree-sitter' as const, files: own.length, components: 0 }
  let callsResolved = 0
  let callsUnresolved = 0
  const failed: string[] = []
  for (const path of own) {
    const product = products.get(path)
    if (product?.hasError !== false) failed.push(path)
    report.components += product?.components.length ?? 0
    callsResolved += product?.counts.resolved ?? 0
    callsUnresolved += product?.counts.unresolved ?? 0
  }
  return { ...report, callsResolved, callsUnresolved, failed: failed.sort(compareText) }
}

/** Marks components as exported if a public package re-exports them, along with their public members. */
function withExport(component: Component, offered: ReadonlySet<string>): Component {
  if (component.exported) return component
  const [top = '', ...members] = component.qualifiedName.split('.')
  const exported = offered.has(`${component.file}#${top}`) && !members.some(isPrivateName)
  return exported ? { ...component, exported } : component
}

/** Functions and methods whose name is unique, keyed by name; `null` for an ambiguous name. */
function uniqueNames(products: Iterable<Product>): Map<string, string | null> {
  const unique = new Map<string, string | null>()
  for (const { components } of products) {
    for (const { id, kind, name } of components) {
      if (kind === 'function' || kind === 'method') unique.set(name, unique.has(name) ? null : id)
    }
  }
  return unique
}

/** Adds guessed edges last, where no other edge exists. */
function addGuesses(edges: Edge[], uses: Use[], product: Product, unique: ReadonlyMap<string, string | null>): void {
  let known: Set<string> | undefined
  for (const { from, name, place } of product.guesses) {
    const to = unique.get(name)
    if (to == null || to === from) continue
    known ??= new Set(product.edges.filter((edge) => edge.kind === 'calls').map((edge) => `${edge.from}\n${edge.to}`))
    if (known.has(`${from}\n${to}`)) continue
    edges.push({ from, to, kind: 'calls', origin: 'unique-name', confidence: INFERRED['unique-name'] })
    uses.push({ from, to, kind: 'calls', ...place })
  }
}
