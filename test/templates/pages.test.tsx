import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Script } from 'node:vm'
import { shellWord } from '#base/shell-word.ts'
import { similarNamesHint } from '#base/similar-names.ts'
import type { JobView, ShownEvent } from '#queue/contract.ts'
import type { LogDigest } from '#queue/log-digest.ts'
import { createDigest } from '#queue/log-digest.ts'
import { loadAssets } from '#server/asset-reader.ts'
import type { TreeNode } from '#store/model.ts'
import { docsHref } from '#templates/addresses.ts'
import { ASSETS, shortenCss } from '#templates/assets.ts'
import { CrossSearchPage } from '#templates/cross-search.tsx'
import { DocsPage } from '#templates/docs.tsx'
import { ErrorPage } from '#templates/error.tsx'
import { formatCost, spendText } from '#templates/format.ts'
import { IndexPage } from '#templates/index.tsx'
import { JobPage } from '#templates/job.tsx'
import { serverLinks } from '#templates/links.ts'
import { LoginPage } from '#templates/login.tsx'
import { treeHtml } from '#templates/sidebar.tsx'
import { type OutlineItem, outlineOf, trailOf } from '#templates/sidebar-outline.ts'
import { parseHtml } from '../markdown/hostile.ts'
import { fakeJob, fakeJobs, fakeLog, fakeSet, NO_COUNTS } from './fakes.ts'

const HOSTILE = `"><img src=x onerror=alert(1)><script>alert(2)</script>' onfocus='x`
const origin = 'http://localhost:8000'
const asset = () => 'abc123'
const links = serverLinks('acme--orbit', asset)
const now = Date.parse('2026-10-02T09:14:30.000Z')
const NO_DIGEST = { stages: [], endedAt: null, warnings: [], warningCount: 0 }
const NOTHING_EARLIER = { count: 0, stage: null }
const NO_LOG = { log: [], earlier: NOTHING_EARLIER, after: null, digest: NO_DIGEST, now }
const allowed = { hosts: ['github.com', 'gitlab.com'], isPrivateAllowed: false, isFolderAllowed: false }
const EMPTY_FORM = { repoUrl: '', commitId: '', error: null }

/** The page, after a look at what no page may have. */
function open(page: unknown): Document {
  const html = String(page)
  assert.match(html, /^<!DOCTYPE html><html lang="en">/)
  const document = parseHtml(html)
  assert.equal(document.querySelectorAll('[style], style, img, script:not([src])').length, 0)
  for (const element of document.querySelectorAll('*')) {
    for (const { name } of element.attributes) assert.doesNotMatch(name, /^on/, element.outerHTML)
  }
  for (const element of document.querySelectorAll('[href], [action], [src]')) {
    const address = element.getAttribute('href') ?? element.getAttribute('action') ?? element.getAttribute('src') ?? ''
    assert.doesNotMatch(address, /^\s*(?:javascript|data|vbscript):/i)
  }
  return document
}

const HOSTILE_LOG: ShownEvent[] = [
  { type: 'progress', at: HOSTILE, stage: HOSTILE, percent: 1, text: HOSTILE },
  { type: 'log', at: HOSTILE, level: 'warn', text: HOSTILE },
  { type: 'end', at: HOSTILE, status: 'failed', error: { code: HOSTILE, message: HOSTILE, hint: HOSTILE } },
]

function digestOf(log: ShownEvent[]): LogDigest {
  const digest = createDigest()
  for (const event of log) digest.add(event)
  return digest.value
}

/** A job in which every text a stranger could have a hand in is hostile. */
function hostileJob(changes: Partial<JobView>): JobView {
  return fakeJob({
    job_id: HOSTILE,
    repo_url: `javascript:${HOSTILE}`,
    commit_id: HOSTILE,
    resolved_commit: HOSTILE,
    progress: HOSTILE,
    error_message: HOSTILE,
    error_code: HOSTILE,
    hint: HOSTILE,
    main_model: HOSTILE,
    options: { model: HOSTILE, language: 'de', notes: HOSTILE, max_cost_usd: 1 },
    ...changes,
  })
}

