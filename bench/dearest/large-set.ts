/**
 * A set as a large repository has it: thousands of names made of the same words, modules with their pages, one file of the most
 * lines that a set keeps, and data files of many megabytes. Made by a seed: each run has the same.
 */

import { buildGraphIndex } from '#graph-queries/build.ts'
import { GRAPH_INDEX_FILE } from '#graph-queries/format.ts'
import { buildSearch, type SearchablePage, type SearchableSymbol } from '#search/build-index.ts'
import type { Source } from '#store/model.ts'
import { API_FILE, type PublicApi } from '#store/public-api.ts'
import type { NewSet } from '#store/publish-set.ts'
import { syntheticGraph } from '../graph/synthetic.ts'

const COMMIT = '3f9c2ab81d5e7740cfe6d1c7a9b0e84d5a6f1c02'
/** Of the index that answers questions about the graph. */
const GRAPH_DEFINITIONS = 50_000
/** Of the public API that versions are compared by. */
const API_DEFINITIONS = 20_000
/** What names are made of: each beginning of two letters leads to several. */
const WORDS =
  `read render request resolve response result return parse pack page part path pattern payload table task template
term test text nameof name native near nest stack start state statement stop storage stream code cache column command compile
compute config connect context convert copy core count create debug decode default delete depend detail dialect digest seal
search segment select send serial server session set setting field file filter final find finish first flag flush format limit
line link list load local lock log lookup make manage map mark match member merge message meta mode model module move query
queue quote range rate raw array append apply argument assert assign async attach attribute batch begin bind block buffer build
callback cancel cast chain change channel check child class clean clear client clone close collect event exact except execute
exist expand export expression extend extract engine entity entry enum error escape graph group guard handle hash header help
hook host identity ignore import include index inherit init inner input insert inspect install instance integer interface internal
interval iterate item join journal key kind label language layer lazy lease level lexer library object offset open operator option
order origin output owner pool position prefix prepare primary print process produce profile property proxy public purge push
unique unit unlock update upgrade user validate value variable vector verify version view visit void wait walk warn weak weight
window worker wrap write yield zone`.split(/\s+/)

export interface LargeSet {
  set: NewSet
  /** The name of the file with the most lines. */
  longFile: string
}

/**
 * @param rows - What its search finds: names, pages and sections.
 * @param version - Another version has another signature for each public name.
 */
