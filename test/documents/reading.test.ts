/** A reader with a browser: finds, follows, folds, turns pages, looks at diagrams, prints; with and without JavaScript. */

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core'
import { launchBrowser, type Served, serveSet, visit } from './served.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let served: Served
let browser: Browser

before(async () => {
  ;[served, browser] = await Promise.all([serveSet(), launchBrowser()])
})

after(async () => {
  await browser?.close()
  await served?.close()
})

/** Nothing but what is expected goes wrong, and no other host is asked. */
async function read(
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
  expected?: RegExp,
): Promise<void> {
  assert.deepEqual(await visit(browser, served.origin, options, use, expected), [])
}

async function findBarriers(page: Page): Promise<string[]> {
  return await page.evaluate(`(async () => {
    ${AXE}
    const { violations } = await axe.run(document, { iframes: false })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html))
  })()`)
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no kind of page of documents has a barrier or scrolls sideways, in ${colorScheme}`, async () => {
    const use = async (page: Page) => {
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 850 })
        for (const path of ['', 'planner.md', 'dynamics.md', '?q=planner', '?q=', '?q=zzzzqqqq', 'no-planer.md']) {
          await page.goto(served.docs + path)
          assert.deepEqual(await findBarriers(page), [], `${path} at ${width}`)
          const overhang = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
          assert.equal(overhang, 0, `${path} at ${width}`)
        }
        await page.goto(`${served.docs}planner.md`)
        await page.keyboard.press('/')
        await page.keyboard.type('planner')
        await page.locator('dialog .hit').first().waitFor()
        assert.deepEqual(await findBarriers(page), [], `the search at ${width}`)
        await page.keyboard.press('Escape')
        await page.locator('#Search').waitFor({ state: 'hidden' })
        await page.keyboard.press('?')
        await page.locator('#Keys[open]').waitFor()
        assert.deepEqual(await findBarriers(page), [], `the keys at ${width}`)
      }
    }
    await read({ colorScheme }, use, /status of 404/)
  })
}

test('the search finds parts of names, symbols first, and leads to the entry', async () => {
  await read({}, async (page) => {
    await page.goto(served.docs)
    await page.keyboard.press('/')
    const first = page.locator('dialog .hit').first()
    const input = page.getByRole('textbox', { name: 'Search' })
    for (const [words, title] of [
      ['Worker', 'BackgroundWorker'],
      ['lambert problem', 'solve_lambert_problem'],
      ['solveLambertProblem', 'solve_lambert_problem'],
      ['backgroundwrker', 'BackgroundWorker'],
      ['worked', 'BackgroundWorker'],
      ['how does the seventh leg begin', 'Planner.step7'],
      ['seventh leg', 'Planner.step7'],
    ] as const) {
      await input.fill(words)
      await first.locator('.hit-title', { hasText: title }).waitFor({ timeout: 5_000 })
    }
    assert.equal(await first.locator('.hit-place').textContent(), 'src/plan.ts:18')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${served.docs}planner.md#method-planner-step7`)
    await page.keyboard.press('s')
    await page.keyboard.type('planner')
    await page.locator('dialog .hit').nth(1).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    assert.equal(
      await page.evaluate('document.activeElement.closest(".hit") === document.querySelectorAll(".hit")[1]'),
      true,
    )
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    assert.equal(await page.evaluate('document.activeElement.tagName'), 'INPUT')
    await page.getByRole('link', { name: 'All results' }).click()
    await page.waitForURL(`${served.docs}?q=planner`)
  })
})

test('one result is marked at a time: the first, that under the pointer, that in focus', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await read({ colorScheme }, async (page) => {
      await page.goto(served.docs)
      await page.keyboard.press('/')
      await page.getByRole('textbox', { name: 'Search' }).fill('planner')
      await page.locator('dialog .hit').nth(2).waitFor()
      const marked = () =>
        page
          .locator('dialog .hit > a')
          .evaluateAll((links) =>
            links.flatMap((link, at) => (getComputedStyle(link).boxShadow === 'none' ? [] : [at])),
          )
      await page.mouse.move(0, 0)
      assert.deepEqual(await marked(), [0])
      await page.locator('dialog .hit > a').nth(1).hover()
      assert.deepEqual(await marked(), [1])
      await page.mouse.move(0, 0)
      for (let time = 0; time < 3; time++) await page.keyboard.press('ArrowDown')
      assert.deepEqual(await marked(), [2])
    })
  }
})

test('without JavaScript a form in the bar leads to a page of results', async () => {
  await read({ javaScriptEnabled: false }, async (page) => {
    await page.goto(served.docs)
    assert.equal(await page.locator('.search-button').isVisible(), false)
    const box = page.getByRole('searchbox', { name: 'Search orbit' })
    await box.fill('Worker')
    await box.press('Enter')
    await page.waitForURL(`${served.docs}?q=Worker`)
    assert.equal(await page.locator('.hit a').first().textContent(), 'BackgroundWorker')
    assert.match((await page.locator('.hit').first().textContent()) ?? '', /class.*src\/worker\.ts:18.*Works unseen/)
    await page.locator('.hit a').first().click()
    await page.waitForURL(`${served.docs}dynamics.md#dynamics`)
    await page.goto(`${served.docs}planner.md`)
    assert.match((await page.locator('figure.diagram pre').first().textContent()) ?? '', /sequenceDiagram/)
    assert.equal(await page.locator('figure.diagram pre').first().isVisible(), true)
    await page.locator('.tree summary').first().click()
    await page.getByRole('link', { name: 'Next' }).click()
  })
})

