/** Walks a published set over HTTP as a browser would and holds every link, anchor and source line against what is there. */

import { JSDOM } from 'jsdom'

export interface Walked {
  pages: number
  internalLinks: number
  anchors: number
  sourceLinks: number
  /** What is wrong, one line each; empty for a good set. */
  faults: string[]
}

interface Metadata {
  generation_info: { repo_path: string }
}

interface Graph {
  commit: string
  files: { path: string; lines: number }[]
}

/** Follow every link from the set's first page. Those into the repository must lead to lines of the set's own commit. */
export async function walkSet(origin: string, docsPath: string): Promise<Walked> {
  const base = new URL(docsPath, origin)
  const graph = (await (await fetch(new URL('graph.json', base))).json()) as Graph
  const { generation_info } = (await (await fetch(new URL('metadata.json', base))).json()) as Metadata
  const repository = `${new URL(generation_info.repo_path).pathname.replace(/\.git$/, '')}/`
  const linesOf = new Map(graph.files.map((file) => [file.path, file.lines]))
  const ids = new Map<string, Set<string>>()
  const links: { from: string; to: URL }[] = []
  const walked: Walked = { pages: 0, internalLinks: 0, anchors: 0, sourceLinks: 0, faults: [] }

  const waiting = [base.href]
  const seen = new Set(waiting)
  for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
    const response = await fetch(address, { headers: { accept: 'text/html' } })
    if (!response.ok) {
      walked.faults.push(`${address} answers ${response.status}`)
      continue
    }
    if (!(response.headers.get('content-type') ?? '').startsWith('text/html')) continue
    const { document } = new JSDOM(await response.text(), { url: address }).window
    walked.pages += 1
    ids.set(address, new Set([...document.querySelectorAll('[id]')].map((element) => element.id)))
    for (const anchor of document.querySelectorAll('a[href]')) {
      const to = new URL(anchor.getAttribute('href') ?? '', address)
      links.push({ from: address, to })
      const page = withoutFragment(to)
      const inside = to.origin === base.origin && to.pathname.startsWith(base.pathname)
      if (inside && !seen.has(page)) {
        seen.add(page)
        waiting.push(page)
      }
    }
  }

  for (const { from, to } of links) {
    if (to.origin !== base.origin) {
      const path =
        /\/(?:blob|src|src\/commit|-\/blob)\/([0-9a-f]{40})\/([^#]+)(?:#(?:L|lines-)(\d+)(?:[-:]L?(\d+))?)?$/.exec(
          to.href,
        )
      // Comments may quote the lines of another project.
      if (path === null || !to.pathname.startsWith(repository)) continue
      walked.sourceLinks += 1
      const [, commit, encoded = '', first, last] = path
      const lines = linesOf.get(decodeURIComponent(encoded))
      if (commit !== graph.commit) walked.faults.push(`${from}: ${to.href} is of another commit`)
      else if (lines === undefined) walked.faults.push(`${from}: ${to.href} is no file of the commit`)
      else if (Number(last ?? first ?? 1) > Math.max(1, lines))
        walked.faults.push(`${from}: ${to.href} is past line ${lines}`)
      continue
    }
    walked.internalLinks += 1
    const fragment = decodeURIComponent(to.hash.slice(1))
    const known = ids.get(withoutFragment(to))
    if (fragment === '' || known === undefined) continue
    walked.anchors += 1
    if (!known.has(fragment)) walked.faults.push(`${from}: no anchor ${to.href}`)
  }
  return walked
}

function withoutFragment(url: URL): string {
  const copy = new URL(url)
  copy.hash = ''
  return copy.href
}
