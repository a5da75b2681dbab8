/** Finds children, descendants and arguments in tree-sitter trees, for the readers of options. */

import { kindAt, type ReadTree, textAt } from '#generate/analyse/reads/read-tree.ts'

const MAX_PARTS = 2_000

/** Named children without comments. */
export function partsOf(tree: ReadTree, node: number): number[] {
  const parts: number[] = []
  const end = tree.after[node] ?? 0
  for (let child = node + 1; child < end && parts.length < MAX_PARTS; child = tree.after[child] ?? end)
    if (tree.isNamed(child) && !kindAt(tree, child).endsWith('comment')) parts.push(child)
  return parts
}

/** The first named child of a kind. */
export function partOf(tree: ReadTree, node: number, kind: RegExp): number | undefined {
  return partsOf(tree, node).find((part) => kind.test(kindAt(tree, part)))
}

/** The first `MAX_PARTS` descendants of a kind, in document order. */
export function everyPart(tree: ReadTree, node: number, kind: RegExp): number[] {
  const found: number[] = []
  const end = tree.after[node] ?? 0
  for (let one = node + 1; one < end && found.length < MAX_PARTS; one++)
    if (tree.isNamed(one) && kind.test(kindAt(tree, one))) found.push(one)
  return found
}

export interface Arg {
  /** The name of a named argument, else `null`. */
  readonly label: string | null
  readonly node: number
}

/** The arguments of an argument list. */
export function argsOf(tree: ReadTree, list: number): Arg[] {
  return partsOf(tree, list).map((part): Arg => {
    const kind = kindAt(tree, part)
    const parts = partsOf(tree, part)
    const last = parts.at(-1) ?? part
    if (kind === 'keyword_argument' || kind === 'element_value_pair' || kind === 'pair') {
      const label = textAt(tree, parts[0] ?? part)
        .slice(0, 60)
        .replace(/:$/, '')
      return { label, node: last }
    }
    if (kind === 'argument' || kind === 'value_argument') {
      const label = /^([A-Za-z_]\w{0,60})\s{0,4}[=:](?![=:])/.exec(textAt(tree, part).slice(0, 80))?.[1] ?? null
      return { label, node: last }
    }
    return { label: null, node: part }
  })
}

/** The value of the first argument with one of these labels. */
export const labelled = (args: readonly Arg[], ...labels: readonly string[]): number | undefined =>
  args.find(({ label }) => label !== null && labels.includes(label))?.node

/** `Vec<Option<Land>>` → `Land` */
export function lastWord(text: string): string {
  let end = text.length
  while (end > 0 && !WORD.test(text[end - 1] ?? '')) end--
  let start = end
  while (start > 0 && WORD.test(text[start - 1] ?? '')) start--
  return text.slice(start, end)
}

const WORD = /\w/
