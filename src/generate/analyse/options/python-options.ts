/** Options of programs in Python: argparse, click and typer. */

import { childrenOf, endOf, kindAt, type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import { type FileOptions, OptionFacts } from './file-options.ts'
import { type Arg, argsOf, defaultAt, labelled, partOf, partsOf, wordsAt } from './option-tree.ts'

const FLAGS = new Set(['store_true', 'store_false', 'store_const', 'append_const', 'count', 'help', 'version'])
const GROUPS = /\.(?:add_argument_group|add_mutually_exclusive_group|add_subparsers)\($/
/** Characters of a function's parameters that are searched. */
const MAX_WORDS = 400
const NAME = /^[A-Za-z_][\w.]{0,80}$/

export function findPythonOptions(tree: ReadTree, lineAt: (offset: number) => number): FileOptions | undefined {
  return new PythonOptions(tree, lineAt).find()
}

class PythonOptions {
  readonly #tree: ReadTree
  readonly #lineAt: (offset: number) => number
  readonly #facts = new OptionFacts()
  /** Other names of a holder, such as those of a parser's argument groups. */
  readonly #same = new Map<string, string>()
  /** Enclosing functions with their ends, innermost last. */
  readonly #functions: { name: string; end: number; parameters: string }[] = []
  readonly #hasTyper: boolean
  /** Calls already handled with the node around them. */
  readonly #told = new Set<number>()

  constructor(tree: ReadTree, lineAt: (offset: number) => number) {
    this.#tree = tree
    this.#lineAt = lineAt
    this.#hasTyper = /\btyper\b/.test(tree.text)
  }

  find(): FileOptions | undefined {
    const tree = this.#tree
    for (let node = 0; node < tree.size; node++) {
      while ((this.#functions.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= node) this.#functions.pop()
      switch (kindAt(tree, node)) {
        case 'function_definition':
          this.#enter(node)
          break
        case 'assignment':
          this.#assign(node)
          break
        case 'decorated_definition':
          this.#decorated(node)
          break
        case 'call':
          this.#call(node)
      }
    }
    return this.#facts.facts()
  }

  #enter(node: number): void {
    const tree = this.#tree
    const parameters = partOf(tree, node, /^parameters$/)
    this.#functions.push({
      name: this.#nameOf(node),
      end: tree.after[node] ?? 0,
      parameters: parameters === undefined ? '' : textAt(tree, parameters),
    })
  }

  #nameOf(definition: number): string {
    const name = partOf(this.#tree, definition, /^identifier$/)
    return name === undefined ? '' : textAt(this.#tree, name)
  }

  #callOf(node: number): { callee: string; args: Arg[] } | undefined {
    const tree = this.#tree
    if (kindAt(tree, node) !== 'call') return undefined
    const [callee, list] = childrenOf(tree, node)
    if (callee === undefined || list === undefined || kindAt(tree, list) !== 'argument_list') return undefined
    const text = tree.text.slice(Math.max(startOf(tree, callee), endOf(tree, callee) - 100), endOf(tree, callee))
    return { callee: `${text}(`, args: argsOf(tree, list) }
  }

  /** Qualified by the current function. */
  #holder(name: string): string {
    for (const { name: around, parameters } of this.#functions.toReversed()) {
      const key = `${around}#${name}`
      const known = this.#same.get(key) ?? (this.#facts.hasCommand(key) ? key : undefined)
      if (known !== undefined) return known
      if (parameters.split(/\W+/, MAX_WORDS).includes(name)) return ''
    }
    return this.#same.get(name) ?? name
  }

  #assign(node: number): void {
    const tree = this.#tree
    const parts = partsOf(tree, node)
    const [left, right] = [parts[0], parts.at(-1)]
    if (left === undefined || right === undefined || left === right) return
    const name = textAt(tree, left).slice(0, 90)
    const call = this.#callOf(right)
    if (call === undefined || !NAME.test(name)) return
    const around = this.#functions.at(-1)?.name
    const holder = around === undefined || name.includes('.') ? name : `${around}#${name}`
    const { callee, args } = call
    const line = this.#lineAt(startOf(tree, node))
    const text = this.#words(args, 'description', 'help')
    if (/(?:^|\.)ArgumentParser\($/.test(callee)) {
      const takes = labelled(args, 'parents')
      if (takes !== undefined) this.#facts.open(holder)
      const prog = labelled(args, 'prog')
      this.#facts.command({ holder, name: (prog && wordsAt(tree, prog)) || '', parent: null, text, line, takes: [] })
    } else if (/\.add_parser\($/.test(callee)) {
      const parent = this.#holder(callee.slice(0, callee.lastIndexOf('.')))
      const own = args[0]?.label === null ? wordsAt(tree, args[0].node) : null
      if (own !== null) this.#facts.command({ holder, name: own, parent, text, line, takes: [] })
    } else if (GROUPS.test(callee)) this.#same.set(holder, this.#holder(callee.slice(0, callee.lastIndexOf('.'))))
    else if (/(?:^|\.)Typer\($/.test(callee))
      this.#facts.command({ holder, name: '', parent: null, text, line, takes: [], isGroup: true })
    else if (/^(?:click\.|typer\.)?(?:option|argument)\($/.test(callee)) {
      this.#facts.command({ holder: name, name: '', parent: null, text: '', line, takes: [], isGroup: true })
      this.#told.add(right)
      this.#clickOption(name, callee, args, right)
    }
  }

  #call(node: number): void {
    const call = this.#callOf(node)
    if (call === undefined) return
    const { callee, args } = call
    const receiver = callee.slice(0, callee.lastIndexOf('.'))
    if (callee.endsWith('.add_argument(')) {
      const chained = /^([\w.]{1,80})\.add_(?:argument_group|mutually_exclusive_group)\(/.exec(receiver)?.[1]
      this.#argparseOption(this.#holder(chained ?? receiver), args)
    } else if (/^click\.(?:option|argument)\($/.test(callee) && !this.#told.has(node)) {
      // A function that adds options to its parameter or returns a parser.
      const holder = this.#functions.at(-1)?.name
      if (holder === undefined) return
      const line = this.#lineAt(startOf(this.#tree, node))
      this.#facts.command({ holder, name: '', parent: null, text: '', line, takes: [], isGroup: true })
      this.#clickOption(holder, callee, args, node)
    } else if (/^[\w.]+\.add_(?:command|typer)\($/.test(callee) && args[0] !== undefined) {
      const child = textAt(this.#tree, args[0].node).slice(0, 90)
      if (NAME.test(child)) this.#facts.add(receiver, child.split('.').at(-1) ?? child)
    }
  }

  #words(args: readonly Arg[], ...labels: readonly string[]): string {
    const node = labelled(args, ...labels)
    return (node === undefined ? null : wordsAt(this.#tree, node)) ?? ''
  }

  #argparseOption(holder: string, args: readonly Arg[]): void {
    const tree = this.#tree
    const placed = args.filter(({ label }) => label === null)
    const names = placed.flatMap(({ node }) => wordsAt(tree, node) ?? [])
    const [first] = placed
    if (names.length === 0 || names.length < placed.length || first === undefined) {
      this.#facts.open(holder)
      return
    }
    const help = labelled(args, 'help')
    if (help !== undefined && /\bSUPPRESS$/.test(textAt(tree, help).slice(0, 40))) return
    const isArgument = !names.some((name) => name.startsWith('-'))
    const fallback = defaultAt(tree, labelled(args, 'default'))
    const isFlag = FLAGS.has(this.#words(args, 'action'))
    const metavar = this.#words(args, 'metavar')
    const long = names.find((name) => name.startsWith('--')) ?? names[0] ?? ''
    const own = long.replace(/^-+/, '').replaceAll('-', '_').toUpperCase()
    this.#facts.option({
      holder,
      names: isArgument && metavar !== '' ? [metavar] : names,
      isArgument,
      value: isArgument || isFlag ? '' : metavar || this.#choices(args) || own,
      default: isFlag ? null : fallback,
      text: filled(this.#words(args, 'help'), fallback),
      line: this.#lineAt(startOf(tree, first.node)),
      written: names[0] ?? '',
    })
  }

  /** `{a,b}` */
  #choices(args: readonly Arg[]): string {
    const node = labelled(args, 'choices')
    if (node === undefined) return ''
    const texts = partsOf(this.#tree, node).map((part) => wordsAt(this.#tree, part))
    return texts.length === 0 || texts.includes(null) || texts.join().length > 40 ? '' : `{${texts.join(',')}}`
  }

  #decorated(node: number): void {
    const tree = this.#tree
    const parts = partsOf(tree, node)
    const definition = parts.at(-1)
    if (definition === undefined || kindAt(tree, definition) !== 'function_definition') return
    const name = this.#nameOf(definition)
    const decorators = parts.slice(0, -1).flatMap((part) => partsOf(tree, part)[0] ?? [])
    const calls = decorators.map((one) => ({
      node: one,
      call: this.#callOf(one),
      text: textAt(tree, one).slice(0, 90),
    }))
    const made = calls.find(({ call, text }) =>
      /(?:^|\.)(?:command|group|callback)\($/.test(call?.callee ?? `${text}(`),
    )
    const hasOptions = calls.some(({ call }) => /(?:^|\.)(?:option|argument)\($/.test(call?.callee ?? ''))
    if (made === undefined && !hasOptions) return
    const callee = made?.call?.callee ?? (made === undefined ? '' : `${made.text}(`)
    const around = callee.slice(0, Math.max(0, callee.lastIndexOf('.')))
    const isRoot = around === '' || around === 'click' || around.endsWith('.click')
    const args = made?.call?.args ?? []
    const own = args[0]?.label === null ? wordsAt(tree, args[0].node) : this.#words(args, 'name') || null
    const isCallback = callee.endsWith('callback(')
    const kebab = name.toLowerCase().replaceAll('_', '-')
    const command = own ?? (isRoot ? '' : kebab.replace(/-(?:command|cmd|group|grp)$/, ''))
    // Other decorators may be options, or functions that add some.
    const takes = calls.flatMap(({ call, text }) => {
      const taken = call?.callee.slice(0, -1) ?? text
      return /^(?:click|typer)\.|(?:^|\.)(?:command|group|callback|option|argument)$/.test(taken)
        ? []
        : (taken.split('.').at(-1) ?? [])
    })
    const holder = isCallback ? around : name
    this.#facts.command({
      holder,
      name: isCallback ? '' : command,
      parent: made === undefined || isRoot || isCallback ? null : around,
      text: this.#words(args, 'help'),
      line: this.#lineAt(startOf(tree, definition)),
      takes,
      ...(made === undefined ? { isGroup: true } : {}),
    })
    for (const { call, node: at } of calls) {
      if (call === undefined) continue
      this.#told.add(at)
      this.#clickOption(holder, call.callee, call.args, at)
    }
    if (this.#hasTyper && made !== undefined) this.#typerParameters(holder, definition)
  }

  #clickOption(holder: string, callee: string, args: readonly Arg[], node: number): void {
    const tree = this.#tree
    if (callee.endsWith('version_option(')) {
      const text = 'Show the version and exit.'
      const line = this.#lineAt(startOf(tree, node))
      this.#facts.option({
        holder,
        names: ['--version'],
        isArgument: false,
        value: '',
        default: null,
        text,
        line,
        written: 'version_option',
      })
      return
    }
    const [, kind] = /(?:^|\.)(option|argument)\($/.exec(callee) ?? []
    if (kind === undefined || /\bTrue$/.test(this.#textOf(args, 'hidden'))) return
    const isArgument = kind === 'argument'
    const placed = args.filter(({ label }) => label === null)
    const names = placed
      .flatMap(({ node: one }) => wordsAt(tree, one) ?? [])
      .filter((name) => isArgument || name.startsWith('-'))
      .flatMap((name) => name.split(/\s{0,4}\/\s{0,4}/))
    const [first] = names
    if (first === undefined) {
      this.#facts.open(holder)
      return
    }
    const isFlag =
      /\bTrue$/.test(this.#textOf(args, 'is_flag', 'count')) ||
      names.length > placed.length ||
      labelled(args, 'flag_value') !== undefined ||
      (/^(?:True|False)$/.test(this.#textOf(args, 'default')) && this.#textOf(args, 'is_flag') !== 'False')
    const long = names.find((name) => name.startsWith('--')) ?? first
    const metavar = this.#words(args, 'metavar')
    const own = long.replace(/^-+/, '').replaceAll('-', '_').toUpperCase()
    const at = placed.find(({ node: one }) => (wordsAt(tree, one) ?? '').includes(first))?.node ?? node
    this.#facts.option({
      holder,
      names: isArgument ? [metavar || first.toUpperCase()] : names,
      isArgument,
      value: isArgument || isFlag ? '' : metavar || own,
      default: isFlag ? null : defaultAt(tree, labelled(args, 'default')),
      text: this.#words(args, 'help'),
      line: this.#lineAt(startOf(tree, at)),
      written: first,
    })
  }

  #textOf(args: readonly Arg[], ...labels: readonly string[]): string {
    const node = labelled(args, ...labels)
    return node === undefined ? '' : textAt(this.#tree, node).slice(0, 40)
  }

  /** `name: str = typer.Option("Bob", "--name", help="…")`, `count: Annotated[int, typer.Option()] = 1` */
  #typerParameters(holder: string, definition: number): void {
    const tree = this.#tree
    const list = partOf(tree, definition, /^parameters$/)
    for (const parameter of list === undefined ? [] : partsOf(tree, list)) {
      const call = this.#typerCall(parameter)
      if (call === undefined) continue
      const { args, isArgument, isAnnotated } = call
      const name = /^\w{1,60}/.exec(textAt(tree, parameter).slice(0, 80))?.[0] ?? ''
      const placed = args.filter(({ label }) => label === null).map(({ node }) => node)
      const named = placed.flatMap((one) => wordsAt(tree, one) ?? []).filter((one) => /^-/.test(one))
      const isBool = /^\w+\s{0,4}:\s{0,4}(?:Annotated\[\s{0,9})?(?:typing\.)?(?:Optional\[)?bool\b/.test(
        textAt(tree, parameter).slice(0, 200),
      )
      const names = named.flatMap((one) => one.split('/')).map((one) => one.trim())
      const parts = partsOf(tree, parameter)
      const given = isAnnotated ? (/default/.test(kindAt(tree, parameter)) ? parts.at(-1) : undefined) : placed[0]
      const text = given === undefined ? '' : textAt(tree, given).slice(0, 10)
      const kebab = name.replaceAll('_', '-')
      this.#facts.option({
        holder,
        names: isArgument ? [name.toUpperCase()] : names.length > 0 ? names : [`--${kebab}`],
        isArgument,
        value: isArgument || isBool ? '' : this.#words(args, 'metavar') || name.toUpperCase(),
        default: isBool || text === '...' ? null : defaultAt(tree, given),
        text: this.#words(args, 'help'),
        line: this.#lineAt(startOf(tree, parameter)),
        written: name,
      })
    }
  }

  #typerCall(parameter: number): { args: Arg[]; isArgument: boolean; isAnnotated: boolean } | undefined {
    const tree = this.#tree
    const end = tree.after[parameter] ?? 0
    for (let node = parameter; node < end; node++) {
      const call = this.#callOf(node)
      const [, kind] = /(?:^|\.)(Option|Argument)\($/.exec(call?.callee ?? '') ?? []
      if (call === undefined || kind === undefined) continue
      const isAnnotated = textAt(tree, parameter).slice(0, 120).includes('Annotated[')
      return { args: call.args, isArgument: kind === 'Argument', isAnnotated }
    }
    return undefined
  }
}

/** Fills in `%(default)s` as argparse does. */
function filled(help: string, fallback: string | null): string {
  return help
    .replace(/\s?[([]?default:? ?%\(default\)[sdr][)\]]?/i, '')
    .replaceAll(/%\(default\)[sdr]/g, fallback ?? '')
    .replaceAll('%%', '%')
}
