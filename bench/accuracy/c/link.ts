/** What a linker would do: uses of what is declared in one unit and defined in another lead to the definition. */

interface Symbol {
  file: string
  name: string
  line: string
}

/** @returns The lines for `printed.ts`, and how many uses mean something that is defined more than once. */
export function linkUses(lines: readonly string[]): { uses: string[]; ambiguous: number } {
  const symbols = new Map<string, Symbol[]>()
  for (const each of lines) {
    if (!each.startsWith('symbol\t')) continue
    const [, usr = '', file = '', name = '', line = ''] = each.split('\t')
    const known = symbols.get(usr)
    if (known === undefined) symbols.set(usr, [{ file, name, line }])
    else if (!known.some((one) => one.file === file)) known.push({ file, name, line })
  }
  const uses: string[] = []
  let ambiguous = 0
  for (const each of lines) {
    if (!each.startsWith('use\t')) {
      if (!/^(symbol|included|skipped|extent|lacking)\t/.test(each)) uses.push(each)
      continue
    }
    const [, file, from, toFile, toName, toLine, how, kind, usr = ''] = each.split('\t')
    const use = (to: Symbol, asked: string | undefined): string =>
      ['use', file, from, to.file, to.name, to.line, asked, kind].join('\t')
    const declared = { file: toFile ?? '', name: toName ?? '', line: toLine ?? '' }
    if (usr === '') {
      uses.push(use(declared, how))
      continue
    }
    const defined = symbols.get(usr) ?? []
    if (defined.length > 1) ambiguous++
    for (const one of defined) uses.push(use(one, defined.length === 1 ? how : 'allowed'))
    if (declared.file !== '') uses.push(use(declared, 'allowed'))
  }
  return { uses, ambiguous }
}
