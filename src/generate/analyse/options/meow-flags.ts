/** The flags of a program that uses meow: their names and types are in a table, their descriptions in its help text. */

import { ts } from '#generate/analyse/compiler.mjs'
import { unwrap } from '#generate/analyse/typescript/expressions.ts'
import { stringOf } from '#generate/analyse/typescript/literals.ts'
import { namedOption, nameOf, propertyOf } from './script-option-facts.ts'

/** Limits on the lines of a help text, and on the characters of one; text beyond them is ignored. */
const MAX_LINES = 400
const MAX_LINE = 500

/** @returns `undefined` if the call has no table of flags. */
export function meowFlags(
  tree: ts.SourceFile,
  node: ts.CallExpression,
  holder: string,
): ReturnType<typeof namedOption>[] | undefined {
  const config = node.arguments.map((arg) => unwrap(arg)).find((arg) => ts.isObjectLiteralExpression(arg))
  const flags = config === undefined ? undefined : propertyOf(config, 'flags')
  const table = flags === undefined ? undefined : unwrap(flags)
  if (table === undefined || !ts.isObjectLiteralExpression(table)) return undefined
  const help = node.arguments.find((arg) => stringOf(arg) !== null || ts.isTemplateExpression(arg))
  const words = help === undefined ? new Map<string, string>() : descriptionsIn(help.getText(tree))
  return table.properties.filter(ts.isPropertyAssignment).map((one) => {
    const name = nameOf(one)
    const kebab = name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '-').toLowerCase()
    const negated = words.has(kebab) ? undefined : words.get(`no-${kebab}`)
    const described = negated ?? words.get(kebab) ?? ''
    const option = namedOption(holder, name, one.initializer, { at: one.name, words: described })
    // The help describes the negated flag, so it is shown as in the help.
    const shown = negated === undefined ? {} : { names: [`--no-${kebab}`], value: '', default: null }
    return option && { ...option, ...shown }
  })
}

/** The descriptions in a help text, keyed by flag: `--port, -p  Port to listen on` → `port`. */
function descriptionsIn(help: string): Map<string, string> {
  const words = new Map<string, string>()
  for (const line of help.split('\n', MAX_LINES)) {
    const [head = '', ...text] = line.slice(0, MAX_LINE).trim().split('  ')
    const name = head.split(/[ ,=]/).find((one) => one.startsWith('--'))
    const description = text.join(' ').trim()
    // The last line may end with the backtick that closes the template.
    if (name !== undefined && description !== '') words.set(name.slice(2), description.replace(/`$/, ''))
  }
  return words
}
