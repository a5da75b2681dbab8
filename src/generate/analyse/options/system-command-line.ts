/** Reads options of programs in C# that use System.CommandLine. */

import { kindAt, type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import { Enclosing } from './csharp-members.ts'
import type { OptionFacts } from './file-options.ts'
import { type Arg, argsOf, defaultAt, everyPart, labelled, partOf, partsOf, wordsAt } from './option-tree.ts'

const CREATED = /^(?:System\.CommandLine\.)?(Option|Argument|Command|RootCommand)(?:<.*>)?$/s
const CREATION = /^(?:implicit_)?object_creation_expression$/
const SCOPES =
  /^(?:class_declaration|record_declaration|method_declaration|constructor_declaration|local_function_statement)$/
const ADDS =
  /^(?:this\.)?(\w{1,80})(?:\.(?:Options|Arguments|Subcommands|Children))?\.(?:Add|AddOption|AddArgument|AddCommand|AddGlobalOption)$/
/** Limit on commands created inside each other. */
const MAX_DEPTH = 6

export function readSystemCommandLine(tree: ReadTree, lineAt: (offset: number) => number, facts: OptionFacts): void {
  new SystemCommandLine(tree, lineAt, facts).read()
}

class SystemCommandLine {
  readonly #tree: ReadTree
  readonly #lineAt: (offset: number) => number
  readonly #facts: OptionFacts
  #enclosing: Enclosing
  /** Object creations keyed by their variable, which its type and method qualify: `Program.Main#root`. */
  readonly #creations = new Map<string, number>()

  constructor(tree: ReadTree, lineAt: (offset: number) => number, facts: OptionFacts) {
    this.#tree = tree
    this.#lineAt = lineAt
    this.#facts = facts
    this.#enclosing = new Enclosing(tree, SCOPES)
  }

  read(): void {
    // A field can be declared below its use.
    this.#visit((kind, node) => {
      if (kind === 'variable_declarator' || kind === 'assignment_expression') this.#assign(node)
    })
    this.#visit((kind, node) => {
      if (kind === 'variable_declarator' || kind === 'assignment_expression') this.#fill(node)
      else if (kind === 'invocation_expression') this.#call(node)
      else if (kind === 'return_statement') this.#return(node)
    })
  }

  #visit(change: (kind: string, node: number) => void): void {
    const tree = this.#tree
    this.#enclosing = new Enclosing(tree, SCOPES)
    for (let node = 0; node < tree.size; node++) {
      this.#enclosing.enter(node)
      if (tree.isNamed(node)) change(kindAt(tree, node), node)
    }
  }

  /** The names that a variable may be known by, the innermost scope first. */
  #keys(name: string): string[] {
    const scopes = this.#enclosing.names()
    return [...scopes.map((_, at) => `${scopes.slice(0, at + 1).join('.')}#${name}`).reverse(), name]
  }

  #known(name: string): string | undefined {
    return this.#keys(name).find((key) => this.#creations.has(key))
  }

  #assigned(node: number): { name: string; creation: number; kind: string } | undefined {
    const tree = this.#tree
    const [left] = partsOf(tree, node)
    const creation = everyPart(tree, node, CREATION)[0]
    if (left === undefined || creation === undefined) return undefined
    const name = textAt(tree, left)
      .slice(0, 80)
      .replace(/^this\./, '')
    const kind = this.#kindOf(creation, node)
    return kind === undefined || !/^\w+$/.test(name) ? undefined : { name, creation, kind }
  }

  /** A variable that an option or a command is assigned to. */
  #assign(node: number): void {
    const found = this.#assigned(node)
    if (found === undefined) return
    const { name, creation, kind } = found
    const isDeclared = kindAt(this.#tree, node) === 'variable_declarator'
    const [inner = name] = this.#keys(name)
    // A variable that is declared without a value is most likely a field.
    const type = this.#enclosing.names()[0]
    const key = isDeclared ? inner : (this.#known(name) ?? (type === undefined ? name : `${type}#${name}`))
    this.#creations.set(key, creation)
    if (kind === 'Command' || kind === 'RootCommand') this.#command(key, creation, kind)
  }

  #fill(node: number): void {
    const found = this.#assigned(node)
    const holder = found === undefined ? undefined : this.#known(found.name)
    if (found !== undefined && holder !== undefined && this.#creations.get(holder) === found.creation)
      this.#addInitialized(holder, found.creation, 0)
  }

  /** `new Command("land", "Lands.") { Description = "…" }` */
  #command(holder: string, creation: number, kind: string): void {
    const tree = this.#tree
    const texts = this.#argsOf(creation).map(({ node: one }) => wordsAt(tree, one))
    const isRoot = kind === 'RootCommand'
    const description = this.#settings(creation).get('Description')
    const text = (isRoot ? texts[0] : texts[1]) ?? (description === undefined ? null : wordsAt(tree, description))
    const line = this.#lineAt(startOf(tree, creation))
    const name = isRoot ? '' : (texts[0] ?? '')
    this.#facts.command({ holder, name, text: text ?? '', line })
  }

  /** The type in `new Option<int>(…)`, or in the declaration of the variable for `new(…)`. */
  #kindOf(creation: number, around: number): string | undefined {
    const tree = this.#tree
    const type = partOf(tree, creation, /^(?:generic_name|identifier|qualified_name)$/)
    const text =
      type === undefined
        ? (/(Option|Argument|Command|RootCommand)(?:<[^<>;=]{0,80}>)?\??\s{1,9}$/.exec(
            tree.text.slice(Math.max(0, startOf(tree, around) - 120), startOf(tree, around)),
          )?.[1] ?? '')
        : textAt(tree, type).slice(0, 120)
    return CREATED.exec(text)?.[1]
  }

  #argsOf(node: number): Arg[] {
    const list = partOf(this.#tree, node, /^argument_list$/)
    return list === undefined ? [] : argsOf(this.#tree, list)
  }

  /** The parts of `{ Description = "…", port }` after an object creation. */
  #initialized(creation: number): number[] {
    const body = partOf(this.#tree, creation, /^initializer_expression$/)
    return body === undefined ? [] : partsOf(this.#tree, body)
  }

  /** Properties that an initializer sets, keyed by name. */
  #settings(creation: number): Map<string, number> {
    const settings = new Map<string, number>()
    for (const one of this.#initialized(creation)) {
      const [key, value] = kindAt(this.#tree, one) === 'assignment_expression' ? partsOf(this.#tree, one) : []
      if (key !== undefined && value !== undefined) settings.set(textAt(this.#tree, key).slice(0, 60), value)
    }
    return settings
  }

  #addInitialized(holder: string, creation: number, depth: number): void {
    for (const one of this.#initialized(creation))
      if (kindAt(this.#tree, one) !== 'assignment_expression') this.#add(holder, one, depth)
  }

  /** `root.AddOption(port)`, `root.Options.Add(port)`, `root.Add(new Command("run"))` */
  #call(node: number): void {
    const tree = this.#tree
    const [callee] = partsOf(tree, node)
    const [, name] = ADDS.exec(callee === undefined ? '' : textAt(tree, callee).slice(0, 160)) ?? []
    const holder = name === undefined ? undefined : this.#known(name)
    if (holder === undefined || !this.#facts.hasCommand(holder)) return
    for (const { node: one } of this.#argsOf(node)) this.#add(holder, one, 0)
  }

  /** `return land;` lets others add the command by a call of the method. */
  #return(node: number): void {
    const [value] = partsOf(this.#tree, node)
    const holder = value === undefined ? undefined : this.#known(textAt(this.#tree, value).slice(0, 80))
    const method = this.#enclosing.names().slice(-2).join('.')
    if (holder !== undefined && method !== '' && this.#facts.hasCommand(holder)) this.#facts.alias(method, holder)
  }

  /** Adds an option or a command, given by its variable, its creation or a call that returns it. */
  #add(holder: string, node: number, depth: number): void {
    const tree = this.#tree
    const text = textAt(tree, node).slice(0, 160)
    const known = this.#known(text.replace(/^this\./, ''))
    if (known !== undefined && this.#facts.hasCommand(known)) this.#facts.add(holder, known)
    else if (known !== undefined) this.#option(holder, this.#creations.get(known) ?? node)
    else if (CREATION.test(kindAt(tree, node))) this.#addCreated(holder, node, depth)
    else if (kindAt(tree, node) === 'invocation_expression') {
      const [, type = this.#enclosing.names()[0] ?? '', method] = /(?:^|\.)(?:(\w+)\.)?(\w+)\(/.exec(text) ?? []
      this.#facts.add(holder, `${type}.${method}`)
      this.#facts.pass(holder, `${type}.${method}`)
    } else this.#facts.open(holder)
  }

  #addCreated(holder: string, creation: number, depth: number): void {
    const kind = this.#kindOf(creation, creation)
    if (kind === 'Option' || kind === 'Argument') this.#option(holder, creation)
    else if (kind === 'Command' && depth < MAX_DEPTH) {
      const child = `${holder}/${creation}`
      this.#command(child, creation, kind)
      this.#facts.add(holder, child)
      this.#addInitialized(child, creation, depth + 1)
    } else this.#facts.open(holder)
  }

  #option(holder: string, creation: number): void {
    const tree = this.#tree
    const args = this.#argsOf(creation)
    const settings = this.#settings(creation)
    const texts = args.flatMap(({ node: one }) =>
      wordsAt(tree, one) === null ? everyPart(tree, one, /^string_literal$/) : [one],
    )
    const words = texts.map((one) => wordsAt(tree, one) ?? '')
    const names = words.filter((word) => /^[-/]/.test(word))
    const description = settings.get('Description') ?? labelled(args, 'description')
    const isArgument = names.length === 0
    const name = isArgument ? (words[0] ?? '') : ''
    const text =
      description === undefined
        ? words.find((word) => !/^[-/]/.test(word) && word !== name)
        : wordsAt(tree, description)
    const type = /<\s*([\w.?[\]]+)/.exec(textAt(tree, creation).slice(0, 120))?.[1] ?? ''
    const value = type.replace(/[?[\]]/g, '')
    this.#facts.option({
      holder,
      names: isArgument ? [name] : names,
      isArgument,
      value: isArgument || /^bool\??$/.test(type) ? '' : value.slice(value.lastIndexOf('.') + 1),
      default: defaultOf(tree, labelled(args, 'getDefaultValue') ?? settings.get('DefaultValueFactory')),
      text: text ?? '',
      line: this.#lineAt(startOf(tree, texts[0] ?? creation)),
      written: names[0] ?? name,
    })
  }
}

/** `() => 8080` */
function defaultOf(tree: ReadTree, node: number | undefined): string | null {
  if (node === undefined) return null
  return defaultAt(tree, /lambda/.test(kindAt(tree, node)) ? partsOf(tree, node).at(-1) : node)
}
