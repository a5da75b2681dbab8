/** Reads a single option or argument of click. */

import { type ReadTree, startOf } from '#generate/analyse/reads/read-tree.ts'
import { clickPlaceholder } from './click-types.ts'
import type { FoundOption } from './file-options.ts'
import { defaultAt, wordsAt } from './option-texts.ts'
import { type Arg, labelled } from './option-tree.ts'
import { flagDefault, helpOf, type LineAt, mainName, PAIR, textOf, words } from './python-arguments.ts'
import type { Call } from './python-calls.ts'

export function clickOption(
  tree: ReadTree,
  lineAt: LineAt,
  holder: string,
  { callee, args }: Call,
  node: number,
): FoundOption {
  const placed = args.filter(({ label }) => label === null)
  const declared = placed.flatMap(({ node: one }) => wordsAt(tree, one) ?? [])
  if (callee.endsWith('version_option(')) {
    const text = helpOf(tree, args) || 'Show the version and exit.'
    const line = lineAt(startOf(tree, node))
    const given = declared.filter((name) => name.startsWith('-'))
    return {
      holder,
      names: given.length > 0 ? given : ['--version'],
      isArgument: false,
      value: '',
      default: null,
      text,
      line,
      written: 'version_option',
    }
  }
  const [, kind] = /(?:^|\.)(option|argument)\($/.exec(callee) ?? []
  if (kind === undefined || /\bTrue$/.test(textOf(tree, args, 'hidden'))) return undefined
  const isArgument = kind === 'argument'
  const typed = declared.filter((name) => isArgument || name.startsWith('-'))
  const names = typed.flatMap((name) => name.split(PAIR))
  const [first] = names
  if (first === undefined) return 'unknown'
  const isFlag =
    /\bTrue$/.test(textOf(tree, args, 'is_flag', 'count')) ||
    names.length > typed.length ||
    labelled(args, 'flag_value') !== undefined
  const metavar = words(tree, args, 'metavar')
  const pairs = typed.map((name) => name.split(PAIR)).filter(([, off]) => off !== undefined)
  const [on, off] = pairs.find(([name]) => name?.startsWith('--')) ?? pairs[0] ?? []
  const { long, own } = mainName(names)
  const at = placed.find(({ node: one }) => (wordsAt(tree, one) ?? '').includes(first))?.node ?? node
  return {
    holder,
    names: isArgument ? [clickCounted(metavar || first.toUpperCase(), tree, args)] : names,
    isArgument,
    value: isArgument || isFlag ? '' : (metavar || clickPlaceholder(tree, args) || own).trim(),
    default: isFlag ? flagDefault(tree, args, on ?? long, off) : defaultAt(tree, labelled(args, 'default')),
    text: helpOf(tree, args),
    line: lineAt(startOf(tree, at)),
    written: first,
  }
}

/** The default name that click gives a command: `create-table` for `create_table_command`. */
export const clickCommandName = (functionName: string): string =>
  functionName
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/-(?:command|cmd|group|grp)$/, '')

/** Like `counted`, from click's arguments. */
function clickCounted(name: string, tree: ReadTree, args: readonly Arg[]): string {
  const isOptional = textOf(tree, args, 'required') === 'False' || labelled(args, 'default') !== undefined
  if (textOf(tree, args, 'nargs') !== '-1') return isOptional ? `[${name}]` : name
  return textOf(tree, args, 'required') === 'True' ? `${name}...` : `[${name}...]`
}
