/** Reads the commands and options that are declared by chains of calls: commander, cac, sade and yargs. */

import { ts } from '#generate/analyse/compiler.mjs'
import { functionWith } from '#generate/analyse/typescript/enclosing-functions.ts'
import { unwrap } from '#generate/analyse/typescript/expressions.ts'
import { stringOf } from '#generate/analyse/typescript/literals.ts'
import type { OptionFacts } from './file-options.ts'
import {
  addedOption,
  argumentOption,
  flagsOption,
  isHiddenBy,
  lineOf,
  namedOption,
  readTable,
  usageArgument,
} from './script-option-facts.ts'

/** Limit on the calls of a chain, and on those after one that are searched for its description. */
const MAX_CHAIN = 400
const MAX_CALLS_TO_TEXT = 8
/** A chain is read only if it calls one of these. */
const DECLARES =
  /^(?:option|options|requiredOption|argument|addOption|command|positional|addCommand|name|scriptName|description)$/

/** A call of a chain: `.option('-a', 'text')`. */
interface Link {
  readonly name: string
  readonly args: readonly ts.Expression[]
  readonly node: ts.CallExpression
}

/** Where a chain declares a command. */
interface Position {
  /** The holder that the chain begins with. */
  readonly root: string
  /** The holder that the calls before are on. */
  readonly holder: string
  /** The last call of the chain. */
  readonly outer: ts.CallExpression
}

export class OptionChains {
  readonly #tree: ts.SourceFile
  readonly #libraries: ReadonlySet<string>
  readonly #facts: OptionFacts
  /** Calls of chains that were read. */
  readonly #handled = new Set<ts.Node>()
  /** Holders of commands, keyed by variable or by the function that builds them. */
  readonly #holders = new Map<string, string>()
  readonly #builders = new Map<ts.Node, string>()

  /** @param libraries - The names of the libraries that the file imports. */
  constructor(tree: ts.SourceFile, libraries: ReadonlySet<string>, facts: OptionFacts) {
    this.#tree = tree
    this.#libraries = libraries
    this.#facts = facts
  }

  /** Reads the chain that a call ends, unless it is a part of one that was read. */
  read(outer: ts.CallExpression): void {
    if (this.#handled.has(outer)) return
    const links: Link[] = []
    let at: ts.Expression = outer
    while (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression) && links.length < MAX_CHAIN) {
      this.#handled.add(at)
      links.unshift({ name: at.expression.name.text, args: [...at.arguments], node: at })
      at = unwrap(at.expression.expression)
      if (ts.isPropertyAccessExpression(at)) at = unwrap(at.expression)
    }
    const root = this.#rootOf(at)
    if (root !== undefined && links.some(({ name }) => DECLARES.test(name))) this.#follow(root, links, outer)
  }

  /** The holder at the start of a chain: a variable, `new Command('a')`, `cac('a')`. */
  #rootOf(node: ts.Expression): string | undefined {
    if (ts.isIdentifier(node)) {
      const known = this.#known(node)
      if (known !== undefined) return known
      if (!/^(?:program|commander|yargs|cli|prog)$/.test(node.text)) return undefined
      this.#facts.command({ holder: node.text, line: lineOf(node) })
      return node.text
    }
    if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return undefined
    const callee = ts.isIdentifier(node.expression) ? node.expression.text : ''
    const [given] = node.arguments ?? []
    // `commonOptions(args).option(…)`
    const taker = given !== undefined && ts.isIdentifier(given) && callee !== '' ? this.#known(given) : undefined
    if (taker !== undefined) {
      this.#facts.take(taker, callee)
      return taker
    }
    if (!/^(?:Command|cac|sade|yargs|createCommand)$/.test(callee)) return undefined
    const holder = this.#variableOf(node) ?? `program ${node.getStart(this.#tree)}`
    const name = given === undefined ? null : stringOf(given)
    const own = callee === 'yargs' ? '' : ((name ?? '').split(' ')[0] ?? '')
    this.#facts.command({ holder, name: own, line: lineOf(node) })
    // `sade('orbit [plan]')`
    for (const part of callee === 'sade' ? (name ?? '').split(' ').slice(1) : [])
      if (/^[<[]/.test(part)) this.#facts.option(usageArgument(holder, part, node))
    return holder
  }

