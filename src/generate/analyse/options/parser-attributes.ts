/** Reads options of programs in C# from the attributes of CommandLineParser: `[Verb]`, `[Option]`, `[Value]`. */

import { endOf, kindAt, type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import { Enclosing } from './csharp-members.ts'
import { type FileOptions, OptionFacts } from './file-options.ts'
import { defaultAt, wordsAt } from './option-texts.ts'
import { type Arg, labelled, partOf, partsOf } from './option-tree.ts'

const TYPES = /^(?:class|record)_declaration$/
const USES_LIBRARY = /^\s{0,20}(?:global )?using CommandLine\s{0,4};/m

export function findParserAttributes(tree: ReadTree, lineAt: (offset: number) => number): FileOptions | undefined {
  const facts = new OptionFacts()
  const types = new Enclosing(tree, TYPES)
  const properties = new Enclosing(tree, /^property_declaration$/)
  const namesProperties = USES_LIBRARY.test(tree.text.slice(0, 20_000))
  for (let node = 0; node < tree.size; node++) {
    types.enter(node)
    properties.enter(node)
    if (!tree.isNamed(node) || kindAt(tree, node) !== 'attribute') continue
    const holder = types.names().at(-1)
    if (holder === undefined) continue
    const attribute = attributeName(tree, node)
    const line = lineAt(startOf(tree, node))
    const args = attributeArgs(tree, node)
    const words = (key: string): string => {
      const given = labelled(args, key)
      return (given === undefined ? null : wordsAt(tree, given)) ?? ''
    }
    const positional = args.filter(({ label }) => label === null).map(({ node: one }) => one)
    if (attribute === 'Verb') {
      const name = positional[0] === undefined ? null : wordsAt(tree, positional[0])
      if (name !== null) facts.command({ holder, name, text: words('HelpText'), line })
      continue
    }
    if (attribute !== 'Option' && attribute !== 'Value') continue
    if (args.length === 0 && !namesProperties) continue
    const isArgument = attribute === 'Value'
    const texts = positional.flatMap((one) =>
      kindAt(tree, one) === 'character_literal' ? [textAt(tree, one).slice(1, -1)] : (wordsAt(tree, one) ?? []),
    )
    // Without a name, the option has the property's.
    const property = properties.names().at(-1)?.toLowerCase()
    if (positional.length === 0 && property !== undefined && namesProperties) texts.push(property)
    const names = texts.map((one) => (one.length === 1 && positional.length > 0 ? `-${one}` : `--${one}`))
    const declared = tree.text.slice(endOf(tree, node), endOf(tree, node) + 200).split(/[{;]/, 1)[0] ?? ''
    const isFlag = /\bbool\??\s/.test(declared)
    facts.command({ holder, line })
    facts.option({
      holder,
      names: isArgument ? [words('MetaName') || words('MetaValue')].filter((one) => one !== '') : names,
      isArgument,
      value: isArgument || isFlag ? '' : words('MetaValue') || 'value',
      default: defaultAt(tree, labelled(args, 'Default')),
      text: words('HelpText'),
      line,
      written: attribute,
    })
  }
  return facts.facts()
}

/** `Option` of `[CommandLine.OptionAttribute(…)]` */
function attributeName(tree: ReadTree, node: number): string {
  const name = partOf(tree, node, /^(?:identifier|qualified_name)$/)
  const text = name === undefined ? '' : textAt(tree, name).slice(0, 120)
  return text.slice(text.lastIndexOf('.') + 1).replace(/Attribute$/, '')
}

/** `HelpText = "…"` is an assignment in some grammars, a named argument in others. */
function attributeArgs(tree: ReadTree, node: number): Arg[] {
  const list = partOf(tree, node, /^attribute_argument_list$/)
  return (list === undefined ? [] : partsOf(tree, list)).map((part): Arg => {
    const parts = partsOf(tree, part)
    const label = /^([A-Za-z]\w{0,60})\s{0,4}[=:](?!=)/.exec(textAt(tree, part).slice(0, 100))?.[1] ?? null
    const last = parts.at(-1) ?? part
    return { label, node: kindAt(tree, last) === 'assignment_expression' ? (partsOf(tree, last).at(-1) ?? last) : last }
  })
}
