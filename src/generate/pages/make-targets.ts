/** Targets of Makefiles and recipes of justfiles: commands that no package has. */

const MANY_OF_KIND = 3

/** Target names of a Makefile with the comment `## …` behind them, in order. */
export function readMakeTargets(text: string): [string, string][] {
  const targets = new Map<string, string>()
  for (const line of text.slice(0, 200_000).split('\n')) {
    const colon = line.indexOf(':')
    const [rest = '', words = ''] = colon < 0 ? [] : [line.slice(colon + 1).split('##')[0], line.split('##')[1]]
    // `name := value`, and `name: VARIABLE = value`, which makes nothing.
    if (colon < 1 || /^\s/.test(line) || /^[:=]|^\s*\w+\s*[:+?]?=/.test(rest)) continue
    for (const name of line.slice(0, colon).trim().split(/\s+/))
      if (/^[A-Za-z0-9][\w/-]{0,60}$/.test(name) && !targets.has(name))
        targets.set(name, words.replace(/^#+/, '').trim())
  }
  return onePerKind([...targets])
}

/** Of `build38`, `build39`, `build310`, which do the same for another version, the last stands for all. */
function onePerKind(targets: [string, string][]): [string, string][] {
  const last = new Map<string, string>()
  const counts = new Map<string, number>()
  for (const [name] of targets) {
    last.set(stemOf(name), name)
    counts.set(stemOf(name), (counts.get(stemOf(name)) ?? 0) + 1)
  }
  return targets.filter(([name]) => (counts.get(stemOf(name)) ?? 0) < MANY_OF_KIND || last.get(stemOf(name)) === name)
}

/** Without the version that a name ends in. */
function stemOf(name: string): string {
  let end = name.length
  if (/\d$/.test(name)) while (end > 0 && /[\d._-]/.test(name[end - 1] ?? '')) end--
  return name.slice(0, end)
}

/** Names of the recipes of a justfile that people call, in order. */
export function readRecipes(text: string): string[] {
  const found = text
    .slice(0, 200_000)
    .split('\n')
    .flatMap((line) => /^@?([a-z][\w-]{0,60})(?: [^:=]*)?:(?!=)/i.exec(line)?.[1] ?? [])
  return [...new Set(found)].filter((name) => !['alias', 'set', 'export', 'import', 'mod'].includes(name))
}