  /**
   * The holder of a variable, or of the parameter of a function that builds a command. A parameter of any other
   * function represents a group.
   */
  #known(node: ts.Identifier): string | undefined {
    const around = functionWith(node, node.text)
    if (around === undefined)
      return this.#holders.get(node.text) ?? (this.#facts.hasCommand(node.text) ? node.text : undefined)
    const built = this.#builders.get(around.node)
    if (built !== undefined || around.name === '' || !this.#libraries.has('yargs')) return built
    const line = lineOf(node)
    this.#facts.command({ holder: around.name, line, isGroup: true })
    return around.name
  }

  /** The variable that the result of a chain is assigned to. */
  #variableOf(node: ts.Node): string | undefined {
    let at: ts.Node = node
    while (ts.isPropertyAccessExpression(at.parent) || ts.isCallExpression(at.parent)) at = at.parent
    return ts.isVariableDeclaration(at.parent) && ts.isIdentifier(at.parent.name) ? at.parent.name.text : undefined
  }

  #follow(root: string, links: readonly Link[], outer: ts.CallExpression): void {
    let holder = root
    for (const { name, args, node } of links) {
      const [first, second, third] = args
      const words = first === undefined ? null : stringOf(first)
      switch (name) {
        case 'command':
          if (words !== null) holder = this.#sub({ root, holder, outer }, words, node)
          break
        case 'positional':
          if (words !== null && second !== undefined)
            this.#facts.put(holder, namedOption(holder, words, second, { isArgument: true }))
          break
        case 'name':
        case 'scriptName':
          if (words !== null) this.#facts.describe(holder, { name: words })
          break
        case 'description':
        case 'describe':
          if (words !== null) this.#facts.describe(holder, { text: words })
          break
        case 'option':
        case 'requiredOption':
          if (first === undefined) break
          if (words === null) this.#facts.open(holder)
          else if (second !== undefined && ts.isObjectLiteralExpression(unwrap(second))) {
            if (this.#libraries.has('yargs')) this.#facts.put(holder, namedOption(holder, words, second))
          } else this.#facts.option(flagsOption(holder, words, second, third, first))
          break
        case 'options':
          readTable(this.#facts, holder, first)
          break
        case 'argument':
          if (first !== undefined && words !== null)
            this.#facts.option(argumentOption(holder, words, second, third, first))
          break
        case 'addOption':
        case 'addArgument':
          this.#facts.put(holder, addedOption(holder, first))
          break
        case 'addCommand':
          if (first !== undefined && ts.isIdentifier(first)) this.#facts.add(holder, first.text)
      }
    }
  }

  /** The command that a chain continues with after `.command('name <arg>', …)`. */
  #sub({ root, holder, outer }: Position, usage: string, node: ts.CallExpression): string {
    const args = node.arguments
    const second = args[1]
    const described = second === undefined ? null : stringOf(second)
    const isCommander = this.#libraries.has('commander')
    const [name = ''] = usage.split(' ')
    const isDefault = /^[[<$*]/.test(name)
    const parent = isCommander ? holder : root
    const own = isDefault ? parent : `${parent} ${name}`
    const text = described ?? this.#described(node)
    if (isDefault) this.#facts.describe(parent, { text })
    else
      this.#facts.command({
        holder: own,
        name,
        parent,
        text,
        line: lineOf(node),
        ...(isHiddenBy(second) && { isHidden: true }),
      })
    for (const part of usage.split(' ').slice(isDefault ? 0 : 1))
      if (/^[<[]/.test(part)) this.#facts.option(usageArgument(own, part, node))
    if (this.#libraries.has('yargs')) {
      const builder = args.find((arg) => ts.isArrowFunction(arg) || ts.isFunctionExpression(arg))
      if (builder !== undefined) this.#builders.set(builder, own)
      const [, , named] = args
      if (named !== undefined && ts.isIdentifier(named)) this.#facts.take(own, named.text)
      const table = args.slice(2).find((arg) => ts.isObjectLiteralExpression(unwrap(arg)))
      if (table !== undefined) readTable(this.#facts, own, table)
      return root
    }
    if (isCommander && described !== null) return holder
    const variable = this.#variableOf(outer)
    if (variable !== undefined) this.#holders.set(variable, own)
    return own
  }

  /** `.command('a').description('text')` */
  #described(node: ts.CallExpression): string {
    let at: ts.Node = node
    for (let step = 0; step < MAX_CALLS_TO_TEXT; step++) {
      if (!ts.isPropertyAccessExpression(at.parent) || !ts.isCallExpression(at.parent.parent)) return ''
      const { name } = at.parent
      at = at.parent.parent
      if (!/^(?:description|describe|summary)$/.test(name.text) || !ts.isCallExpression(at)) continue
      const [first] = at.arguments
      return (first === undefined ? null : stringOf(first)) ?? ''
    }
    return ''
  }
}
