/** Every grammar twice over: as the library reads its trees, and as the analysis does. */

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Language, Query, Tree } from 'web-tree-sitter'
import { FAMILIES } from '#generate/analyse/languages/table.ts'
import { python } from '#generate/analyse/python/syntax.ts'
import { type Grammar, loadGrammar } from '#generate/analyse/tree-sitter.ts'

const require = createRequire(import.meta.url)
/** The library once more, in its other form: an instance of its own. */
const library: typeof import('web-tree-sitter') = require('web-tree-sitter')

export interface BothGrammars {
  readonly language: string
  /** The text of the language's query, where it has one. */
  readonly query: string | null
  readonly own: Grammar
  parse(text: string): Tree
  compile(query: string): Query
}

export async function bothGrammars(): Promise<BothGrammars[]> {
  await library.Parser.init()
  const specs = await Promise.all(FAMILIES.flat().map((entry) => entry.load()))
  const all: BothGrammars[] = []
  for (const { language, wasm, sha256, query } of [...specs, { ...python, language: 'python', query: null }]) {
    const grammar: Language = await library.Language.load(await readFile(require.resolve(wasm)))
    const parser = new library.Parser()
    parser.setLanguage(grammar)
    all.push({
      language,
      query: query === null ? null : await readFile(query, 'utf8'),
      own: await loadGrammar(wasm, sha256),
      compile: (text) => new library.Query(grammar, text),
      parse(text) {
        const tree = parser.parse(text)
        if (tree === null) throw new Error(`${language} was not parsed`)
        return tree
      },
    })
  }
  return all
}
