/** Reads options of programs in Go that are declared by tags of structs: kong, go-flags, go-arg. */

import { append } from '#base/long-arrays.ts'
import { kindAt, type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import type { OptionFacts } from './file-options.ts'
import { type Dialect, dialectOf, readTags, type TaggedField } from './go-tags.ts'
import { proseAt, wordsAt } from './option-texts.ts'
import { partOf, partsOf } from './option-tree.ts'

const MAX_TYPE = 200
const MAX_DEPTH = 6
const PARSES = /^(?:kong\.(?:Parse|New|Must)|flags\.(?:Parse|ParseArgs|NewParser)|arg\.(?:MustParse|Parse|NewParser))$/
const TYPE = /^[*&[\]]*(?:new\()?((?:\w+\.)?[A-Za-z_]\w*)/
/** Functions whose argument describes the program. */
const DESCRIBES = /^kong\.(Name|Description)$/

interface Field extends TaggedField {
  readonly node: number
  /** The struct that is its type, if it is written here. */
  readonly struct: number | undefined
}

export class GoTagOptions {
  readonly #tree: ReadTree
  readonly #lineAt: (offset: number) => number
  readonly #facts: OptionFacts
  /** The name of the package. */
  #home = ''
  /** Types of variables, keyed by name. */
  readonly #types = new Map<string, string>()

  constructor(tree: ReadTree, lineAt: (offset: number) => number, facts: OptionFacts) {
    this.#tree = tree
    this.#lineAt = lineAt
    this.#facts = facts
  }

  read(): void {
    const tree = this.#tree
    for (let node = 0; node < tree.size; node++) {
      if (!tree.isNamed(node)) continue
      const kind = kindAt(tree, node)
      if (kind === 'package_clause') this.#home = textAt(tree, partsOf(tree, node)[0] ?? node)
      else if (kind === 'type_spec' || kind === 'var_spec') this.#declare(node)
      else if (kind === 'short_var_declaration') this.#assign(node)
      else if (kind === 'call_expression') this.#call(node)
    }
  }

  /** The holder of the options of a type; types of other packages are written with their package. */
  #holder(type: string): string {
    const name = TYPE.exec(type)?.[1] ?? ''
    return name.includes('.') ? name : `${this.#home}.${name}`
  }

  #declare(node: number): void {
    const tree = this.#tree
    const [name, type] = partsOf(tree, node)
    if (name === undefined || type === undefined) return
    const own = textAt(tree, name).slice(0, MAX_TYPE)
    if (kindAt(tree, type) === 'struct_type')
      this.#struct(`${this.#home}.${own}`, type, this.#lineAt(startOf(tree, name)))
    else if (kindAt(tree, node) === 'var_spec') this.#types.set(own, textAt(tree, type).slice(0, MAX_TYPE))
  }

  /** `cli := &CLI{}` */
  #assign(node: number): void {
    const tree = this.#tree
    const [left, right] = partsOf(tree, node)
    if (left === undefined || right === undefined) return
    this.#types.set(textAt(tree, left).slice(0, MAX_TYPE), textAt(tree, right).slice(0, MAX_TYPE))
  }

  /** Adds the struct as a group of options, which a program or a command takes. */
  #struct(holder: string, struct: number, line: number): void {
    const fields = this.#fieldsOf(struct)
    const dialect = dialectOf(fields)
    if (dialect === undefined) return
    const takes = this.#fields(holder, fields, dialect, 0)
    this.#facts.command({ holder, line, takes, passedTo: takes, isGroup: true })
  }

  /** @returns The types whose options the holder accepts as well. */
  #fields(holder: string, fields: readonly Field[], dialect: Dialect, depth: number): string[] {
    const takes: string[] = []
    for (const field of fields) {
      const meaning = dialect(field)
      if (meaning === undefined) continue
      const inner = field.struct === undefined ? undefined : this.#fieldsOf(field.struct)
      const line = this.#lineAt(startOf(this.#tree, field.node))
      if (meaning.is === 'option') {
        const { names, isArgument, isFlag, value, text } = meaning
        const shown = isArgument || isFlag ? '' : value
        const written = field.name
        this.#facts.option({ holder, names, isArgument, value: shown, default: meaning.default, text, line, written })
      } else if (meaning.is === 'command') {
        const own = `${holder}.${field.name}`
        const taken =
          inner === undefined
            ? [this.#holder(field.type)]
            : depth < MAX_DEPTH
              ? this.#fields(own, inner, dialectOf(inner) ?? dialect, depth + 1)
              : []
        this.#facts.command({ holder: own, name: meaning.name, parent: holder, text: meaning.text, line, takes: taken })
      } else if (inner !== undefined) {
        if (depth < MAX_DEPTH) append(takes, this.#fields(holder, inner, dialect, depth + 1))
      } else if (meaning.is === 'embedded' && meaning.prefix === '') takes.push(this.#holder(field.type))
      else this.#facts.open(holder)
    }
    return takes
  }

  #fieldsOf(struct: number): Field[] {
    const tree = this.#tree
    const list = partOf(tree, struct, /^field_declaration_list$/)
    return (list === undefined ? [] : partsOf(tree, list)).flatMap((node): Field[] => {
      if (kindAt(tree, node) !== 'field_declaration') return []
      const parts = partsOf(tree, node)
      const tag = parts.find((part) => /_string_literal$/.test(kindAt(tree, part)))
      const typeNode = parts.findLast((part) => part !== tag)
      if (typeNode === undefined) return []
      const tags = tag === undefined ? null : readTags(textAt(tree, tag))
      const type = textAt(tree, typeNode).slice(0, MAX_TYPE)
      const struct = kindAt(tree, typeNode) === 'struct_type' ? typeNode : partOf(tree, typeNode, /^struct_type$/)
      const names = parts.filter((part) => kindAt(tree, part) === 'field_identifier').map((part) => textAt(tree, part))
      const all = names.length === 0 ? [''] : names.filter((name) => /^\p{Lu}/u.test(name))
      return all.map((name) => ({ name, type, tags, node, struct }))
    })
  }

  /** `kong.Parse(&cli, kong.Name("orbit"))` */
  #call(node: number): void {
    const tree = this.#tree
    const [callee, list] = partsOf(tree, node)
    if (callee === undefined || list === undefined) return
    const parser = textAt(tree, callee).slice(0, 60)
    if (!PARSES.test(parser)) return
    const args = partsOf(tree, list)
    // go-arg takes any number of structs, after the configuration of a new parser.
    const isGoArg = parser.startsWith('arg.')
    const given = isGoArg ? args.slice(parser === 'arg.NewParser' ? 1 : 0) : args.slice(0, 1)
    const names = given.flatMap((one) => TYPE.exec(textAt(tree, one).slice(0, MAX_TYPE))?.[1] ?? [])
    if (names.length === 0) return
    const about = { Name: '', Description: '' }
    for (const option of isGoArg ? [] : args.slice(1)) {
      const [how, inner] = partsOf(tree, option)
      const word = how === undefined ? undefined : DESCRIBES.exec(textAt(tree, how).slice(0, 60))?.[1]
      const [only] = inner === undefined ? [] : partsOf(tree, inner)
      if ((word === 'Name' || word === 'Description') && only !== undefined)
        about[word] = word === 'Name' ? (wordsAt(tree, only) ?? '') : proseAt(tree, only)
    }
    const line = this.#lineAt(startOf(tree, node))
    const takes = names.map((name) => this.#holder(this.#types.get(name) ?? name))
    const holder = `parse ${line}`
    this.#facts.command({ holder, name: about.Name, text: about.Description, line, takes })
  }
}
