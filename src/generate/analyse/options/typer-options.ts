/** Reads the options and arguments of a function of typer. */

import { kindAt, type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import { annotatedPlaceholder } from './click-types.ts'
import type { OptionFact } from './file-options.ts'
import { defaultAt, wordsAt } from './option-texts.ts'
import { type Arg, labelled, partOf, partsOf } from './option-tree.ts'
import { helpOf, type LineAt, PAIR, textOf, words } from './python-arguments.ts'
import { callOf } from './python-calls.ts'

/** `name: str = typer.Option("Bob", "--name", help="…")`, `count: Annotated[int, typer.Option()] = 1` */
export function typerOptions(tree: ReadTree, lineAt: LineAt, holder: string, definition: number): OptionFact[] {
  const found: OptionFact[] = []
  const list = partOf(tree, definition, /^parameters$/)
  for (const parameter of list === undefined ? [] : partsOf(tree, list)) {
    const call = typerCall(tree, parameter)
    if (call === undefined) continue
    const { args, isArgument, isAnnotated } = call
    if (/\bTrue$/.test(textOf(tree, args, 'hidden'))) continue
    const name = /^\w{1,60}/.exec(textAt(tree, parameter).slice(0, 80))?.[0] ?? ''
    const placed = args.filter(({ label }) => label === null).map(({ node }) => node)
    // The first argument outside `Annotated` is the default.
    const named = placed.slice(isAnnotated ? 0 : 1).flatMap((one) => wordsAt(tree, one) ?? [])
    const isBool = /^\w+\s{0,4}:\s{0,4}(?:Annotated\[\s{0,9})?(?:typing\.)?(?:Optional\[)?bool\b/.test(
      textAt(tree, parameter).slice(0, 200),
    )
    const names = named.filter((one) => one.startsWith('-')).flatMap((one) => one.trim().split(PAIR))
    const parts = partsOf(tree, parameter)
    const given = isAnnotated
      ? /default/.test(kindAt(tree, parameter))
        ? parts.at(-1)
        : undefined
      : (placed[0] ?? labelled(args, 'default'))
    const text = given === undefined ? '' : textAt(tree, given).slice(0, 10)
    const kebab = name.replaceAll('_', '-')
    const annotation = /^\w{1,60}\s{0,9}:\s{0,9}(.*)/s.exec(textAt(tree, parameter).slice(0, 200))?.[1] ?? ''
    const placeholder = annotatedPlaceholder(annotation)
    found.push({
      holder,
      names: isArgument ? [name.toUpperCase()] : names.length > 0 ? names : [`--${kebab}`],
      isArgument,
      value: isArgument || isBool ? '' : words(tree, args, 'metavar') || placeholder || name.toUpperCase(),
      default: isBool || text === '...' ? null : defaultAt(tree, given),
      text: helpOf(tree, args),
      line: lineAt(startOf(tree, parameter)),
      written: name,
    })
  }
  return found
}

function typerCall(
  tree: ReadTree,
  parameter: number,
): { args: Arg[]; isArgument: boolean; isAnnotated: boolean } | undefined {
  const end = tree.after[parameter] ?? 0
  for (let node = parameter; node < end; node++) {
    const call = callOf(tree, node)
    const [, kind] = /(?:^|\.)(Option|Argument)\($/.exec(call?.callee ?? '') ?? []
    if (call === undefined || kind === undefined) continue
    const isAnnotated = textAt(tree, parameter).slice(0, 120).includes('Annotated[')
    return { args: call.args, isArgument: kind === 'Argument', isAnnotated }
  }
  return undefined
}