export function largeSet(rows: number, version = 1, pageCount = 400): LargeSet {
  const random = seeded(42)
  const pick = (): string => WORDS[Math.floor(random() * WORDS.length)] ?? ''
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
  const sentence = (words: number): string => `${Array.from({ length: words }, pick).join(' ')}.`
  const pages = Array.from({ length: pageCount }, (_, n) => pageOf(n))
  const symbols = Array.from({ length: rows - 2 * pageCount }, (_, n) => symbolOf(n))

  function pageOf(n: number): SearchablePage & { html: string } {
    const title = n === 0 ? 'Overview' : `${pick()}/${pick()}-${pick()}`
    const headings = Array.from({ length: 30 }, (_, at) => ({
      depth: 2,
      id: `h-${at}`,
      text: `${capital(pick())}${at}`,
    }))
    const html = headings.map(({ id, text }) => `<h2 id="${id}">${text}</h2><p>${sentence(60)}</p>`).join('\n')
    const sections = [{ id: 'h-0', text: sentence(30) }]
    return {
      file: n === 0 ? 'overview.md' : `page-${n}.md`,
      title,
      standing: 'own',
      headings: [{ depth: 1, id: 'top', text: title }, ...headings.slice(0, 1)],
      sections,
      html,
    }
  }

  function symbolOf(n: number): SearchableSymbol {
    const holder = capital(pick()) + capital(pick())
    const isMember = random() < 0.6
    return {
      name: isMember ? `${holder}.${pick()}_${pick()}` : holder + capital(pick()),
      kind: isMember ? 'method' : 'class',
      ...{
        file: `src/${pick()}/${pick()}.py`,
        line: n + 1,
        page: pages[n % pageCount]?.file ?? 'overview.md',
        anchor: `s-${n}`,
      },
      ...{ doc: sentence(16), isPublic: random() < 0.5, standing: random() < 0.3 ? 'test' : 'own', uses: n % 50 },
    }
  }

  const longFile = 'src/long.py'
  const sources = [
    source(longFile, 'x = (1, "a")\n'.repeat(60_000)),
    ...Array.from({ length: 300 }, (_, n) => source(`src/file-${n}.py`, `${sentence(900)}\n`.repeat(12))),
  ]
  sources.sort((a, b) => (a.path < b.path ? -1 : 1))
  const graph = JSON.stringify(
    Array.from({ length: 60_000 }, (_, n) => ({ id: n, name: pick() + pick(), file: pick(), doc: sentence(20) })),
  )
  const files = new Map([
    ...pages.map(({ file, title }): [string, string] => [file, `# ${title}\n\n${sentence(2_000)}\n`]),
    ['search.json', buildSearch(pages, symbols)],
    ['graph.json', graph],
    [API_FILE, JSON.stringify(publicApi(version))],
    ['llms-full.txt', `${sentence(400)}\n`.repeat(3_000)],
    ['sources.json', JSON.stringify({ files: sources.map(({ name, path }) => ({ name, path })) })],
  ])
  return {
    longFile,
    set: {
      manifest: {
        ...{ repo_url: 'https://git.invalid/acme/large', name: 'large', full_name: 'acme/large' },
        ...{ commit: COMMIT, commit_url: null, committed_at: '2026-10-02T08:00:00.000Z', main_model: 'offline' },
        generator_version: '0.1.0',
        statistics: {
          files: sources.length,
          lines: 200_000,
          components: rows,
          edges: rows,
          modules: pageCount,
          pages: pageCount,
        },
        pages: pages.map(({ file, title, headings }) => ({
          file,
          title,
          module: file,
          html: file.replace(/md$/, 'html'),
          headings: headings.map((each) => ({ ...each })),
          diagrams: file === 'overview.md' ? 1 : 0,
        })),
        tree: pages.map(({ file, title }) => ({ file, title, children: [] })),
        sources: { files: sources.length, bytes: sources.reduce((sum, { text }) => sum + text.length, 0), left_out: 0 },
      },
      files,
      binaries: new Map([[GRAPH_INDEX_FILE, buildGraphIndex(syntheticGraph(GRAPH_DEFINITIONS))]]),
      html: new Map(pages.map(({ file, html }) => [file.replace(/md$/, 'html'), html])),
      sources,
    },
  }
}

/** A version with a large manifest and nothing else that is large. */
export function largeVersion(version: number): NewSet {
  const { set } = largeSet(4, version, 1)
  const files = Array.from({ length: 1_000 }, (_, n) => (n === 0 ? 'overview.md' : `page-${version}-${n}.md`))
  const headings = Array.from({ length: 30 }, (_, n) => ({
    depth: 2,
    id: `h-${n}`,
    text: `Definition ${n} of this page`,
  }))
  const pages = files.map((file) => {
    const title = `${file} of version ${version}`
    return { file, title, module: file, html: file.replace(/md$/, 'html'), headings, diagrams: 0 }
  })
  return {
    ...set,
    manifest: { ...set.manifest, pages, tree: pages.map(({ file, title }) => ({ file, title, children: [] })) },
    files: new Map(files.map((file) => [file, '# Page\n'])),
    html: new Map(pages.map(({ html }) => [html, '<h1>Page</h1>'])),
    binaries: new Map(),
    sources: [],
  }
}

function publicApi(version: number): PublicApi {
  const definitions = Array.from({ length: API_DEFINITIONS }, (_, at) => ({
    ...{ kind: 'function', name: `function_${at}`, file: `src/file-${at % 300}.py`, line: at + 1, end: at + 4 },
    ...{
      signature: `def function_${at}(first, second=${version}, third_${version}=None)`,
      visibility: 'public' as const,
    },
  }))
  const names = definitions.map(({ name }, at): [string, number] => [name, at])
  const pack = {
    ...{ ecosystem: 'pypi', name: 'large', version: `${version}.0.0`, folder: '', manifest: 'pyproject.toml' },
    ...{ dependencies: [], programs: [], paths: [{ path: 'large', language: 'python', names }] },
  }
  return { version: 1, commit: COMMIT, packages: [pack], definitions, settings: [], commands: [], modules: [] }
}

const source = (path: string, text: string): Source => ({
  ...{ name: path, path, language: 'python', text, colours: new Uint8Array() },
  marks: { home: null, symbols: [], spans: [] },
})

/** mulberry32. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
