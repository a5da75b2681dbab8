/**
 * Reads options of programs in Go: flag, pflag, cobra, urfave/cli and its copies, tags of structs, and comparisons with
 * `os.Args`.
 */

import { endOf, kindAt, type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import { type FileOptions, OptionFacts } from './file-options.ts'
import {
  elementsOf,
  fieldsOf,
  fieldText,
  flagMethod,
  flagOption,
  isHidden,
  stringsIn,
  urfaveOption,
} from './go-option-facts.ts'
import { GoTagOptions } from './go-tag-options.ts'
import { wordsAt } from './option-texts.ts'
import { partOf, partsOf } from './option-tree.ts'

/** Limit on the words of a usage line: the name and the positional arguments. */
const MAX_PLACES = 6

const FLAG_SET = /^(?:[\w.]+\.)?(?:Persistent|Local)?Flags\(\)$/
/** An option as typed. */
const TYPED = /^--?[A-Za-z][\w-]{0,60}$/
const NAME = /^[A-Za-z_][\w.]{0,80}$/
/** Names of functions that add options if they match `OPTIONS`, too. viper binds flags to settings and adds none. */
const ADDS = /^(?!viper\.)(?:\w+\.)?(?:[Aa]dd|[Bb]ind|[Rr]egister|[Ii]nit|[Ss]et|[Cc]onfigure)\w*$/
const OPTIONS = /Flag|Opt|Arg/
const URFAVE_FLAG = /^&?(?:cli|altsrc)\.(?:New)?([A-Z]\w*)Flag$/

/** A package named `cli` that is imported by another name. */
const RENAMED = /^[ \t]{0,4}(?:import )?([A-Za-z]\w{0,40}) "[^"\n]{1,160}\/cli(?:\/v\d)?"/m

export function findGoOptions(tree: ReadTree, lineAt: (offset: number) => number): FileOptions | undefined {
  return new GoOptions(tree, lineAt).find()
}

class GoOptions {
  readonly #tree: ReadTree
  readonly #lineAt: (offset: number) => number
  readonly #facts = new OptionFacts()
  readonly #aliases = new Map<string, string>()
  readonly #functions: { name: string; end: number }[] = []
  /** Enclosing literals of commands with their ends, innermost last. */
  readonly #literals: { holder: string; end: number }[] = []
  /** Elements of lists of commands, whose type the list states. */
  readonly #elements = new Set<number>()
  /** The name by which the file calls urfave/cli, and a dot. */
  readonly #cli: string
  /** The package `flag` uses one dash. */
  readonly #isPlain: boolean
  /** The file may compare options with `os.Args` itself. */
  readonly #isByHand: boolean

  constructor(tree: ReadTree, lineAt: (offset: number) => number) {
    this.#tree = tree
    this.#lineAt = lineAt
    this.#cli = `${RENAMED.exec(tree.text.slice(0, 20_000))?.[1] ?? 'cli'}.`
    this.#isByHand = tree.text.includes('os.Args')
    this.#isPlain = tree.text.includes('\t"flag"') || tree.text.includes('import "flag"')
  }

