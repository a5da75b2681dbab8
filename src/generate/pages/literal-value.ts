/** Finds the values of constants that are literals. */

import type { Component } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import type { RepoIndex } from './repo-index.ts'

const LITERAL = /^(?:[A-Z]\w{0,30}\()?(?:"([^"\\{}$]{1,80})"|'([^'\\{}$]{1,80})'|(\d[\d_.]{0,20}))\)?$/
const CONSTANT = /^_?[A-Z][A-Z\d_]{1,60}$/

/** The literal value of a top-level constant; `undefined` if it is not a literal, or is set twice. */
export function constantValue(repo: RepoIndex, file: string, name: string): string | undefined {
  if (!CONSTANT.test(name)) return undefined
  const found = (repo.tops.get(file) ?? []).filter((one) => one.name === name && one.kind === 'constant')
  const [only] = found
  if (only === undefined || found.length > 1) return undefined
  return literalOf(only)
}

/** The literal value of the only constant with a name: `Auto` in the file, or `styles.Auto` in a file or folder named `styles`. */
export function namedValue(repo: RepoIndex, file: string, text: string): string | undefined {
  const [, owner, name] = /^(?:(\w{1,60})(?:\.|::))?([A-Za-z_]\w{1,60})$/.exec(text) ?? []
  if (name === undefined) return undefined
  const found = [...repo.tops].flatMap(([path, tops]) => {
    const folder = folderOf(path)
    const isMeant =
      owner === undefined
        ? path === file || (file.endsWith('.go') && path.endsWith('.go') && folder === folderOf(file))
        : nameOf(folder) === owner || nameOf(path).replace(/\.\w+$/, '') === owner
    return isMeant ? tops.filter((one) => one.name === name && one.kind === 'constant') : []
  })
  const [only] = found
  if (only === undefined || found.length > 1) return undefined
  return literalOf(only)
}

/** The literal in the signature of a constant. */
function literalOf({ signature }: Component): string | undefined {
  const [, value = ''] = /[^=!<>:]= ?([^=].{0,120}?);?$/.exec(signature) ?? []
  const [, double, single, number] = LITERAL.exec(value) ?? []
  return double ?? single ?? number
}
