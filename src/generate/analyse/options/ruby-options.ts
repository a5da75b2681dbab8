/** Reads options of programs in Ruby: OptionParser. */

import { kindAt, type ReadTree, startOf } from '#generate/analyse/reads/read-tree.ts'
import { type FileOptions, type OptionFact, OptionFacts } from './file-options.ts'
import { wordsAt } from './option-texts.ts'
import { argsOf, partOf, partsOf } from './option-tree.ts'

const HOLDER = 'OptionParser'
const NAME = /^--?[A-Za-z\d[]/

/**
 * `opts.on("-v", "--[no-]verbose", "text")`; where the arguments are those of a list, `opts.on(*args)`, the lists of the
 * file that begin with the name of an option.
 */
export function findRubyOptions(tree: ReadTree, lineAt: (offset: number) => number): FileOptions | undefined {
  const facts = new OptionFacts()
  const listed: OptionFact[] = []
  let takesLists = false
  for (let node = 0; node < tree.size; node++) {
    const kind = tree.isNamed(node) ? kindAt(tree, node) : ''
    if (kind === 'array') {
      const option = optionOf(tree, partsOf(tree, node), lineAt)
      if (option !== undefined && (option.text !== '' || option.names.length > 1)) listed.push(option)
    }
    if (kind !== 'call') continue
    const list = partOf(tree, node, /^argument_list$/)
    const head = tree.text
      .slice(startOf(tree, node), list === undefined ? startOf(tree, node) + 60 : startOf(tree, list))
      .trimEnd()
    if (/^OptionParser\.new\b/.test(head)) {
      facts.command({ holder: HOLDER, line: lineAt(startOf(tree, node)) })
      continue
    }
    if (list === undefined || !/^\w+\.(?:on|on_tail|on_head|define)$/.test(head)) continue
    const args = argsOf(tree, list).map((one) => one.node)
    if (args.some((one) => kindAt(tree, one) === 'splat_argument')) takesLists = true
    const option = optionOf(tree, args, lineAt)
    if (option !== undefined) facts.option(option)
  }
  if (takesLists) {
    for (const option of listed) facts.option(option)
    if (listed.length === 0) facts.open(HOLDER)
  }
  return facts.facts()
}

/** Of the arguments of `on`, or a list of them. */
function optionOf(tree: ReadTree, args: readonly number[], lineAt: (offset: number) => number): OptionFact | undefined {
  const [first] = args
  if (first === undefined) return undefined
  const texts = args.flatMap((one) => wordsAt(tree, one) ?? [])
  const names = texts.filter((text) => NAME.test(text))
  if (names.length === 0) return undefined
  const valueIn = (name: string): string => name.slice((name.split(/[ =]/, 1)[0] ?? '').length + 1).trim()
  const value = names.map(valueIn).find((one) => one !== '') ?? ''
  return {
    holder: HOLDER,
    names: names.map((name) => name.split(/[ =]/)[0] ?? name),
    isArgument: false,
    value,
    default: null,
    text: texts.filter((text) => !NAME.test(text)).join(' '),
    line: lineAt(startOf(tree, first)),
    written: names[0] ?? '',
  }
}
