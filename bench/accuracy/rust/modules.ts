/** Which file a module is: an index says that `mod x;` is a module, and not where. */

import path from 'node:path'
import type { Source } from './names.ts'
import type { Roots } from './project.ts'

/** The files of modules by their symbols, and those of crates by their names. */
export interface Modules {
  fileOf(symbol: string): string | undefined
  crateOf(name: string): string | undefined
}

export function modulesOf(sources: readonly Source[], { roots, crates }: Roots): Modules {
  const paths = new Set(sources.map((source) => source.path))
  const files = new Map<string, string>()
  for (const source of sources) {
    const stem = path.basename(source.path, '.rs')
    const isFirst = stem === 'mod' || roots.has(source.path)
    const folder = isFirst ? path.dirname(source.path) : path.join(path.dirname(source.path), stem)
    for (const { keyword, name, around } of source.items) {
      const symbol = source.occurrences.get(name?.at ?? -1)?.symbol
      if (keyword !== 'mod' || name === undefined || symbol === undefined || around !== undefined) continue
      const file = [path.join(folder, `${name.text}.rs`), path.join(folder, name.text, 'mod.rs')].find((one) =>
        paths.has(one),
      )
      if (file !== undefined) files.set(symbol, file)
    }
  }
  return { fileOf: (symbol) => files.get(symbol), crateOf: (name) => crates.get(name) }
}