test('hostile names come out as text on every page', () => {
  open(LoginPage({ next: HOSTILE, problem: { detail: HOSTILE, hint: HOSTILE }, asset }))
  for (const status of ['queued', 'processing', 'completed', 'failed'] as const) {
    const job = hostileJob({ status })
    open(
      JobPage({
        job,
        log: HOSTILE_LOG,
        earlier: { count: 1, stage: HOSTILE },
        after: HOSTILE,
        digest: digestOf(HOSTILE_LOG),
        now,
        origin: `http://x${HOSTILE}`,
        asset,
      }),
    )
    const error = { detail: HOSTILE, hint: HOSTILE }
    const typed = { model: HOSTILE, language: HOSTILE, notes: HOSTILE, maxCostUsd: HOSTILE }
    const form = { repoUrl: HOSTILE, commitId: HOSTILE, ...typed, error }
    const models = ['gpt-x', HOSTILE]
    const index = open(
      IndexPage({ repositories: null, jobs: [job], counts: NO_COUNTS, form, models, allowed, now, origin, asset }),
    )
    assert.equal(index.querySelector('textarea')?.textContent?.trim(), HOSTILE)
    assert.equal(index.querySelector<HTMLInputElement>('input[name=repo_url]')?.value, HOSTILE)
    const { manifest } = fakeSet()
    const page = { file: HOSTILE, title: HOSTILE, module: HOSTILE, html: 'x', diagrams: 0, headings: [] }
    const headings = ['a', 'b'].map((id) => ({ depth: 2, id, text: HOSTILE }))
    const tree: TreeNode[] = [
      { title: HOSTILE, file: HOSTILE, children: [{ title: HOSTILE, file: 'b.md', children: [] }] },
    ]
    const names = { repo_url: HOSTILE, name: HOSTILE, full_name: HOSTILE, commit: HOSTILE, committed_at: HOSTILE }
    const set = { ...manifest, ...names, main_model: HOSTILE, tree, pages: [page, { ...page, file: 'b.md' }] }
    for (const file of [HOSTILE, 'b.md']) {
      open(
        DocsPage({
          job,
          manifest: set,
          page: { ...page, file, headings },
          bodyHtml: '<p>x</p>',
          links: serverLinks(job.job_id, asset),
        }),
      )
    }
  }
  open(ErrorPage({ status: 404, title: HOSTILE, detail: HOSTILE, hint: HOSTILE, asset }))
})

test('the first page says what to do when there is nothing, and lists jobs when there are some', () => {
  const empty = open(
    IndexPage({ repositories: null, jobs: [], counts: NO_COUNTS, form: EMPTY_FORM, allowed, now, origin, asset }),
  )
  assert.match(empty.querySelector('.empty')?.textContent ?? '', /Nothing here yet/)
  assert.match(empty.querySelector('.command')?.textContent ?? '', /^curl -d repo_url=\S+ http:\/\/localhost:8000\/$/)
  const form = empty.querySelector('form')
  assert.deepEqual([form?.getAttribute('method'), form?.getAttribute('action')], ['post', '/'])
  const full = open(
    IndexPage({
      repositories: null,
      jobs: fakeJobs(),
      counts: NO_COUNTS,
      form: EMPTY_FORM,
      allowed,
      now,
      origin,
      asset,
    }),
  )
  const states = [...full.querySelectorAll('.badge')].map((badge) => badge.textContent)
  assert.deepEqual(states, ['queued', 'processing', 'completed', 'failed', 'cancelled'])
})

test('beside the repositories, the job that starts next is the first of those that wait', () => {
  const jobs = [
    fakeJob({ job_id: 'a--running', status: 'processing' }),
    ...[3, 2, 1].map((queue_position) => fakeJob({ job_id: `a--${queue_position}`, status: 'queued', queue_position })),
  ]
  const page = open(
    IndexPage({ repositories: [], jobs, counts: NO_COUNTS, form: EMPTY_FORM, allowed, now, origin, asset }),
  )
  const ids = [...page.querySelectorAll('.other-jobs .job')].map((job) => job.getAttribute('data-key'))
  assert.deepEqual(ids, ['a--running', 'a--1', 'a--2', 'a--3'])
})

