/**
 * Thousands of published payloads of cross-site scripting wherever a repository, a model or an address may hold a text, and every
 * kind of page made of them in a real browser. Then the same with the steps left out that make texts safe, with and without
 * the pages' policy: that the first figures are zeros means something only if these are not.
 */

import path from 'node:path'
import type { Browser } from 'playwright-core'
import { startModelServer } from '../../../test/support/model/server.ts'
import { makeRepository } from '../../../test/support/repositories.ts'
import { makeCareless } from '../../../test/support/typed.ts'
import { print, readFlag } from '../../measure.ts'
import { listsOf } from '../../prose/figures.ts'
import type { World } from '../cases.ts'
import { type Made, make } from './made.ts'
import { readPayloads } from './payloads.ts'
import { filesOf, markOf, type Place } from './repository.ts'
import { makeUnguarded } from './unguarded.ts'
import { launch, type Troubles, visitAll } from './visit.ts'

const REPOSITORIES = 8
/** Payloads for one answer of the model. */
const PER_ANSWER = 40
/** One page in so many is opened without sanitising or a policy. */
const EVERY_CONTROL = 32
/** Few and full: all are opened, and of those without sanitising or a policy this share more. */
const FULL = ['documents', 'list of sources', 'job']
const MORE = 4
const PLACES: readonly Place[] = ['readme', 'note', 'comment', 'name', 'model']
const COUNTS = ['dialogs', 'scripts', 'armed', 'violations', 'consoleErrors', 'pageErrors', 'outside', 'stuck'] as const

export async function tellXss(world: World): Promise<void> {
  const [corpora] = listsOf('corpora')
  if (corpora === undefined) throw new Error('Name the folder of the corpora: --corpora=/path/to/clones.')
  const every = readFlag('every', 1)
  const { payloads, counts } = readPayloads(corpora)
  print(
    `  ${payloads.length} payloads: ${Object.entries(counts)
      .map(([name, count]) => `${count} of ${name}`)
      .join(', ')}`,
  )
  const urls: string[] = []
  for (let at = 0; at < REPOSITORIES; at++) {
    const some = payloads.map((text, number) => ({ text, number })).filter(({ number }) => number % REPOSITORIES === at)
    await makeRepository(path.join(world.root, 'o', `payloads-${at}.git`), filesOf(some))
    urls.push(`${world.server.url}/o/payloads-${at}`)
  }
  const said = payloads.map((text, number) => `${markOf('model', { text, number })} ${text}`)
  const turn = Math.ceil(payloads.length / PER_ANSWER)
  const model = await startModelServer({
    behaviour: (_, n) => ({ name: 'html', markup: said.slice((n % turn) * PER_ANSWER, ((n % turn) + 1) * PER_ANSWER) }),
  })
  const env = {
    DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'true',
    DOCSPOOL_ALLOWED_HOSTS: new URL(world.server.url).host,
    DOCSPOOL_SEARCHES_PER_MINUTE: '0',
    DOCSPOOL_LOG_LEVEL: 'info',
    DOCSPOOL_MAX_COST_USD: '0',
    DOCSPOOL_MAX_COST_USD_PER_DAY: '0',
    LLM_BASE_URL: model.url,
    MAIN_MODEL: 'stand-in',
  }
  const browser = await launch()
  try {
    const begin = performance.now()
    const unguarded = await makeUnguarded()
    const programs = [undefined, unguarded].map((program) =>
      make(path.dirname(world.root), urls, payloads, env, program),
    )
    const [guarded, control] = (await Promise.all(programs)) as [Made, Made]
    const seconds = (performance.now() - begin) / 1_000
    print(`  documents, twice: ${seconds.toFixed(0)} s, ${model.seen.length} questions`)
    const name = 'without sanitising'
    const few = EVERY_CONTROL
    tellPlaces('docspool', guarded)
    await tell(browser, guarded, { name: 'docspool', hasPolicy: true, isGuarded: true, every })
    await tell(browser, guarded, { name: 'docspool without its policy', hasPolicy: false, isGuarded: true, every: few })
    await tellCareless(browser, guarded)
    await guarded.stop()
    tellPlaces(name, control)
    await tell(browser, control, { name, hasPolicy: true, isGuarded: false, every: few })
    await tell(browser, control, { name: `${name} and policy`, hasPolicy: false, isGuarded: false, every: few })
    await control.stop()
  } finally {
    await browser.close()
    await model.close()
  }
}

function tellPlaces(name: string, { marks }: Made): void {
  const counts = PLACES.map((place) => `${[...marks].filter((mark) => mark.startsWith(`x${place}`)).length} ${place}`)
  print(`  ${name}: payloads that pages show, by their place: ${counts.join(', ')}`)
}

interface Reading {
  name: string
  hasPolicy: boolean
  /** Then whatever is found is told in full. */
  isGuarded: boolean
  every: number
}

async function tell(browser: Browser, made: Made, { name, hasPolicy, isGuarded, every }: Reading): Promise<void> {
  const isWhole = isGuarded && hasPolicy
  const everyFull = isWhole ? 1 : Math.ceil(every / MORE)
  print(`  ${name}: one page in ${every}, of ${FULL.join(', ')} one in ${everyFull}`)
  const begin = performance.now()
  const kinds = [...made.served].map(([kind, visits]) => [kind, `${made.origin}/`, visits] as const)
  const all: Troubles[] = []
  for (const [kind, home, visits] of [...kinds, ['site', made.sites, made.exported] as const]) {
    const step = FULL.includes(kind) ? everyFull : every
    const some = visits.filter((_, at) => at % step === 0)
    const started = performance.now()
    const troubles = await visitAll(browser, home, some, hasPolicy)
    all.push(troubles)
    print(`    ${lineOf(kind, troubles)}, ${((performance.now() - started) / 1_000).toFixed(0)} s`)
    for (const [count, examples] of isGuarded ? troubles.examples : [])
      for (const example of examples) print(`      ${count}: ${example.replace(/\s+/g, ' ')}`)
  }
  const sum = (count: (typeof COUNTS)[number] | 'pages'): number => all.reduce((total, one) => total + one[count], 0)
  print(
    `    all: ${sum('pages')} pages in ${((performance.now() - begin) / 1_000).toFixed(0)} s: ${COUNTS.map((count) => `${sum(count)} ${count}`).join(', ')}`,
  )
}

/** The search as somebody careless would have written it, with and without the policy. */
async function tellCareless(browser: Browser, { origin, served }: Made): Promise<void> {
  const some = (served.get('search box') ?? []).filter((_, at) => at % EVERY_CONTROL === 0)
  for (const hasPolicy of [true, false]) {
    const troubles = await visitAll(browser, `${origin}/`, some, hasPolicy, makeCareless)
    print(`    ${lineOf(`careless search${hasPolicy ? '' : ', no policy'}`, troubles)}`)
  }
}

const typedOf = ({ typed, found }: Troubles): string =>
  typed === 0 ? '' : `, ${typed} typed, ${found} found something`

const lineOf = (kind: string, troubles: Troubles): string =>
  `${kind.padEnd(16)} ${String(troubles.pages).padStart(5)} pages${typedOf(troubles)}: ${COUNTS.map((count) => `${troubles[count]} ${count}`).join(', ')}`
