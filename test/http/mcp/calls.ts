/** Calls of the tools with what they answer of the shop. */

export const shop = { repoName: 'acme/shop' }

/** A call of every tool that reads, with a part of its answer. */
export const CALLS: readonly [name: string, args: Record<string, unknown>, expected: RegExp][] = [
  ['list_repositories', {}, /"id":"acme--shop","repository":"https:\/\/github.com\/acme\/shop"/],
  ['read_wiki_structure', shop, /"page":"src.md","title":"src \[all\]","summary":"The shop"/],
  ['read_wiki_contents', { ...shop, page: 'overview.md' }, /^# Shop\n\nA shop\.\n$/],
  [
    'ask_question',
    { ...shop, question: 'Who calls `Shop.sell`?' },
    /## Definitions\n\n- `Shop.sell` \(method\), src\/shop.ts:3-9/,
  ],
  ['search', { ...shop, query: 'shop' }, /"title":"Shop"/],
  ['get_symbol', { ...shop, symbol: 'Shop' }, /"documentation":"## `Shop`\\n\\nSells things\.[^"]*no heading[^"]*"/],
  ['callers', { ...shop, symbol: 'Shop.sell' }, /"id":"src\/main.ts#main".*"id":"test\/shop.ts#testSell"/],
  ['callees', { ...shop, symbol: 'main' }, /"id":"src\/shop.ts#Shop.sell"/],
  ['implementations', { ...shop, symbol: 'src/shop.ts#Shop' }, /"id":"src\/shop.ts#Market"/],
  ['path_between', { ...shop, from: 'main', to: 'Market.sell' }, /"found":true.*"id":"src\/shop.ts#Market.sell"/],
  [
    'impact',
    { ...shop, lines: ['src/shop.ts:4'] },
    /"tests":\[\{"file":"test\/shop.ts","distance":1,"tests":\["testSell"\]/,
  ],
  ['read_file_outline', { ...shop, file: 'src/shop.ts' }, /"name":"Shop.sell".*"depth":1/],
  [
    'read_source',
    { ...shop, file: 'src/shop.ts', start_line: 3, end_line: 4 },
    /^line 3 of the shop\nline 4 of the shop$/,
  ],
  ['job_status', { job_id: 'acme--shop' }, /"status":"completed"/],
]
