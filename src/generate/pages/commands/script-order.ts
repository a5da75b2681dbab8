/** In which order the scripts, targets and tasks of a manifest are offered, and which of them nobody types. */

/** Names of what people call, in the order that they ask for it. Others are steps of these, or for maintainers. */
const ORDER =
  'install setup bootstrap deps dev start run serve watch preview storybook all build compile dist prepare test tests spec unit e2e integration features check ci verify lint rubocop standard style format fmt typecheck type-check types tsc coverage cover cov'.split(
    ' ',
  )
/** What measures, what makes the web site and what tidies up are asked for last. */
const LAST = /^(?:bench\w*|perf|clean|demos?|docs?|documentation|examples?|rdoc|site|website|yard)$/
/** For maintainers. */
const ASIDE = /(?:^|[-_/:.])(?:deploy\w*|publish\w*|releases?|upload\w*|version)(?=$|[-_/:.])/i
/** What a package manager runs by itself around its own commands. */
const HOOK =
  /^(?:(?:pre|post)(?:install|pack|prepare|publish|version|update)|prepare|prepublishOnly|(?:pre|post)-[a-z-]{1,40})$/
/** By the name of a script, and by what one runs, also as it is installed. */
const BUILD = /^(?:build|bundle|compile|dist)(?![a-z])/
const RUNS_BUILD = /\b(?:babel|build|compile|esbuild|gulp|grunt|make|rollup|tsc|tshy|tsup|unbuild|vite|webpack)\b/
const UNKNOWN = 2 * ORDER.length
const NAME = /^[\w.:@/+-]{1,80}$/

/** A script of a manifest by its name; what is aside is counted, but not shown. */
export interface Script {
  name: string
  runs: string
  isAside: boolean
}

/** All that may be typed: what people call, then its variants, then the rest in the order of the manifest. */
export function byUse(scripts: readonly (readonly [name: string, runs: string])[]): Script[] {
  const names = new Set(scripts.map(([name]) => name))
  return scripts
    .filter(([name, runs]) => NAME.test(name) && (!isHook(name, names) || isOnlyBuild(name, runs, names)))
    .map(([name, runs]): Script => ({ name, runs, isAside: isAside(name, runs, names) }))
    .sort((a, b) => rankOf(a.name) - rankOf(b.name))
}

/** Whether a command measures, makes the web site or tidies up. */
export const isAskedLast = (line: string): boolean =>
  (line.split(' ').at(-1) ?? '').split(/[:/_-]/).some((word) => LAST.test(word))

/** `pretest` runs before `test`. */
const isHook = (name: string, names: ReadonlySet<string>): boolean =>
  HOOK.test(name) || (/^(?:pre|post)./.test(name) && names.has(name.replace(/^(?:pre|post)/, '')))

/** `prepare` where nothing else builds. */
const isOnlyBuild = (name: string, runs: string, names: ReadonlySet<string>): boolean =>
  name === 'prepare' && RUNS_BUILD.test(runs) && ![...names].some((one) => BUILD.test(one))

/** What publishes, a variant or step of another script, and what neither its name nor what it runs explains. */
const isAside = (name: string, runs: string, names: ReadonlySet<string>): boolean =>
  ASIDE.test(name) || (name !== baseOf(name) && names.has(baseOf(name))) || (runs === '' && rankOf(name) === UNKNOWN)

const baseOf = (name: string): string => name.split(/[:/]/)[0] ?? name

function rankOf(name: string): number {
  const base = baseOf(name)
  if (name.split(/[:/_-]/).some((word) => LAST.test(word))) return 3 * ORDER.length
  const rank = ORDER.indexOf(base)
  if (rank === -1) return UNKNOWN
  return name === base ? rank : ORDER.length + rank
}