test('a job that is tried again says so once, without a position that is not yet its own', () => {
  const waiting = { status: 'queued', progress: 'Waiting to try again at 09:20 UTC: No answer. Try 2 of 8.' } as const
  const card = (changes: Partial<JobView>) =>
    open(JobPage({ job: fakeJob({ ...waiting, ...changes }), ...NO_LOG, origin, asset })).querySelector('.card')
  const retried = card({ attempt: 1 })
  assert.deepEqual(
    [retried?.textContent?.includes('tried again automatically'), retried?.querySelector('[data-field=position]')],
    [false, null],
  )
  const interrupted = card({ stalls: 1 })
  assert.match(interrupted?.textContent ?? '', /Number 4 in the queue.*It will be tried again automatically/)
})

test('a refused form comes back with what was typed and why', () => {
  const form = { repoUrl: 'flask', commitId: 'v1', error: { detail: 'Expected a URL.', hint: 'Like this.' } }
  const page = open(IndexPage({ repositories: null, jobs: [], counts: NO_COUNTS, form, allowed, now, origin, asset }))
  const input = page.querySelector<HTMLInputElement>('input[name=repo_url]')
  assert.equal(input?.value, 'flask')
  assert.equal(
    page.getElementById(input?.getAttribute('aria-describedby') ?? '')?.textContent,
    'Expected a URL.Like this.',
  )
})

test('an unfinished job loads again by itself and can be cancelled; an ended one can be retried and deleted', () => {
  const verbs = (page: Document) => [...page.querySelectorAll('form')].map((form) => form.getAttribute('action'))
  const running = open(JobPage({ job: fakeJob({ status: 'processing' }), ...NO_LOG, origin, asset }))
  assert.equal(running.querySelector('noscript > meta[http-equiv=refresh]')?.getAttribute('content'), '3')
  assert.deepEqual(verbs(running), ['/jobs/acme--orbit/cancel', '/'])
  assert.equal(running.querySelector('form[action="/"] input[name=force]')?.getAttribute('value'), 'true')
  assert.equal(running.querySelector('progress')?.getAttribute('value'), '52')
  assert.equal(running.querySelector('[aria-current=step]')?.textContent, 'Read the code')
  const done = open(JobPage({ job: fakeJob({ job_id: 'a--b@0123~ff' }), ...NO_LOG, origin, asset }))
  assert.equal(done.querySelector('noscript'), null)
  assert.deepEqual(verbs(done), ['/jobs/a--b%400123~ff/retry', '/jobs/a--b%400123~ff/delete'])
  assert.equal(done.querySelector('a[data-docs]')?.getAttribute('href'), '/static-docs/a--b%400123~ff/')
})

test('the log of a job is shown line by line, open while it runs, and leads to the whole', () => {
  const running = open(
    JobPage({
      job: fakeJob({ status: 'processing' }),
      log: fakeLog(),
      earlier: NOTHING_EARLIER,
      after: '1-900',
      digest: digestOf(fakeLog()),
      now,
      origin,
      asset,
    }),
  )
  const box = running.querySelector('details.log')
  assert.equal(box?.hasAttribute('open'), true)
  const lines = box?.querySelector('[role=log]')
  assert.deepEqual(
    [lines?.getAttribute('aria-live'), lines?.getAttribute('tabindex'), lines?.getAttribute('data-after')],
    ['off', '0', '1-900'],
  )
  const shown = [...(lines?.querySelectorAll('.log-line') ?? [])].map((line) => `${line.className} ${line.textContent}`)
  assert.equal(shown.length, fakeLog().length)
  assert.equal(shown[0], 'log-line log-progress 09:14:04 Fetching acme/orbit')
  assert.match(shown.at(-1) ?? '', /^log-line log-end-queued 09:14:\d\d Returned to the queue$/)
  const folds = [...(lines?.children ?? [])].map((fold) => fold.querySelector('summary')?.textContent)
  assert.deepEqual([folds[0], new Set(folds).size], ['Fetch', folds.length])
  assert.deepEqual(
    [...(lines?.querySelectorAll('.log-line a') ?? [])].map((link) => link.getAttribute('href')),
    fakeLog().map((_, index) => `#L${index + 1}`),
  )
  assert.equal(box?.querySelector('a[download]')?.getAttribute('href'), '/api/job/acme--orbit/log')
  const done = open(JobPage({ job: fakeJob({ epoch: 0 }), ...NO_LOG, origin, asset })).querySelector('details.log')
  assert.deepEqual([done?.hasAttribute('open'), done?.querySelector('a')], [false, null])
})

