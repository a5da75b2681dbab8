/** Reads a single option or argument of argparse, click or typer. */

import { findText } from '#base/find-text.ts'
import { kindAt, type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import { annotatedPlaceholder, clickPlaceholder } from './click-types.ts'
import type { FoundOption, OptionFact } from './file-options.ts'
import { type Arg, defaultAt, labelled, partOf, partsOf, proseAt, wordsAt } from './option-tree.ts'
import { type Call, callOf, listAt } from './python-calls.ts'

type LineAt = (offset: number) => number

const MAX_CHOICES = 60
/** Limit on the characters that are read of a class. */
const MAX_CLASS = 2_000
/** Limit on the characters of a name that a list is assigned to. */
export const MAX_LIST_NAME = 90
const FLAGS = new Set(['store_true', 'store_false', 'store_const', 'append_const', 'count', 'help', 'version'])

/** The string of a named argument; '' if it is missing or not a literal. */
export function words(tree: ReadTree, args: readonly Arg[], ...labels: readonly string[]): string {
  const node = labelled(args, ...labels)
  return (node === undefined ? null : wordsAt(tree, node)) ?? ''
}

/** The help text, parts of which may be computed. */
function helpOf(tree: ReadTree, args: readonly Arg[]): string {
  const node = labelled(args, 'help')
  return node === undefined ? '' : proseAt(tree, node)
}

/** The start of the code of a named argument; '' if it is missing. */
export function textOf(tree: ReadTree, args: readonly Arg[], ...labels: readonly string[]): string {
  const node = labelled(args, ...labels)
  return node === undefined ? '' : textAt(tree, node).slice(0, 40)
}

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
 * An option as data, from which code of the program makes one of argparse: `opt("--burns", help="How many.")`. Whether
 * it takes a value is only known if it names it.
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

/** The first name with two hyphens, or the first of all, and the placeholder made of it: `--dry-run`, `DRY_RUN`. */
function mainName(names: readonly string[]): { long: string; own: string } {
  const long = names.find((name) => name.startsWith('--')) ?? names[0] ?? ''
  return { long, own: long.replace(/^-+/, '').replaceAll('-', '_').toUpperCase() }
}

/** The placeholder, and whether it already names each value: `W H` for `nargs=2, metavar=("W", "H")`. */
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

/** `--dry/--no-dry` */
const PAIR = /\s{0,4}\/\s{0,4}/

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
    const text = 'Show the version and exit.'
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
    value: isArgument || isFlag ? '' : metavar || clickPlaceholder(tree, args) || own,
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

/**
 * The default of `--dry/--no-dry`, as one of the two names; `True` for a flag that has only one name. For `--no-dry` alone,
 * the default is that of the setting it turns off, so none is shown.
 */
function flagDefault(tree: ReadTree, args: readonly Arg[], on: string, off: string | undefined): string | null {
  const text = textOf(tree, args, 'default')
  if (text === 'False') return off ?? null
  if (text !== 'True') return null
  return off === undefined ? (on.startsWith('--no-') ? null : 'True') : on
}

/** `name: str = typer.Option("Bob", "--name", help="…")`, `count: Annotated[int, typer.Option()] = 1` */
export function typerOptions(tree: ReadTree, lineAt: LineAt, holder: string, definition: number): OptionFact[] {
  const found: OptionFact[] = []
  const list = partOf(tree, definition, /^parameters$/)
  for (const parameter of list === undefined ? [] : partsOf(tree, list)) {
    const call = typerCall(tree, parameter)
    if (call === undefined) continue
    const { args, isArgument, isAnnotated } = call
    if (/\bTrue$/.test(textOf(tree, args, 'hidden'))) continue
    const name = /^\w{1,60}/.exec(textAt(tree, parameter).slice(0, 80))?.[0] ?? ''
    const placed = args.filter(({ label }) => label === null).map(({ node }) => node)
    // The first argument outside `Annotated` is the default.
    const named = placed.slice(isAnnotated ? 0 : 1).flatMap((one) => wordsAt(tree, one) ?? [])
    const isBool = /^\w+\s{0,4}:\s{0,4}(?:Annotated\[\s{0,9})?(?:typing\.)?(?:Optional\[)?bool\b/.test(
      textAt(tree, parameter).slice(0, 200),
    )
    const names = named.filter((one) => one.startsWith('-')).flatMap((one) => one.trim().split(PAIR))
    const parts = partsOf(tree, parameter)
    const given = isAnnotated
      ? /default/.test(kindAt(tree, parameter))
        ? parts.at(-1)
        : undefined
      : (placed[0] ?? labelled(args, 'default'))
    const text = given === undefined ? '' : textAt(tree, given).slice(0, 10)
    const kebab = name.replaceAll('_', '-')
    const annotation = /^\w{1,60}\s{0,9}:\s{0,9}(.*)/s.exec(textAt(tree, parameter).slice(0, 200))?.[1] ?? ''
    const placeholder = annotatedPlaceholder(annotation)
    found.push({
      holder,
      names: isArgument ? [name.toUpperCase()] : names.length > 0 ? names : [`--${kebab}`],
      isArgument,
      value: isArgument || isBool ? '' : words(tree, args, 'metavar') || placeholder || name.toUpperCase(),
      default: isBool || text === '...' ? null : defaultAt(tree, given),
      text: helpOf(tree, args),
      line: lineAt(startOf(tree, parameter)),
      written: name,
    })
  }
  return found
}

function typerCall(
  tree: ReadTree,
  parameter: number,
): { args: Arg[]; isArgument: boolean; isAnnotated: boolean } | undefined {
  const end = tree.after[parameter] ?? 0
  for (let node = parameter; node < end; node++) {
    const call = callOf(tree, node)
    const [, kind] = /(?:^|\.)(Option|Argument)\($/.exec(call?.callee ?? '') ?? []
    if (call === undefined || kind === undefined) continue
    const isAnnotated = textAt(tree, parameter).slice(0, 120).includes('Annotated[')
    return { args: call.args, isArgument: kind === 'Argument', isAnnotated }
  }
  return undefined
}

/** Fills in `%(default)s` as argparse does. */
function filled(help: string, fallback: string | null): string {
  return help
    .replace(/\s?[([]?default:? ?%\(default\)[sdr][)\]]?/i, '')
    .replace(/%%|%\(default\)[sdr]/g, (found) => (found === '%%' ? '%' : (fallback ?? '')))
}
