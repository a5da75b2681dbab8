/**
 * Finds names that a module creates on first access: its `__getattr__` imports and returns the requested name;
 * or it has such a function, or is replaced by a lazy module, and a dictionary at its top level maps each name to its module.
 */

import { NONE } from '#generate/analyse/syntax-tree.ts'
import type { Definition, FileFacts } from './facts.ts'
import type { Module } from './modules.ts'
import { operatorBetween } from './operators.ts'
import type { Program } from './program.ts'
import { stringValue } from './strings.ts'
import { K } from './syntax.ts'

/** The definition of a lazy name. */
export interface LazyName {
  readonly module: Module
  readonly name: string
}

/** Limit on the pairs in the dictionaries of one file. */
const MAX_PAIRS = 20_000
const PACKAGE = /(?:^|\/)__init__\.pyi?$/
/** Limit on the names with which a `__getattr__` compares. */
const MAX_BRANCHES = 200
/** `sys.modules[__name__] = _LazyModule(…)`. */
const LAZY_MODULE = /\b_?Lazy\w{0,100}Module\(/

const known = new WeakMap<FileFacts, ReadonlyMap<string, LazyName>>()

export function lazyNamesOf(program: Program, file: FileFacts): ReadonlyMap<string, LazyName> {
  const found = known.get(file) ?? read(program, file)
  known.set(file, found)
  return found
}

/** The string keys of a dictionary bound to a name at the file's top level; `undefined` if there is none. */
export function keysOfDictionary(file: FileFacts, name: string): string[] | undefined {
  const { tree } = file
  const node = file.top.names.get(name)?.find(({ expression }) => expression !== NONE)?.expression ?? NONE
  if (node === NONE || tree.kind(node) !== K.dictionary) return undefined
  return pairsOf(file, node).map(({ key }) => key)
}

function read(program: Program, file: FileFacts): ReadonlyMap<string, LazyName> {
  const names = new Map<string, LazyName>()
  // `def __getattr__(name)`, `__getattr__, __dir__, __all__ = lazy.attach(__name__, …)`
  if (!file.top.names.has('__getattr__') && !LAZY_MODULE.test(file.tree.text)) return names
  for (const bindings of file.top.names.values()) {
    for (const { expression } of bindings) {
      if (expression !== NONE)
        for (const dictionary of dictionariesIn(file, expression)) readDictionary(program, file, dictionary, names)
    }
  }
  // A module that is not a package does so for its old names, which other modules define.
  for (const { definition } of PACKAGE.test(file.path) ? (file.top.names.get('__getattr__') ?? []) : [])
    if (definition !== null) readComparisons(program, file, definition, names)
  return names
}

/** `if name == "Command":`, with `from .core import _Command` and `return _Command` in it. */
function readComparisons(program: Program, file: FileFacts, asked: Definition, names: Map<string, LazyName>): void {
  const { tree } = file
  const [parameter] = asked.parameters.keys()
  const statements = tree.children(tree.last(asked.node)).filter((one) => tree.kind(one) === K.if_statement)
  const branches = statements.flatMap((one) => [
    one,
    ...tree.children(one).filter((part) => tree.kind(part) === K.elif_clause),
  ])
  for (const branch of branches.slice(0, MAX_BRANCHES)) {
    const condition = tree.first(branch)
    const block = tree.childOfKind(branch, K.block)
    if (tree.kind(condition) !== K.comparison_operator || block === NONE) continue
    const [left, right] = [tree.first(condition), tree.last(condition)]
    const operator = operatorBetween(tree, left, right)
    const key = tree.kind(right) === K.string ? stringValue(tree.textOf(right)) : undefined
    if (key === undefined || operator !== '==' || tree.textOf(left) !== parameter || names.has(key)) continue
    const isInside = (node: number): boolean =>
      tree.start(node) >= tree.start(block) && tree.end(node) <= tree.end(block)
    const result = asked.returned.find(isInside) ?? NONE
    const imported = result === NONE ? [] : (asked.body?.names.get(tree.textOf(result)) ?? [])
    const source = imported.find(({ source, node }) => source?.name != null && isInside(node))?.source
    const module = source && moduleNamed(program, file, '.'.repeat(source.level) + source.module.join('.'))
    if (module != null && source?.name != null) names.set(key, { module, name: source.name })
  }
}

/** A dictionary itself, or those passed as keyword arguments of a call: `attach(__name__, submod_attrs={…})`. */
function dictionariesIn({ tree }: FileFacts, node: number): number[] {
  if (tree.kind(node) === K.dictionary) return [node]
  if (tree.kind(node) !== K.call) return []
  return tree
    .children(tree.last(node))
    .filter((one) => tree.kind(one) === K.keyword_argument && tree.kind(tree.last(one)) === K.dictionary)
    .map((one) => tree.last(one))
}

function readDictionary(program: Program, file: FileFacts, node: number, names: Map<string, LazyName>): void {
  const add = (name: string, path: string, inside: string): void => {
    const module = moduleNamed(program, file, path)
    if (module !== undefined && !names.has(name)) names.set(name, { module, name: inside })
  }
  for (const { key, texts, isList } of pairsOf(file, node)) {
    const [first = '', second] = texts
    // `{'Command': '.core'}`, `{'Command': ('.core', 'Command')}`, `{'core': ['Command', 'Group']}`
    if (isList) for (const name of texts) add(name, key, name)
    else if (texts.length > 0 && texts.length < 3) add(key, first, second ?? key)
  }
}

interface Pair {
  readonly key: string
  /** The value, or its parts. */
  readonly texts: readonly string[]
  readonly isList: boolean
}

function pairsOf({ tree }: FileFacts, dictionary: number): Pair[] {
  const pairs: Pair[] = []
  for (
    let node = tree.first(dictionary);
    node !== NONE && pairs.length < MAX_PAIRS;
    node = tree.next(node, dictionary)
  ) {
    if (tree.kind(node) !== K.pair) continue
    const textOf = (one: number): string | undefined =>
      tree.kind(one) === K.string ? stringValue(tree.textOf(one)) : undefined
    const key = textOf(tree.first(node))
    if (key === undefined) continue
    const value = tree.last(node)
    const kind = tree.kind(value)
    const isMany = kind === K.list || kind === K.tuple || kind === K.set
    const texts = (isMany ? tree.children(value) : [value]).flatMap((one) => textOf(one) ?? [])
    pairs.push({ key, texts, isList: isMany && kind !== K.tuple })
  }
  return pairs
}

/** `.core`, `core` inside the package, or `package.core`. */
function moduleNamed(program: Program, file: FileFacts, dotted: string): Module | undefined {
  const parts = dotted.replace(/^\.+/, '').split('.')
  const level = dotted.length - dotted.replace(/^\.+/, '').length
  if (dotted.length > 1_000 || parts.some((part) => part === '')) return undefined
  const { modules } = program
  const tries =
    level > 0
      ? [modules.resolveRelative(file.path, level, parts)]
      : [modules.resolveRelative(file.path, 1, parts), modules.resolve(file.path, parts)]
  const chain = tries.find((one) => one.length === parts.length)
  return chain?.at(-1)
}
