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

const WORK =
  /^(?:b(?:ench|ootstrap|uild)|c(?:heck|i$|lean|ompile|ov)|d(?:ebug$|ep(?:s|endencies)$|ev|ist|oc)|e2e|fmt|format|fuzz|html$|install|integration|lint|mypy|package$|py(?:lint|test)|release|ruff|run|serve|setup|start|style|test|tidy|tox|type|uninstall|unit|up$|vet$|verify|watch)/i
/** The first word of a recipe that builds, tests or checks code. */
const TOOL =
  /^(?:\$[({](?!MAKE[)}])|(?:\.\/)?(?:black|bun|bundle|c?make|cargo|clang|configure|composer|coverage|ctest|deno|docker|dotnet|dune|eslint|flake8|g\+\+|gcc|go|gofmt|golangci-lint|goreleaser|gradlew?|isort|javac|jest|luarocks|meson|mix|mkdocs|mvnw?|mypy|ninja|nox|npm|npx|pip3?|pnpm|podman|poetry|pre-commit|prettier|pytest|python3?|rake|rspec|ruff|sbt|sphinx-build|swift|tox|tsc|uv|vitest|yarn|zig)(?:\s|$))/

/** Of targets, those that build, test, check, install or clean the program, by name, by recipe or by what they need; others make data. */
export function workTargets(text: string): [string, string][] {
  const recipes = new Map<string, { needs: string[]; runs: string[] }>()
  let open: string[] = []
  for (const line of text.slice(0, 200_000).split('\n')) {
    const [, names, needs] = /^([A-Za-z0-9][\w/ -]{0,200}):(?![=:])([^=]{0,400})$/.exec(line.split('#')[0] ?? '') ?? []
    if (names !== undefined) {
      open = names.trim().split(/\s+/)
      for (const name of open) {
        const known = recipes.get(name)
        const more = (needs ?? '').trim().split(/\s+/)
        recipes.set(name, { needs: [...(known?.needs ?? []), ...more], runs: known?.runs ?? [] })
      }
    } else if (/^\t/.test(line)) {
      const run = line.trim().replace(/^[@+-]{1,3}\s{0,8}/, '')
      for (const name of open) recipes.get(name)?.runs.push(run)
    } else if (line.trim() !== '') open = []
  }
  const isNamed = (name: string): boolean => name.split(/[-_/]/).some((word) => WORK.test(word))
  const works = new Set(
    [...recipes].flatMap(([name, { runs }]) => (isNamed(name) || runs.some((run) => TOOL.test(run)) ? [name] : [])),
  )
  // Rounds are few: targets stand on others in a chain or two.
  for (let round = 0; round < 4; round++)
    for (const [name, { needs }] of recipes) if (needs.some((one) => works.has(one))) works.add(name)
  return readMakeTargets(text).filter(([name]) => works.has(name) || !recipes.has(name))
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
