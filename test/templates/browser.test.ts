import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { type Browser, type BrowserContextOptions, chromium, type Frame, type Page } from 'playwright-core'
import type { ShownEvent, Status } from '#queue/contract.ts'
import { fakeJob } from './fakes.ts'
import { type Site, startSite } from './site.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const OVERVIEW = '/static-docs/acme--orbit/'
const PLANNER = '/static-docs/acme--orbit/planner.md'
const JOBS = ['pallets--flask', 'gitlab.com--gnome--libs--a-rather-long-name', 'acme--orbit', 'acme--private']
const PATHS = ['/', '/api', '/empty', '/refused', '/nowhere', OVERVIEW, PLANNER, ...JOBS.map((id) => `/jobs/${id}`)]

let site: Site
let browser: Browser

before(async () => {
  site = await startSite()
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
})

after(async () => {
  await browser?.close()
  await site?.close()
})

/**
 * Open pages and gather what went wrong: violations of the policy, errors, requests to other hosts.
 *
 * @param expected - What may go wrong.
 */
async function visit(
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
  expected?: RegExp,
): Promise<void> {
  const context = await browser.newContext(options)
  const troubles: string[] = []
  try {
    const page = await context.newPage()
    page.on('console', (message) => {
      const isMissingPage = message.text().includes('status of 404') && message.location().url.endsWith('/nowhere')
      if (message.type() === 'error' && !isMissingPage) troubles.push(message.text())
    })
    page.on('pageerror', (error) => troubles.push(String(error)))
    page.on('dialog', (dialog) => troubles.push(`dialog: ${dialog.message()}`))
    page.on('request', (request) => {
      if (!request.url().startsWith(site.origin)) troubles.push(request.url())
    })
    await use(page)
    assert.deepEqual(expected === undefined ? troubles : troubles.filter((text) => !expected.test(text)), [])
  } finally {
    await context.close()
  }
}

/** What axe finds on the page, as `rule: element`. */
async function findBarriers(page: Page): Promise<string[]> {
  const found = await page.evaluate(`(async () => {
    ${AXE}
    const { violations } = await axe.run(document, { iframes: false })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html))
  })()`)
  return found as string[]
}

async function drawnFrame(page: Page): Promise<Frame> {
  await page.locator('figure.drawn').first().waitFor()
  const frame = page.frames().find((each) => each.url().endsWith('/assets/diagram.html'))
  assert.ok(frame)
  return frame
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page has a barrier, a violation of its policy or a foreign request, in ${colorScheme}`, async () => {
    for (const width of [1360, 390]) {
      await visit({ colorScheme, viewport: { width, height: 850 } }, async (page) => {
        for (const path of PATHS) {
          await page.goto(site.origin + path)
          if (path === OVERVIEW) await drawnFrame(page)
          assert.deepEqual(await findBarriers(page), [], `${path} at ${width}`)
          const overhang = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
          assert.equal(overhang, 0, `${path} does not scroll sideways at ${width}`)
        }
      })
    }
  })
}

test('what is to happen now or is late happens within a minute', async () => {
  await visit({}, async (page) => {
    await page.goto(site.origin)
    const shown = await page.evaluate(`[5, 7_230, -600].map((seconds) => {
      const time = document.body.appendChild(document.createElement('time'))
      time.dateTime = new Date(Date.now() + seconds * 1_000).toISOString()
      time.dataset.ago = 'next'
      document.dispatchEvent(new Event('docspool:content'))
      return time.textContent
    })`)
    assert.deepEqual(shown, ['within a minute', 'in 2 hours', 'within a minute'])
  })
})

test('a diagram is drawn in its frame, follows the theme and can be enlarged', async () => {
  await visit(
    { colorScheme: 'light' },
    async (page) => {
      await page.goto(site.origin + OVERVIEW)
      const frame = await drawnFrame(page)
      const box = await frame.locator('svg').boundingBox()
      assert.ok(box !== null && box.width > 50 && box.height > 20, JSON.stringify(box))
      assert.equal(await page.locator('figure pre').isVisible(), false)
      await frame.getByText('bindings/python <x>').waitFor()
      const fill = () =>
        frame
          .locator('.node rect')
          .first()
          .evaluate((node) => getComputedStyle(node).fill)
      const light = await fill()
      const button = page.getByRole('button', { name: /^Theme/ })
      await button.click()
      await button.click()
      assert.equal(await button.getAttribute('title'), 'Theme: dark')
      await frame.waitForFunction(
        (before) => getComputedStyle(document.querySelector('.node rect') as Element).fill !== before,
        light,
      )
      const full = page.getByRole('button', { name: 'Full screen' })
      await full.click()
      await frame.waitForFunction(() => document.documentElement.classList.contains('wide'))
      const wide = await page.locator('figure.wide').boundingBox()
      assert.deepEqual(wide, { x: 0, y: 0, ...page.viewportSize() })
      const width = () => frame.locator('svg').evaluate((svg) => svg.getBoundingClientRect().width)
      const fitted = await width()
      await page.getByRole('button', { name: 'Larger' }).click()
      await frame.waitForFunction(
        (before) => (document.querySelector('svg')?.getBoundingClientRect().width ?? 0) > before * 1.4,
        fitted,
      )
      assert.equal(
        await page.getByRole('link', { name: 'Overview' }).evaluate((link) => link.closest('[inert]') !== null),
        true,
      )
      await page.keyboard.press('Escape')
      await page.locator('figure.wide').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Source' }).click()
      assert.equal(await page.locator('figure pre').isVisible(), true)
      // Below the mouse, the search button loads its index, which this set lacks.
    },
    /status of 404/,
  )
})

test('a diagram is never cut: it fits the page, with its buttons above it', async () => {
  for (const width of [1360, 1280, 768]) {
    await visit({ viewport: { width, height: 850 } }, async (page) => {
      await page.goto(`${site.origin}${PLANNER}`)
      const frame = await drawnFrame(page)
      const overflow = await frame.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      assert.equal(overflow, 0, `at ${width}`)
      const bar = await page.locator('.diagram-bar').first().boundingBox()
      const drawing = await page.locator('figure iframe').first().boundingBox()
      assert.ok(bar !== null && drawing !== null && bar.y + bar.height <= drawing.y + 1)
    })
  }
})

test('a diagram that cannot be drawn shows its source and says so', async () => {
  await visit({}, async (page) => {
    await page.goto(`${site.origin}${PLANNER}#members`)
    const broken = page.locator('figure', { hasText: 'graph TD; A-->' })
    await broken.locator('.diagram-note').waitFor()
    assert.equal(await broken.locator('pre').isVisible(), true)
    assert.equal(await broken.locator('iframe').count(), 0)
  })
})

