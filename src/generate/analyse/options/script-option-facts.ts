/** Reads a single option or argument of commander, cac, sade, yargs, meow or `parseArgs`. */

import { ts } from '#generate/analyse/compiler.mjs'
import { unwrap } from '#generate/analyse/typescript/expressions.ts'
import { literalOf, stringOf } from '#generate/analyse/typescript/literals.ts'
import { choiceValue } from './choice-value.ts'
import type { FoundOption, OptionFact, OptionFacts } from './file-options.ts'

/** Limit on the characters of a comment that describes an option. */
const MAX_COMMENT = 300

/** `-p, --port <number>` */
export function flagsOption(
  holder: string,
  usage: string,
  words: ts.Expression | undefined,
  given: ts.Expression | undefined,
  node: ts.Node,
): OptionFact {
  const parts = usage.split(/[ ,|]+/)
  const names = parts.filter((part) => part.startsWith('-'))
  const value = parts.filter((part) => /^[<[]/.test(part)).join(' ')
  const config = given === undefined ? undefined : unwrap(given)
  const isTable = config !== undefined && ts.isObjectLiteralExpression(config)
  const fallback = isTable ? literalOf(propertyOf(config, 'default')) : literalOf(given)
  return {
    holder,
    // sade and cac allow long names without dashes.
    names: names.length > 0 ? names : parts.filter((part) => /^\w/.test(part)).map((part) => `--${part}`),
    isArgument: false,
    value: value.replace(/^[<[](.*?)[>\]]$/, '$1'),
    default: fallback === 'false' || fallback === '' ? null : fallback,
    text: textOf(words) ?? '',
    line: lineOf(node),
    written: usage.slice(0, 60),
  }
}

export function argumentOption(
  holder: string,
  usage: string,
  words: ts.Expression | undefined,
  given: ts.Expression | undefined,
  node: ts.Node,
): OptionFact {
  return {
    holder,
    names: [usage.replace(/^[<[](.*?)[>\]]$/, '$1')],
    isArgument: true,
    value: '',
    default: literalOf(given),
    text: textOf(words) ?? '',
    line: lineOf(node),
    written: usage.slice(0, 60),
  }
}

/** An argument that appears in a usage line only. */
export function usageArgument(holder: string, part: string, node: ts.Node): OptionFact {
  const name = part.replace(/[[\]<>]/g, '')
  return {
    holder,
    names: [name],
    isArgument: true,
    value: '',
    default: null,
    text: '',
    line: lineOf(ts.isCallExpression(node) ? (node.arguments[0] ?? node) : node),
    written: name.replace(/^\.{3}|\.{3}$/g, ''),
  }
}

/** `new Option('-a', 'text').default('b').choices(['b', 'c'])` */
export function addedOption(holder: string, node: ts.Expression | undefined): FoundOption {
  let at = node === undefined ? undefined : unwrap(node)
  let fallback: ts.Expression | undefined
  let choices: string | undefined
  while (at !== undefined && ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression)) {
    if (at.expression.name.text === 'hideHelp') return undefined
    if (at.expression.name.text === 'default') fallback = at.arguments[0]
    if (at.expression.name.text === 'choices') choices = choicesOf(at.arguments[0])
    at = unwrap(at.expression.expression)
  }
  if (at === undefined || !ts.isNewExpression(at) || !ts.isIdentifier(at.expression)) return undefined
  const [first, second] = at.arguments ?? []
  const usage = first === undefined ? null : stringOf(first)
  if (first === undefined || usage === null) return 'unknown'
  if (at.expression.text === 'Option') {
    const option = flagsOption(holder, usage, second, fallback, first)
    return choices === undefined ? option : { ...option, value: choices }
  }
  return at.expression.text === 'Argument' ? argumentOption(holder, usage, second, fallback, first) : undefined
}

/**
 * `'port', { alias: 'p', type: 'number', default: 80, describe: 'text' }`, as in yargs, meow and `parseArgs`.
 *
 * @param at - The node to link to.
 * @param words - The description if the settings have none.
 * @param isKebab - Whether users type `--dry-run` for `dryRun`.
 */
