/** The placeholders that click and typer print for the values of options: `TEXT`, `INTEGER`, `[a|b]`. */

import { kindAt, type ReadTree, textAt } from '#generate/analyse/reads/read-tree.ts'
import { type Arg, labelled, partsOf } from './option-tree.ts'
import { callOf, listAt } from './python-calls.ts'

const NAMES: Readonly<Record<string, string>> = {
  str: 'TEXT',
  STRING: 'TEXT',
  int: 'INTEGER',
  INT: 'INTEGER',
  IntRange: 'INTEGER RANGE',
  float: 'FLOAT',
  FLOAT: 'FLOAT',
  FloatRange: 'FLOAT RANGE',
  bool: 'BOOLEAN',
  BOOL: 'BOOLEAN',
  UUID: 'UUID',
  Path: 'PATH',
  File: 'FILENAME',
}
const MAX_CHOICES = 60

/**
 * The placeholder that click prints for an option without a `metavar`.
 *
 * @returns '' for an unknown type, a space for a tuple with an unknown type.
 */
export function clickPlaceholder(tree: ReadTree, args: readonly Arg[]): string {
  const type = labelled(args, 'type')
  const value = labelled(args, 'default')
  const word = type !== undefined ? typeWord(tree, type) : value !== undefined ? typeOfDefault(tree, value) : 'TEXT'
  const count = labelled(args, 'nargs')
  const isOne = count === undefined || textAt(tree, count).slice(0, 4) === '1'
  return word === '' || isOne ? word : `${word}...`
}

/** The placeholder that typer prints for an annotation: `Optional[int]`, `list[str]`, `Path | None`. */
export function annotatedPlaceholder(annotation: string): string {
  const inner = annotation
    .replace(/^Annotated\[\s{0,9}/, '')
    .replace(/^(?:typing\.)?(?:Optional|List|list|Sequence)\[\s{0,9}/, '')
  const [, name = ''] = /^(?:\w{1,40}\.){0,3}(\w{1,40})\s{0,9}(?:$|[\],=]|\|\s{0,9}None\b)/.exec(inner) ?? []
  return NAMES[name] ?? ''
}

function typeWord(tree: ReadTree, node: number): string {
  if (kindAt(tree, node) === 'tuple') {
    const words = partsOf(tree, node).map((part) => (kindAt(tree, part) === 'tuple' ? '' : typeWord(tree, part)))
    return words.every((word) => /^\w/.test(word)) ? `<${words.join(' ')}>...` : ' '
  }
  const call = callOf(tree, node)
  if (call === undefined) return NAMES[lastName(textAt(tree, node).slice(0, 60))] ?? ''
  const name = lastName(call.callee.slice(0, -1))
  if (name === 'Choice') return choicesOf(tree, call.args)
  return name === 'Path' ? pathWord(tree, call.args) : (NAMES[name] ?? '')
}

const lastName = (text: string): string => text.slice(text.lastIndexOf('.') + 1)

/** `[a|b]` */
function choicesOf(tree: ReadTree, args: readonly Arg[]): string {
  const texts = args[0] === undefined ? [] : (listAt(tree, args[0].node) ?? [])
  return texts.length === 0 || texts.join().length > MAX_CHOICES ? '' : `[${texts.join('|')}]`
}

function pathWord(tree: ReadTree, args: readonly Arg[]): string {
  const isRefused = (label: string): boolean => {
    const node = labelled(args, label)
    return node !== undefined && textAt(tree, node).slice(0, 10) === 'False'
  }
  const [noFile, noFolder] = [isRefused('file_okay'), isRefused('dir_okay')]
  return noFile === noFolder ? 'PATH' : noFile ? 'DIRECTORY' : 'FILE'
}

/** The type of a literal; '' for a computed default. */
function typeOfDefault(tree: ReadTree, node: number): string {
  const text = textAt(tree, node).slice(0, 40)
  if (/^-?\d+$/.test(text)) return 'INTEGER'
  if (/^-?\d*\.\d+$/.test(text)) return 'FLOAT'
  if (/^(?:True|False)$/.test(text)) return 'BOOLEAN'
  return text === 'None' || /string$/.test(kindAt(tree, node)) ? 'TEXT' : ''
}