  find(): FileOptions | undefined {
    const tree = this.#tree
    for (let node = 0; node < tree.size; node++) {
      while ((this.#functions.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= node) this.#functions.pop()
      while ((this.#literals.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= node) this.#literals.pop()
      if (!tree.isNamed(node)) continue
      switch (kindAt(tree, node)) {
        case 'function_declaration':
        case 'method_declaration': {
          const name = partOf(tree, node, /^(?:field_)?identifier$/)
          this.#functions.push({ name: name === undefined ? '' : textAt(tree, name), end: tree.after[node] ?? 0 })
          break
        }
        case 'short_var_declaration':
        case 'assignment_statement':
        case 'var_spec':
          this.#assign(node)
          break
        case 'return_statement':
          this.#return(node)
          break
        case 'composite_literal':
          this.#literal(node)
          break
        case 'literal_value':
          if (this.#elements.has(node)) this.#command(`literal ${node}`, node)
          break
        case 'expression_case':
          this.#case(node)
          break
        case 'binary_expression':
          if (this.#isByHand) this.#compared(node)
          break
        case 'call_expression':
          this.#call(node)
      }
    }
    new GoTagOptions(tree, this.#lineAt, this.#facts).read()
    return this.#facts.facts()
  }

  #key(name: string): string {
    const around = this.#functions.at(-1)?.name
    return around === undefined ? name : `${around}#${name}`
  }

  /** The name of a holder, qualified by the current function. */
  #holder(name: string): string {
    const key = this.#key(name)
    return this.#aliases.get(key) ?? (this.#facts.hasCommand(key) ? key : (this.#aliases.get(name) ?? name))
  }

  /** A command or a set of flags assigned to a variable. */
  #assign(node: number): void {
    const tree = this.#tree
    const parts = partsOf(tree, node)
    const [left, right] = [parts[0], parts.at(-1)]
    if (left === undefined || right === undefined || left === right) return
    const name = textAt(tree, left).slice(0, 90)
    if (!NAME.test(name)) return
    const isLocal = kindAt(tree, node) !== 'assignment_statement' && this.#functions.length > 0
    const holder = isLocal ? this.#key(name) : name
    const value = valueBehind(tree, right)
    const text = textAt(tree, value).slice(0, 200)
    const [owner = '', field = ''] = name.split(/\.(?=(?:Flags|Commands)$)/)
    if (kindAt(tree, value) === 'composite_literal' && field !== '') this.#within(this.#holder(owner), value)
    else if (kindAt(tree, value) === 'composite_literal') this.#command(holder, value)
    else if (text.startsWith(`${this.#cli}NewApp(`)) {
      this.#facts.command({ holder, line: this.#lineAt(startOf(tree, node)) })
    } else if (FLAG_SET.test(text)) this.#aliases.set(holder, this.#receiver(text))
    else if (/^(?:p?flag)\.NewFlagSet\(/.test(text)) {
      const list = partOf(tree, value, /^argument_list$/)
      const [first] = list === undefined ? [] : partsOf(tree, list)
      const own = first === undefined ? null : wordsAt(tree, first)
      const line = this.#lineAt(startOf(tree, node))
      this.#facts.command({ holder, name: own ?? '', line })
    }
  }

  /** `app.Flags = []cli.Flag{…}`: flags and commands of an application created earlier. */
  #within(holder: string, literal: number): void {
    if (this.#facts.hasCommand(holder)) this.#literals.push({ holder, end: this.#tree.after[literal] ?? 0 })
  }

  /** The type of a literal; for urfave/cli, `cli.Command` even if the package is imported under another name. */
  #typeOf(literal: number): string {
    const tree = this.#tree
    if (this.#elements.has(literal)) return 'cli.Command'
    const type = textAt(tree, partsOf(tree, literal)[0] ?? literal).slice(0, 60)
    return type.replace(/^(\[\]\*?)?(\w+\.)/, (all, list: string = '', own: string = '') =>
      own === this.#cli ? `${list}cli.` : all,
    )
  }

  /** `return &cobra.Command{…}` or `return cmd`: the function represents the command. */
  #return(node: number): void {
    const tree = this.#tree
    const around = this.#functions.at(-1)?.name
    const [list] = partsOf(tree, node)
    if (around === undefined || list === undefined) return
    const value = valueBehind(tree, list)
    if (kindAt(tree, value) === 'composite_literal') this.#command(around, value)
    else {
      const holder = this.#holder(textAt(tree, value).slice(0, 90))
      if (this.#facts.hasCommand(holder)) this.#facts.alias(around, holder)
    }
  }

  /** `cobra.Command{Use: "run <file>", Short: "…"}` */
  #command(holder: string, literal: number): void {
    const tree = this.#tree
    const type = this.#typeOf(literal)
    const isCobra = /(?:^|\.)Command$/.test(type) && !type.startsWith('cli.')
    if (!isCobra && !/^cli\.(?:App|Command)$/.test(type)) return
    const fields = fieldsOf(tree, literal)
    const use = fieldText(this.#tree, fields, isCobra ? 'Use' : 'Name')
    if (use === '' && !fields.has('Flags')) return
    const outer = this.#literals.at(-1)?.holder ?? null
    this.#facts.command({
      holder,
      name: use.split(/\s/)[0] ?? '',
      parent: outer,
      text: fieldText(this.#tree, fields, 'Short', 'Usage', 'Long'),
      line: this.#lineAt(startOf(tree, literal)),
      ...(isHidden(tree, fields) && { isHidden: true }),
    })
    const at = fields.get('Use')
    for (const place of isCobra && at !== undefined ? use.split(/\s+/).slice(1, MAX_PLACES) : []) {
      if (/^\[?(?:flags|options|commands?|subcommands?)\]?$/i.test(place)) continue
      const line = this.#lineAt(startOf(tree, at ?? literal))
      const argument = { names: [place], isArgument: true, value: '', default: null, text: '', written: place }
      this.#facts.option({ holder, ...argument, line })
    }
    this.#literals.push({ holder, end: tree.after[literal] ?? 0 })
  }

  /** A command inside the literal of another, or a flag of urfave/cli. */
  #literal(node: number): void {
    const tree = this.#tree
    const outer = this.#literals.at(-1)
    const type = this.#typeOf(node)
    const isKnown = outer !== undefined && outer.end === tree.after[node]
    if (/^(?:cli\.)?Command$/.test(type) && outer !== undefined && !isKnown) this.#command(`literal ${node}`, node)
    if (/^\[\]\*?cli\.Command$/.test(type) && outer !== undefined)
      for (const one of elementsOf(tree, node)) this.#elements.add(one)
    const [, kind] = URFAVE_FLAG.exec(type) ?? []
    if (kind === undefined || outer === undefined) return
    const fields = fieldsOf(tree, node)
    const name = fieldText(this.#tree, fields, 'Name')
    if (name === '' || isHidden(tree, fields)) return
    this.#facts.option(urfaveOption({ tree, lineAt: this.#lineAt }, outer.holder, kind, fields, node))
  }

  /** `case "-h", "--help":` in a file that parses `os.Args` itself. */
  #case(node: number): void {
    const tree = this.#tree
    const [list] = partsOf(tree, node)
    if (!this.#isByHand || list === undefined || kindAt(tree, list) !== 'expression_list') return
    const names = stringsIn(tree, list)
    if (names.length === 0 || !names.every((name) => TYPED.test(name))) return
    this.#typed(names, list)
  }

  /** `os.Args[1] == "-v"` */
  #compared(node: number): void {
    const tree = this.#tree
    const [, name] = /==\s*"([^"\\\n]{1,60})"$/.exec(textAt(tree, node).slice(0, 200)) ?? []
    if (name === undefined || !TYPED.test(name)) return
    this.#typed([name], node)
  }

  /** Adds options that the program compares with `os.Args` itself. */
  #typed(names: string[], node: number): void {
    const line = this.#lineAt(startOf(this.#tree, node))
    const written = names[0] ?? ''
    this.#facts.option({ holder: '', names, isArgument: false, value: '', default: null, text: '', line, written })
  }

