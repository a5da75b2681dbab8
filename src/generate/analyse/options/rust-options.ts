/** Options of programs in Rust: clap and structopt, from attributes and from calls of builders. */

import { kindAt, type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import { type FileOptions, OptionFacts } from './file-options.ts'
import { defaultAt, lastWord, partOf, partsOf, quoted } from './option-tree.ts'

const DERIVED = new Set(['Parser', 'Args', 'Subcommand', 'StructOpt', 'Clap', 'FromArgs'])
const HELPERS = /^#\[\s*(?:arg|clap|command|structopt|argh)\b/
const MAX_ATTRIBUTE = 2_000
const BEFORE_4 = /\bArg::with_name\(|\bApp::new\(|\.(?:takes_value|multiple_values|multiple_occurrences)\(/
/** What tells clap 2 or 3 that an option takes a value. */
const TAKES = [
  'takes_value',
  'value_name',
  'value_names',
  'number_of_values',
  'min_values',
  'max_values',
  'multiple_values',
  'possible_value',
  'possible_values',
  'default_value',
  'default_values',
  'default_value_os',
  'default_missing_value',
  'value_delimiter',
  'use_delimiter',
  'use_value_delimiter',
  'value_parser',
  'value_hint',
  'validator',
  'validator_os',
  'value_terminator',
]

/** `short`, `long = "name"`, `help("…")`; '' if there is no value. */
type Attributes = ReadonlyMap<string, string>

export function findRustOptions(tree: ReadTree, lineAt: (offset: number) => number): FileOptions | undefined {
  return new RustOptions(tree, lineAt).find()
}

class RustOptions {
  readonly #tree: ReadTree
  readonly #lineAt: (offset: number) => number
  readonly #facts = new OptionFacts()
  /** By constant: its string. */
  readonly #constants = new Map<string, string>()

  /** Before clap 4, an option takes a value only when it is told so. */
  readonly #isOld: boolean

  constructor(tree: ReadTree, lineAt: (offset: number) => number) {
    this.#tree = tree
    this.#isOld = BEFORE_4.test(tree.text) && !/\b(?:ArgAction::|num_args\()/.test(tree.text)
    this.#lineAt = lineAt
  }

  find(): FileOptions | undefined {
    const tree = this.#tree
    const types: { node: number; above: string[] }[] = []
    const calls: number[] = []
    /** Attributes directly before a node; comments between them do not count. */
    let above: string[] = []
    let behind = -1
    for (let node = 0; node < tree.size; node++) {
      const kind = tree.isNamed(node) ? kindAt(tree, node) : ''
      if (kind === 'const_item' || kind === 'static_item') this.#constant(node)
      else if (kind === 'struct_item' || kind === 'enum_item') types.push({ node, above: node === behind ? above : [] })
      else if (kind === 'call_expression') calls.push(node)
      else if (kind === 'attribute_item' || kind === 'line_comment' || kind === 'block_comment') {
        if (node !== behind) above = []
        if (kind === 'attribute_item') above = [...above, textAt(tree, node).slice(0, MAX_ATTRIBUTE)]
        behind = tree.after[node] ?? 0
      }
    }
    for (const { node, above } of types) this.#type(node, above)
    this.#calls(calls)
    return this.#facts.facts()
  }

  #constant(node: number): void {
    const tree = this.#tree
    const name = partOf(tree, node, /^identifier$/)
    const value = partsOf(tree, node).at(-1)
    const text = value === undefined || !/string/.test(kindAt(tree, value)) ? null : quoted(textAt(tree, value))
    if (name !== undefined && text !== null) this.#constants.set(textAt(tree, name), text)
  }

  #type(node: number, above: readonly string[]): void {
    const tree = this.#tree
    const derived = above
      .flatMap((one) => (one.includes('derive') ? one.split(/\W+/) : []))
      .find((word) => DERIVED.has(word))
    const name = partOf(tree, node, /^type_identifier$/)
    const body = partOf(tree, node, /^(?:field_declaration_list|enum_variant_list)$/)
    if (derived === undefined || name === undefined || body === undefined) return
    const holder = textAt(tree, name)
    const own = readAttributes(above)
    const isCommand = derived === 'Parser' || derived === 'StructOpt' || derived === 'Clap' || derived === 'FromArgs'
    const takes: string[] = []
    const isEnum = kindAt(tree, node) === 'enum_item'
    if (isEnum) this.#variants(holder, body)
    else this.#fields(holder, body, takes)
    this.#facts.command({
      holder,
      name: this.#text(own.get('name')) ?? '',
      parent: null,
      text: this.#text(own.get('about')) ?? '',
      line: this.#lineAt(startOf(tree, name)),
      takes,
      ...(isCommand ? {} : { isGroup: true }),
    })
  }

  #fields(holder: string, body: number, takes: string[]): void {
    const tree = this.#tree
    let above: string[] = []
    for (const part of partsOf(tree, body)) {
      if (kindAt(tree, part) === 'attribute_item') {
        above.push(textAt(tree, part).slice(0, MAX_ATTRIBUTE))
        continue
      }
      const attributes = readAttributes(above)
      above = []
      if (kindAt(tree, part) !== 'field_declaration') continue
      const name = partOf(tree, part, /^field_identifier$/)
      const type = partsOf(tree, part).at(-1)
      if (name === undefined || type === undefined) continue
      const bare = lastWord(textAt(tree, type).slice(0, 120))
      if (attributes.has('subcommand') || attributes.has('flatten')) takes.push(bare)
      else this.#field(holder, name, textAt(tree, type).slice(0, 120), attributes)
    }
  }

  #field(holder: string, name: number, type: string, attributes: Attributes): void {
    const tree = this.#tree
    if (attributes.has('skip') || attributes.get('hide') === 'true' || attributes.get('hidden') === 'true') return
    const field = textAt(tree, name).replace(/^r#/, '')
    const kebab = field.replaceAll('_', '-')
    const short = attributes.get('short')
    const long = attributes.get('long')
    const names = [
      ...(short === undefined ? [] : [`-${short === '' ? field.charAt(0) : (this.#text(short) ?? '?')}`]),
      ...(long === undefined ? [] : [`--${long === '' ? kebab : (this.#text(long) ?? kebab)}`]),
    ]
    const isArgument = names.length === 0
    const isFlag = /^(?:bool|\(\)|u8|usize)$/.test(type) && (type === 'bool' || attributes.has('action'))
    const value = this.#text(attributes.get('value_name')) ?? field.toUpperCase()
    this.#facts.option({
      holder,
      names: isArgument ? [value] : names,
      isArgument,
      value: isArgument || isFlag ? '' : value,
      default: this.#default(attributes),
      text: this.#text(attributes.get('help')) ?? this.#text(attributes.get('about')) ?? '',
      line: this.#lineAt(startOf(tree, name)),
      written: field,
    })
  }

  #default(attributes: Attributes): string | null {
    const given =
      attributes.get('default_value') ?? attributes.get('default_value_t') ?? attributes.get('default_values')
    if (given === undefined || given === '') return null
    const text = this.#text(given)
    return text ?? (/^[\w.:-]{1,50}$/.test(given) ? given : null)
  }

  /** A string literal, or the value of a constant in the file. */
  #text(value: string | undefined): string | undefined {
    if (value === undefined || value === '') return undefined
    return quoted(value) ?? this.#constants.get(value)
  }

  #variants(holder: string, body: number): void {
    const tree = this.#tree
    let above: string[] = []
    for (const part of partsOf(tree, body)) {
      if (kindAt(tree, part) === 'attribute_item') {
        above.push(textAt(tree, part).slice(0, MAX_ATTRIBUTE))
        continue
      }
      const attributes = readAttributes(above)
      above = []
      const name = partOf(tree, part, /^identifier$/)
      if (kindAt(tree, part) !== 'enum_variant' || name === undefined || attributes.has('skip')) continue
      const variant = textAt(tree, name)
      const own = `${holder}::${variant}`
      const takes: string[] = []
      const fields = partOf(tree, part, /^field_declaration_list$/)
      if (fields !== undefined) this.#fields(own, fields, takes)
      const held = partOf(tree, part, /^ordered_field_declaration_list$/)
      const inner = held === undefined ? undefined : partsOf(tree, held).at(-1)
      if (inner !== undefined) takes.push(lastWord(textAt(tree, inner).slice(0, 120)))
      this.#facts.command({
        holder: own,
        name: this.#text(attributes.get('name')) ?? kebabOf(variant),
        parent: holder,
        text: this.#text(attributes.get('about')) ?? this.#text(attributes.get('help')) ?? '',
        line: this.#lineAt(startOf(tree, name)),
        takes,
      })
    }
  }

  /** `Command::new("a").arg(Arg::new("b").short('b'))`: chains of calls, grouped by their start. */
  #calls(calls: readonly number[]): void {
    const tree = this.#tree
    const chains = new Map<number, number[]>()
    for (const node of calls) chains.set(startOf(tree, node), [...(chains.get(startOf(tree, node)) ?? []), node])
    const commands = new Map<number, { end: number; holder: string }>()
    for (const [start, nodes] of chains) {
      const root = textAt(tree, nodes.at(-1) ?? 0).slice(0, 60)
      const [outer] = nodes
      if (outer === undefined || !/^(?:clap::)?(?:Command|App|Arg)::(?:new|with_name)\(/.test(root)) continue
      const given = this.#given(nodes)
      const end = tree.after[outer] ?? 0
      const around = [...commands].findLast(([at, one]) => at < start && outer < one.end)?.[1]
      const line = this.#lineAt(start)
      const name = given.get('new') ?? given.get('with_name')
      const own = name === undefined ? null : textOf(tree, name)
      if (!/Arg::/.test(root)) {
        const holder = `command ${start}`
        const about = given.get('about')
        const text = about === undefined ? '' : (textOf(tree, about) ?? '')
        // What has spaces is a title.
        const typed = own === null || /\s/.test(own) ? '' : own
        this.#facts.command({ holder, name: typed, parent: around?.holder ?? null, text, line, takes: [] })
        commands.set(start, { end, holder })
        continue
      }
      if (own === null || around === undefined || isTrue(tree, given, 'hide', 'hidden', 'hide_arg')) {
        if (around !== undefined && own === null) this.#facts.open(around.holder)
        continue
      }
      this.#argument(around.holder, own, given, line)
    }
  }

  #given(nodes: readonly number[]): Map<string, number | undefined> {
    const tree = this.#tree
    const given = new Map<string, number | undefined>()
    for (const node of nodes) {
      const [callee, list] = partsOf(tree, node)
      const name = callee === undefined ? undefined : /(\w{1,60})$/.exec(textAt(tree, callee))?.[1]
      if (name !== undefined && list !== undefined) given.set(name, partsOf(tree, list)[0])
    }
    return given
  }

  #argument(holder: string, own: string, given: ReadonlyMap<string, number | undefined>, line: number): void {
    const tree = this.#tree
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
      /SetTrue|SetFalse|Count|Help|Version|^0$|^false$/.test(how) ||
      (this.#isOld && !TAKES.some((one) => given.has(one)))
    const value = textFor('value_name') ?? own
    this.#facts.option({
      holder,
      names: isArgument ? [countedIn(value, tree, given)] : names,
      isArgument,
      value: isArgument || isFlag ? '' : value,
      default: defaultAt(tree, given.get('default_value')),
      text: textFor('help', 'long_help', 'about') ?? '',
      line,
      written: 'Arg',
    })
  }
}

