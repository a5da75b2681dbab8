import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, beforeEach, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { ShownEvent } from '#queue/contract.ts'
import { launchBrowser, type Served, serveSet, visit } from './served.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const MISSING = /status of 40[04]/

let site: Served
let browser: Browser

before(async () => {
  ;[site, browser] = await Promise.all([serveSet(), launchBrowser()])
})

after(async () => {
  await browser?.close()
  await site?.close()
})

const at = (second: number): string => `2026-10-02T09:14:${String(second).padStart(2, '0')}.120Z`
const step = (second: number, stage: string, percent: number, text: string): ShownEvent => ({
  ...{ type: 'progress', at: at(second), stage, percent, text },
})

beforeEach(async () => {
  for (const { view } of (await site.queue.list({ limit: 100 })).jobs) {
    site.queue.move(view.job_id, { status: 'completed' })
    if (view.job_id !== 'acme--orbit') await site.queue.remove(view.job_id)
  }
  site.queue.pause = null
})

/** A job in each state, one of them with all that can be told of one. */
function fill(): void {
  const { queue } = site
  const repo = (name: string) => ({ repo_url: `https://github.com/${name}` })
  const ran = { started_at: at(1), completed_at: at(40), epoch: 1 }
  queue.move('own--failed', {
    ...{ ...repo('own/failed'), ...ran, status: 'failed', attempt: 2, epoch: 3 },
    ...{ error_code: 'CLONE_TIMED_OUT', error_message: 'The clone took longer than 300 s.', hint: 'Try again.' },
  })
  if (queue.asked.length < 1 || !queue.asked.includes('told')) {
    queue.asked.push('told')
    queue.tell(
      'own--failed',
      step(1, 'clone', 1, 'Fetching'),
      { type: 'log', at: at(2), level: 'warn', text: 'docspool.json: the key "x" is not known' },
      {
        type: 'end',
        at: at(40),
        status: 'failed',
        error: { code: 'X', message: 'The clone took longer.', hint: null },
      },
    )
  }
  queue.move('own--prose', {
    ...{ ...repo('own/prose'), ...ran, status: 'completed', main_model: 'gpt-x', degraded: 'budget' },
    options: { language: 'ja', notes: `We embed it.\n${'x'.repeat(200)}`, max_cost_usd: 2 },
    spend: { calls: 9, kept: 3, input_tokens: 40_000, output_tokens: 5_210, cost_usd: 0.12 },
  })
  queue.move('own--queued', { ...repo('own/queued'), status: 'queued', queue_position: 3 })
  const now = new Date().toISOString()
  const running = { status: 'processing', stage: 'analyse', percent: 45, started_at: now, epoch: 1 } as const
  queue.move('own--running', { ...repo('own/running'), ...running, progress: 'Analysing', follow_up: true })
}

async function open(
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
  expected?: RegExp,
): Promise<void> {
  assert.deepEqual(await visit(browser, site.origin, options, use, expected), [])
}

const PATHS = [
  '/',
  '/?status=failed',
  '/?repo=nobody/x',
  '/?status=x',
  '/jobs/own--fayled',
  ...['queued', 'running', 'failed', 'prose'].map((name) => `/jobs/own--${name}`),
  '/jobs/acme--orbit',
]

for (const colorScheme of ['light', 'dark'] as const) {
  test(`lists, jobs and errors have no barrier and do not scroll sideways, in ${colorScheme}`, async () => {
    fill()
    site.queue.pause = { since: at(0), by: null }
    await open(
      { colorScheme },
      async (page) => {
        for (const width of [1360, 390]) {
          await page.setViewportSize({ width, height: 850 })
          for (const path of PATHS) {
            await page.goto(site.origin + path)
            await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
            const found = await page.evaluate(`(async () => {
              ${AXE}
              const { violations } = await axe.run(document)
              return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html))
            })()`)
            assert.deepEqual(found, [], `${path} at ${width}`)
            const overhang = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
            assert.equal(overhang, 0, `${path} at ${width}`)
          }
        }
      },
      MISSING,
    )
  })
}

test('the first page keeps itself up to date, row by row, under the hands of its reader', async () => {
  fill()
  await open({}, async (page) => {
    await page.goto(site.origin)
    await page.getByText('45 % · Read the code').waitFor()
    const search = page.getByLabel('Filter by repository')
    await search.fill('typed')
    await page.getByRole('link', { name: 'Job of own/queued' }).focus()
    const waiting = page.locator('[data-key="own--queued"]')
    // The first look puts rows of the server in the place of those whose times have become ages.
    site.queue.move('own--running', { percent: 61, stage: 'pages' })
    await page.getByText('61 % · Write pages').waitFor()
    await waiting.evaluate((row) => row.setAttribute('data-test', 'kept'))
    site.queue.move('own--running', { percent: 70 })
    await page.getByText('70 % · Write pages').waitFor()
    assert.equal(await waiting.getAttribute('data-test'), 'kept', 'a row that has not changed is not touched')
    assert.equal(await page.evaluate('document.activeElement.getAttribute("aria-label")'), 'Job of own/queued')
    assert.equal(await search.inputValue(), 'typed')
    site.queue.move('own--new', { repo_url: 'https://github.com/own/new', status: 'queued', queue_position: 4 })
    await page.getByRole('link', { name: 'own/new', exact: true }).waitFor()
    await page.locator('.state-queued', { hasText: '2' }).waitFor()
    assert.equal(await page.evaluate('document.activeElement.getAttribute("aria-label")'), 'Job of own/queued')
  })
})

