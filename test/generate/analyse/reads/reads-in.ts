/** The reads of a repository of a few files. */

import { analyse } from '#generate/analyse/analyse.ts'
import { loadSpec } from '#generate/analyse/languages/table.ts'
import { loadSyntax } from '#generate/analyse/load-syntax.ts'
import { readsOfTree } from '#generate/analyse/python/reads-of-tree.ts'
import { python } from '#generate/analyse/python/syntax.ts'
import { findReads } from '#generate/analyse/reads/find-reads.ts'
import { treeOfNodes } from '#generate/analyse/reads/read-tree.ts'
import { loadGrammar, nodes } from '#generate/analyse/tree-sitter.ts'
import type { Analysis } from '#generate/model.ts'
import { inventoryOf } from '../inventory-of.ts'

export async function readsIn(files: Readonly<Record<string, string>>): Promise<Pick<Analysis, 'reads'>> {
  const context = { signal: new AbortController().signal, onProgress: () => {} }
  return analyse(await inventoryOf(files), context)
}

/** Milliseconds of processor time that finding the reads of a parsed text takes. */
export async function timeToRead(language: string, text: string): Promise<number> {
  if (language === 'python') {
    const tree = await (await loadSyntax(python))(text, 60_000)
    if (typeof tree === 'string') return 0
    const start = process.cpuUsage()
    readsOfTree(tree)
    return process.cpuUsage(start).user / 1000
  }
  const spec = await loadSpec(language)
  const grammar = await loadGrammar(spec?.wasm ?? '', spec?.sha256 ?? '')
  if ((await grammar.parse(text, 60_000)) !== undefined) return 0
  const start = process.cpuUsage()
  findReads(treeOfNodes(text, nodes, grammar.names), language)
  return process.cpuUsage(start).user / 1000
}
