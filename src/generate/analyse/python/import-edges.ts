/** Edges from a file to the files it imports: the module that is named, and the file where the imported name is defined. */

import type { Edge, EdgeOrigin } from '#generate/model.ts'
import type { FileFacts } from './facts.ts'
import { importedChain, importedModule } from './imports.ts'
import { lookUpInModule } from './names.ts'
import type { Program } from './program.ts'

export function importEdges(program: Program, file: FileFacts): Edge[] {
  const from = file.module.path ?? ''
  const seen = new Set<string>([from])
  const edges: Edge[] = []
  const add = (to: string | null | undefined, origin: EdgeOrigin): void => {
    if (to == null || seen.has(to)) return
    seen.add(to)
    edges.push({ from, to, kind: 'imports', origin, confidence: 1 })
  }
  for (const { fact } of file.imports) {
    const module = importedModule(program, file, fact)
    if (module === undefined) {
      // A part of the package exists: its file runs, whatever follows.
      const chain = importedChain(program, file, fact)
      add(chain[chain.length - 1]?.path, 'import')
      continue
    }
    add(module.path, 'import')
    if (fact.name === null || fact.name === '*') continue
    const found = lookUpInModule(program, module, fact.name)
    if (found?.value?.kind === 'module' && found.target === null) add(found.value.module.path, 'import')
    else add(found?.target?.file.module.path, 'import')
  }
  return edges
}