test('without JavaScript jobs are found by state and name, and by keys alone', async () => {
  fill()
  await open({ javaScriptEnabled: false }, async (page) => {
    await page.goto(site.origin)
    await page.getByRole('link', { name: /^failed/ }).click()
    assert.deepEqual(await page.locator('.job-link').allTextContents(), ['own/failed'])
    await page.getByText('The clone took longer than 300 s.').waitFor()
    await page.getByLabel('Filter by repository').focus()
    await page.keyboard.type('own/RUN')
    await page.keyboard.press('Enter')
    await page.getByText('No failed or cancelled job matches “own/RUN”.').waitFor()
    await page.getByRole('link', { name: 'Search all jobs' }).click()
    assert.deepEqual(await page.locator('.job-link').allTextContents(), ['own/running'])
    await page.getByRole('link', { name: 'Job of own/running' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Cancel' }).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Pause' }).isVisible(), false)
  })
})

test('options of a job are typed without JavaScript, and stay where they were refused', async () => {
  await open(
    { javaScriptEnabled: false },
    async (page) => {
      await page.goto(site.origin)
      await page.getByText('Document a repository…').click()
      assert.equal(await page.getByLabel('Notes for the model').isVisible(), false)
      await page.getByText('More options').click()
      await page.getByLabel('Language of the documents').selectOption('Deutsch')
      await page.getByLabel('Written by').selectOption('org/gpt-y:free')
      await page.getByLabel('Notes for the model').fill('One.\nTwo.')
      await page.getByLabel('Cost limit').fill('much')
      await page.getByLabel('Repository').first().fill('https://github.com/own/typed')
      await page.keyboard.press('Enter')
      await page.getByText('max_cost_usd: expected US dollars').waitFor()
      assert.equal(await page.getByLabel('Notes for the model').inputValue(), 'One.\nTwo.')
      await page.getByLabel('Cost limit').fill('0.5')
      await page.getByRole('button', { name: 'Document it' }).click()
      await page.waitForURL(/\/jobs\/own--typed~/)
      const options = { language: 'de', model: 'org/gpt-y:free', notes: 'One.\nTwo.', max_cost_usd: 0.5 }
      assert.deepEqual(site.queue.submits.at(-1)?.options, options)
    },
    MISSING,
  )
})

test('buttons of a job do what they say, without JavaScript', async () => {
  fill()
  await open({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${site.origin}/jobs/own--failed`)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.locator('.badge', { hasText: 'cancelled' }).waitFor()
    site.queue.move('own--running', { follow_up: false })
    await page.goto(`${site.origin}/jobs/own--running`)
    await page.getByRole('button', { name: 'Run again after this' }).click()
    await page.waitForURL(`${site.origin}/jobs/own--running`)
    const last = site.queue.submits.at(-1)
    assert.deepEqual([last?.repoUrl, last?.commitId, last?.force], ['https://github.com/own/running', null, true])
  })
})

test('a log can be held, goes on with what came meanwhile, and is copied; stages count their time', async () => {
  const { queue } = site
  const now = () => new Date().toISOString()
  const repo_url = 'https://github.com/live/one'
  queue.move('live--one', { repo_url, status: 'processing', stage: 'clone', percent: 1, started_at: now(), epoch: 1 })
  queue.tell('live--one', { type: 'progress', at: now(), stage: 'clone', percent: 1, text: 'Fetching' })
  await open({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    await page.goto(`${site.origin}/jobs/live--one`)
    const line = (text: string): ShownEvent => ({ type: 'log', at: now(), level: 'info', text })
    queue.tell('live--one', line('first'))
    await page.getByText('first', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Pause' }).click()
    queue.tell('live--one', line('second'), line('third'))
    await page.getByRole('button', { name: 'Resume (2 new)' }).waitFor()
    assert.equal(await page.getByText('second', { exact: true }).count(), 0)
    await page.getByRole('button', { name: 'Resume (2 new)' }).click()
    await page.getByText('third', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Copy', exact: true }).first().click()
    assert.match(String(await page.evaluate('navigator.clipboard.readText()')), /first\n.* second\n.* third\n$/)
    queue.move('live--one', { stage: 'analyse', percent: 40 })
    queue.tell('live--one', { type: 'progress', at: now(), stage: 'analyse', percent: 40, text: 'Analysing' })
    await page.locator('.step-done', { hasText: /^Fetch.*\d\.\d s$/ }).waitFor()
    await page.locator('.step-now .step-time[data-since]', { hasText: /[1-9] s/ }).waitFor()
  })
})