test('keys turn pages, but not while somebody types or what is focused scrolls by them', async () => {
  await read({ viewport: { width: 700, height: 800 } }, async (page) => {
    await page.goto(`${served.docs}planner.md`)
    await page.keyboard.press('ArrowRight')
    await page.waitForURL(`${served.docs}planner-lambert.md`)
    await page.keyboard.press('ArrowLeft')
    await page.waitForURL(`${served.docs}planner.md`)
    await page.locator('.prose pre[tabindex="0"]').first().focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('/')
    await page.keyboard.type('f?t')
    await page.keyboard.press('ArrowLeft')
    assert.equal(page.url(), `${served.docs}planner.md`)
    assert.equal(await page.getByRole('textbox', { name: 'Search' }).inputValue(), 'f?t')
    assert.equal(await page.locator('#Keys').isVisible(), false)
    await page.keyboard.press('Escape')
    await page.locator('#Search').waitFor({ state: 'hidden' })
    await page.keyboard.press('t')
    await page.locator('html[data-theme="light"]').waitFor()
  })
})

test('a key that follows the closing of a box at once is not taken for typing into it', async () => {
  await read({}, async (page) => {
    await page.goto(served.docs)
    await page.keyboard.press('/')
    await page.locator('#Search input:focus').waitFor()
    await page.evaluate(`{
      document.getElementById('Search').close()
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }))
    }`)
    assert.equal(await page.locator('#Keys[open]').isVisible(), true)
  })
})

test('what a reader has folded stays so on the next page, but for the way to it', async () => {
  await read({}, async (page) => {
    await page.goto(served.docs)
    const fold = (file: string) => page.locator(`.tree details[data-page="${file}"]`)
    await fold('dynamics.md').locator('> summary').click()
    await page.goto(`${served.docs}bodies.md`)
    assert.equal(await fold('dynamics.md').getAttribute('open'), '')
    assert.equal(await fold('planner.md').getAttribute('open'), null)
    await fold('dynamics.md').locator('> summary').click()
    await page.goto(`${served.docs}dynamics-internal.md`)
    assert.equal(await fold('dynamics.md').getAttribute('open'), '')
  })
})

test('a link to the source names the lines at the commit, and tells the host nothing of the reader', async () => {
  await read(
    {},
    async (page) => {
      await page.goto(`${served.docs}planner.md#method-planner-step7`)
      const link = page.getByRole('link', { name: 'Lines 7 to 16' })
      assert.match(
        (await link.getAttribute('href')) ?? '',
        /^https:\/\/github\.com\/acme\/orbit\/blob\/[0-9a-f]{40}\/src\/plan\.ts#L7$/,
      )
      assert.match((await link.getAttribute('rel')) ?? '', /noreferrer/)
      await page.context().route('https://github.com/**', (route) => route.fulfill({ body: 'the source' }))
      const isOfHost = (request: Request) => request.url().startsWith('https://github.com/')
      const [request] = await Promise.all([page.context().waitForEvent('request', isOfHost), link.click()])
      assert.equal(request.headers().referer, undefined)
    },
    /^https:\/\/github\.com\/acme\/orbit\/blob\//,
  )
})

test('on paper there is the text alone, with what is folded, dark on light', async () => {
  await read({ colorScheme: 'dark' }, async (page) => {
    await page.goto(`${served.docs}planner.md`)
    await page.evaluate(`document.querySelector('.prose').insertAdjacentHTML('beforeend',
      '<details><summary>More</summary><p id="Folded">inside</p></details>')`)
    await page.emulateMedia({ media: 'print' })
    for (const selector of ['.bar', '.sidebar', '.contents', '.neighbours', '.diagram-bar', '.copy', '.ways']) {
      assert.equal(await page.locator(selector).first().isVisible(), false, selector)
    }
    assert.equal(await page.locator('.prose h1').isVisible(), true)
    assert.ok(((await page.locator('#Folded').boundingBox())?.height ?? 0) > 10)
    assert.equal(await page.evaluate('getComputedStyle(document.documentElement).colorScheme'), 'light')
    const pdf = await page.pdf()
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  })
})

test('who wants no motion gets none', async () => {
  await read({ reducedMotion: 'reduce' }, async (page) => {
    await page.goto(served.docs)
    assert.equal(await page.evaluate('getComputedStyle(document.documentElement).scrollBehavior'), 'auto')
    const moving = await page.evaluate(`[...document.querySelectorAll('*')].filter((each) => {
      const { transitionDuration, animationName } = getComputedStyle(each)
      return animationName !== 'none' || transitionDuration !== '0s'
    }).length`)
    assert.equal(moving, 0)
  })
})

test('a page that is not there names those that are near and searches for its words', async () => {
  const use = async (page: Page) => {
    await page.goto(`${served.docs}planer-window.md`)
    await page.getByRole('link', { name: 'windows', exact: true }).waitFor()
    assert.equal(await page.getByRole('searchbox').inputValue(), 'planer window')
    await page.getByRole('searchbox').press('Enter')
    await page.waitForURL(`${served.docs}?q=planer+window`)
    await page.locator('.hit').first().waitFor()
  }
  await read({}, use, /status of 404/)
})
