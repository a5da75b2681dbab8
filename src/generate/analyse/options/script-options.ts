/** Reads options of programs in TypeScript and JavaScript: commander, cac, sade, yargs, meow and `parseArgs`. */

import { ts } from '#generate/analyse/compiler.mjs'
import { functionWith } from '#generate/analyse/typescript/enclosing-functions.ts'
import { unwrap } from '#generate/analyse/typescript/expressions.ts'
import { stringOf } from '#generate/analyse/typescript/literals.ts'
import { type FileOptions, OptionFacts } from './file-options.ts'
import { meowFlags } from './meow-flags.ts'
import {
  addedOption,
  argumentOption,
  flagsOption,
  isHiddenBy,
  lineOf,
  namedOption,
  nameOf,
  propertyOf,
  usageArgument,
} from './script-option-facts.ts'

const LIBRARIES = /['"](commander|cac|sade|yargs|yargs\/yargs|meow|(?:node:)?util)['"]/g
/** Limit on the nodes of a file that are visited; options after them are not found. */
const MAX_NODES = 200_000
/** Limit on the calls of a chain, and on those after one that are searched for its description. */
const MAX_CHAIN = 400
const MAX_CALLS_TO_TEXT = 8
const MAX_COMMENT = 300

type Library = 'commander' | 'cac' | 'sade' | 'yargs' | 'meow' | 'util'

/** A call of a chain: `.option('-a', 'text')`. */
interface Link {
  readonly name: string
  readonly args: readonly ts.Expression[]
  readonly node: ts.CallExpression
}

export function findScriptOptions(tree: ts.SourceFile): FileOptions | undefined {
  const libraries = new Set(
    [...tree.text.matchAll(LIBRARIES)].map(([, name = '']) => name.replace(/^node:|\/yargs$/, '') as Library),
  )
  if (libraries.size === 0 || (libraries.size === 1 && libraries.has('util') && !tree.text.includes('parseArgs')))
    return undefined
  return new ScriptOptions(tree, libraries).find()
}

class ScriptOptions {
  readonly #tree: ts.SourceFile
  readonly #libraries: ReadonlySet<Library>
  readonly #facts = new OptionFacts()
  /** Calls that belong to a chain already handled. */
  readonly #handled = new Set<ts.Node>()
  /** Holders of commands, keyed by variable or by the function that builds them. */
  readonly #holders = new Map<string, string>()
  readonly #builders = new Map<ts.Node, string>()
  #left = MAX_NODES

  constructor(tree: ts.SourceFile, libraries: ReadonlySet<Library>) {
    this.#tree = tree
    this.#libraries = libraries
  }

  find(): FileOptions | undefined {
    this.#visit(this.#tree)
    return this.#facts.facts()
  }

  /** Recursion is bounded: the parser refuses trees that are nested too deeply. */
  #visit(node: ts.Node): void {
    if (this.#left-- <= 0) return
    if (ts.isCallExpression(node) && !this.#handled.has(node)) this.#look(node)
    ts.forEachChild(node, (child) => {
      this.#visit(child)
    })
  }

  #look(node: ts.CallExpression): void {
    const callee = ts.isIdentifier(node.expression) ? node.expression.text : ''
    if (callee === 'meow' && this.#libraries.has('meow')) this.#meow(node)
    else if (callee === 'parseArgs' && this.#libraries.has('util')) this.#parseArgs(node)
    else if ((['commander', 'cac', 'sade', 'yargs'] as const).some((name) => this.#libraries.has(name)))
      this.#chain(node)
  }

  #chain(outer: ts.CallExpression): void {
    const links: Link[] = []
    let at: ts.Expression = outer
    while (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression) && links.length < MAX_CHAIN) {
      this.#handled.add(at)
      links.unshift({ name: at.expression.name.text, args: [...at.arguments], node: at })
      at = unwrap(at.expression.expression)
      if (ts.isPropertyAccessExpression(at)) at = unwrap(at.expression)
    }
    const root = this.#rootOf(at)
    if (
      root === undefined ||
      !links.some(({ name }) =>
        /^(?:option|options|requiredOption|argument|addOption|command|positional|addCommand|name|scriptName|description)$/.test(
          name,
        ),
      )
    )
      return
    this.#follow(root, links, outer)
  }

  /** The holder at the start of a chain: a variable, `new Command('a')`, `cac('a')`. */
  #rootOf(node: ts.Expression): string | undefined {
    if (ts.isIdentifier(node)) {
      const known = this.#known(node)
      if (known !== undefined) return known
      if (!/^(?:program|commander|yargs|cli|prog)$/.test(node.text)) return undefined
      this.#command(node.text, '', null, '', node)
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
    const [first] = node.arguments ?? []
    const holder = this.#variableOf(node) ?? `program ${node.getStart(this.#tree)}`
    const name = first === undefined ? null : stringOf(first)
    const own = callee === 'yargs' ? '' : ((name ?? '').split(' ')[0] ?? '')
    this.#command(holder, own, null, '', node)
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

  #command(holder: string, name: string, parent: string | null, text: string, node: ts.Node, isHidden = false): void {
    this.#facts.command({ holder, name, parent, text, line: lineOf(node), ...(isHidden && { isHidden }) })
  }

  #follow(root: string, links: readonly Link[], outer: ts.CallExpression): void {
    let holder = root
    for (const { name, args, node } of links) {
      const [first, second, third] = args
      const words = first === undefined ? null : stringOf(first)
      switch (name) {
        case 'command':
        case 'positional':
          if (name === 'command' && words !== null) holder = this.#sub(root, holder, words, args, node, outer)
          else if (name === 'positional' && words !== null && second !== undefined)
            this.#facts.put(holder, namedOption(holder, words, second, true))
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
            if (this.#libraries.has('yargs')) this.#facts.put(holder, namedOption(holder, words, second, false))
          } else this.#facts.option(flagsOption(holder, words, second, third, first))
          break
        case 'options':
          this.#table(holder, first)
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
  #sub(
    root: string,
    holder: string,
    usage: string,
    args: readonly ts.Expression[],
    node: ts.CallExpression,
    outer: ts.CallExpression,
  ): string {
    const second = args[1]
    const described = second === undefined ? null : stringOf(second)
    const isCommander = this.#libraries.has('commander')
    const [name = ''] = usage.split(' ')
    const isDefault = /^[[<$*]/.test(name)
    const parent = isCommander ? holder : root
    const own = isDefault ? parent : `${parent} ${name}`
    const text = described ?? this.#described(node)
    if (!isDefault) this.#command(own, name, parent, text, node, isHiddenBy(second))
    else this.#facts.describe(parent, { text })
    for (const part of usage.split(' ').slice(isDefault ? 0 : 1))
      if (/^[<[]/.test(part)) this.#facts.option(usageArgument(own, part, node))
    if (this.#libraries.has('yargs')) {
      const builder = args.find((arg) => ts.isArrowFunction(arg) || ts.isFunctionExpression(arg))
      if (builder !== undefined) this.#builders.set(builder, own)
      const [, , named] = args
      if (named !== undefined && ts.isIdentifier(named)) this.#facts.take(own, named.text)
      const table = args.slice(2).find((arg) => ts.isObjectLiteralExpression(unwrap(arg)))
      if (table !== undefined) this.#table(own, table)
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

  /** @param hasWords - Whether the library has a setting for descriptions; otherwise, comments above options are used. */
  #table(holder: string, node: ts.Expression | undefined, hasWords = true): void {
    const table = node === undefined ? undefined : unwrap(node)
    if (table === undefined || !ts.isObjectLiteralExpression(table)) {
      this.#facts.open(holder)
      return
    }
    for (const one of table.properties) {
      if (!ts.isPropertyAssignment(one)) continue
      const words = hasWords ? '' : commentAbove(this.#tree, one)
      this.#facts.put(holder, namedOption(holder, nameOf(one), one.initializer, false, one.name, words))
    }
  }

  #meow(node: ts.CallExpression): void {
    const holder = 'meow'
    const flags = meowFlags(this.#tree, node, holder)
    if (flags === undefined) return
    this.#command(holder, '', null, '', node)
    for (const flag of flags) this.#facts.put(holder, flag)
  }

  #parseArgs(node: ts.CallExpression): void {
    const [first] = node.arguments
    const config = first === undefined ? undefined : unwrap(first)
    if (config === undefined || !ts.isObjectLiteralExpression(config)) return
    const options = propertyOf(config, 'options')
    if (options === undefined) return
    const holder = `parseArgs ${node.getStart(this.#tree)}`
    this.#command(holder, '', null, '', node)
    this.#table(holder, options, false)
  }
}

/** The text of the comment directly above a node, which may have several lines of `//`; '' if there is none. */
function commentAbove({ text }: ts.SourceFile, node: ts.Node): string {
  const isGap = (from: number, to: number): boolean => text.slice(from, to).split('\n').length > 2
  const words: string[] = []
  let below = node.getStart()
  for (const { pos, end, kind } of ts.getLeadingCommentRanges(text, node.getFullStart())?.reverse() ?? []) {
    if (isGap(end, below) || (words.length > 0 && kind === ts.SyntaxKind.MultiLineCommentTrivia)) break
    words.unshift(text.slice(pos, Math.min(end, pos + MAX_COMMENT)).replace(/^\/[/*]{1,3}|\*\/$|^[ \t]{0,80}\*/gm, ''))
    below = pos
  }
  return words.join(' ').replace(/\s+/g, ' ').trim().slice(0, MAX_COMMENT)
}
