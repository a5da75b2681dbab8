/** All analysers. Each is loaded only if there are files for it: the one for TypeScript takes a third of a second. */

import type { LanguageAnalyser } from './analyser.ts'
import { FAMILIES, type LanguageEntry } from './languages/table.ts'

export const ANALYSERS: readonly LanguageAnalyser[] = [
  {
    ...lazily(['notebook', 'python'], async () => (await import('./python/python.ts')).pythonAnalyser),
    keepsFiles: true,
  },
  {
    ...lazily(
      ['javascript', 'svelte', 'typescript', 'vue'],
      async () => (await import('./typescript/typescript.ts')).typescriptAnalyser,
    ),
    keepsFiles: true,
  },
  ...FAMILIES.map((entries) =>
    lazily(
      entries.map(({ language }) => language),
      () => loadFamily(entries),
    ),
  ),
]

async function loadFamily(entries: readonly LanguageEntry[]): Promise<LanguageAnalyser> {
  const [{ createFamilyAnalyser }, { readFacts }, ...specs] = await Promise.all([
    import('./engine/analyse-family.ts'),
    import('./read-facts.ts'),
    ...entries.map((entry) => entry.load()),
  ])
  return createFamilyAnalyser(specs, readFacts)
}

function lazily(languages: readonly string[], load: () => Promise<LanguageAnalyser>): LanguageAnalyser {
  return {
    languages,
    load: async () => {
      await load()
    },
    analyse: async (files, context) => (await load()).analyse(files, context),
  }
}