export function namedOption(
  holder: string,
  name: string,
  settings: ts.Expression,
  {
    isArgument = false,
    at = settings,
    words = '',
    isKebab = true,
  }: { isArgument?: boolean; at?: ts.Node; words?: string; isKebab?: boolean } = {},
): OptionFact | undefined {
  const table = unwrap(settings)
  if (name === '' || !ts.isObjectLiteralExpression(table)) return undefined
  if (literalOf(propertyOf(table, 'hidden')) === 'true') return undefined
  const aliases = ['alias', 'short', 'shortFlag', 'aliases'].flatMap((key) => stringsOf(propertyOf(table, key)))
  const kind =
    literalOf(propertyOf(table, 'type')) ?? (literalOf(propertyOf(table, 'boolean')) === 'true' ? 'boolean' : '')
  const fallback = literalOf(propertyOf(table, 'default'))
  const choices = choicesOf(propertyOf(table, 'choices'))
  const described = ['describe', 'description', 'desc', 'demandOption'].map((key) => propertyOf(table, key))
  const text = described.map(textOf).find((one) => one !== null)
  const short = aliases.filter((alias) => alias.length === 1)
  const long = aliases.filter((alias) => alias.length > 1)
  const typed = isKebab && name.length > 1 ? name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '-').toLowerCase() : name
  return {
    holder,
    names: isArgument ? [name] : [...short, typed, ...long].map(dashed),
    isArgument,
    value: isArgument || kind === 'boolean' || kind === 'count' ? '' : (choices ?? kind),
    default: fallback === 'false' || fallback === '' ? null : fallback,
    text: text ?? words,
    line: lineOf(at),
    written: name,
  }
}

/**
 * Reads a table of options keyed by name, `{ port: { type: 'number' } }`.
 *
 * @param isBuiltin - Whether it is of Node's `parseArgs`, where the comments above options describe them, because there is
 *   no setting for it, and names are typed as they are written.
 */
export function readTable(
  facts: OptionFacts,
  holder: string,
  node: ts.Expression | undefined,
  { isBuiltin = false } = {},
): void {
  const table = node === undefined ? undefined : unwrap(node)
  if (table === undefined || !ts.isObjectLiteralExpression(table)) {
    facts.open(holder)
    return
  }
  for (const one of table.properties) {
    if (!ts.isPropertyAssignment(one)) continue
    const words = isBuiltin ? commentAbove(one) : ''
    facts.put(holder, namedOption(holder, nameOf(one), one.initializer, { at: one.name, words, isKebab: !isBuiltin }))
  }
}

/** The text of the comment directly above a node, which may have several lines of `//`; '' if there is none. */
function commentAbove(node: ts.Node): string {
  const { text } = node.getSourceFile()
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

/** A string literal, also concatenated. */
function textOf(node: ts.Expression | undefined): string | null {
  if (node === undefined) return null
  const inner = unwrap(node)
  const text = stringOf(inner)
  if (text !== null || !ts.isBinaryExpression(inner)) return text
  const parts: string[] = []
  let at: ts.Expression = inner
  for (let depth = 0; depth < 20 && ts.isBinaryExpression(at); depth++) {
    parts.unshift(stringOf(at.right) ?? '')
    at = unwrap(at.left)
  }
  const head = stringOf(at)
  return head === null ? null : head + parts.join('')
}

export function lineOf(node: ts.Node): number {
  const tree = node.getSourceFile()
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1
}

const dashed = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`)

export function nameOf({ name }: ts.PropertyAssignment): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : ''
}

export function propertyOf(table: ts.ObjectLiteralExpression, key: string): ts.Expression | undefined {
  const found = table.properties.find((one) => ts.isPropertyAssignment(one) && nameOf(one) === key)
  return found !== undefined && ts.isPropertyAssignment(found) ? found.initializer : undefined
}

function stringsOf(node: ts.Expression | undefined): string[] {
  if (node === undefined) return []
  const inner = unwrap(node)
  const all = ts.isArrayLiteralExpression(inner) ? inner.elements : [inner]
  return [...all].flatMap((one) => stringOf(one) ?? [])
}

/** The values in a list of string literals; `undefined` for any other list. */
function choicesOf(node: ts.Expression | undefined): string | undefined {
  const list = node === undefined ? undefined : unwrap(node)
  if (list === undefined || !ts.isArrayLiteralExpression(list)) return undefined
  const texts = list.elements.map((one) => stringOf(one))
  return texts.includes(null) ? undefined : choiceValue(stringsOf(list))
}

/** `false` for the description of a command, as in yargs, or `{ hidden: true }`, as in commander. */
export function isHiddenBy(node: ts.Expression | undefined): boolean {
  if (node === undefined) return false
  const table = unwrap(node)
  if (table.kind === ts.SyntaxKind.FalseKeyword) return true
  return ts.isObjectLiteralExpression(table) && literalOf(propertyOf(table, 'hidden')) === 'true'
}
