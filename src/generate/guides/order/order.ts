/** Orders documents: first as the repository's documentation tool lists them, then all others by path. */

import { loadJavaScriptReader } from '#generate/formats/read-javascript.ts'
import type { Library, NavItem } from '#generate/guides/library.ts'
import type { Incidents } from '#generate/incidents.ts'
import { compareText } from '#generate/model.ts'
import { foldersAbove, nameOf, README } from '#generate/paths.ts'
import { byPath } from './by-path.ts'
import { docusaurusOrder } from './docusaurus.ts'
import { mkdocsOrder } from './mkdocs.ts'
import { summaryOrder } from './summary.ts'
import { toctreeOrder } from './toctrees.ts'
import { starlightOrder, vitepressOrder } from './vitepress.ts'

type Reader = (library: Library, config: string) => NavItem[]

const TOOLS: readonly [name: RegExp, read: Reader][] = [
  [/(?:^|\/)(?:mkdocs|properdocs)\.ya?ml$/, mkdocsOrder],
  [/(?:^|\/)conf\.py$/, toctreeOrder],
  [/(?:^|\/)docusaurus\.config\.[cm]?[jt]s$/, docusaurusOrder],
  [/(?:^|\/)\.vitepress\/config(?:\/index)?\.[cm]?[jt]s$/, vitepressOrder],
  [/(?:^|\/)astro\.config\.[cm]?[jt]s$/, starlightOrder],
  [/(?:^|\/)SUMMARY\.md$/, summaryOrder],
]
/** Limit on configurations that are read. */
const MAX_CONFIGS = 20
const NOT_DOCUMENTATION = /(?:^|\/)(?:tests?|__tests__|fixtures?|testdata|examples?|templates?|node_modules|vendor)\//i

export function orderOf(library: Library, incidents: Incidents): NavItem[] {
  const configs = [...library.paths]
    .flatMap((path) => {
      const tool = NOT_DOCUMENTATION.test(path) ? undefined : TOOLS.find(([name]) => name.test(path))
      return tool === undefined ? [] : [{ path, read: tool[1] }]
    })
    .sort((a, b) => depthOf(a.path) - depthOf(b.path) || compareText(a.path, b.path))
    .slice(0, MAX_CONFIGS)
  const taken = new Set<string>()
  const readme = [...library.paths].filter((path) => README.test(path)).sort()
  const first = unique(
    readme.map((path) => ({ title: null, path, children: [] })),
    taken,
  )
  if (configs.some(({ path }) => /\.[cm]?[jt]sx?$/.test(path))) loadJavaScriptReader()
  const configured = configs.flatMap(({ path, read }) => {
    const items = incidents.attemptInTime('guides', path, () => unique(read(library, path), new Set(taken))) ?? []
    for (const one of pathsIn(items)) taken.add(one)
    return items
  })
  // Documents that a tool omits from a folder come after those that it lists.
  const rest = unique(byPath(library, '', taken), taken)
  return [...first, ...configured, ...rest]
}

/** Paths of the documents in navigation entries, in order. */
export function pathsIn(items: readonly NavItem[]): string[] {
  return items.flatMap(({ path, children }) => [...(path === null ? [] : [path]), ...pathsIn(children)])
}

const depthOf = (path: string): number => foldersAbove(path).length

/** Keeps the first entry of each document. Groups that become empty are dropped. */
function unique(items: readonly NavItem[], taken: Set<string>): NavItem[] {
  return items.flatMap((item): NavItem[] => {
    const isNew = item.path !== null && !taken.has(item.path)
    if (isNew) taken.add(item.path ?? '')
    const children = unique(item.children, taken)
    if (isNew) return [{ ...item, children }]
    if (children.length === 0) return []
    return [{ title: item.title ?? nameOf(item.path ?? 'More'), path: null, children }]
  })
}
