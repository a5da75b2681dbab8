/** `make bench`: each measurement in turn, each paired with what it is compared to. Names as arguments choose some. */

const BENCHES = {
  clone: () => import('./clone.ts'),
  queue: () => import('./queue.ts'),
  restart: () => import('./restart.ts'),
  documents: () => import('./documents.ts'),
}

const chosen = process.argv.slice(2)
const names = (Object.keys(BENCHES) as (keyof typeof BENCHES)[]).filter(
  (name) => chosen.length === 0 || chosen.includes(name),
)
if (names.length === 0) throw new Error(`Nothing to measure; there are ${Object.keys(BENCHES).join(', ')}.`)
for (const name of names) {
  process.stdout.write(`\n${name}\n`)
  const { run } = await BENCHES[name]()
  await run()
}