test('a diagram that is drawn for too long is given up', async () => {
  await visit({}, async (page) => {
    await page.clock.install()
    await page.route('**/assets/diagram.js*', (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: "parent.postMessage({ type: 'ready' }, '*'); self.told = true",
      }),
    )
    await page.goto(site.origin + OVERVIEW)
    const figure = page.locator('figure.diagram').first()
    const frame = page.frameLocator('figure iframe').first()
    await frame.locator('body').waitFor({ state: 'attached' })
    await page.clock.fastForward(15_000)
    assert.equal(await figure.locator('iframe').count(), 1)
    await page.clock.runFor(10_000)
    await figure.locator('.diagram-note').waitFor()
    assert.equal(await figure.locator('iframe').count(), 0)
    assert.equal(await figure.locator('pre').isVisible(), true)
  })
})

test('a box of a diagram leads where the list below it says, also into a new window', async () => {
  await visit({ viewport: { width: 1000, height: 2_000 } }, async (page) => {
    await page.goto(site.origin + PLANNER)
    const frame = await drawnFrame(page)
    const boxOf = (name: string) => frame.locator('.linked', { hasText: name }).first()
    assert.equal(await boxOf('lambert').count(), 0, 'nothing to lead to')
    await boxOf('Planner').click()
    await page.waitForURL(`${site.origin}${PLANNER}#class-planner`)
    await settled(page)
    // A click allows a window for some seconds only, in which a busy machine may not get to it.
    let opened: Page | undefined
    for (let tries = 0; opened === undefined && tries < 4; tries++) {
      const opening = page.context().waitForEvent('page', { timeout: 8_000 })
      await boxOf('main').click({ modifiers: ['ControlOrMeta'] })
      opened = await opening.catch(() => undefined)
    }
    await (opened ?? assert.fail('no window')).waitForURL('**/cli.md')
    await boxOf('main').click()
    await page.waitForURL('**/cli.md')
  })
})

