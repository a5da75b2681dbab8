/** Options of programs in TypeScript and JavaScript: commander, cac, sade, yargs, meow, and `parseArgs` of Node. */

import { ts } from '#generate/analyse/compiler.mjs'
import { functionWith } from '#generate/analyse/typescript/enclosing-functions.ts'
import { literalOf, stringOf, unwrapped } from '#generate/analyse/typescript/literals.ts'
import { type FileOptions, OptionFacts } from './file-options.ts'

const LIBRARIES = /['"](commander|cac|sade|yargs|yargs\/yargs|meow|(?:node:)?util)['"]/g
const MAX_NODES = 200_000
const MAX_CHAIN = 400

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
  readonly #told = new Set<ts.Node>()
  /** Holders of commands by variable, and by the function that builds them. */
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
    if (ts.isCallExpression(node) && !this.#told.has(node)) this.#look(node)
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
      this.#told.add(at)
      links.unshift({ name: at.expression.name.text, args: [...at.arguments], node: at })
      at = unwrapped(at.expression.expression)
      if (ts.isPropertyAccessExpression(at)) at = unwrapped(at.expression)
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
    return holder
  }

  /**
   * The holder of a variable, or of the parameter of a function that builds a command. A parameter of any other
   * function stands for a group.
   */
  #known(node: ts.Identifier): string | undefined {
    const around = functionWith(node, node.text)
    if (around === undefined)
      return this.#holders.get(node.text) ?? (this.#facts.hasCommand(node.text) ? node.text : undefined)
    const built = this.#builders.get(around.node)
    if (built !== undefined || around.name === '' || !this.#libraries.has('yargs')) return built
    const line = this.#lineAt(node)
    this.#facts.command({ holder: around.name, name: '', parent: null, text: '', line, takes: [], isGroup: true })
    return around.name
  }

  /** The variable that the result of a chain is assigned to. */
  #variableOf(node: ts.Node): string | undefined {
    let at: ts.Node = node
    while (ts.isPropertyAccessExpression(at.parent) || ts.isCallExpression(at.parent)) at = at.parent
    return ts.isVariableDeclaration(at.parent) && ts.isIdentifier(at.parent.name) ? at.parent.name.text : undefined
  }

  #command(holder: string, name: string, parent: string | null, text: string, node: ts.Node): void {
    this.#facts.command({ holder, name, parent, text, line: this.#lineAt(node), takes: [] })
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
            this.#named(holder, words, second, true)
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
          else if (second !== undefined && ts.isObjectLiteralExpression(unwrapped(second))) {
            if (this.#libraries.has('yargs')) this.#named(holder, words, second, false)
          } else this.#flags(holder, words, second, third, first)
          break
        case 'options':
          this.#table(holder, first)
          break
        case 'argument':
          if (first !== undefined && words !== null) this.#argument(holder, words, second, third, first)
          break
        case 'addOption':
        case 'addArgument':
          this.#added(holder, first)
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
    if (!isDefault) this.#command(own, name, parent, text, node)
    else this.#facts.describe(parent, { text })
    for (const part of usage.split(' ').slice(isDefault ? 0 : 1)) if (/^[<[]/.test(part)) this.#place(own, part, node)
    if (this.#libraries.has('yargs')) {
      const builder = args.find((arg) => ts.isArrowFunction(arg) || ts.isFunctionExpression(arg))
      if (builder !== undefined) this.#builders.set(builder, own)
      const [, , named] = args
      if (named !== undefined && ts.isIdentifier(named)) this.#facts.take(own, named.text)
      const table = args.slice(2).find((arg) => ts.isObjectLiteralExpression(unwrapped(arg)))
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
    for (let step = 0; step < 8; step++) {
      if (!ts.isPropertyAccessExpression(at.parent) || !ts.isCallExpression(at.parent.parent)) return ''
      const { name } = at.parent
      at = at.parent.parent
      if (!/^(?:description|describe|summary)$/.test(name.text) || !ts.isCallExpression(at)) continue
      const [first] = at.arguments
      return (first === undefined ? null : stringOf(first)) ?? ''
    }
    return ''
  }

  /** `-p, --port <number>` */
  #flags(
    holder: string,
    usage: string,
    words: ts.Expression | undefined,
    given: ts.Expression | undefined,
    node: ts.Node,
  ): void {
    const parts = usage.split(/[ ,|]+/)
    const names = parts.filter((part) => part.startsWith('-'))
    const value = parts.filter((part) => /^[<[]/.test(part)).join(' ')
    const config = given === undefined ? undefined : unwrapped(given)
    const isTable = config !== undefined && ts.isObjectLiteralExpression(config)
    const fallback = isTable ? literalOf(propertyOf(config, 'default')) : literalOf(given)
    this.#facts.option({
      holder,
      // sade and cac allow long names without dashes.
      names: names.length > 0 ? names : parts.filter((part) => /^\w/.test(part)).map((part) => `--${part}`),
      isArgument: false,
      value: value.replace(/^[<[](.*?)[>\]]$/, '$1'),
      default: fallback === 'false' || fallback === '' ? null : fallback,
      text: (words === undefined ? null : this.#textOf(words)) ?? '',
      line: this.#lineAt(node),
      written: usage.slice(0, 60),
    })
  }

  #argument(
    holder: string,
    usage: string,
    words: ts.Expression | undefined,
    given: ts.Expression | undefined,
    node: ts.Node,
  ): void {
    this.#facts.option({
      holder,
      names: [usage.replace(/^[<[](.*?)[>\]]$/, '$1')],
      isArgument: true,
      value: '',
      default: literalOf(given),
      text: (words === undefined ? null : this.#textOf(words)) ?? '',
      line: this.#lineAt(node),
      written: usage.slice(0, 60),
    })
  }

  /** An argument that appears in a usage line only. */
  #place(holder: string, part: string, node: ts.Node): void {
    const name = part.replace(/[[\]<>]/g, '')
    this.#facts.option({
      holder,
      names: [name],
      isArgument: true,
      value: '',
      default: null,
      text: '',
      line: this.#lineOf(node),
      written: name.replace(/^\.{3}|\.{3}$/g, ''),
    })
  }

  /** `new Option('-a', 'text').default('b')` */
  #added(holder: string, node: ts.Expression | undefined): void {
    let at = node === undefined ? undefined : unwrapped(node)
    let fallback: ts.Expression | undefined
    while (at !== undefined && ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression)) {
      if (at.expression.name.text === 'hideHelp') return
      if (at.expression.name.text === 'default') fallback = at.arguments[0]
      at = unwrapped(at.expression.expression)
    }
    if (at === undefined || !ts.isNewExpression(at) || !ts.isIdentifier(at.expression)) return
    const [first, second] = at.arguments ?? []
    const usage = first === undefined ? null : stringOf(first)
    if (first === undefined || usage === null) this.#facts.open(holder)
    else if (at.expression.text === 'Option') this.#flags(holder, usage, second, fallback, first)
    else if (at.expression.text === 'Argument') this.#argument(holder, usage, second, fallback, first)
  }

  #table(holder: string, node: ts.Expression | undefined): void {
    const table = node === undefined ? undefined : unwrapped(node)
    if (table === undefined || !ts.isObjectLiteralExpression(table)) {
      this.#facts.open(holder)
      return
    }
    for (const one of table.properties)
      if (ts.isPropertyAssignment(one)) this.#named(holder, nameOf(one), one.initializer, false, one.name)
  }

  /** `'port', { alias: 'p', type: 'number', default: 80, describe: 'text' }`, as in yargs, meow and `parseArgs`. */
  #named(
    holder: string,
    name: string,
    settings: ts.Expression,
    isArgument: boolean,
    at: ts.Node = settings,
    described = '',
  ): void {
    const table = unwrapped(settings)
    if (name === '' || !ts.isObjectLiteralExpression(table)) return
    if (literalOf(propertyOf(table, 'hidden')) === 'true') return
    const aliases = ['alias', 'short', 'shortFlag', 'aliases'].flatMap((key) => stringsOf(propertyOf(table, key)))
    const kind =
      literalOf(propertyOf(table, 'type')) ?? (literalOf(propertyOf(table, 'boolean')) === 'true' ? 'boolean' : '')
    const fallback = literalOf(propertyOf(table, 'default'))
    const words = ['describe', 'description', 'desc', 'demandOption'].map((key) => propertyOf(table, key))
    const text = words.map((one) => (one === undefined ? null : this.#textOf(one))).find((one) => one !== null)
    this.#facts.option({
      holder,
      names: isArgument ? [name] : [...aliases, name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '-').toLowerCase()].map(dashed),
      isArgument,
      value: isArgument || kind === 'boolean' || kind === 'count' || kind === '' ? '' : kind,
      default: fallback === 'false' || fallback === '' ? null : fallback,
      text: text ?? described,
      line: this.#lineAt(at),
      written: name,
    })
  }

  /** Descriptions for meow come from its help text; its table of flags has none. */
  #meow(node: ts.CallExpression): void {
    const help = node.arguments.find((arg) => stringOf(arg) !== null || ts.isTemplateExpression(arg))
    const config = node.arguments.map(unwrapped).find((arg) => ts.isObjectLiteralExpression(arg))
    const flags = config === undefined ? undefined : propertyOf(config, 'flags')
    const table = flags === undefined ? undefined : unwrapped(flags)
    if (table === undefined || !ts.isObjectLiteralExpression(table)) return
    const holder = 'meow'
    this.#command(holder, '', null, '', node)
    const words = new Map<string, string>()
    for (const line of help === undefined ? [] : help.getText(this.#tree).split('\n', 400)) {
      const [head = '', ...text] = line.slice(0, 500).trim().split('  ')
      const name = head.split(/[ ,=]/).find((one) => one.startsWith('--'))
      const said = text.join(' ').trim()
      if (name !== undefined && said !== '') words.set(name.slice(2), said.replace(/`$/, ''))
    }
    for (const one of table.properties) {
      if (!ts.isPropertyAssignment(one)) continue
      const name = nameOf(one)
      const kebab = name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '-').toLowerCase()
      this.#named(holder, name, one.initializer, false, one.name, words.get(kebab) ?? words.get(`no-${kebab}`) ?? '')
    }
  }

  #parseArgs(node: ts.CallExpression): void {
    const [first] = node.arguments
    const config = first === undefined ? undefined : unwrapped(first)
    if (config === undefined || !ts.isObjectLiteralExpression(config)) return
    const options = propertyOf(config, 'options')
    if (options === undefined) return
    const holder = `parseArgs ${node.getStart(this.#tree)}`
    this.#command(holder, '', null, '', node)
    this.#table(holder, options)
  }

  /** A string literal, also concatenated. */
  #textOf(node: ts.Expression): string | null {
    const inner = unwrapped(node)
    const text = stringOf(inner)
    if (text !== null || !ts.isBinaryExpression(inner)) return text
    const parts: string[] = []
    let at: ts.Expression = inner
    for (let depth = 0; depth < 20 && ts.isBinaryExpression(at); depth++) {
      parts.unshift(stringOf(at.right) ?? '')
      at = unwrapped(at.left)
    }
    const head = stringOf(at)
    return head === null ? null : head + parts.join('')
  }

  #lineAt(node: ts.Node): number {
    return this.#tree.getLineAndCharacterOfPosition(node.getStart(this.#tree)).line + 1
  }

  /** The line of a chained call's first argument. */
  #lineOf(node: ts.Node): number {
    return ts.isCallExpression(node) && node.arguments[0] !== undefined
      ? this.#lineAt(node.arguments[0])
      : this.#lineAt(node)
  }
}

const dashed = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`)

function nameOf({ name }: ts.PropertyAssignment): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : ''
}

function propertyOf(table: ts.ObjectLiteralExpression, key: string): ts.Expression | undefined {
  const found = table.properties.find((one) => ts.isPropertyAssignment(one) && nameOf(one) === key)
  return found !== undefined && ts.isPropertyAssignment(found) ? found.initializer : undefined
}

function stringsOf(node: ts.Expression | undefined): string[] {
  if (node === undefined) return []
  const inner = unwrapped(node)
  const all = ts.isArrayLiteralExpression(inner) ? inner.elements : [inner]
  return [...all].flatMap((one) => stringOf(one) ?? [])
}