test('the newest lines of a log keep their numbers and stage, and the page says that there are earlier ones', () => {
  const log = fakeLog().slice(3)
  const parts = { ...NO_LOG, log, earlier: { count: 3, stage: 'inventory' }, origin, asset }
  const box = open(JobPage({ job: fakeJob(), ...parts })).querySelector('details.log')
  assert.equal(box?.querySelector('.log-stage > summary')?.textContent, 'List files')
  assert.equal(box?.querySelector('.log-line')?.id, 'L4')
  assert.match(box?.textContent ?? '', /Earlier lines are only in the full log/)
  const whole = open(JobPage({ job: fakeJob(), ...parts, earlier: NOTHING_EARLIER }))
  assert.doesNotMatch(whole.body.textContent ?? '', /Earlier lines/)
})

test('a job that was cancelled before it began shows no stages of the run before', () => {
  const told = { ...NO_LOG, log: fakeLog(), digest: digestOf(fakeLog()), origin, asset }
  const stagesOf = (change: Parameters<typeof fakeJob>[0]) =>
    open(JobPage({ job: fakeJob({ status: 'failed', error_code: 'CANCELLED', ...change }), ...told })).querySelector(
      '#Stages',
    )
  assert.ok(stagesOf({}))
  assert.equal(stagesOf({ started_at: null }), null)
})

test('a job that found nothing new says so, and leads to the documents', () => {
  const pageOf = (log: ShownEvent[]) =>
    open(JobPage({ job: fakeJob({}), ...NO_LOG, log, digest: digestOf(log), origin, asset }))
  const only = fakeLog().slice(0, 1)
  const page = pageOf(only)
  const card = page.querySelector('.card-good')
  assert.match(
    card?.textContent ?? '',
    /^Nothing has changed since commit [0-9a-f]{7}: its documentation already exists/,
  )
  assert.equal(card?.querySelector('[data-docs]')?.getAttribute('href'), '/static-docs/acme--orbit/')
  assert.equal(page.querySelector('#Stages'), null)
  assert.match(page.querySelector('.facts')?.textContent ?? '', /Check took/)
  const made = pageOf(fakeLog().filter(({ type }) => type === 'progress'))
  assert.doesNotMatch(made.body.textContent ?? '', /Nothing has changed|Check took/)
  assert.ok(made.querySelector('#Stages'))
})

test('a failed job shows its message, code and hint', () => {
  const [job] = fakeJobs().filter(({ error_code }) => error_code === 'REPO_NOT_FOUND')
  assert.ok(job)
  const text = open(JobPage({ job, ...NO_LOG, origin, asset })).querySelector('.card-bad')?.textContent ?? ''
  for (const part of [job.error_message, job.error_code, job.hint]) assert.ok(text.includes(part ?? '?'), text)
})

test('the form folds its options away: the language always, the rest where there is a model', () => {
  const fieldsOf = (models: string[], typed = {}) => {
    const form = { ...EMPTY_FORM, ...typed }
    const page = open(
      IndexPage({ repositories: null, jobs: [], counts: NO_COUNTS, form, models, allowed, now, origin, asset }),
    )
    const more = page.querySelector('form.submit details.more')
    for (const field of more?.querySelectorAll('select, input, textarea') ?? []) {
      assert.ok(more?.querySelector(`label[for="${field.id}"]`), `${field.id} has a label`)
    }
    const names = [...(more?.querySelectorAll('[name]') ?? [])].map((field) => field.getAttribute('name'))
    return { names, isOpen: more?.hasAttribute('open'), more }
  }
  assert.deepEqual(fieldsOf([]).names, ['language'])
  const { names, isOpen, more } = fieldsOf(['gpt-x', 'gpt-y'])
  assert.deepEqual([names, isOpen], [['language', 'model', 'max_cost_usd', 'notes'], false])
  const writers = [...(more?.querySelectorAll('#Model option') ?? [])].map((option) => option.getAttribute('value'))
  assert.deepEqual(writers, ['', 'gpt-y', 'offline'])
  const typed = fieldsOf(['gpt-x', 'gpt-y'], { model: 'gpt-y', language: 'ja', notes: 'Us.', maxCostUsd: '2' })
  const chosen = [...(typed.more?.querySelectorAll('option[selected]') ?? [])].map((option) => option.textContent)
  assert.deepEqual([typed.isOpen, chosen], [true, ['日本語', 'gpt-y']])
})

