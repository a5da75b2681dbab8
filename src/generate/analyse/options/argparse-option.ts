/** Reads a single option or argument of argparse. */

import { findText } from '#base/find-text.ts'
import { type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import type { FoundOption, OptionFact } from './file-options.ts'
import { defaultAt, wordsAt } from './option-texts.ts'
import { type Arg, labelled } from './option-tree.ts'
import { flagDefault, helpOf, type LineAt, mainName, textOf, words } from './python-arguments.ts'
import { listAt } from './python-calls.ts'

const MAX_CHOICES = 60
/** Maximum number of characters read from a class. */
const MAX_CLASS = 2_000
/** Limit on the characters of a name that a list is assigned to. */
export const MAX_LIST_NAME = 90
const FLAGS = new Set(['store_true', 'store_false', 'store_const', 'append_const', 'count', 'help', 'version'])

/**
 * @param lists - Lists of strings, keyed by the name that each is assigned to.
 */
export function argparseOption(
  tree: ReadTree,
  lineAt: LineAt,
  holder: string,
  args: readonly Arg[],
  lists: ReadonlyMap<string, readonly string[]>,
): FoundOption {
  const placed = args.filter(({ label }) => label === null)
  const names = placed.flatMap(({ node }) => wordsAt(tree, node) ?? [])
  const [first] = placed
  if (names.length === 0 || names.length < placed.length || first === undefined) return 'unknown'
  const help = labelled(args, 'help')
  if (help !== undefined && /\bSUPPRESS$/.test(textAt(tree, help).slice(0, 40))) return undefined
  const isArgument = !names.some((name) => name.startsWith('-'))
  const fallback = defaultAt(tree, labelled(args, 'default'))
  const isSwitch = /\bBooleanOptionalAction$/.test(textOf(tree, args, 'action'))
  const isFlag = isSwitch || FLAGS.has(words(tree, args, 'action')) || takesNothing(tree, args)
  const { long, own } = mainName(names)
  const chosen = choices(tree, args, lists)
  const count = countOf(tree, args)
  const [metavar, isEach] = metavarOf(tree, args, count)
  const shown = (name: string): string => (isEach ? name : counted(name, count))
  const choicesOf = metavar === '' && chosen === '' && count === '' ? enumOfChoices(tree, args) : undefined
  // `--fast` and `--no-fast`.
  const switches = isSwitch
    ? names.flatMap((name) => (name.startsWith('--') ? [name, `--no-${name.slice(2)}`] : name))
    : names
  return {
    holder,
    names: isArgument ? [shown(metavar.replace(/(?<=\w) \.\.\.$/, '...') || long)] : switches,
    isArgument,
    value: isFlag ? '' : isArgument ? chosen : shown(metavar || chosen || own),
    ...(choicesOf === undefined || isFlag ? {} : { choicesOf }),
    default: isSwitch
      ? flagDefault(
          tree,
          args,
          long,
          switches.find((name) => name === `--no-${long.slice(2)}`),
        )
      : isFlag
        ? null
        : fallback,
    text: filled(helpOf(tree, args), fallback),
    line: lineAt(startOf(tree, first.node)),
    written: names[0] ?? '',
  }
}

/**
 * An option declared as data, which the program passes to argparse: `opt("--burns", help="How many.")`. It takes a value
 * only if a metavar or choices are given.
 */
export function declaredOption(
  tree: ReadTree,
  lineAt: LineAt,
  args: readonly Arg[],
  lists: ReadonlyMap<string, readonly string[]>,
): OptionFact | undefined {
  const found = argparseOption(tree, lineAt, '', args, lists)
  if (found === undefined || found === 'unknown' || !found.names.every((name) => /^--?[A-Za-z]/.test(name)))
    return undefined
  const isValue = metavarOf(tree, args, '')[0] !== '' || found.value.startsWith('{')
  return { ...found, value: isValue ? found.value : '' }
}

/** The placeholder, and whether it already has a name for each value: `W H` for `nargs=2, metavar=("W", "H")`. */
function metavarOf(tree: ReadTree, args: readonly Arg[], count: string): [metavar: string, isEach: boolean] {
  const node = labelled(args, 'metavar')
  const each = node === undefined ? undefined : listAt(tree, node)
  if (each === undefined) return [words(tree, args, 'metavar'), false]
  return /^\d$/.test(count) ? [each.join(' '), true] : [each[0] ?? '', false]
}

/** `?`, `*`, `+` or a number; '' for one value. */
const countOf = (tree: ReadTree, args: readonly Arg[]): string =>
  words(tree, args, 'nargs') || (/^\d$/.exec(textOf(tree, args, 'nargs'))?.[0] ?? '')

/** `[name]` for an optional argument, `name...` for one or more, `name name` for two. */
function counted(name: string, count: string): string {
  if (count === '?') return `[${name}]`
  if (/^[2-4]$/.test(count)) return Array.from({ length: Number(count) }, () => name).join(' ')
  if (count === '*') return `[${name}...]`
  return count === '+' ? `${name}...` : name
}

/** The enum whose members are the choices: `list(Mode)`, `[mode.value for mode in Mode]`. */
function enumOfChoices(tree: ReadTree, args: readonly Arg[]): string | undefined {
  const node = labelled(args, 'choices')
  const text = node === undefined ? '' : textAt(tree, node).slice(0, 150)
  const [, plain, member] = CHOICES_OF.exec(text) ?? []
  return plain ?? member
}

const CHOICES_OF =
  /^(?:(?:list|tuple)\()?([A-Z]\w{0,60})\)?$|^(?:list\(|tuple\(|[[(])(?:str\(\w{1,30}\)|\w{1,30}(?:\.value)?) for \w{1,30} in ([A-Z]\w{0,60})[\])]$/

/** Whether the action is a class of the file that takes no value: `super().__init__(names, dest, nargs=0)`. */
function takesNothing(tree: ReadTree, args: readonly Arg[]): boolean {
  if (textOf(tree, args, 'nargs') === '0') return true
  const name = textOf(tree, args, 'action')
  const at = /^[A-Za-z_]\w{0,38}$/.test(name) ? findText(tree.text, `class ${name}(`) : -1
  if (at < 0) return false
  const own = tree.text.slice(at, at + MAX_CLASS)
  const end = own.search(/\n(?:class|def) /)
  return /\.__init__\([^)]{0,200}\bnargs ?= ?0\b/.test(end < 0 ? own : own.slice(0, end))
}

/** `{a,b}` */
function choices(tree: ReadTree, args: readonly Arg[], lists: ReadonlyMap<string, readonly string[]>): string {
  const node = labelled(args, 'choices')
  if (node === undefined) return ''
  const texts = lists.get(textAt(tree, node).slice(0, MAX_LIST_NAME)) ?? listAt(tree, node) ?? []
  return texts.length === 0 || texts.join().length > MAX_CHOICES ? '' : `{${texts.join(',')}}`
}

/** Fills in `%(default)s`, like argparse. */
function filled(help: string, fallback: string | null): string {
  return help
    .replace(/\s?[([]?default:? ?%\(default\)[sdr][)\]]?/i, '')
    .replace(/%%|%\(default\)[sdr]/g, (found) => (found === '%%' ? '%' : (fallback ?? '')))
}
