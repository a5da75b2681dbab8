/**
 * `make bench`: each measurement in turn, each paired with what it is compared to. Names as arguments choose some; those
 * that take long or need more than the program does run only by their name. Flags are told by each.
 */

const BENCHES = {
  clone: () => import('./clone.ts'),
  queue: () => import('./queue.ts'),
  restart: () => import('./restart.ts'),
  stops: () => import('./stops.ts'),
  documents: () => import('./documents/run.ts'),
  http: () => import('./http.ts'),
  pages: () => import('./pages/run.ts'),
  load: () => import('./under-load.ts'),
  many: () => import('./many.ts'),
  analysis: () => import('./analysis/run.ts'),
  reader: () => import('./reader/run.ts'),
  search: () => import('./search/run.ts'),
  graph: () => import('./graph/run.ts'),
  impact: () => import('./impact/run.ts'),
  traces: () => import('./traces/run.ts'),
  prose: () => import('./prose/run.ts'),
  ask: () => import('./ask/run.ts'),
  stability: () => import('./stability/run.ts'),
  dearest: () => import('./dearest/run.ts'),
  hostile: () => import('./hostile/run.ts'),
  followed: () => import('./followed.ts'),
  'cross-search': () => import('./cross-search.ts'),
  'served-search': () => import('./served-search.ts'),
  growth: () => import('./growth.ts'),
  'shared-pages': () => import('./shared-pages.ts'),
  questions: () => import('./questions/run.ts'),
  mcp: () => import('./mcp/run.ts'),
}
const ONLY_BY_NAME = [
  'stops',
  'many',
  'documents',
  'analysis',
  'reader',
  'search',
  'graph',
  'impact',
  'traces',
  'prose',
  'ask',
  'stability',
  'dearest',
  'hostile',
  'followed',
  'cross-search',
  'served-search',
  'growth',
  'shared-pages',
  'questions',
  'mcp',
]

const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const names = (Object.keys(BENCHES) as (keyof typeof BENCHES)[]).filter((name) =>
  chosen.length === 0 ? !ONLY_BY_NAME.includes(name) : chosen.includes(name),
)
if (names.length === 0) throw new Error(`Nothing to measure; there are ${Object.keys(BENCHES).join(', ')}.`)
for (const name of names) {
  process.stdout.write(`\n${name}\n`)
  const { run } = await BENCHES[name]()
  await run()
}
