/** Finds the example function of Go that shows a component: `ExampleNew`, `ExamplePlan_Burn`; https://go.dev/blog/examples. */

import type { Component } from '#generate/model.ts'
import { codeLines, indentOf } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { folderOf } from '#generate/paths.ts'
import type { Statement } from './statement.ts'

/** Limits on the lines of one that is named after the component, and of one that only uses it. */
const MAX_NAMED = 30
const MAX_USING = 20

const known = new WeakMap<RepoIndex, ReadonlyMap<string, readonly Component[]>>()

/** The body of the one named after the component, otherwise of the shortest one that uses it. */
export function officialExample(repo: RepoIndex, component: Component): (Statement & { path: string }) | undefined {
  if (!component.file.endsWith('.go')) return undefined
  const all = examplesIn(repo).get(folderOf(component.file)) ?? []
  const name = `Example${component.qualifiedName.replaceAll('.', '_')}`
  // A suffix in lower case tells several examples of one name apart.
  const own = all.find(
    (one) =>
      one.name.startsWith(name) && /^(?:_\p{Ll}|$)/u.test(one.name.slice(name.length)) && lengthOf(one) <= MAX_NAMED,
  )
  const users = repo.users.get(component.id)
  const using = all
    .filter((one) => users?.has(one.id) === true && lengthOf(one) <= MAX_USING)
    .sort((a, b) => lengthOf(a) - lengthOf(b))
  const found = own ?? using[0]
  if (found === undefined) return undefined
  const { file: path, startLine, endLine } = found
  const lines = codeLines(repo, path, startLine + 1, endLine - 1)
  const margin = indentOf(lines.find((line) => line.trim() !== '') ?? '')
  const text = lines.map((line) => line.slice(Math.min(margin, indentOf(line))).trimEnd()).join('\n')
  return { path, startLine: startLine + 1, endLine: endLine - 1, text }
}

/** Without the line of the head and the closing brace. */
const lengthOf = ({ startLine, endLine }: Component): number => endLine - startLine - 1

/** The example functions of each folder. */
function examplesIn(repo: RepoIndex): ReadonlyMap<string, readonly Component[]> {
  const found = known.get(repo)
  if (found !== undefined) return found
  const all = new Map<string, Component[]>()
  for (const one of repo.components.values()) {
    if (one.kind !== 'function' || !one.file.endsWith('_test.go') || !/^Example(?:$|[\p{Lu}_])/u.test(one.name))
      continue
    if (lengthOf(one) < 1) continue
    const folder = folderOf(one.file)
    const beside = all.get(folder)
    if (beside === undefined) all.set(folder, [one])
    else beside.push(one)
  }
  known.set(repo, all)
  return all
}
