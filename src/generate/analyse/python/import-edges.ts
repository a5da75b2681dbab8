/** Makes edges from a file to the files it imports: the named module, and the file that defines the imported name. */

import { NONE } from '#generate/analyse/syntax-tree.ts'
import type { UseRows } from '#generate/analyse/use-rows.ts'
import type { Binding, Edge } from '#generate/model.ts'
import type { FileFacts, ImportFact } from './facts.ts'
import { importedChain, importedModule } from './imports.ts'
import { lookUpInModule } from './names.ts'
import type { Program } from './program.ts'

export interface FileImports {
  readonly edges: Edge[]
  readonly bindings: Binding[]
}

/** @param uses - Collects the positions of the imports. */
export function importEdges(program: Program, file: FileFacts, uses: UseRows): FileImports {
  const from = file.module.path ?? ''
  const edges = new Map<string, Edge>()
  const bindings: Binding[] = []
  for (const { fact, bound } of file.imports) {
    const place = { ...file.tree.placeAt(file.tree.start(fact.node)), order: 0, block: NONE }
    const add = (to: string | null | undefined): void => {
      if (to == null || to === from) return
      const edge: Edge = edges.get(to) ?? { from, to, kind: 'imports', origin: 'import', confidence: 1 }
      edges.set(to, edge)
      uses.add(edge, place)
    }
    const bind = (to: string | null): void => {
      if (fact.name === '*') return
      const name = file.tree.textOf(bound)
      bindings.push({ name, imported: fact.name, module: writtenModule(fact), to, line: place.line })
    }
    const module = importedModule(program, file, fact)
    if (module === undefined) {
      // The parent package exists, and importing runs its file.
      const chain = importedChain(program, file, fact)
      add(chain[chain.length - 1]?.path)
      bind(null)
      continue
    }
    add(module.path)
    if (fact.name === null || fact.name === '*') {
      bind((fact.bindsTop ? importedChain(program, file, fact)[0] : module)?.path ?? null)
      continue
    }
    const found = lookUpInModule(program, module, fact.name)
    if (found?.value?.kind === 'module' && found.target === null) {
      add(found.value.module.path)
      bind(found.value.module.path)
    } else {
      add(found?.target?.file.module.path)
      bind(found?.target?.id ?? null)
    }
  }
  return { edges: [...edges.values()], bindings }
}

function writtenModule({ level, module }: ImportFact): string {
  return '.'.repeat(level) + module.join('.')
}
