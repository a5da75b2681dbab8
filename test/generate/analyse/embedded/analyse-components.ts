/** Runs the analysers of TypeScript and Python on texts that hold scripts. */

import { analyse } from '#generate/analyse/analyse.ts'
import { pythonAnalyser } from '#generate/analyse/python/python.ts'
import { typescriptAnalyser } from '#generate/analyse/typescript/typescript.ts'
import type { Analysis } from '#generate/model.ts'
import { inventoryOf } from '../inventory-of.ts'

export async function analyseComponents(files: Record<string, string>): Promise<Analysis> {
  const context = { signal: new AbortController().signal, onProgress: () => {} }
  return analyse(await inventoryOf(files), context, [pythonAnalyser, typescriptAnalyser])
}

export function edgesOf(analysis: Analysis): string[] {
  return analysis.edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`)
}