  #receiver(text: string): string {
    return this.#holder(text.replace(/\.(?:Persistent|Local)?Flags\(\)$/, ''))
  }

  /** `addLogging(cmd.Flags())`: the function may add options. */
  #passed(callee: string, args: readonly number[]): void {
    if (!ADDS.test(callee) || !OPTIONS.test(callee)) return
    for (const arg of args) {
      const text = textAt(this.#tree, arg).slice(0, 90)
      const holder = FLAG_SET.test(text) ? this.#receiver(text) : NAME.test(text) ? this.#holder(text) : ''
      if (this.#facts.hasCommand(holder)) this.#facts.open(holder)
    }
  }

  #call(node: number): void {
    const tree = this.#tree
    const [callee, list] = partsOf(tree, node)
    if (callee === undefined || list === undefined || endOf(tree, callee) - startOf(tree, callee) > 160) return
    const text = textAt(tree, callee).replace(/\s+/g, '')
    this.#passed(text, partsOf(tree, list))
    const at = text.lastIndexOf('.')
    if (at < 0) return
    const [receiver, method] = [text.slice(0, at), text.slice(at + 1)]
    const args = partsOf(tree, list)
    const prefix = this.#isByHand && method === 'HasPrefix' ? (wordsAt(tree, args[1] ?? node) ?? '') : ''
    if (TYPED.test(prefix)) this.#typed([prefix], args[1] ?? node)
    if (method === 'AddCommand') {
      for (const arg of args) {
        const child = textAt(tree, arg)
          .slice(0, 90)
          .replace(/\([^()]*\)$/, '')
        if (NAME.test(child)) this.#facts.add(this.#holder(receiver), this.#holder(child.split('.').at(-1) ?? child))
      }
      return
    }
    if (method === 'MarkHidden') {
      const name = args[0] === undefined ? null : wordsAt(tree, args[0])
      if (name !== null) this.#facts.hide(`--${name}`)
      return
    }
    if (method === 'AddFlagSet' && FLAG_SET.test(receiver)) this.#facts.open(this.#receiver(receiver))
    const found = flagMethod(method)
    const isSet = FLAG_SET.test(receiver)
    const isPackage = receiver === 'flag' || receiver === 'pflag'
    if (found === undefined) return
    const holder = isSet ? this.#receiver(receiver) : isPackage ? '' : this.#holder(receiver)
    if (!isSet && !isPackage && !this.#aliases.has(this.#key(receiver)) && !this.#facts.hasCommand(holder)) return
    this.#facts.put(holder, flagOption({ tree, lineAt: this.#lineAt }, holder, found, args, this.#isPlain ? '-' : '--'))
  }
}

/** The value of an assignment or a return, without `&` and lists of one. */
function valueBehind(tree: ReadTree, node: number): number {
  let value = node
  for (let depth = 0; depth < 3 && /^(?:expression_list|unary_expression)$/.test(kindAt(tree, value)); depth++)
    value = partsOf(tree, value)[0] ?? value
  return value
}
