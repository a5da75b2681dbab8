/** Reads options of programs in Rust that are declared by types: clap's derive, structopt, argh. */

import { push } from '#base/multimap.ts'
import { kindAt, type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import { choiceValue } from './choice-value.ts'
import type { OptionFacts } from './file-options.ts'
import { quoted } from './option-texts.ts'
import { lastWord, partOf, partsOf } from './option-tree.ts'
import { type Attributes, readAttributes, valueNames, withAttributes } from './rust-attributes.ts'

const DERIVED = new Set(['Parser', 'Args', 'Subcommand', 'StructOpt', 'Clap', 'FromArgs'])
const MAX_TYPE = 120
/** A constant as text. */
const FORMATTED = /^(?:\w+::)?\w+!\(\s*"\{([A-Z]\w{0,60})\}"\s*\)$/

export class DerivedOptions {
  readonly #tree: ReadTree
  readonly #lineAt: (offset: number) => number
  readonly #facts: OptionFacts
  readonly #constants: ReadonlyMap<string, string>
  readonly #values: ReadonlyMap<string, string>
  /** The values that users type for the variants of each enum. */
  readonly #valuesOf = new Map<string, string[]>()

  /**
   * @param constants - The strings of the file's constants, keyed by name.
   * @param values - The values that users type for variants, keyed by path.
   */
  constructor(
    tree: ReadTree,
    lineAt: (offset: number) => number,
    facts: OptionFacts,
    constants: ReadonlyMap<string, string>,
    values: ReadonlyMap<string, string>,
  ) {
    this.#tree = tree
    this.#lineAt = lineAt
    this.#facts = facts
    this.#constants = constants
    this.#values = values
    for (const [path, value] of values) push(this.#valuesOf, path.slice(0, path.indexOf('::')), value)
  }

  /** @param above - The attributes of the type. */
  read(node: number, above: readonly string[]): void {
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
    const isEnum = kindAt(tree, node) === 'enum_item'
    const style = this.#text(own.get('rename_all'))
    const takes = isEnum ? this.#variants(holder, body, style) : this.#fields(holder, body, style)
    this.#facts.command({
      holder,
      name: this.#text(own.get('name')) ?? '',
      text: this.#text(own.get('about')) ?? '',
      line: this.#lineAt(startOf(tree, name)),
      takes,
      // Flattened types may be defined in other files.
      passedTo: takes,
      ...(isCommand ? {} : { isGroup: true }),
    })
  }

  /** @returns The types whose options the holder accepts as well. */
  #fields(holder: string, body: number, style?: string): string[] {
    const tree = this.#tree
    const takes: string[] = []
    for (const { part, attributes } of withAttributes(tree, body)) {
      if (kindAt(tree, part) !== 'field_declaration') continue
      const name = partOf(tree, part, /^field_identifier$/)
      const typeNode = partsOf(tree, part).at(-1)
      if (name === undefined || typeNode === undefined) continue
      const type = textAt(tree, typeNode).slice(0, MAX_TYPE)
      if (attributes.has('subcommand') || attributes.has('flatten')) takes.push(lastWord(type))
      else this.#field(holder, name, type, attributes, style)
    }
    return takes
  }

  #field(holder: string, name: number, type: string, attributes: Attributes, style?: string): void {
    const tree = this.#tree
    if (attributes.has('skip') || isHidden(attributes)) return
    const field = textAt(tree, name).replace(/^r#/, '')
    const typed = inStyle(field.replaceAll('_', '-'), style)
    const short = attributes.get('short')
    const long = attributes.get('long')
    const names = [
      ...(short === undefined ? [] : [`-${short === '' ? field.charAt(0) : (this.#text(short) ?? '?')}`]),
      ...(long === undefined ? [] : [`--${long === '' ? typed : (this.#text(long) ?? typed)}`]),
    ]
    const isArgument = names.length === 0
    const isFlag = /^(?:bool|\(\)|u8|usize)$/.test(type) && (type === 'bool' || attributes.has('action'))
    const value =
      this.#text(attributes.get('value_name')) ?? valueNames(attributes.get('value_names') ?? '') ?? field.toUpperCase()
    const choices = listed(attributes.get('value_parser')) ?? this.#choices(type)
    this.#facts.option({
      holder,
      names: isArgument ? [counted(value, type, attributes)] : names,
      isArgument,
      value: isFlag ? '' : (choices ?? (isArgument ? '' : value)),
      default: this.#default(attributes, lastWord(type)),
      text: this.#helpOf(attributes, field),
      line: this.#lineAt(startOf(tree, name)),
      written: field,
    })
  }

  /** The help text, with the variable as clap prints it: `How many. [env: ORBIT_SIZE]`. */
  #helpOf(attributes: Attributes, field: string): string {
    const help = (this.#text(attributes.get('help')) ?? this.#text(attributes.get('about')) ?? '').replaceAll(
      '{n}',
      ' ',
    )
    const given = attributes.get('env')
    const variable = given === '' ? field.toUpperCase() : this.#text(given)
    return help === '' || variable === undefined ? help : `${help} [env: ${variable}]`
  }

  /** `<auto|always|never>`: the values of the enum of a field, as users type them. */
  #choices(type: string): string | undefined {
    return choiceValue(this.#valuesOf.get(lastWord(type)) ?? [])
  }

  /** Without a value, `default_value_t` is the default of the type of the field. */
  #default(attributes: Attributes, type: string): string | null {
    const given =
      attributes.get('default_value') ?? attributes.get('default_value_t') ?? attributes.get('default_values')
    if (attributes.get('default_value_t') === '' && /^[A-Z]/.test(type))
      return this.#values.get(`default ${type}`) ?? `${type}::default()`
    if (given === undefined || given === '') return null
    const [, constant] = FORMATTED.exec(given) ?? []
    const text = this.#text(constant ?? given) ?? this.#values.get(given)
    return text ?? constant ?? (/^[\w.:-]{1,50}$/.test(given) ? given : null)
  }

  /** A string literal, or the value of a constant in the file. */
  #text(value: string | undefined): string | undefined {
    if (value === undefined || value === '') return undefined
    return quoted(value) ?? this.#constants.get(value)
  }

  /** @returns The types whose commands the holder has as well. */
  #variants(holder: string, body: number, style?: string): string[] {
    const tree = this.#tree
    const flattened: string[] = []
    for (const { part, attributes } of withAttributes(tree, body)) {
      const name = partOf(tree, part, /^identifier$/)
      if (kindAt(tree, part) !== 'enum_variant' || name === undefined || attributes.has('skip')) continue
      const variant = textAt(tree, name)
      const own = `${holder}::${variant}`
      const fields = partOf(tree, part, /^field_declaration_list$/)
      const held = partOf(tree, part, /^ordered_field_declaration_list$/)
      const inner = held === undefined ? undefined : partsOf(tree, held).at(-1)
      const type = inner === undefined ? undefined : lastWord(textAt(tree, inner).slice(0, MAX_TYPE))
      if (attributes.has('flatten')) {
        if (type !== undefined) flattened.push(type)
        continue
      }
      const takes = fields === undefined ? [] : this.#fields(own, fields, style)
      if (type !== undefined) takes.push(type)
      this.#facts.command({
        holder: own,
        name: this.#text(attributes.get('name')) ?? inStyle(kebabOf(variant), style),
        parent: holder,
        text: this.#text(attributes.get('about')) ?? this.#text(attributes.get('help')) ?? '',
        line: this.#lineAt(startOf(tree, name)),
        takes,
        ...(isHidden(attributes) ? { isHidden: true } : {}),
      })
    }
    return flattened
  }
}

