/** Lists the routes that the files of a module declare, with their handlers. */

import type { RootContent } from 'mdast'
import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import { type Analysis, type Artifact, compareText, type Module } from '#generate/model.ts'
import { isCode, isMain } from '#generate/pages/repo-index.ts'
import { few, upTo } from '#generate/pages/words.ts'
import { toEntry, toFile, type Writing, within } from '#generate/pages/writing.ts'
import { foldersAbove } from '#generate/paths.ts'
import { code, heading, type Inline, table } from '#markdown/build.ts'

const MAX_ROWS = 200
/** Minimum number of routes for the overview to mention them. */
const MIN_ROUTES = 3
/** Limit on the files that the overview names. */
const MAX_FILES = 6
/** Matches the module with the root routes in the settings of Django. */
const ROOT_MODULE = /^ROOT_URLCONF[ \t]{0,9}=[ \t]{0,9}["']([\w.]{1,200})["']/

interface Routes {
  byFile: Map<string, Artifact[]>
  /** Ids of the handlers, keyed by the id of the route. */
  handlers: Map<string, string>
}

/** A section with a table; empty for a module without routes. */
export function routesSection(writing: Writing, module: Module): RootContent[] {
  const { analysis, repo, sources, texts } = writing
  const { byFile, handlers } = routesOf(analysis)
  const routes = module.files
    .flatMap((path) => byFile.get(path) ?? [])
    .filter((route) => !isOfFramework(writing, route) || !isCode(repo.files.get(route.file)))
  if (routes.length === 0) return []
  const rowOf = ({ id, name, file, startLine, endLine, detail }: Artifact): Inline[][] => {
    const handler = repo.components.get(handlers.get(id) ?? '')
    const place = texts.place(within(module.path, file), startLine, startLine)
    return [
      sources.place(file, startLine, endLine, code(name)),
      handler === undefined ? [place] : toEntry(handler),
      [detail],
    ]
  }
  return [
    heading(2, texts.routes.title),
    ...upTo(routes, MAX_ROWS, texts, (first) => table([...texts.routes.heads], first.map(rowOf))),
  ]
}

/** The files whose code declares routes, the one that includes the others and those with most routes first; tests and examples are excluded. */
export function routesFacts(writing: Writing): Inline[] {
  const { analysis, repo, texts } = writing
  const counts = new Map<string, number>()
  for (const [path, all] of routesOf(analysis).byFile) {
    const routes = all.filter((route) => !isOfFramework(writing, route))
    if (repo.leaves.has(path) && routes.length > 0 && isCode(repo.files.get(path))) counts.set(path, routes.length)
  }
  // A program with a single health check is not a web application.
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (total < MIN_ROUTES) return []
  for (const path of rootsOfDjango(writing)) counts.set(path, Number.MAX_SAFE_INTEGER)
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))
  return few(
    sorted.map(([path]) => toFile(path)),
    MAX_FILES,
    texts,
  )
}

/** The files that the settings of Django projects name as the root of the routes. */
function rootsOfDjango({ repo }: Writing): string[] {
  return [...repo.components.values()].flatMap(({ name, file, signature }) => {
    const module = name === 'ROOT_URLCONF' ? ROOT_MODULE.exec(signature)?.[1]?.replaceAll('.', '/') : undefined
    if (module === undefined) return []
    // The project may be in a folder of the repository.
    const above = foldersAbove(file).map((folder) => `${folder}${module}.py`)
    return above.find((one) => repo.leaves.has(one) && isMain(one, repo)) ?? []
  })
}

/** Whether a route is declared by a web framework itself, for its users to mount. */
const isOfFramework = ({ subject }: Writing, { detail }: Artifact): boolean =>
  detail.toLowerCase() === subject.name.toLowerCase()

const routesOf = memoized((analysis: Analysis): Routes => {
  const byFile = new Map<string, Artifact[]>()
  const ids = new Set<string>()
  for (const node of analysis.artifacts.nodes) {
    if (node.kind !== 'route') continue
    ids.add(node.id)
    push(byFile, node.file, node)
  }
  for (const list of byFile.values()) list.sort((a, b) => a.startLine - b.startLine || compareText(a.id, b.id))
  const handlers = new Map(
    analysis.artifacts.edges.flatMap(({ from, to, kind }) =>
      kind === 'runs' && ids.has(from) ? [[from, to] as const] : [],
    ),
  )
  return { byFile, handlers }
})
