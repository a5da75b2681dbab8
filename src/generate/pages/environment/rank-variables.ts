/** Sorts environment variables by importance. */

import { compareText } from '#generate/model.ts'
import type { Descriptions, Row, Settings } from './environment.ts'

/** Variables of systems and tools, which are not specific to this program. */
const OF_SYSTEMS = new Set(
  'BUNDLE_GEMFILE BUNDLER_VERSION CC CFLAGS COLUMNS CXX CXXFLAGS DISPLAY EDITOR FORCE_COLOR GITHUB_TOKEN GOPATH GOROOT JAVA_HOME LANG LANGUAGE LC_ALL LC_CTYPE LDFLAGS LESS LINES NODE_ENV NO_COLOR PAGER PIDFILE PYTHONPATH SHELL STY TERM TMUX TMUX_PANE TZ VISUAL XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_RUNTIME_DIR ZELLIJ'.split(
    ' ',
  ),
)
/** A prefix of at least this many variables is considered the project's own. */
const MIN_WITH_PREFIX = 3
/** Matches plugins and other scripts next to a program. */
const BESIDE = /(?:^|\/)plugins?\/|\.(?:bash|sh|zsh)$/

/**
 * The project's own variables that are both set and described come first; those for debugging, those of the operating system, and
 * those of scripts next to a program come last. Variables of equal rank keep the order of their descriptions, settings and reads.
 */
export function rankedBy(rows: readonly Row[], settings: Settings, descriptions: Descriptions): Row[] {
  const prefixOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf('_')))
  const prefixes = new Map<string, number>()
  for (const [name] of rows) prefixes.set(prefixOf(name), (prefixes.get(prefixOf(name)) ?? 0) + 1)
  const isBeside = (places: Row[1]): boolean => places.length > 0 && places.every(({ file }) => BESIDE.test(file))
  const hasProgram = rows.some(([, places]) => places.length > 0 && !isBeside(places))
  const weightOf = ([name, places]: Row): number =>
    (settings.has(name) ? 8 : 0) +
    (descriptions.has(name) ? 8 : 0) +
    (/(?:^|_)(?:DEBUG|PROFILE|TESTS?|TRACE)(?:_|$)/.test(name) ? -16 : 0) +
    (prefixOf(name).length > 1 && (prefixes.get(prefixOf(name)) ?? 0) >= MIN_WITH_PREFIX ? 4 : 0) +
    (OF_SYSTEMS.has(name) ? -12 : 0) +
    (hasProgram && isBeside(places) ? -20 : 0) +
    (new Set(places.flatMap(({ file }) => (BESIDE.test(file) ? [] : file))).size > 1 ? 1 : 0)
  const orders = new Map([...settings.keys()].map((name, order) => [name, order]))
  const first = ([name]: Row): number => descriptions.get(name)?.order ?? Number.MAX_SAFE_INTEGER
  const set = ([name]: Row): number => orders.get(name) ?? orders.size
  const weights = new Map(rows.map((row) => [row, weightOf(row)]))
  const weight = (row: Row): number => weights.get(row) ?? 0
  return rows.toSorted(
    (a, b) =>
      weight(b) - weight(a) ||
      first(a) - first(b) ||
      set(a) - set(b) ||
      compareText(a[1][0]?.file ?? '', b[1][0]?.file ?? '') ||
      (a[1][0]?.line ?? 0) - (b[1][0]?.line ?? 0) ||
      compareText(a[0], b[0]),
  )
}