test('a job shows what was asked for, what it cost and what is missing, and asks for the same again', () => {
  const options = { language: 'de', notes: "It's ours.", max_cost_usd: 2 } as const
  const spend = { calls: 9, kept: 3, input_tokens: 40_000, output_tokens: 5_210, cost_usd: 0.12 }
  const job = fakeJob({ options, spend, degraded: 'budget', main_model: 'gpt-x' })
  const page = open(JobPage({ job, ...NO_LOG, origin, asset }))
  const facts = [...page.querySelectorAll('.facts dt')].map((term) => [
    term.textContent,
    term.nextElementSibling?.textContent,
  ])
  for (const row of [
    ['Written by', 'gpt-x'],
    ['Language', 'Deutsch'],
    ['Notes', "It's ours."],
    ['Cost limit', '$2.00'],
    ['Model', '12 questions, 3 from the cache, 45,210 tokens, $0.12'],
  ]) {
    assert.ok(
      facts.some(([term, text]) => term === row[0] && text === row[1]),
      `${row} in ${JSON.stringify(facts)}`,
    )
  }
  assert.match(page.querySelector('.card-good')?.textContent ?? '', /budget did not cover.*Document again/)
  const commands = [...page.querySelectorAll('.command')].map((command) => command.textContent)
  const again = `--data-urlencode language=de --data-urlencode 'notes=It'\\''s ours.' --data-urlencode max_cost_usd=2`
  assert.ok(
    commands.some((line) => line?.includes(again)),
    commands.join('\n'),
  )
  const running = open(JobPage({ job: { ...job, status: 'processing' }, ...NO_LOG, origin, asset }))
  const force = running.querySelector('form[action="/"]')
  const fields = [...(force?.querySelectorAll('input[type=hidden]') ?? [])].map((input) => input.getAttribute('name'))
  assert.deepEqual(fields, ['repo_url', 'language', 'notes', 'max_cost_usd', 'commit_id', 'force'])
  const rows = [...running.querySelectorAll('.facts dt')].map((term) => term.nextElementSibling?.textContent)
  assert.ok(rows.some((text) => text?.includes('The budget did not cover')))
  const plain = open(JobPage({ job: fakeJob(), ...NO_LOG, origin, asset }))
  assert.deepEqual(
    [...plain.querySelectorAll('.facts dt')].filter(({ textContent }) => textContent === 'Model'),
    [],
  )
})

test('jobs of one commit are told apart in the list by their options', () => {
  const jobs = [fakeJob(), fakeJob({ job_id: 'b', options: { language: 'fr', model: 'gpt-y', notes: 'x' } })]
  const page = open(
    IndexPage({ repositories: null, jobs, counts: NO_COUNTS, form: EMPTY_FORM, allowed, now, origin, asset }),
  )
  const names = [...page.querySelectorAll('.job-more')].map((link) => link.getAttribute('aria-label'))
  assert.deepEqual(names, ['Job of acme/orbit', 'Job of acme/orbit, fr, gpt-y, with notes'])
  assert.match(page.querySelectorAll('.job-name')[1]?.textContent ?? '', /fr, gpt-y, with notes/)
})

test('cost and tokens are told as people read them', () => {
  assert.deepEqual([0, 0.001, 0.01, 1.005, 1234.5].map(formatCost), [
    '$0.00',
    'under $0.01',
    '$0.01',
    '$1.00',
    '$1,234.50',
  ])
  const none = { calls: 1, kept: 0, input_tokens: 1, output_tokens: 0, cost_usd: 0 }
  assert.equal(spendText(none), '1 question, 1 token')
})

