/** What the readers of argparse, click and typer share: named arguments, names of options, defaults of flags. */

import { type ReadTree, textAt } from '#generate/analyse/reads/read-tree.ts'
import { proseAt, wordsAt } from './option-texts.ts'
import { type Arg, labelled } from './option-tree.ts'

export type LineAt = (offset: number) => number

/** `--dry/--no-dry` */
export const PAIR = /\s{0,4}\/\s{0,4}/

/** The string of a named argument; '' if it is missing or not a literal. */
export function words(tree: ReadTree, args: readonly Arg[], ...labels: readonly string[]): string {
  const node = labelled(args, ...labels)
  return (node === undefined ? null : wordsAt(tree, node)) ?? ''
}

/** The help text, parts of which may be computed. */
export function helpOf(tree: ReadTree, args: readonly Arg[]): string {
  const node = labelled(args, 'help')
  return node === undefined ? '' : proseAt(tree, node)
}

/** The start of the code of a named argument; '' if it is missing. */
export function textOf(tree: ReadTree, args: readonly Arg[], ...labels: readonly string[]): string {
  const node = labelled(args, ...labels)
  return node === undefined ? '' : textAt(tree, node).slice(0, 40)
}

/** The first name with two hyphens, or the first of all, and the placeholder made of it: `--dry-run`, `DRY_RUN`. */
export function mainName(names: readonly string[]): { long: string; own: string } {
  const long = names.find((name) => name.startsWith('--')) ?? names[0] ?? ''
  return { long, own: long.replace(/^-+/, '').replaceAll('-', '_').toUpperCase() }
}

/**
 * The default of `--dry/--no-dry`, as one of the two names; `True` for a flag that has only one name. For `--no-dry` alone,
 * the default is that of the setting it turns off, so none is shown.
 */
export function flagDefault(tree: ReadTree, args: readonly Arg[], on: string, off: string | undefined): string | null {
  const text = textOf(tree, args, 'default')
  if (text === 'False') return off ?? null
  if (text !== 'True') return null
  return off === undefined ? (on.startsWith('--no-') ? null : 'True') : on
}