/** `[FILE]` for an argument that may be left out, `FILE...` for one that may be repeated. */
function counted(name: string, type: string, attributes: Attributes): string {
  const isList = /^(?:Option<\s*)?(?:std::vec::)?Vec</.test(type)
  const hasDefault = DEFAULTS.some((key) => attributes.has(key))
  const isRequired = attributes.get('required') === 'true'
  const shown = isList ? `${name}...` : name
  return hasDefault || type.startsWith('Option<') || (isList && !isRequired) ? `[${shown}]` : shown
}

const DEFAULTS = ['default_value', 'default_value_t', 'default_values', 'default_values_t', 'default_value_os']

/** `<auto|never>` for `value_parser = ["auto", "never"]`. */
function listed(parser: string | undefined): string | undefined {
  if (parser === undefined || !/^\[[^[\]]{0,400}\]$/.test(parser)) return undefined
  const parts = parser.slice(1, -1).replace(/,\s*$/, '').split(',')
  const values = parts.map((part) => quoted(part.trim()))
  return values.some((one) => one === null) ? undefined : choiceValue(values.map((one) => one ?? ''))
}

const isHidden = (attributes: Attributes): boolean =>
  attributes.get('hide') === 'true' || attributes.get('hidden') === 'true'

/** A name in the style of `rename_all`; in kebab case, the default, for styles that options do not have. */
const inStyle = (kebab: string, style = ''): string => (/^snake/i.test(style) ? kebab.replaceAll('-', '_') : kebab)

/** `AddUser` → `add-user`, `HTTPServer` → `http-server` */
export const kebabOf = (name: string): string =>
  name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase()
