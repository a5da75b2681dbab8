/** A published set of a made-up shop with everything that tools read, served over real HTTP, and clients of it. */

import type { TestContext } from 'node:test'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { buildGraphIndex } from '#graph-queries/build.ts'
import { GRAPH_INDEX_FILE } from '#graph-queries/format.ts'
import { buildSearch } from '#search/build-index.ts'
import { SEARCH_FILE } from '#search/index-format.ts'
import type { NewSet } from '#store/publish-set.ts'
import { createSetStore } from '#store/sets.ts'
import { inputOf } from '../../graph-queries/a-graph.ts'
import { exampleSet } from '../fixture.ts'
import { type Ending, type Served, serve } from '../served.ts'

export const SECRET_ID = `acme--secret~p${'a'.repeat(32)}`

export const SOURCE = Array.from({ length: 40 }, (_, at) => `line ${at + 1} of the shop`).join('\n')

const graph = inputOf(
  [
    'src/shop.ts#Shop class 1-20',
    'src/shop.ts#Shop.sell method 3-9',
    'src/shop.ts#Market class 22-30',
    'src/shop.ts#Market.sell method 23-24',
    'src/main.ts#main function 1-9',
    'test/shop.ts#testSell function 1-5',
  ],
  [
    'calls src/main.ts#main src/shop.ts#Shop.sell',
    'calls test/shop.ts#testSell src/shop.ts#Shop.sell',
    'extends src/shop.ts#Market src/shop.ts#Shop',
    'overrides src/shop.ts#Market.sell src/shop.ts#Shop.sell',
  ],
)

const definitions = graph.definitions.map((each) =>
  each.id === 'src/shop.ts#Shop' ? { ...each, page: 'src.md', anchor: 'shop' } : each,
)

const PAGE =
  '# src\n\nThe shop.\n\n## `Shop`\n\nSells things.\n\n```ts\n## no heading\n```\n\n## `Market`\n\nMany shops.\n'

const set: NewSet = {
  manifest: {
    ...exampleSet.manifest,
    repo_url: 'https://github.com/acme/shop',
    name: 'shop',
    full_name: 'acme/shop',
    sources: { files: 1, bytes: SOURCE.length, left_out: 0 },
  },
  files: new Map([
    ['overview.md', '# Shop\n\nA shop.\n'],
    ['src.md', PAGE],
    [
      'llms.txt',
      '# shop\n\n## Docs\n\n- [Shop](overview.md): What it is\n- [src \\[all\\]](src.md): The shop\n- [graph](graph.json)\n',
    ],
    ['large.json', JSON.stringify('x'.repeat(1_200_000))],
    ['llms-full.txt', `# Shop\n\nA shop — näher.\n\n${PAGE}`.repeat(200)],
    [
      SEARCH_FILE,
      buildSearch(
        [
          {
            file: 'src.md',
            title: 'src',
            standing: 'own',
            headings: [
              { depth: 1, id: 'src', text: 'src' },
              { depth: 2, id: 'shop', text: 'Shop' },
            ],
            sections: [{ id: 'shop', text: 'Sells things.' }],
          },
        ],
        [],
      ),
    ],
  ]),
  binaries: new Map([[GRAPH_INDEX_FILE, buildGraphIndex({ ...graph, definitions })]]),
  html: new Map(exampleSet.html),
  sources: [
    {
      name: 'src/shop.ts',
      path: 'src/shop.ts',
      language: 'typescript',
      text: SOURCE,
      colours: new Uint8Array(),
      marks: { home: null, symbols: [], spans: [] },
    },
  ],
}

/** The shop as `acme--shop`, and as a private job; beside them a set of an older version without an index. */
export async function serveShop(t: Ending, settings: Record<string, string> = {}): Promise<Served> {
  const served = await serve(t, settings)
  const sets = createSetStore(`${served.folder}/docs`)
  const key = await sets.publish(set)
  const { binaries: _, ...older } = exampleSet
  const old = await sets.publish({ ...older, manifest: { ...older.manifest, name: 'old' } })
  const common = { status: 'completed' as const, resolved_commit: 'a'.repeat(40) }
  served.queue.move('acme--shop', { ...common, repo_url: 'https://github.com/acme/shop' }, key)
  served.queue.move('acme--old', { ...common, repo_url: 'https://github.com/acme/old' }, old)
  served.queue.move(SECRET_ID, { ...common, repo_url: 'https://github.com/acme/secret' }, key)
  return served
}

export interface Called {
  isError: boolean
  structured: Record<string, unknown>
  text: string
}

/** @param mode - `auto` for the newest revision, `legacy` for that of 2025. */
export async function connect(
  t: TestContext,
  origin: string,
  { mode = 'auto', token }: { mode?: 'auto' | 'legacy'; token?: string } = {},
) {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } })
  const requestInit = token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', origin), { requestInit }))
  t.after(() => client.close())
  return { client, call: caller(client) }
}

export const caller =
  (client: Client) =>
  async (name: string, args: Record<string, unknown> = {}): Promise<Called> => {
    const result = await client.callTool({ name, arguments: args })
    const [first] = result.content as { type: string; text: string }[]
    return {
      isError: result.isError === true,
      structured: (result.structuredContent ?? {}) as Record<string, unknown>,
      text: first?.text ?? '',
    }
  }