test('a diagram is printed as it is drawn, and a print waits for those that are not drawn yet', async () => {
  await visit({ viewport: { width: 1360, height: 300 } }, async (page) => {
    await page.addInitScript(() => {
      window.print = () => document.documentElement.setAttribute('data-printed', '')
    })
    await page.goto(site.origin + PLANNER)
    assert.equal(await page.locator('figure iframe').count(), 0, 'they are too far away')
    await page.keyboard.press('ControlOrMeta+p')
    await page.locator('html[data-printed]').waitFor()
    assert.equal(await page.locator('figure.drawn').count(), 1)
    assert.equal(await page.locator('.diagram-note').count(), 1)
    await page.emulateMedia({ media: 'print' })
    const figure = page.locator('figure.drawn')
    assert.equal(await figure.locator('iframe').isVisible(), true)
    for (const hidden of ['pre', '.diagram-bar', '.diagram-boxes'])
      assert.equal(await figure.locator(hidden).isVisible(), false, hidden)
  })
})

/** How far below the top of the window a heading is. */
const topOf = (page: Page, id: string): Promise<number> =>
  page.locator(`[id="${id}"]`).evaluate((heading) => Math.round(heading.getBoundingClientRect().top))

/** The diagrams above it have been drawn, or given up, and the window is still. */
async function settled(page: Page): Promise<void> {
  await page.locator('figure.drawn').first().waitFor()
  await page.locator('.diagram-note').waitFor()
  await page.evaluate(`new Promise((resolve) => {
    let last = -1
    let still = 0
    const look = () => {
      still = scrollY === last ? still + 1 : 0
      last = scrollY
      if (still > 20) resolve()
      else requestAnimationFrame(look)
    }
    look()
  })`)
}

for (const reducedMotion of ['no-preference', 'reduce'] as const) {
  test(`a link to a heading leads there, though the diagrams above it change, with motion: ${reducedMotion}`, async () => {
    await visit({ viewport: { width: 1000, height: 500 }, reducedMotion }, async (page) => {
      await page.goto(`${site.origin}${PLANNER}#members`)
      await settled(page)
      const top = await topOf(page, 'members')
      assert.ok(top > 56 && top < 90, `below the bar, at ${top}`)
    })
  })
}

test('so does a link of the page itself that passes diagrams which were not drawn yet', async () => {
  await visit({ viewport: { width: 1360, height: 300 } }, async (page) => {
    await page.goto(site.origin + PLANNER)
    assert.equal(await page.locator('figure iframe').count(), 0, 'they are too far away')
    await page.locator('[data-contents]').getByRole('link', { name: 'Members', exact: true }).click()
    await settled(page)
    const top = await topOf(page, 'members')
    assert.ok(top > 56 && top < 90, `below the bar, at ${top}`)
  })
})

test('who has scrolled meanwhile is not taken back to the heading', async () => {
  await visit({ viewport: { width: 1000, height: 500 }, reducedMotion: 'reduce' }, async (page) => {
    let draw = (): void => {}
    const asked = new Promise<void>((resolve) => {
      draw = resolve
    })
    await page.route('**/assets/diagram.html', async (route) => {
      await asked
      await route.continue()
    })
    await page.goto(`${site.origin}${PLANNER}#members`, { waitUntil: 'commit' })
    await page.locator('figure iframe').first().waitFor({ state: 'attached' })
    await page.mouse.move(500, 300)
    await page.mouse.wheel(0, 900)
    await page.waitForFunction(() => (document.getElementById('members')?.getBoundingClientRect().top ?? 0) < -600)
    draw()
    await settled(page)
    assert.ok((await topOf(page, 'members')) < -300)
  })
})

test('the frame of a diagram has no origin and can fetch nothing', async () => {
  const use = async (page: Page) => {
    await page.goto(site.origin + OVERVIEW)
    const frame = await drawnFrame(page)
    assert.equal(await frame.evaluate('self.origin'), 'null')
    for (const url of [`${site.origin}/`, 'https://foreign.example/']) {
      const outcome = await frame.evaluate(
        (each) =>
          fetch(each).then(
            () => 'fetched',
            () => 'blocked',
          ),
        url,
      )
      assert.equal(outcome, 'blocked')
    }
  }
  await visit({}, use, /Content Security Policy|^https:\/\/foreign/)
})

