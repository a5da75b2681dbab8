import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, describe, it } from 'node:test'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { FILES, JOB, type ServedWithModel, serveWithModel } from './shop.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const QUESTION = 'Who calls `Shop.sell`, and what does `priceOf` return?'

let browser: Browser
before(async () => {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
})
after(() => browser?.close())

/** Nothing may go wrong: no violation of the policy, no error, no request to another host. */
async function visit(
  served: ServedWithModel,
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options)
  const troubles: string[] = []
  try {
    const page = await context.newPage()
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
    page.on('pageerror', (error) => troubles.push(String(error)))
    page.on('request', (request) => request.url().startsWith(served.origin) || troubles.push(request.url()))
    await use(page)
  } finally {
    await context.close()
  }
  assert.deepEqual(troubles, [])
}

const urlOf = ({ origin }: ServedWithModel, more = ''): string =>
  `${origin}/ask?id=${JOB}&q=${encodeURIComponent(QUESTION)}${more}`
const isDone = (page: Page) =>
  page.waitForFunction(() => document.querySelector<HTMLElement>('[data-rate]')?.hidden === false)

describe('the page of questions', () => {
  it('fills in the answer while it is written; each sentence leads to its lines', async (t) => {
    const served = await serveWithModel(t, { name: 'slow', pieceMs: 5 })
    await visit(served, {}, async (page) => {
      await page.goto(`${served.origin}/static-docs/${JOB}/`)
      await page.locator('.ask-box input[type=search]').fill(QUESTION)
      await page.locator('.ask-box button').click()
      await isDone(page)
      const text = (await page.locator('.answer-text').textContent()) ?? ''
      assert.match(text, /main calls Shop\.sell\.|Shop\.sell is used by main\./)
      assert.equal(await page.locator('.answer-draft').count(), 0)
      const cited = page.locator('.answer-text a.cited', { hasText: 'main.ts:4' }).first()
      const target = new URL((await cited.getAttribute('href')) ?? '', served.origin)
      assert.equal(target.pathname + target.hash, `/static-docs/${JOB}/source/src/main.ts#L4-L4`)
      assert.equal((await page.request.get(target.href)).status(), 200)
      assert.ok(FILES['src/main.ts']?.split('\n')[3]?.includes('sell'))
      await page.evaluate(AXE)
      const found = await page.evaluate(async () => {
        const { violations } = await (
          globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }
        ).axe.run()
        return violations.map(({ id }) => id)
      })
      assert.deepEqual(found, [])
    })
  })

  it('takes what the reader thinks of it, shares it, and asks further', async (t) => {
    const served = await serveWithModel(t)
    await visit(served, {}, async (page) => {
      await page.goto(urlOf(served))
      await isDone(page)
      await page.getByRole('button', { name: 'Useful', exact: true }).click()
      await page.getByText('Thank you.').waitFor()
      await page.getByRole('button', { name: 'Share this answer' }).click()
      await page.getByText('Anyone with this link').waitFor()
      await page.locator('.answer-ways a').click()
      await page.getByRole('heading', { name: QUESTION }).waitFor()
      assert.ok((await page.locator('.answer-text a.cited').count()) > 0)
      await page.goto(urlOf(served))
      await isDone(page)
      await page.getByLabel('Ask a follow-up question').fill('And `Market`?')
      await page.getByLabel('Ask a follow-up question').press('Enter')
      await isDone(page)
      assert.equal(new URL(page.url()).searchParams.get('p'), QUESTION)
    })
  })

  it('shows nothing of what a hostile model says, and runs none of it', async (t) => {
    for (const behaviour of ['html', 'obeys'] as const) {
      const served = await serveWithModel(t, behaviour)
      await visit(served, {}, async (page) => {
        await page.goto(urlOf(served))
        await page.waitForFunction(() => document.querySelector<HTMLElement>('[data-rate]')?.hidden === false)
        const inside = await page.locator('.answer-text').innerHTML()
        assert.doesNotMatch(inside, /<(?:img|script|svg|iframe|form|style|details)|javascript:|onerror|CANARY/i)
        assert.equal(await page.evaluate('globalThis.docspoolOwned'), undefined)
      })
    }
  })

  it('has the answer without JavaScript, after one more press', async (t) => {
    const served = await serveWithModel(t)
    await visit(served, { javaScriptEnabled: false }, async (page) => {
      await page.goto(urlOf(served))
      await page.getByRole('button', { name: 'Ask stand-in' }).click()
      assert.match((await page.locator('.answer-text').textContent()) ?? '', /Shop\.sell/)
      assert.ok(await page.locator('.answer-about').isVisible())
    })
  })
})
