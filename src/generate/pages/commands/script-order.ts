/** Sorts the scripts, targets and tasks of a manifest, and finds those that users do not run. */

/** Names of scripts for users, in order of importance. Other scripts are steps of these, or for maintainers. */
const ORDER =
  'install setup bootstrap deps dev start run serve watch preview storybook all build compile dist prepare test tests spec unit e2e integration features check ci verify lint rubocop standard style typecheck type-check types tsc coverage cover cov'.split(
    ' ',
  )
/** Matches benchmarks, websites and cleanup, which come last. */
const LAST = /^(?:bench\w*|perf|clean|demos?|docs?|documentation|examples?|rdoc|site|website|yard)$/
/** Matches scripts for maintainers, and formatters. */
const MAINTENANCE =
  /(?:^|[-_/:.])(?:bump\w*|changelogs?|changesets?|deploy\w*|fmt|format|publish\w*|releases?|upload\w*|version)(?=$|[-_/:.])/i
/** Matches a script that removes files. */
const REMOVES = /\brm -/
/** Matches a script that only changes the checkout, or prepares a release. */
const CHANGES_CHECKOUT =
  /^git (?:add|checkout|clean|commit|fetch|merge|pull|push|rebase|reset|restore|stash|tag)\b|^(?:npx |pnpm |yarn )?(?:changeset|lerna (?:publish|version)|np|release-it|semantic-release|standard-version)(?: |$)/
/** Matches the end of the name of a script that runs another for a machine: `test-tap`, `lint-ci`. */
const REPORTS = /-(?:ci|cov|coverage|html|json|junit|lcov|report|tap|travis|xunit)$/
/** Matches lifecycle scripts, which the package manager runs, and hooks of Git, which Husky runs: `commitmsg`. */
const HOOK =
  /^(?:(?:pre|post)(?:install|pack|prepare|publish|version|update)|prepare|prepublishOnly|(?:pre|post)-[a-z-]{1,40}|(?:prepare-?)?commit-?msg|pre(?:commit|push|rebase)|post(?:checkout|commit|merge|rewrite))$/
/** Matches a build, by the name of a script and by its command. */
const BUILD = /^(?:build|bundle|compile|dist)(?![a-z])/
const RUNS_BUILD = /\b(?:babel|build|compile|esbuild|gulp|grunt|make|rollup|tsc|tshy|tsup|unbuild|vite|webpack)\b/
/** Limit on the characters of a script that is shown; a shortened one would say little. */
export const MAX_RUNS = 90
const UNKNOWN = 2 * ORDER.length
const NAME = /^[\w.:@/+-]{1,80}$/

/** A script of a manifest. */
export interface Script {
  name: string
  runs: string
  /** Whether readers do not run it. */
  isOmitted: boolean
}

/** All scripts: those for users, then their variants, then the rest in the order of the manifest. */
export function byUse(scripts: readonly (readonly [name: string, runs: string])[]): Script[] {
  const names = new Set(scripts.map(([name]) => name))
  return scripts
    .filter(([name, runs]) => NAME.test(name) && (!isHook(name, names) || isOnlyBuild(name, runs, names)))
    .map(([name, runs]): Script => ({ name, runs, isOmitted: isOmitted(name, runs, names) }))
    .sort((a, b) => rankOf(a.name) - rankOf(b.name))
}

/** Whether a command is a benchmark, builds the website, or cleans up. */
export const isAskedLast = (line: string): boolean =>
  (line.split(' ').at(-1) ?? '').split(/[:/_-]/).some((word) => LAST.test(word))

/** Whether a script is a hook of another: `pretest` runs before `test`. */
const isHook = (name: string, names: ReadonlySet<string>): boolean =>
  HOOK.test(name) || (/^(?:pre|post)./.test(name) && names.has(name.replace(/^(?:pre|post)/, '')))

/** Whether a lifecycle script such as `prepare` is the only build. */
const isOnlyBuild = (name: string, runs: string, names: ReadonlySet<string>): boolean =>
  name === 'prepare' && RUNS_BUILD.test(runs) && ![...names].some((one) => BUILD.test(one))

/** Whether a script publishes, is a variant or step of another, or is not explained by its name or command. */
const isOmitted = (name: string, runs: string, names: ReadonlySet<string>): boolean =>
  MAINTENANCE.test(name) ||
  CHANGES_CHECKOUT.test(runs) ||
  (name !== baseOf(name) && names.has(baseOf(name))) ||
  (REPORTS.test(name) && names.has(name.replace(REPORTS, ''))) ||
  ((runs === '' || runs.length > MAX_RUNS || REMOVES.test(runs)) && rankOf(name) === UNKNOWN)

const baseOf = (name: string): string => name.split(/[:/]/)[0] ?? name

function rankOf(name: string): number {
  const base = baseOf(name)
  if (name.split(/[:/_-]/).some((word) => LAST.test(word))) return 3 * ORDER.length
  const rank = ORDER.indexOf(base)
  if (rank === -1) return UNKNOWN
  return name === base ? rank : ORDER.length + rank
}
