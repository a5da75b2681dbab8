/** The command lines of a repository of a few files, a line for each command and each option. */

import { analyse } from '#generate/analyse/analyse.ts'
import type { CommandLine } from '#generate/model.ts'
import { inventoryOf } from '../inventory-of.ts'

export async function commandLinesIn(files: Readonly<Record<string, string>>): Promise<CommandLine[]> {
  const context = { signal: new AbortController().signal, onProgress: () => {} }
  return (await analyse(await inventoryOf(files), context)).commandLines
}

/** `run < orbit: text`, `  -a, --all N = 1: text (a.py:3)` */
export async function told(files: Readonly<Record<string, string>>): Promise<string[]> {
  const lines = await commandLinesIn(files)
  return lines.flatMap(({ name, parent, text, options, isWhole }) => [
    `${name}${parent < 0 ? '' : ` < ${lines[parent]?.name ?? ''}`}${text === '' ? '' : `: ${text}`}${isWhole ? '' : ' …'}`,
    ...options.map((one) => {
      const value = one.value === '' ? '' : ` ${one.value}`
      const fallback = one.default === null ? '' : ` = ${one.default}`
      const words = one.text === '' ? '' : `: ${one.text}`
      return `  ${one.isArgument ? '<' : ''}${one.names.join(', ')}${value}${fallback}${words} (${one.file}:${one.line})`
    }),
  ])
}