test('a document shows where it stands in the tree, in the order and in the history', () => {
  const { manifest, html } = fakeSet()
  const page = manifest.pages.find(({ file }) => file === 'planner-windows-grid.md')
  assert.ok(page)
  const bodyHtml = html.get(page.file) ?? ''
  const document = open(DocsPage({ job: fakeJob({ status: 'failed' }), manifest, page, bodyHtml, links }))
  const texts = (selector: string) => [...document.querySelectorAll(selector)].map((element) => element.textContent)
  assert.deepEqual(texts('.trail li'), ['Overview', 'planner', 'windows', 'grid search'])
  assert.deepEqual(texts('.sidebar [aria-current=page]'), ['grid search'])
  assert.deepEqual(texts('.sidebar details[open] > ul > li > a'), ['lambert', 'budget', 'windows', 'grid search'])
  assert.deepEqual(texts('.neighbour'), ['← Previouswindows', 'Next →hostile'])
  assert.match(texts('.notice')[0] ?? '', /last attempt .* failed/)
  const addresses = [...document.querySelectorAll('.origin a')].map((link) => link.getAttribute('href'))
  assert.deepEqual(addresses, [
    `https://github.com/acme/orbit/commit/${manifest.commit}`,
    '/static-docs/acme--orbit/planner-windows-grid.md?format=md',
    '/jobs/acme--orbit',
  ])
})

test('a tree 5,000 deep is shown flat below its upper levels', () => {
  let node: TreeNode = { title: 'end', file: 'end.md', children: [] }
  for (let depth = 5_000; depth > 0; depth--) node = { title: `${depth}`, file: `${depth}.md`, children: [node] }
  const outline = outlineOf([node], 'end.md')
  assert.equal(trailOf(outline).length, 6)
  const { manifest } = fakeSet()
  const page = { file: 'end.md', title: 'end', module: 'end', html: 'end.html', headings: [], diagrams: 0 }
  const document = open(
    DocsPage({ job: fakeJob(), manifest: { ...manifest, tree: [node] }, page, bodyHtml: '', links }),
  )
  const shown = [...document.querySelectorAll('.sidebar li > a')].map((link) => link.textContent?.trim())
  assert.deepEqual(shown.slice(0, 8), ['Overview', '1', '2', '3', '4', '5', '6', '4902'])
  assert.deepEqual(shown.slice(-2), ['end', 'Other pages'])
})

test('of 1,000 siblings the nearest to the current page are shown, and a link to all of them', () => {
  const page = (n: number): TreeNode => ({ title: `page ${n}`, file: `page-${n}.md`, children: [] })
  const tree = Array.from({ length: 1_000 }, (_, n) => page(n))
  const titles = (file: string) => outlineOf(tree, file).map(({ title }) => title)
  for (const [current, first] of [
    ['page-0.md', 0],
    ['page-500.md', 450],
    ['page-999.md', 900],
  ] as const) {
    const shown = titles(current)
    assert.deepEqual(
      [shown.length, shown[0], shown.at(-2), shown.at(-1)],
      [101, `page ${first}`, `page ${first + 99}`, 'Other pages'],
    )
  }
  const html = treeHtml(links, tree, 'page-500.md')
  assert.ok(html.length < 20_000, `${html.length}`)
  assert.match(html, /href="[^"]*page-500\.md" aria-current="page"/)
})

test('a closed item of a large tree has the number of all pages below it, not only of its children', () => {
  const page = (title: string, children: TreeNode[] = []): TreeNode => ({ title, file: `${title}.md`, children })
  const leaves = (name: string) => Array.from({ length: 40 }, (_, n) => page(`${name} ${n}`))
  const modules = (name: string) => Array.from({ length: 5 }, (_, n) => page(`${name} ${n}`, leaves(`${name} ${n}`)))
  const [a, b] = outlineOf([page('a', modules('a')), page('b', modules('b'))], 'a.md')
  assert.deepEqual([a?.children.length, a?.hidden, a?.children[0]?.hidden], [5, 0, 40])
  assert.deepEqual([b?.children.length, b?.hidden], [0, 205])
  const siblings = outlineOf(
    Array.from({ length: 101 }, (_, n) => page(`${n}`, leaves(`${n}`))),
    '0.md',
  )
  assert.equal(siblings.at(-1)?.hidden, 41)
})

