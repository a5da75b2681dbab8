/** Targets of Makefiles and recipes of justfiles: commands that no package has. */

/** Target names of a Makefile with the comment `## …` behind them, in order. */
export function readMakeTargets(text: string): [string, string][] {
  const targets = new Map<string, string>()
  for (const line of text.slice(0, 200_000).split('\n')) {
    const match = /^([A-Za-z0-9][\w./-]{0,60}) *:(?![=:])([^#]*)(?:##+(?!#) *(?! )(.*))?$/.exec(line)
    if (match?.[1] !== undefined && !targets.has(match[1]) && !match[1].includes('.'))
      targets.set(match[1], match[3]?.trim() ?? '')
  }
  return [...targets]
}

/** Names of the recipes of a justfile that people call, in order. */
export function readRecipes(text: string): string[] {
  const found = text
    .slice(0, 200_000)
    .split('\n')
    .flatMap((line) => /^@?([a-z][\w-]{0,60})(?: [^:=]*)?:(?!=)/i.exec(line)?.[1] ?? [])
  return [...new Set(found)].filter((name) => !['alias', 'set', 'export', 'import', 'mod'].includes(name))
}
