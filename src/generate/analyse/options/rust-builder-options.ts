/** Reads options of Rust programs that are built by calls: `Command::new("a").arg(Arg::new("b").short('b'))`. */

import { push } from '#base/multimap.ts'
import { kindAt, type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import type { OptionFact, OptionFacts } from './file-options.ts'
import { defaultAt, quoted } from './option-texts.ts'
import { partsOf } from './option-tree.ts'
import { valueNames } from './rust-attributes.ts'

const BEFORE_4 = /\bArg::with_name\(|\bApp::new\(|\.(?:takes_value|multiple_values|multiple_occurrences)\(/
/** Methods that make an option of clap 2 or 3 take a value. */
const TAKES = `takes_value value_name value_names number_of_values min_values max_values multiple_values possible_value
  possible_values default_value default_values default_value_os default_missing_value value_delimiter
  use_delimiter use_value_delimiter value_parser value_hint validator validator_os value_terminator`.split(/\s+/)

/** The first argument of each method that is called on a command or an argument. */
type Given = ReadonlyMap<string, number | undefined>

/** An `impl Args for Shared`. */
export interface WrittenGroup {
  /** An offset. */
  readonly start: number
  /** The first node after it. */
  readonly end: number
  readonly holder: string
}

/** @param calls - All calls of the file; those of one chain start at the same offset. */
export function findBuiltOptions(
  tree: ReadTree,
  lineAt: (offset: number) => number,
  calls: readonly number[],
  groups: readonly WrittenGroup[],
  facts: OptionFacts,
): void {
  // Before clap 4, an option takes a value only if the code says so.
  const isOld = BEFORE_4.test(tree.text) && !/\b(?:ArgAction::|num_args\()/.test(tree.text)
  const chains = new Map<number, number[]>()
  for (const node of calls) push(chains, startOf(tree, node), node)
  /** Commands around the current chain, innermost last; chains are in document order. */
  const commands: { end: number; holder: string }[] = []
  /** Commands by the variable that holds them in the current function. */
  const variables = new Map<string, string>()
  const functions = [...tree.text.matchAll(/\bfn \w/g)].map(({ index }) => index)
  let passed = 0
  for (const [start, nodes] of chains) {
    for (; (functions[passed] ?? Number.POSITIVE_INFINITY) < start; passed++) variables.clear()
    const root = textAt(tree, nodes.at(-1) ?? 0).slice(0, 60)
    const [outer] = nodes
    if (outer === undefined) continue
    const group = groups.find((one) => one.start < start && outer < one.end)
    const end = tree.after[outer] ?? 0
    while ((commands.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= outer) commands.pop()
    // `app = app.arg(…)`
    const continued = variables.get(/^([a-z_]\w{0,40})\s{0,40}\./.exec(root)?.[1] ?? '')
    if (continued !== undefined) {
      commands.push({ end, holder: continued })
      if (nodes.some((one) => addsOther(tree, one))) facts.open(continued)
      continue
    }
    if (!/^(?:clap::)?(?:Command|App|Arg)::(?:new|with_name)\(/.test(root)) {
      const isShared = /::augment_args\(/.test(root) && !root.startsWith('Self::')
      if (group !== undefined && (isShared || nodes.some((one) => addsOther(tree, one)))) facts.open(group.holder)
      continue
    }
    const given = givenIn(tree, nodes)
    const around = commands.at(-1) ?? group
    const line = lineAt(start)
    const name = given.get('new') ?? given.get('with_name')
    const own = name === undefined ? null : textOf(tree, name)
    if (!/Arg::/.test(root)) {
      const holder = `command ${start}`
      const about = given.get('about')
      const text = about === undefined ? '' : (textOf(tree, about) ?? '')
      // A name with spaces is a title.
      const typed = own === null || /\s/.test(own) ? '' : own
      const isHidden = isTrue(tree, given, 'hide', 'hidden')
      const parent = around?.holder ?? null
      facts.command({ holder, name: typed, parent, text, line, ...(isHidden ? { isHidden } : {}) })
      commands.push({ end, holder })
      const [, variable] = ASSIGNED.exec(tree.text.slice(Math.max(0, start - 80), start)) ?? []
      if (variable !== undefined) variables.set(variable, holder)
      // Options that are created elsewhere are unknown.
      if (nodes.some((one) => addsOther(tree, one))) facts.open(holder)
      continue
    }
    if (own === null || around === undefined || isTrue(tree, given, 'hide', 'hidden', 'hide_arg')) {
      if (around !== undefined && own === null) facts.open(around.holder)
      continue
    }
    facts.option({ ...argumentOf(tree, own, given, isOld), holder: around.holder, line })
  }
}

/** `let mut app = ` before a command. */
const ASSIGNED = /\blet (?:mut )?([a-z_]\w{0,40})(?:: ?[\w:]{1,40})? =\s{1,20}$/

/** `.arg(colour.clone())`, `.args(shared())` */
function addsOther(tree: ReadTree, node: number): boolean {
  const [callee, list] = partsOf(tree, node)
  if (callee === undefined || list === undefined || !/\.args?$/.test(textAt(tree, callee).slice(-6))) return false
  const [first] = partsOf(tree, list)
  return first !== undefined && !textAt(tree, first).slice(0, 2_000).includes('Arg::')
}

function givenIn(tree: ReadTree, nodes: readonly number[]): Given {
  const given = new Map<string, number | undefined>()
  for (const node of nodes) {
    const [callee, list] = partsOf(tree, node)
    const name = callee === undefined ? undefined : /(\w{1,60})$/.exec(textAt(tree, callee))?.[1]
    if (name !== undefined && list !== undefined) given.set(name, partsOf(tree, list)[0])
  }
  return given
}

function argumentOf(tree: ReadTree, own: string, given: Given, isOld: boolean): Omit<OptionFact, 'holder' | 'line'> {
  const textFor = (...keys: readonly string[]): string | null => {
    const node = keys.map((key) => given.get(key)).find((one) => one !== undefined)
    return node === undefined ? null : textOf(tree, node)
  }
  const [short, long] = [textFor('short'), textFor('long')]
  const names = [...(short === null ? [] : [`-${short}`]), ...(long === null ? [] : [`--${long}`])]
  const action = given.get('action') ?? given.get('num_args') ?? given.get('takes_value')
  const how = action === undefined ? '' : textAt(tree, action)
  const isArgument = names.length === 0
  const isFlag =
    /SetTrue|SetFalse|Count|Help|Version|^0$|^false$/.test(how) || (isOld && !TAKES.some((one) => given.has(one)))
  const list = given.get('value_names')
  const value = textFor('value_name') ?? (list === undefined ? undefined : valueNames(textAt(tree, list))) ?? own
  return {
    names: isArgument ? [withCount(value, tree, given)] : names,
    isArgument,
    value: isArgument || isFlag ? '' : value,
    default: defaultAt(tree, given.get('default_value')),
    text: (textFor('help', 'long_help', 'about') ?? '').replaceAll('{n}', ' '),
    written: 'Arg',
  }
}

/** `[file]` for an optional argument, `file...` for several. */
function withCount(name: string, tree: ReadTree, given: Given): string {
  const isMany = isTrue(tree, given, 'multiple', 'multiple_values', 'multiple_occurrences') || given.has('min_values')
  const num = given.get('num_args')
  const count = num === undefined ? '' : textAt(tree, num).slice(0, 20)
  const whole = isMany || /\.\./.test(count) ? `${name}...` : name
  return isTrue(tree, given, 'required') ? whole : `[${whole}]`
}

function isTrue(tree: ReadTree, given: Given, ...names: readonly string[]): boolean {
  return names.some((name) => {
    const node = given.get(name)
    return node !== undefined && textAt(tree, node).slice(0, 6) === 'true'
  })
}

function textOf(tree: ReadTree, node: number): string | null {
  return /string|char/.test(kindAt(tree, node)) ? quoted(textAt(tree, node).slice(0, 4_000)) : null
}
