/** Reads options of programs in Python: argparse, click and typer. */

import { kindAt, type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import { argparseOption, declaredOption, MAX_LIST_NAME } from './argparse-option.ts'
import { clickCommandName, clickOption } from './click-option.ts'
import { type FileOptions, OptionFacts } from './file-options.ts'
import { wordsAt } from './option-texts.ts'
import { type Arg, labelled, partOf, partsOf } from './option-tree.ts'
import { textOf, words } from './python-arguments.ts'
import { callOf, listAt } from './python-calls.ts'
import { type Branch, branchesOf, parametersOf } from './python-parameters.ts'
import { groupOf, PassedParsers } from './python-passed.ts'
import { typerOptions } from './typer-options.ts'

const GROUPS = /\.(?:add_argument_group|add_mutually_exclusive_group|add_subparsers)\($/
const NAME = /^[A-Za-z_][\w.]{0,80}$/

/** Functions that take a parser and add nothing to it. */
const KEEPS =
  /^(?:argcomplete|shtab|sys|logging)\.|^(?:print|len|isinstance|str|repr|id|vars|setattr|getattr|hasattr|type|cast|partial)\($|\.(?:add_\w+|append|set_defaults|parse_\w+)\($/

export function findPythonOptions(tree: ReadTree, lineAt: (offset: number) => number): FileOptions | undefined {
  return new PythonOptions(tree, lineAt).find()
}

class PythonOptions {
  readonly #tree: ReadTree
  readonly #lineAt: (offset: number) => number
  readonly #facts = new OptionFacts()
  /** Other names of a holder, such as those of a parser's argument groups. */
  readonly #aliases = new Map<string, string>()
  /** Enclosing functions with their ends, innermost last. */
  readonly #functions: { name: string; end: number; line: number; parameters: readonly string[] }[] = []
  /** The branches around the current node. */
  #branches: Branch[] = []
  readonly #passed: PassedParsers
  readonly #lists = new Map<string, readonly string[]>()
  readonly #hasTyper: boolean
  /** Calls already handled with the enclosing node. */
  readonly #handled = new Set<number>()

  constructor(tree: ReadTree, lineAt: (offset: number) => number) {
    this.#tree = tree
    this.#lineAt = lineAt
    this.#passed = new PassedParsers(tree, this.#facts)
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
        case 'if_statement':
          this.#branches = [...this.#branches.filter(({ end }) => end > node), ...branchesOf(tree, node)]
          break
        case 'call':
          this.#call(node)
      }
    }
    this.#passed.join()
    return this.#facts.facts()
  }

  #enter(node: number): void {
    const tree = this.#tree
    const parameters = parametersOf(tree, node)
    const name = this.#nameOf(node)
    this.#passed.define(name, parameters)
    const [end, line] = [tree.after[node] ?? 0, this.#lineAt(startOf(tree, node))]
    this.#functions.push({ name, end, line, parameters: parameters.map((one) => one.name) })
  }

  #nameOf(definition: number): string {
    const name = partOf(this.#tree, definition, /^identifier$/)
    return name === undefined ? '' : textAt(this.#tree, name)
  }

  /** The name of a holder, qualified by the current function. */
  #holder(name: string): string {
    for (const { name: around, parameters, line } of this.#functions.toReversed()) {
      const key = `${around}#${name}`
      const known = this.#aliases.get(key) ?? (this.#facts.hasCommand(key) ? key : undefined)
      if (known !== undefined) return known
      const at = parameters.indexOf(name)
      if (at < 0) continue
      // A parser that is passed to the function gets the options of this group.
      return this.#group(groupOf(around, at), line)
    }
    return this.#aliases.get(name) ?? name
  }

  #group(holder: string, line: number): string {
    this.#facts.command({ holder, line, isGroup: true })
    return holder
  }

  /** The group of options that are added in a branch on a parameter; the holder itself for all others. */
  #inBranch(holder: string, node: number): string {
    const current = this.#functions.at(-1)
    if (current === undefined || !holder.startsWith(`${current.name}(`)) return holder
    const branch = this.#branches.findLast(
      ({ name, start, end }) => start <= node && node < end && current.parameters.includes(name),
    )
    if (branch === undefined) return holder
    return this.#group(this.#passed.addBranch(holder, branch), current.line)
  }

  #assign(node: number): void {
    const tree = this.#tree
    const parts = partsOf(tree, node)
    const [left, right] = [parts[0], parts.at(-1)]
    if (left === undefined || right === undefined || left === right) return
    const name = textAt(tree, left).slice(0, MAX_LIST_NAME)
    const list = listAt(tree, right)
    // A name that is assigned twice may have either value.
    if (list !== undefined && NAME.test(name)) this.#lists.set(name, this.#lists.has(name) ? [] : list)
    const call = callOf(this.#tree, right)
    if (call === undefined || !NAME.test(name)) return
    const around = this.#functions.at(-1)?.name
    const holder = around === undefined || name.includes('.') ? name : `${around}#${name}`
    const { callee, args } = call
    const line = this.#lineAt(startOf(tree, node))
    const text = words(this.#tree, args, 'description', 'help')
    if (/(?:^|\.)ArgumentParser\($/.test(callee)) {
      const prog = labelled(args, 'prog')
      this.#facts.command({ holder, name: (prog && wordsAt(tree, prog)) || '', text, line })
      this.#inherit(holder, args)
    } else if (/\.add_parser\($/.test(callee)) {
      const parent = this.#holder(callee.slice(0, callee.lastIndexOf('.')))
      const own = args[0]?.label === null ? wordsAt(tree, args[0].node) : null
      if (own === null) return
      // One variable may hold several sub-parsers, one after the other.
      const key = `${holder} ${own}`
      this.#aliases.set(holder, key)
      this.#facts.command({ holder: key, name: own, parent, text, line })
      this.#inherit(key, args)
    } else if (GROUPS.test(callee)) this.#aliases.set(holder, this.#holder(callee.slice(0, callee.lastIndexOf('.'))))
    else if (/(?:^|\.)Typer\($/.test(callee)) this.#facts.command({ holder, text, line, isGroup: true })
    else if (/^(?:click\.|typer\.)?(?:option|argument)\($/.test(callee)) {
      this.#facts.command({ holder: name, line, isGroup: true })
      this.#handled.add(right)
      this.#facts.put(name, clickOption(tree, this.#lineAt, name, call, right))
    }
  }

  /** Adds the options of `parents=[shared]`. */
  #inherit(holder: string, args: readonly Arg[]): void {
    const list = labelled(args, 'parents')
    if (list === undefined) return
    for (const part of partsOf(this.#tree, list)) {
      const name = textAt(this.#tree, part).slice(0, 90)
      const shared = NAME.test(name) ? this.#known(name) : undefined
      const around = this.#functions.at(-1)
      const at = around?.parameters.indexOf(name) ?? -1
      if (shared !== undefined) this.#facts.take(holder, shared)
      else if (around !== undefined && at >= 0) this.#passed.inherit(holder, groupOf(around.name, at))
      else this.#facts.open(holder)
    }
  }

  /** The parser that a name refers to in the current function, unless it is a parameter. */
  #known(name: string): string | undefined {
    const keys = [...this.#functions.toReversed().map((one) => `${one.name}#${name}`), name]
    return keys.map((key) => this.#aliases.get(key) ?? key).find((key) => this.#facts.hasCommand(key))
  }

  /** `add_logging(parser)`: the function may add options. */
  #passArguments(callee: string, args: readonly Arg[]): void {
    const name = callee.slice(callee.lastIndexOf('.') + 1, -1)
    if (!/^\w{1,80}$/.test(name) || KEEPS.test(callee)) return
    for (const [at, { label, node }] of args.entries()) {
      const text = textAt(this.#tree, node).slice(0, 90)
      if (!NAME.test(text)) continue
      const isGiven = this.#functions.at(-1)?.parameters.includes(text) === true && /pars|^sub/i.test(text)
      const holder = this.#known(text) ?? (isGiven ? this.#holder(text) : undefined)
      if (holder !== undefined) this.#passed.pass(holder, name, label ?? String(at), args)
    }
  }

  #call(node: number): void {
    const call = callOf(this.#tree, node)
    if (call === undefined) return
    const { callee, args } = call
    const receiver = callee.slice(0, callee.lastIndexOf('.'))
    this.#passArguments(callee, args)
    if (callee.endsWith('.add_argument(')) {
      const chained = /^([\w.]{1,80})\.add_(?:argument_group|mutually_exclusive_group)\(/.exec(receiver)?.[1]
      const holder = this.#inBranch(this.#holder(chained ?? receiver), node)
      this.#facts.put(holder, argparseOption(this.#tree, this.#lineAt, holder, args, this.#lists))
    } else if (/^click\.(?:option|argument)\($/.test(callee) && !this.#handled.has(node)) {
      // A function that adds options to its parameter or returns a parser.
      const holder = this.#functions.at(-1)?.name
      if (holder === undefined) return
      const line = this.#lineAt(startOf(this.#tree, node))
      this.#facts.command({ holder, line, isGroup: true })
      this.#facts.put(holder, clickOption(this.#tree, this.#lineAt, holder, call, node))
    } else if (/^\w{1,60}\($/.test(callee) && labelled(args, 'help') !== undefined) {
      const found = declaredOption(this.#tree, this.#lineAt, args, this.#lists)
      if (found !== undefined) this.#facts.option(found)
    } else if (/^[\w.]+\.add_(?:command|typer)\($/.test(callee) && args[0] !== undefined) {
      const child = textAt(this.#tree, args[0].node).slice(0, 90)
      const given = args[1]?.label === null ? args[1].node : labelled(args, 'name')
      const name = (given === undefined ? null : wordsAt(this.#tree, given)) ?? ''
      const own = child.split('.').at(-1) ?? child
      const isCommand = callee.endsWith('command(')
      if (NAME.test(child)) this.#facts.add(receiver, own, name || (isCommand ? clickCommandName(own) : ''))
    }
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
      call: callOf(this.#tree, one),
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
    const own = args[0]?.label === null ? wordsAt(tree, args[0].node) : words(this.#tree, args, 'name') || null
    const isCallback = callee.endsWith('callback(')
    const command = own ?? (isRoot ? '' : clickCommandName(name))
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
      text: words(this.#tree, args, 'help'),
      line: this.#lineAt(startOf(tree, definition)),
      takes,
      ...(made === undefined ? { isGroup: true } : {}),
      ...(/\bTrue$/.test(textOf(tree, args, 'hidden')) ? { isHidden: true } : {}),
    })
    for (const { call, node: at } of calls) {
      if (call === undefined) continue
      this.#handled.add(at)
      this.#facts.put(holder, clickOption(tree, this.#lineAt, holder, call, at))
    }
    if (this.#hasTyper && made !== undefined)
      for (const option of typerOptions(tree, this.#lineAt, holder, definition)) this.#facts.option(option)
  }
}