test('pages whose titles are paths are in folders, where two and more are in one', () => {
  const page = (title: string): TreeNode => ({ title, file: `client--${title.replaceAll('/', '-')}.md`, children: [] })
  const titles = ['index.ts', 'links/internals/retry.ts', 'links/internals/dedupe.ts', 'links/http.ts', 'one/alone.ts']
  const tree = [{ title: 'client', file: 'client.md', children: [...titles.map(page), page('read / write')] }]
  const shape = (items: readonly OutlineItem[]): unknown[] =>
    items.map(({ title, file, isOpen, children }) =>
      file === null
        ? { [title]: shape(children), isOpen }
        : children.length === 0
          ? title
          : [title, ...shape(children)],
    )
  const file = 'client--links-internals-dedupe.ts.md'
  const outline = outlineOf(tree, file)
  const links_ = { links: [{ internals: ['retry.ts', 'dedupe.ts'], isOpen: true }, 'http.ts'], isOpen: true }
  assert.deepEqual(shape(outline), [['client', 'index.ts', links_, 'one/alone.ts', 'read / write']])
  assert.deepEqual(
    trailOf(outline).map(({ title }) => title),
    ['client'],
  )
  const { manifest } = fakeSet()
  const shown = {
    file,
    title: 'links/internals/dedupe.ts',
    module: 'client',
    html: 'x.html',
    headings: [],
    diagrams: 0,
  }
  const document = open(DocsPage({ job: fakeJob(), manifest: { ...manifest, tree }, page: shown, bodyHtml: '', links }))
  const texts = (selector: string) => [...document.querySelectorAll(selector)].map((each) => each.textContent)
  assert.deepEqual(texts('.folder[open] > summary'), ['links', 'internals'])
  assert.deepEqual(texts('.sidebar [aria-current=page]'), ['dedupe.ts'])
  const hostile = Array.from({ length: 400 }, (_, n) => page(`${'deep/'.repeat(300)}${n}/x.ts`))
  assert.equal(outlineOf(hostile, '').length, 1)
})

test('what stands in one script shares its names without a clash', async () => {
  const assets = await loadAssets()
  for (const { name } of ASSETS.filter(({ isEnclosed }) => isEnclosed)) {
    const body = new TextDecoder().decode(assets.read(name)?.body)
    assert.doesNotThrow(() => new Script(body), name)
  }
})

test('every asset that a page links is listed, with its hash', () => {
  const { manifest } = fakeSet()
  const page = manifest.pages[0]
  assert.ok(page)
  const names = new Set(ASSETS.map(({ name }) => name))
  const pages = [
    DocsPage({ job: fakeJob(), manifest, page, bodyHtml: '', links }),
    JobPage({ job: fakeJob(), ...NO_LOG, origin, asset }),
    IndexPage({ repositories: null, jobs: [], counts: NO_COUNTS, form: EMPTY_FORM, allowed, now, origin, asset }),
  ]
  for (const element of pages.flatMap((each) => [...open(each).querySelectorAll('link, script')])) {
    const address = element.getAttribute('href') ?? element.getAttribute('src') ?? ''
    const [, name, hash] = /^\/assets\/([^?]+)\?v=(.*)$/.exec(address) ?? []
    assert.ok(names.has(name ?? ''), address)
    assert.equal(hash, 'abc123')
  }
})

test('names are encoded in addresses and quoted for shells', () => {
  assert.equal(docsHref('a--b@1', 'x y".md'), '/static-docs/a--b%401/x%20y%22.md')
  assert.equal(shellWord('https://github.com/a/b'), 'https://github.com/a/b')
  assert.equal(shellWord("a'b$(x)"), `'a'\\''b$(x)'`)
})

test('results of several repositories are grouped, marked, and filtered by links', () => {
  const result = (repository_name: string, n: number) => ({
    ...{ title: `parse${n}`, kind: n === 0 ? 'deprecated class' : 'function', language: 'go', repository_name },
    ...{ file: 'a.go', line: n + 1, text: `Parses ${HOSTILE} requests.`, href: '/x' },
  })
  const results = [...[0, 1, 2, 3, 4, 5, 6].map((n) => result('own/a', n)), result('own/b b', 1)]
  const answer = { results, corrected: null, unknown_filters: [], complete: true }
  const found = { query: 'parse', words: ['parse', '(', 'img'], hasDocs: true, asset, access: undefined, limit: 50 }
  const page = open(CrossSearchPage({ ...found, answer }))
  const texts = (selector: string) => [...page.querySelectorAll(selector)].map((element) => element.textContent)
  assert.deepEqual(texts('.hit-group h2'), ['own/a', 'own/b b'])
  assert.deepEqual(texts('.hit-group > a'), ['2 more results in own/a'])
  assert.deepEqual(texts('.hit-kind').slice(0, 2), ['deprecated go class', 'go function'])
  assert.deepEqual([...new Set(texts('mark'))], ['parse', 'Parse', 'img', '('])
  const filters = [...page.querySelectorAll('.state')].map((link) => [link.textContent, link.getAttribute('href')])
  assert.deepEqual(filters[1], ['own/b b 1', `/search?q=${encodeURIComponent('parse in:"own/b b"')}`])
  assert.deepEqual(filters[2], ['class 1', `/search?q=${encodeURIComponent('parse in:class')}`])
  const none = open(CrossSearchPage({ ...found, hasDocs: false, answer: { ...answer, results: [] } }))
  assert.match(none.querySelector('[role=status]')?.textContent ?? '', /No repository is documented yet/)
})

