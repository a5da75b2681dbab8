/** Reads options of programs in C#: System.CommandLine, and the attributes of CommandLineParser. */

import { endOf, kindAt, type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import { type FileOptions, OptionFacts } from './file-options.ts'
import { type Arg, argsOf, defaultAt, everyPart, labelled, partOf, partsOf, wordsAt } from './option-tree.ts'

const MADE = /^(?:System\.CommandLine\.)?(Option|Argument|Command|RootCommand)(?:<.*>)?$/s

export function findDotnetOptions(tree: ReadTree, lineAt: (offset: number) => number): FileOptions | undefined {
  return new DotnetOptions(tree, lineAt).find()
}

class DotnetOptions {
  readonly #tree: ReadTree
  readonly #lineAt: (offset: number) => number
  readonly #facts = new OptionFacts()
  /** The node that creates an option, keyed by the option's variable. */
  readonly #made = new Map<string, number>()
  readonly #classes: { name: string; end: number }[] = []

  constructor(tree: ReadTree, lineAt: (offset: number) => number) {
    this.#tree = tree
    this.#lineAt = lineAt
  }

  find(): FileOptions | undefined {
    const tree = this.#tree
    for (let node = 0; node < tree.size; node++) {
      while ((this.#classes.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= node) this.#classes.pop()
      switch (tree.isNamed(node) ? kindAt(tree, node) : '') {
        case 'class_declaration':
        case 'record_declaration': {
          const name = partOf(tree, node, /^identifier$/)
          this.#classes.push({ name: name === undefined ? '' : textAt(tree, name), end: tree.after[node] ?? 0 })
          break
        }
        case 'variable_declarator':
        case 'assignment_expression':
          this.#assign(node)
          break
        case 'invocation_expression':
          this.#call(node)
          break
        case 'attribute':
          this.#attribute(node)
      }
    }
    return this.#facts.facts()
  }

  #assign(node: number): void {
    const tree = this.#tree
    const [left] = partsOf(tree, node)
    const made = everyPart(tree, node, /^(?:implicit_)?object_creation_expression$/)[0]
    if (left === undefined || made === undefined) return
    const name = textAt(tree, left).slice(0, 80)
    const kind = this.#kindOf(made, node)
    if (kind === undefined || !/^\w+$/.test(name)) return
    this.#made.set(name, made)
    if (kind !== 'Command' && kind !== 'RootCommand') return
    const texts = this.#argsOf(made).map(({ node: one }) => wordsAt(tree, one))
    const isRoot = kind === 'RootCommand'
    this.#facts.command({
      holder: name,
      name: isRoot ? '' : (texts[0] ?? ''),
      parent: null,
      text: (isRoot ? texts[0] : texts[1]) ?? '',
      line: this.#lineAt(startOf(tree, made)),
      takes: [],
    })
    const body = partOf(tree, made, /^initializer_expression$/)
    for (const one of body === undefined ? [] : partsOf(tree, body)) this.#addTo(name, textAt(tree, one).slice(0, 80))
  }

  /** The type in `new Option<int>(…)`, or in the declaration of the variable for `new(…)`. */
  #kindOf(made: number, around: number): string | undefined {
    const tree = this.#tree
    const type = partOf(tree, made, /^(?:generic_name|identifier|qualified_name)$/)
    const text =
      type === undefined
        ? (/(Option|Argument|Command|RootCommand)(?:<[^<>;=]{0,80}>)?\??\s{1,9}$/.exec(
            tree.text.slice(Math.max(0, startOf(tree, around) - 120), startOf(tree, around)),
          )?.[1] ?? '')
        : textAt(tree, type).slice(0, 120)
    return MADE.exec(text)?.[1]
  }

  #argsOf(node: number): Arg[] {
    const list = partOf(this.#tree, node, /^(?:argument_list|attribute_argument_list)$/)
    return list === undefined ? [] : argsOf(this.#tree, list)
  }

  /** `root.AddOption(port)`, `root.Options.Add(port)`, `root.Add(run)` */
  #call(node: number): void {
    const tree = this.#tree
    const [callee] = partsOf(tree, node)
    const [, holder] =
      /^(\w{1,80})(?:\.(?:Options|Arguments|Subcommands|Children))?\.(?:Add|AddOption|AddArgument|AddCommand|AddGlobalOption)$/.exec(
        callee === undefined ? '' : textAt(tree, callee).slice(0, 160),
      ) ?? []
    if (holder === undefined || !this.#facts.hasCommand(holder)) return
    for (const { node: one } of this.#argsOf(node)) this.#addTo(holder, textAt(tree, one).slice(0, 80))
  }

  /** Adds the option or command in a variable to a command. */
  #addTo(holder: string, name: string): void {
    const tree = this.#tree
    const made = this.#made.get(name)
    if (this.#facts.hasCommand(name)) {
      this.#facts.add(holder, name)
      return
    }
    if (made === undefined) {
      this.#facts.open(holder)
      return
    }
    const args = this.#argsOf(made)
    const body = partOf(tree, made, /^initializer_expression$/)
    const settings = new Map<string, number>()
    for (const one of body === undefined ? [] : partsOf(tree, body)) {
      const [key, value] = partsOf(tree, one)
      if (key !== undefined && value !== undefined) settings.set(textAt(tree, key).slice(0, 60), value)
    }
    const texts = args.flatMap(({ node: one }) =>
      wordsAt(tree, one) === null ? everyPart(tree, one, /^string_literal$/) : [one],
    )
    const words = texts.map((one) => wordsAt(tree, one) ?? '')
    const names = words.filter((word) => /^[-/]/.test(word))
    const description = settings.get('Description') ?? labelled(args, 'description')
    const isArgument = names.length === 0
    const own = isArgument ? (words[0] ?? '') : ''
    const text =
      description === undefined ? words.find((word) => !/^[-/]/.test(word) && word !== own) : wordsAt(tree, description)
    const type = /<\s*([\w.?[\]]+)/.exec(textAt(tree, made).slice(0, 120))?.[1] ?? ''
    this.#facts.option({
      holder,
      names: isArgument ? [own] : names,
      isArgument,
      value:
        isArgument || /^bool\??$/.test(type)
          ? ''
          : (type
              .replace(/[?[\]]/g, '')
              .split('.')
              .at(-1) ?? ''),
      default: defaultOf(tree, labelled(args, 'getDefaultValue') ?? settings.get('DefaultValueFactory')),
      text: text ?? '',
      line: this.#lineAt(startOf(tree, texts[0] ?? made)),
      written: names[0] ?? own,
    })
  }

  /** `[Verb("add", HelpText = "…")]`, `[Option('v', "verbose", Default = 1)]`, `[Value(0, MetaName = "…")]` */
  #attribute(node: number): void {
    const tree = this.#tree
    const name = partOf(tree, node, /^(?:identifier|qualified_name)$/)
    const sign =
      name === undefined
        ? ''
        : textAt(tree, name)
            .replace(/^.*\./s, '')
            .replace(/Attribute$/, '')
    const args = sign === 'Option' || sign === 'Value' || sign === 'Verb' ? attributeArgs(tree, node) : []
    const words = (key: string): string => {
      const given = labelled(args, key)
      return (given === undefined ? null : wordsAt(tree, given)) ?? ''
    }
    const placed = args.filter(({ label }) => label === null).map(({ node: one }) => one)
    const line = this.#lineAt(startOf(tree, node))
    if (sign === 'Verb') {
      // The attribute comes before the class it names.
      const declared = /\bclass\s+(\w{1,80})/.exec(
        tree.text.slice(startOf(tree, node), startOf(tree, node) + 2_000),
      )?.[1]
      const own = placed[0] === undefined ? null : wordsAt(tree, placed[0])
      if (declared !== undefined && own !== null)
        this.#facts.command({ holder: declared, name: own, parent: null, text: words('HelpText'), line, takes: [] })
      return
    }
    const holder = this.#classes.at(-1)?.name
    if (holder === undefined || (sign !== 'Option' && sign !== 'Value') || args.length === 0) return
    const texts = placed.flatMap((one) =>
      kindAt(tree, one) === 'character_literal' ? [textAt(tree, one).slice(1, -1)] : (wordsAt(tree, one) ?? []),
    )
    const isArgument = sign === 'Value'
    const declared = tree.text.slice(endOf(tree, node), endOf(tree, node) + 200).split(/[{;]/, 1)[0] ?? ''
    const type = /\b(bool\??)\s/.exec(declared)?.[1]
    const names = texts.map((one) => (one.length === 1 ? `-${one}` : `--${one}`))
    this.#facts.command({ holder, name: '', parent: null, text: '', line, takes: [] })
    this.#facts.option({
      holder,
      names: isArgument ? [words('MetaName') || words('MetaValue')].filter((one) => one !== '') : names,
      isArgument,
      value: isArgument || type !== undefined ? '' : words('MetaValue') || 'value',
      default: defaultAt(tree, labelled(args, 'Default')),
      text: words('HelpText'),
      line,
      written: sign,
    })
  }
}

/** `HelpText = "…"` is an assignment in some grammars, a named argument in others. */
function attributeArgs(tree: ReadTree, node: number): Arg[] {
  const list = partOf(tree, node, /^attribute_argument_list$/)
  return (list === undefined ? [] : partsOf(tree, list)).map((part): Arg => {
    const parts = partsOf(tree, part)
    const label = /^([A-Za-z]\w{0,60})\s{0,4}[=:](?!=)/.exec(textAt(tree, part).slice(0, 100))?.[1] ?? null
    const last = parts.at(-1) ?? part
    return { label, node: kindAt(tree, last) === 'assignment_expression' ? (partsOf(tree, last).at(-1) ?? last) : last }
  })
}

/** `() => 8080` */
function defaultOf(tree: ReadTree, node: number | undefined): string | null {
  if (node === undefined) return null
  return defaultAt(tree, /lambda/.test(kindAt(tree, node)) ? partsOf(tree, node).at(-1) : node)
}