test('hostile diagrams run nothing and ask no host for anything', async () => {
  const use = async (page: Page) => {
    await page.goto(`${site.origin}/static-docs/acme--orbit/hostile.md`)
    await page.waitForFunction(() => document.querySelectorAll('figure.drawn, .diagram-note').length === 5)
    let looked = 0
    for (const frame of page.frames().slice(1)) {
      const found = await frame
        .evaluate(() => ({
          links: [...document.querySelectorAll('a')].map((link) => link.outerHTML),
          isHarmed: 'pwned' in window,
        }))
        // What cannot be drawn loses its frame.
        .catch((error) => (frame.isDetached() ? undefined : Promise.reject(error)))
      if (found === undefined) continue
      for (const link of found.links) assert.doesNotMatch(link, /href/i)
      assert.equal(found.isHarmed, false)
      looked += 1
    }
    assert.ok(looked > 0)
  }
  // While mermaid reads a label it lets the browser parse it; the policy of the frame stops what is in it, and says so.
  const stopped =
    /^(?:Executing inline event handler|Loading the image 'http:\/\/127\.0\.0\.1:\d+\/assets\/x') violates/
  await visit({ viewport: { width: 1000, height: 4_000 } }, use, stopped)
})

test('without JavaScript a document can be read, its tree folded and its list of pages opened', async () => {
  await visit({ javaScriptEnabled: false, viewport: { width: 390, height: 850 } }, async (page) => {
    await page.goto(site.origin + PLANNER)
    assert.equal(await page.locator('figure pre').first().isVisible(), true)
    assert.equal(await page.locator('.theme').isVisible(), false)
    assert.equal(await page.locator('.sidebar').isVisible(), false)
    await page.getByText('Pages', { exact: true }).click()
    assert.equal(await page.locator('.sidebar').isVisible(), true)
    assert.equal(await page.locator('[data-filter]').isVisible(), false)
    await page.locator('.sidebar').getByRole('link', { name: 'dynamics', exact: true }).click()
    await page.waitForURL(`${site.origin}/static-docs/acme--orbit/dynamics.md`)
  })
})

test('without JavaScript a running job loads again by itself and an ended one can be deleted after a question', async () => {
  site.live = fakeJob({ job_id: 'live', status: 'processing', percent: 10 })
  await visit({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${site.origin}/jobs/live`)
    site.live = fakeJob({ job_id: 'live' })
    await page.getByRole('link', { name: 'Read the documentation' }).waitFor({ timeout: 10_000 })
    assert.equal(await page.getByRole('button', { name: 'Delete it' }).isVisible(), false)
    await page.getByText('Delete…').click()
    assert.equal(await page.getByRole('button', { name: 'Delete it' }).isVisible(), true)
  })
})

test('a job page follows its job from the queue to the documentation', async () => {
  site.live = fakeJob({ job_id: 'live', status: 'queued', docs_path: null })
  site.changed()
  await visit({}, async (page) => {
    await page.goto(`${site.origin}/jobs/live`)
    await page.getByText('Number 4 in the queue').waitFor()
    site.live = fakeJob({ job_id: 'live', status: 'processing', stage: 'clone', percent: 3, progress: 'Fetching' })
    site.changed()
    await page.locator('[aria-current=step]', { hasText: 'Fetch' }).waitFor()
    site.live = fakeJob({ job_id: 'live', status: 'processing', stage: 'pages', percent: 80, progress: 'Writing' })
    site.changed()
    await page.locator('[aria-current=step]', { hasText: 'Write pages' }).waitFor()
    assert.equal(await page.locator('progress').evaluate((bar: HTMLProgressElement) => bar.value), 80)
    assert.equal(await page.locator('.step-done').count(), 4)
    site.live = fakeJob({ job_id: 'live' })
    site.changed()
    site.tell(end('completed'))
    await page.waitForURL(`${site.origin}/static-docs/live/`)
  })
})

const line = (text: string): ShownEvent => ({ type: 'log', at: '2026-10-02T09:14:03.120Z', level: 'info', text })
const end = (status: Status): ShownEvent => ({ type: 'end', at: '2026-10-02T09:14:09.120Z', status, error: null })

/** A browser says so when a connection is cut or refused. */
const LOST = /net::ERR_|status of 503/

test('a job page shows each line of the log once, through a lost connection, and keeps the last 500', async () => {
  site.live = fakeJob({ job_id: 'live', status: 'processing', docs_path: null })
  site.tell(line('before the page'))
  const use = async (page: Page) => {
    await page.goto(`${site.origin}/jobs/live`)
    const texts = () => page.locator('.log-line span').allTextContents()
    await page.getByText('before the page').waitFor()
    site.tell(line('one <b>'))
    await page.getByText('one <b>').waitFor()
    site.cut()
    site.tell(line('two'))
    await page.getByText('two', { exact: true }).waitFor()
    assert.deepEqual((await texts()).slice(-3), ['before the page', 'one <b>', 'two'])
    const box = page.locator('.log-lines')
    const gap = () => box.evaluate((each) => each.scrollHeight - each.scrollTop - each.clientHeight)
    for (let n = 0; n < 600; n++) site.tell(line(`line ${n}.`))
    await page.getByText('line 599.').waitFor()
    assert.equal(await page.locator('.log-line').count(), 500)
    assert.ok((await gap()) < 2, 'it stays at the end')
    await box.evaluate((each) => each.scrollTo(0, 100))
    site.tell(line('more'))
    await page.getByText('more', { exact: true }).waitFor({ state: 'attached' })
    assert.ok((await gap()) > 1_000, 'it stays where it is read')
    site.live = fakeJob({ job_id: 'live', status: 'failed', error_code: 'X', error_message: 'It broke.' })
    site.changed()
    site.tell(end('failed'))
    await page.getByText('It broke.').waitFor()
    await page.locator('.log-end-failed').waitFor({ state: 'attached' })
    assert.equal((await texts()).at(-2), 'more')
    assert.ok((await gap()) > 1_000, 'a new state moves nobody')
    assert.deepEqual(await findBarriers(page), [])
  }
  await visit({}, use, LOST)
})

test('a job page that can follow no events asks for the job', async () => {
  site.hasEvents = false
  site.live = fakeJob({ job_id: 'live', status: 'processing', percent: 7 })
  const use = async (page: Page) => {
    await page.goto(`${site.origin}/jobs/live`)
    await page.getByText('7 %').waitFor()
    site.live = fakeJob({ job_id: 'live', status: 'processing', percent: 61 })
    site.changed()
    await page.getByText('61 %').waitFor()
    site.live = fakeJob({ job_id: 'live' })
    site.changed()
    await page.waitForURL(`${site.origin}/static-docs/live/`)
  }
  try {
    await visit({}, use, LOST)
  } finally {
    site.hasEvents = true
  }
})

test('without JavaScript the last lines of the log are on the page', async () => {
  await visit({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${site.origin}/jobs/pallets--flask`)
    assert.equal(await page.getByText('Reading src/dynamics/kepler.ts').last().isVisible(), true)
    const last = page.locator('.log-line').last()
    await page.goto(`${site.origin}/jobs/acme--private`)
    assert.equal(await last.isVisible(), true, 'of a job that failed they are open')
    await page.goto(`${site.origin}/jobs/acme--orbit`)
    assert.equal(await last.isVisible(), false)
    await page.getByText('Log', { exact: true }).click()
    assert.equal(await last.isVisible(), true)
  })
})