test('the start page begins with the repositories once something is documented', () => {
  const page = (completed: number, running: number, repoUrl = '') => {
    const counts = { ...NO_COUNTS, completed, processing: running }
    const form = { ...EMPTY_FORM, repoUrl }
    return open(IndexPage({ repositories: [], jobs: [], counts, form, allowed, now, origin, asset, hasSearch: true }))
  }
  const [empty, running, used, prefilled] = [page(0, 0), page(0, 1), page(3, 0), page(3, 0, 'https://github.com/a/b')]
  assert.deepEqual(
    [empty, running, used, prefilled].map((each) => [
      each.querySelector('details.add')?.hasAttribute('open') ?? null,
      each.querySelector('form[action="/search"]') !== null,
    ]),
    [
      [null, false],
      [null, false],
      [false, true],
      [true, true],
    ],
  )
  assert.match(running.querySelector('.empty')?.textContent ?? '', /The first repository is being documented/)
})

test('a commit that does not exist can be replaced by the most similar name', () => {
  const failed = { status: 'failed', error_code: 'NO_SUCH_COMMIT', commit_id: '8.9' } as const
  const page = (changes: Partial<JobView>) =>
    open(JobPage({ job: fakeJob({ ...failed, ...changes }), ...NO_LOG, origin, asset }))
  const known = page({ hint: similarNamesHint(['8.1', 'main']) })
  const field = known.querySelector('.card form input[name=commit_id]')
  assert.deepEqual([field?.getAttribute('value'), known.querySelectorAll('datalist option').length], ['8.1', 2])
  assert.equal(known.querySelector('form[action$="/retry"] .button-main'), null)
  assert.equal(known.querySelector('.try'), null)
  assert.equal(page({ error_code: 'X' }).querySelector('.card form'), null)
})

test('long names in the contents can be broken at their parts', () => {
  const { manifest } = fakeSet()
  const headings = ['Context.collect_usage_pieces', 'x'].map((text) => ({ depth: 2, id: text, text }))
  const page = { ...manifest.pages[0], headings } as (typeof manifest.pages)[number]
  const document = open(DocsPage({ manifest: { ...manifest, pages: [page] }, page, bodyHtml: '', links }))
  assert.match(
    document.querySelector('.contents a')?.innerHTML ?? '',
    /^Context\.<wbr\/?>collect_<wbr\/?>usage_<wbr\/?>pieces$/,
  )
})

test('pages on tests, examples and tools are in one folder at the end of the tree', () => {
  const node = (title: string, aside?: true): TreeNode => ({ title, file: `${title}.md`, children: [], aside })
  const outline = outlineOf([node('tests', true), node('api'), node('.github', true), node('core')], 'tests.md')
  assert.deepEqual(
    outline.map(({ title, children, isOpen }) => [title, children.length, isOpen]),
    [
      ['api', 0, false],
      ['core', 0, false],
      ['Repository', 2, true],
    ],
  )
  assert.deepEqual(trailOf(outline), [])
})

test('the style sheet is shortened, and means the same', () => {
  const source =
    '/* a */\n.a,\n.b > c {\n  color: red; /* x */\n  margin: 0\n    1px;\n}\n\n@media (x: y) {\n  a :hover { b: c }\n}\n'
  assert.equal(shortenCss(source), '.a,.b > c{color:red;margin:0 1px}@media (x: y){a :hover{ b: c }}')
})
