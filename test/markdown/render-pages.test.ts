import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Aborted } from '#base/errors.ts'
import { PageRenderer, type PageResult, type RenderOptions } from '#markdown/render-pages.ts'
import { parseHtml } from './hostile.ts'

/** Runs of backticks of ever other lengths: every one is looked for to the end of the text. */
const HANGING = Array.from({ length: 1_300 }, (_, length) => '`'.repeat(length + 1)).join(' ')
const DEEP = `${'> '.repeat(5_000)}x`

async function renderPages(
  pages: { markdown: string }[],
  { onPage, ...options }: RenderOptions & { onPage?: (page: PageResult, index: number) => void } = {},
): Promise<PageResult[]> {
  const renderer = new PageRenderer(options)
  try {
    return await renderer.render(pages, onPage)
  } finally {
    await renderer.close()
  }
}

test('pages come back in their order, and each when it is done', async () => {
  const seen: string[] = []
  const pages = await renderPages([{ markdown: '# a' }, { markdown: '## b\n\n`x`' }], {
    onPage: ({ title }, index) => seen.push(`${index} ${title}`),
  })
  assert.deepEqual(
    pages.map(({ title, fallback }) => [title, fallback]),
    [
      ['a', null],
      ['b', null],
    ],
  )
  assert.deepEqual(seen.sort(), ['0 a', '1 b'])
})

test('without HTML and colours, pages have the same headings, texts and contents', async () => {
  const markdown =
    '# a\n\n## `b`\n\nSee [c](c.md).\n\n```ts\nconst d = 1\n```\n\n```mermaid\ngraph TD\n  a --> b\n```\n'
  const [[whole], [text]] = await Promise.all(
    [false, true].map((isTextOnly) => renderPages([{ markdown }], { isTextOnly })) as [
      Promise<PageResult[]>,
      Promise<PageResult[]>,
    ],
  )
  assert.match(String(whole?.html), /<h2 id="b">/)
  assert.equal(String(text?.html), '')
  assert.deepEqual({ ...text, html: null }, { ...whole, html: null })
  const renderer = new PageRenderer({ isTextOnly: true })
  assert.deepEqual(await renderer.colour([{ text: 'const d = 1', language: 'ts' }]), [new Uint8Array()])
  await renderer.close()
})

test('a page that hangs falls back to its source within its deadline; the others are rendered', async () => {
  const markdown = `# Hanging <b>\n\n${HANGING}`
  const [before, hanging, after] = await renderPages([{ markdown: '# a' }, { markdown }, { markdown: '# c' }], {
    deadlineMs: 300,
  })
  assert.equal(String(before?.html), '<h1 id="a">a</h1>\n')
  assert.equal(String(after?.html), '<h1 id="c">c</h1>\n')
  assert.equal(hanging?.fallback, 'deadline')
  assert.equal(hanging?.title, 'Hanging <b>')
  assert.equal(parseHtml(String(hanging?.html)).querySelector('pre')?.textContent, markdown)
})

test('a page that is nested too deep falls back; the others are rendered', async () => {
  const [deep, after] = await renderPages([{ markdown: DEEP }, { markdown: '# c' }], { deadlineMs: 60_000 })
  assert.equal(deep?.fallback, 'crash')
  assert.equal(after?.fallback, null)
})

test('a page that needs more memory than the thread has falls back; the others are rendered', async () => {
  const markdown = '* a _b_ `c` [d](e)\n'.repeat(50_000)
  const [large, after] = await renderPages([{ markdown }, { markdown: '# c' }], { deadlineMs: 60_000, maxHeapMb: 48 })
  assert.equal(large?.fallback, 'crash')
  assert.equal(after?.fallback, null)
})

test('a page over the size limit is not tried', async () => {
  const [page] = await renderPages([{ markdown: '`'.repeat(101) }], { maxChars: 100 })
  assert.equal(page?.fallback, 'too large')
})

test('a renderer that is closed ends a page in the middle, and what still loads', async () => {
  const renderer = new PageRenderer({ deadlineMs: 60_000 })
  const pages = renderer.render([{ markdown: '# a' }, { markdown: HANGING }], () => void renderer.close())
  await assert.rejects(pages, Aborted)
  const loading = new PageRenderer()
  const ended = assert.rejects(loading.render([{ markdown: '# a' }]), Aborted)
  await loading.close()
  await ended
})

test('it works where TypeScript was registered by a call, as the program does', async () => {
  const root = new URL('../../', import.meta.url)
  // No module by `--input-type`: Node 20.11 would ask the same of the thread.
  const script = `(async () => {
    await import(${JSON.stringify(new URL('src/tsx.mjs', root).href)})
    const { PageRenderer } = await import(${JSON.stringify(new URL('src/markdown/render-pages.ts', root).href)})
    const renderer = new PageRenderer()
    console.log((await renderer.render([{ markdown: '# a' }]))[0].title)
    await renderer.close()
  })()`
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, ['-e', script], {
    cwd: fileURLToPath(new URL('test/', root)),
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  assert.equal(stdout, 'a\n')
})

test('the next page is taken while the threads are rendering, and no more than that one', async () => {
  const renderer = new PageRenderer()
  const events: string[] = []
  function* pages() {
    for (const title of ['a', 'b', 'c', 'd']) {
      events.push(`take ${title}`)
      yield { markdown: `# ${title}` }
    }
  }
  try {
    await renderer.render(pages(), () => events.push('done'))
  } finally {
    await renderer.close()
  }
  assert.deepEqual(events.slice(0, 4), ['take a', 'take b', 'take c', 'done'])
})

test('no thread outlives a renderer that is closed while a page is rendered', async () => {
  const renderer = new PageRenderer({ deadlineMs: 60_000 })
  function* pages() {
    yield { markdown: HANGING }
    throw new Error('no more pages')
  }
  let taken = 0
  function* more() {
    for (;;) {
      taken++
      yield { markdown: HANGING }
    }
  }
  await assert.rejects(renderer.render(pages()), /no more pages/)
  const ended = assert.rejects(renderer.render(more()), Aborted)
  // Both threads have a page now, and one more was taken ahead.
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(taken, 3)
  await renderer.close()
  await ended
  assert.equal(taken, 3, 'no page is taken after the end')
})

test('an answer that came while this thread was busy counts, whatever the clock says', async () => {
  const renderer = new PageRenderer({ deadlineMs: 300 })
  try {
    await renderer.render([{ markdown: '# warm' }, { markdown: '# warm' }])
    const pending = renderer.render([{ markdown: '# late' }])
    // The task goes out before this thread is busy, and the timer is due before the answer is read.
    await new Promise((resolve) => setImmediate(resolve))
    const until = performance.now() + 1_500
    while (performance.now() < until);
    const [page] = await pending
    assert.equal(page?.fallback, null)
  } finally {
    await renderer.close()
  }
})