test('the page of a job that had ended stays where it is', async () => {
  site.live = fakeJob({ job_id: 'live' })
  await visit({}, async (page) => {
    await page.goto(`${site.origin}/jobs/live`)
    await page.getByRole('button', { name: 'Copy' }).waitFor()
    assert.equal(page.url(), `${site.origin}/jobs/live`)
  })
})

test('the filter finds pages in folded parts of the tree, and a key leads to it', async () => {
  await visit({}, async (page) => {
    await page.goto(site.origin + OVERVIEW)
    const grid = page.getByRole('link', { name: 'grid search' })
    assert.equal(await grid.isVisible(), false)
    await page.keyboard.press('f')
    await page.keyboard.type('grid')
    await grid.waitFor()
    assert.equal(await page.locator('.tree li:visible').count(), 3)
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
    await grid.waitFor({ state: 'hidden' })
  })
})

test('the contents follow the reader', async () => {
  await visit({ viewport: { width: 1360, height: 700 }, reducedMotion: 'reduce' }, async (page) => {
    await page.goto(site.origin + PLANNER)
    await page.locator('[data-contents]').getByRole('link', { name: 'method Planner.step7' }).click()
    await page.locator('[data-contents] [aria-current]', { hasText: 'method Planner.step7' }).waitFor()
  })
})

test('the choice of a theme outlives the page', async () => {
  await visit({ colorScheme: 'light' }, async (page) => {
    await page.goto(`${site.origin}/`)
    await page.getByRole('button', { name: 'Theme: auto' }).click()
    await page.getByRole('button', { name: 'Theme: light' }).click()
    await page.goto(site.origin + OVERVIEW)
    await page.getByRole('button', { name: 'Theme: dark' }).waitFor()
    assert.equal(await page.evaluate('getComputedStyle(document.documentElement).colorScheme'), 'dark')
  })
})
