/** Where the functions of a small file are used, as a line: `one two:b three:lb`, innermost first, in the order of their evaluation. */

import { analyse } from '#generate/analyse/analyse.ts'
import type { BlockKind } from '#generate/model.ts'
import { inventoryOf } from '../inventory-of.ts'

const LETTERS: Readonly<Record<BlockKind, string>> = {
  branch: 'b',
  guarded: 'g',
  loop: 'l',
  failure: 'f',
  nested: 'n',
  deferred: 'd',
  unknown: 'u',
}

/** @param from - The qualified name of what uses them; '' for the top of the file. */
export async function contextsOf(path: string, text: string, from: string): Promise<string> {
  const inventory = await inventoryOf({ [path]: text })
  const { occurrences } = await analyse(inventory, { signal: new AbortController().signal, onProgress: () => {} })
  return occurrences
    .usesIn(from === '' ? path : `${path}#${from}`)
    .filter(({ kind }) => kind === 'calls' || kind === 'instantiates')
    .sort((a, b) => a.order - b.order)
    .map((use) => {
      const letters = occurrences.blocksAround(use).map(({ kind }) => LETTERS[kind])
      const name = use.to.slice(use.to.lastIndexOf('#') + 1).replace(/^.*\./, '')
      return letters.length === 0 ? name : `${name}:${letters.join('')}`
    })
    .join(' ')
}
