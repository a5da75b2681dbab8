/** Reads options of programs in TypeScript and JavaScript: commander, cac, sade, yargs, meow and `parseArgs`. */

import { ts } from '#generate/analyse/compiler.mjs'
import { unwrap } from '#generate/analyse/typescript/expressions.ts'
import { type FileOptions, OptionFacts } from './file-options.ts'
import { meowFlags } from './meow-flags.ts'
import { OptionChains } from './option-chains.ts'
import { lineOf, propertyOf, readTable } from './script-option-facts.ts'

const LIBRARIES = /['"](commander|cac|sade|yargs|yargs\/yargs|meow|(?:node:)?util)['"]/g
const CHAIN_LIBRARIES = ['commander', 'cac', 'sade', 'yargs']
/** Limit on the nodes of a file that are visited; options after them are not found. */
const MAX_NODES = 200_000

export function findScriptOptions(tree: ts.SourceFile): FileOptions | undefined {
  const libraries = new Set(
    [...tree.text.matchAll(LIBRARIES)].map(([, name = '']) => name.replace(/^node:|\/yargs$/, '')),
  )
  if (libraries.size === 0 || (libraries.size === 1 && libraries.has('util') && !tree.text.includes('parseArgs')))
    return undefined
  const facts = new OptionFacts()
  const chains = new OptionChains(tree, libraries, facts)
  const hasChains = CHAIN_LIBRARIES.some((name) => libraries.has(name))
  let left = MAX_NODES
  const read = (node: ts.CallExpression): void => {
    const callee = ts.isIdentifier(node.expression) ? node.expression.text : ''
    if (callee === 'meow' && libraries.has('meow')) readMeow(facts, tree, node)
    else if (callee === 'parseArgs' && libraries.has('util')) readParseArgs(facts, tree, node)
    else if (hasChains) chains.read(node)
  }
  // Recursion is bounded: the parser refuses trees that are nested too deeply.
  const visit = (node: ts.Node): void => {
    if (left-- <= 0) return
    if (ts.isCallExpression(node)) read(node)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return facts.facts()
}

function readMeow(facts: OptionFacts, tree: ts.SourceFile, node: ts.CallExpression): void {
  const holder = 'meow'
  const flags = meowFlags(tree, node, holder)
  if (flags === undefined) return
  facts.command({ holder, line: lineOf(node) })
  for (const flag of flags) facts.put(holder, flag)
}

function readParseArgs(facts: OptionFacts, tree: ts.SourceFile, node: ts.CallExpression): void {
  const [first] = node.arguments
  const config = first === undefined ? undefined : unwrap(first)
  if (config === undefined || !ts.isObjectLiteralExpression(config)) return
  const options = propertyOf(config, 'options')
  if (options === undefined) return
  const holder = `parseArgs ${node.getStart(tree)}`
  facts.command({ holder, line: lineOf(node) })
  readTable(facts, holder, options, { isBuiltin: true })
}