/** `[file]` for an argument that may be left out, `file...` for several. */
function countedIn(name: string, tree: ReadTree, given: ReadonlyMap<string, number | undefined>): string {
  const isMany = isTrue(tree, given, 'multiple', 'multiple_values', 'multiple_occurrences') || given.has('min_values')
  const num = given.get('num_args')
  const count = num === undefined ? '' : textAt(tree, num).slice(0, 20)
  const whole = isMany || /\.\./.test(count) ? `${name}...` : name
  return isTrue(tree, given, 'required') ? whole : `[${whole}]`
}

function isTrue(tree: ReadTree, given: ReadonlyMap<string, number | undefined>, ...names: readonly string[]): boolean {
  return names.some((name) => {
    const node = given.get(name)
    return node !== undefined && textAt(tree, node).slice(0, 6) === 'true'
  })
}

function textOf(tree: ReadTree, node: number): string | null {
  return /string|char/.test(kindAt(tree, node)) ? quoted(textAt(tree, node).slice(0, 4_000)) : null
}

/** The keys and values in clap's attributes: `#[arg(short, long = "name", help("…"))]`. */
function readAttributes(written: readonly string[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const text of written) {
    if (!HELPERS.test(text)) continue
    const open = text.indexOf('(')
    if (open < 0) continue
    for (const part of splitAtCommas(text.slice(open + 1, text.lastIndexOf(')')))) {
      const [, key = '', rest = ''] = /^([\w:]{1,60})\s*([\s\S]*)$/.exec(part.trim()) ?? []
      const value = rest.startsWith('=')
        ? rest.slice(1).trim()
        : rest.startsWith('(') && rest.endsWith(')')
          ? rest.slice(1, -1).trim()
          : ''
      if (key !== '' && !found.has(key)) found.set(key, value)
    }
  }
  return found
}

/** Splits at commas outside brackets and strings. */
function splitAtCommas(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (sign === '\\') at++
    else if (sign === '"') isQuoted = !isQuoted
    else if (isQuoted) continue
    else if ('([{'.includes(sign)) depth++
    else if (')]}'.includes(sign)) depth--
    else if (sign === ',' && depth === 0) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, text.slice(from)].filter((part) => part.trim() !== '')
}

/** `AddUser` → `add-user` */
const kebabOf = (name: string): string => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()
