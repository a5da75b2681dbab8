/** Reads options of programs in Python: argparse, click and typer. */

import { kindAt, type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import { type FileOptions, OptionFacts } from './file-options.ts'
import { labelled, partOf, partsOf, wordsAt } from './option-tree.ts'
import {
  argparseOption,
  callOf,
  clickOption,
  listAt,
  MAX_LIST_NAME,
  typerOptions,
  words,
} from './python-option-facts.ts'

const GROUPS = /\.(?:add_argument_group|add_mutually_exclusive_group|add_subparsers)\($/
/** Limit on the characters of a function's parameters that are searched. */
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
  readonly #aliases = new Map<string, string>()
  /** Enclosing functions with their ends, innermost last. */
  readonly #functions: { name: string; end: number; parameters: string }[] = []
  readonly #lists = new Map<string, readonly string[]>()
  readonly #hasTyper: boolean
  /** Calls already handled with the node around them. */
  readonly #handled = new Set<number>()

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

  /** The name of a holder, qualified by the current function. */
  #holder(name: string): string {
    for (const { name: around, parameters } of this.#functions.toReversed()) {
      const key = `${around}#${name}`
      const known = this.#aliases.get(key) ?? (this.#facts.hasCommand(key) ? key : undefined)
      if (known !== undefined) return known
      if (parameters.split(/\W+/, MAX_WORDS).includes(name)) return ''
    }
    return this.#aliases.get(name) ?? name
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
      const takes = labelled(args, 'parents')
      if (takes !== undefined) this.#facts.open(holder)
      const prog = labelled(args, 'prog')
      this.#facts.command({ holder, name: (prog && wordsAt(tree, prog)) || '', parent: null, text, line, takes: [] })
    } else if (/\.add_parser\($/.test(callee)) {
      const parent = this.#holder(callee.slice(0, callee.lastIndexOf('.')))
      const own = args[0]?.label === null ? wordsAt(tree, args[0].node) : null
      if (own !== null) this.#facts.command({ holder, name: own, parent, text, line, takes: [] })
    } else if (GROUPS.test(callee)) this.#aliases.set(holder, this.#holder(callee.slice(0, callee.lastIndexOf('.'))))
    else if (/(?:^|\.)Typer\($/.test(callee))
      this.#facts.command({ holder, name: '', parent: null, text, line, takes: [], isGroup: true })
    else if (/^(?:click\.|typer\.)?(?:option|argument)\($/.test(callee)) {
      this.#facts.command({ holder: name, name: '', parent: null, text: '', line, takes: [], isGroup: true })
      this.#handled.add(right)
      this.#facts.put(name, clickOption(tree, this.#lineAt, name, call, right))
    }
  }

  #call(node: number): void {
    const call = callOf(this.#tree, node)
    if (call === undefined) return
    const { callee, args } = call
    const receiver = callee.slice(0, callee.lastIndexOf('.'))
    if (callee.endsWith('.add_argument(')) {
      const chained = /^([\w.]{1,80})\.add_(?:argument_group|mutually_exclusive_group)\(/.exec(receiver)?.[1]
      const holder = this.#holder(chained ?? receiver)
      this.#facts.put(holder, argparseOption(this.#tree, this.#lineAt, holder, args, this.#lists))
    } else if (/^click\.(?:option|argument)\($/.test(callee) && !this.#handled.has(node)) {
      // A function that adds options to its parameter or returns a parser.
      const holder = this.#functions.at(-1)?.name
      if (holder === undefined) return
      const line = this.#lineAt(startOf(this.#tree, node))
      this.#facts.command({ holder, name: '', parent: null, text: '', line, takes: [], isGroup: true })
      this.#facts.put(holder, clickOption(this.#tree, this.#lineAt, holder, call, node))
    } else if (/^[\w.]+\.add_(?:command|typer)\($/.test(callee) && args[0] !== undefined) {
      const child = textAt(this.#tree, args[0].node).slice(0, 90)
      if (NAME.test(child)) this.#facts.add(receiver, child.split('.').at(-1) ?? child)
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
      text: words(this.#tree, args, 'help'),
      line: this.#lineAt(startOf(tree, definition)),
      takes,
      ...(made === undefined ? { isGroup: true } : {}),
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
