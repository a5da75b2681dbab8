/** Sets to measure with: as many pages as one likes, each of the size and with the tree that real ones have. */

import type { NewSet } from '#store/publish-set.ts'
import { createSetStore } from '#store/sets.ts'

const COMMIT = '3f9c2ab81d5e7740cfe6d1c7a9b0e84d5a6f1c02'
/** Of the tree, as a repository of that many modules has it. */
const BRANCH = 10

/** Publish `sets` sets of `pages` pages each, `page-0.md` and so on. @returns Their keys, by their number. */
export async function publishSets(folder: string, sets: number, pages: number): Promise<string[]> {
  const store = createSetStore(folder)
  const keys: string[] = []
  for (let number = 0; number < sets; number++) keys.push(await store.publish(setOf(number, pages)))
  return keys
}

function setOf(number: number, count: number): NewSet {
  const pages = Array.from({ length: count }, (_, n) => ({
    file: `page-${n}.md`,
    title: `module ${n}`,
    module: `src/${n}`,
    html: `page-${n}.html`,
    headings: Array.from({ length: 20 }, (_, at) => ({
      depth: at % 5 === 0 ? 2 : 3,
      id: `h-${at}`,
      text: `Name${at}`,
    })),
    diagrams: 0,
  }))
  const node = (n: number) => ({ title: `module ${n}`, file: `page-${n}.md`, children: [] })
  const tree = pages.flatMap((_, n) =>
    n % BRANCH === 0
      ? [{ ...node(n), children: pages.slice(n + 1, n + BRANCH).map((_, below) => node(n + 1 + below)) }]
      : [],
  )
  return {
    manifest: {
      repo_url: `https://git.invalid/acme/ended--${number}`,
      name: `ended-${number}`,
      full_name: `acme/ended-${number}`,
      commit: COMMIT,
      commit_url: null,
      committed_at: '2026-10-02T08:00:00.000Z',
      main_model: 'offline',
      generator_version: '0.1.0',
      statistics: { files: 500, lines: 70_000, components: 4_000, edges: 9_000, modules: count, pages: count },
      pages,
      tree,
    },
    files: new Map(pages.map(({ file }) => [file, `# ${file} of ${number}\n`])),
    html: new Map(pages.map(({ html }, n) => [html, bodyOf(number, n)])),
  }
}

/** Some 6 to 40 KB of what an entry looks like. */
function bodyOf(set: number, page: number): string {
  const entry = (at: number): string =>
    `<div class="heading heading-3"><h3 id="h-${at}"><code>Name${at}</code></h3><a class="anchor" href="#h-${at}" aria-label="Link to “Name${at}”"></a></div>
<pre><code class="hljs language-ts one-line"><span class="hljs-keyword">function</span> <span class="hljs-title">name${at}</span>(from: <span class="hljs-title">State</span>, to: State): Burn[]</code></pre>
<p>Plans one leg of flight ${set}-${page}-${at}. The window is searched from both ends, so that it ends in logarithmic time.</p>
<p>Function in <a href="https://git.invalid/acme/x/blob/${COMMIT}/src/${page}.ts#L${at}">src/${page}.ts, lines ${at} to ${at + 9}</a> · used by <a href="page-${at}.md"><code>main</code></a></p>\n`
  return Array.from({ length: 10 + ((page * 7) % 50) }, (_, at) => entry(at)).join('')
}
