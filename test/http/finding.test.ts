import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseHtml } from '../markdown/hostile.ts'
import { createFixture, type Fixture } from './fixture.ts'

/** The first page as a browser gets it. */
async function open(app: Fixture, path: string): Promise<Document> {
  const answer = await app.browse(path)
  assert.equal(answer.status, 200, path)
  return parseHtml(await answer.text())
}

const texts = (page: Document, selector: string) => [...page.querySelectorAll(selector)].map((each) => each.textContent)
const names = (page: Document) => texts(page, '.job-link')
const hrefOf = (page: Document, selector: string) => page.querySelector(selector)?.getAttribute('href') ?? ''

function fill(app: Fixture, count: number): void {
  for (let n = 0; n < count; n++) {
    const at = `2026-01-02T03:${String(n).padStart(2, '0')}:00.000Z`
    const status = n % 5 === 0 ? 'failed' : 'completed'
    app.queue.move(`own--r${n}`, { status, repo_url: `https://github.com/own/r${n}`, submitted_at: at })
  }
}

test('the list is paged both ways, and stays in its place while jobs arrive', async (t) => {
  const app = await createFixture(t)
  fill(app, 50)
  const first = await open(app, '/?status=all')
  assert.deepEqual([names(first).length, names(first)[0]], [20, 'own/r49'])
  assert.equal(first.querySelector('[rel=prev]'), null)
  const second = await open(app, hrefOf(first, '.pager [rel=next]'))
  app.queue.move('own--late', { status: 'queued', repo_url: 'https://github.com/own/late' })
  const again = await open(app, hrefOf(first, '.pager [rel=next]'))
  assert.deepEqual(names(again), names(second), 'who arrives moves nobody')
  assert.equal(names(second)[0], 'own/r29')
  const third = await open(app, hrefOf(second, '.pager [rel=next]'))
  assert.deepEqual([names(third).length, third.querySelector('[rel=next]')], [10, null])
  const back = await open(app, hrefOf(third, '.pager [rel=prev]'))
  assert.deepEqual(names(back), names(second))
  const former = await open(app, hrefOf(back, '.pager [rel=prev]'))
  assert.deepEqual(names(former), names(first))
  const top = await open(app, hrefOf(former, '.pager [rel=prev]'))
  assert.deepEqual([names(top).length, names(top)[0]], [20, 'own/late'], 'what is new comes as a full page')
})

test('states and a part of the name lead to fewer jobs, and each link keeps the other', async (t) => {
  const app = await createFixture(t)
  fill(app, 50)
  const failed = await open(app, '/?status=failed')
  assert.equal(names(failed).length, 10)
  assert.equal(failed.querySelector('.state[aria-current=page]')?.textContent, 'failed or cancelled 10')
  const found = await open(app, '/?status=failed&repo=own%2FR4')
  assert.deepEqual(names(found), ['own/r45', 'own/r40'])
  assert.equal(hrefOf(found, '.state-completed'), '/?status=completed&repo=own%2FR4#List')
  assert.equal(found.querySelector<HTMLInputElement>('input[name=repo]')?.value, 'own/R4')
  assert.equal(found.querySelector<HTMLInputElement>('input[type=hidden][name=status]')?.value, 'failed')
  assert.deepEqual(names(await open(app, '/?repo=https://github.com/own/r7.git&status=all')), ['own/r7'])
  assert.match(texts(found, '.terminal code')[0] ?? '', /api\/jobs\?status=failed&search=own%2FR4'$/)
  const list = await app.request('/api/jobs?status=failed&search=own%2FR4')
  assert.deepEqual(
    ((await list.json()) as { jobs: { job_id: string }[] }).jobs.map((job) => job.job_id),
    ['own--r45', 'own--r40'],
  )
})

const KEY = 'a'.repeat(64)
const documented = { status: 'completed', resolved_commit: 'c'.repeat(40) } as const

test('a repository has one row, however often it is documented; jobs that run or have failed are apart', async (t) => {
  const app = await createFixture(t)
  const flask = { ...documented, repo_url: 'https://github.com/pallets/flask' }
  app.queue.move('own--r1', { ...documented, repo_url: 'https://github.com/own/r1' }, KEY)
  app.queue.move('pallets--flask', flask, KEY)
  app.queue.move('pallets--flask@3.0', { ...flask, commit_id: '3.0' }, KEY)
  app.queue.move('pallets--flask@3.1', { ...flask, commit_id: '3.1' }, KEY)
  app.queue.move('own--gone', { status: 'failed', repo_url: 'https://github.com/own/gone' })
  app.queue.move('own--busy', { status: 'processing', repo_url: 'https://github.com/own/busy' })
  const page = await open(app, '/')
  assert.deepEqual(texts(page, '#List .job-link'), ['pallets/flask', 'own/r1'])
  assert.equal(hrefOf(page, '#List .job-link'), '/static-docs/pallets--flask/')
  assert.deepEqual(texts(page, '.version'), ['3.1', '3.0'])
  assert.deepEqual(texts(page, '.other-jobs .job-link'), ['own/busy'])
  const jobs = await open(app, hrefOf(page, '#List .job-more'))
  assert.deepEqual(names(jobs), ['pallets/flask', 'pallets/flask', 'pallets/flask'])
})

test('a repository is on one page of the list only, in both directions', async (t) => {
  const app = await createFixture(t)
  const at = (n: number) => ({ submitted_at: `2026-01-02T03:${String(n).padStart(2, '0')}:00.000Z` })
  const flask = { ...documented, repo_url: 'https://github.com/pallets/flask' }
  app.queue.move('pallets--flask', { ...flask, ...at(0) }, KEY)
  for (let n = 1; n < 25; n++)
    app.queue.move(`own--r${n}`, { ...documented, ...at(n), repo_url: `https://github.com/own/r${n}` }, KEY)
  app.queue.move('pallets--flask@3.0', { ...flask, ...at(30), commit_id: '3.0' }, KEY)
  const first = await open(app, '/')
  assert.deepEqual([texts(first, '#List .job-link').length, texts(first, '#List .job-link')[0]], [20, 'pallets/flask'])
  const second = await open(app, hrefOf(first, '.pager [rel=next]'))
  assert.deepEqual(texts(second, '#List .job-link'), ['own/r5', 'own/r4', 'own/r3', 'own/r2', 'own/r1'])
  const back = await open(app, hrefOf(second, '.pager [rel=prev]'))
  assert.deepEqual(texts(back, '#List .job-link'), texts(first, '#List .job-link'))
})

test('the list as data leads back as well', async (t) => {
  const app = await createFixture(t)
  fill(app, 5)
  const read = async (path: string) =>
    (await (await app.request(path)).json()) as { jobs: { job_id: string }[]; next: string; previous: string | null }
  const first = await read('/api/jobs?limit=2&search=own')
  assert.equal(first.previous, null)
  const second = await read(first.next)
  assert.deepEqual(
    second.jobs.map((job) => job.job_id),
    ['own--r2', 'own--r1'],
  )
  assert.deepEqual((await read(second.previous ?? '')).jobs, first.jobs)
  const { jobs } = await read(`/api/jobs?search=${encodeURIComponent('git@github.com:own/r4.git')}`)
  assert.deepEqual(
    jobs.map((job) => job.job_id),
    ['own--r4'],
  )
})

test('values that do not fit are 400 with a page that says what would', async (t) => {
  const app = await createFixture(t)
  const bad = ['status=done', 'status=queued&status=failed', 'after=x', 'before=..%2F..', `repo=${'x'.repeat(201)}`]
  bad.push('after=1-a&before=2-b', 'repo=https%3A%2F%2Fu%3Ap%40github.com%2Fa%2Fb')
  for (const query of bad) {
    const answer = await app.browse(`/?${query}`)
    assert.equal(answer.status, 400, query)
    assert.match(await answer.text(), /Error 400/)
  }
  for (const query of ['before=2-b&after=1-a', 'search=', 'after=..']) {
    assert.equal((await app.request(`/api/jobs?${query}`)).status, 400, query)
  }
  assert.equal((await app.browse('/?utm_source=x')).status, 200, 'what others put into a link is not looked at')
})

test('an empty list says why it is empty and what to do', async (t) => {
  const app = await createFixture(t)
  const textOf = async (path: string) => (await open(app, path)).querySelector('.empty')?.textContent ?? ''
  assert.match(await textOf('/'), /Nothing here yet.*run the command below the form/s)
  app.queue.move('pallets--flask', { status: 'completed' })
  assert.match(await textOf('/?status=failed'), /No jobs have failed or been cancelled/)
  app.queue.move('own--left', { status: 'failed', error_code: 'CANCELLED', repo_url: 'https://github.com/own/left' })
  const failed = await open(app, '/?status=failed')
  assert.equal(failed.querySelector('.state-failed')?.textContent, 'failed or cancelled 1')
  assert.match(failed.title, /^failed or cancelled /)
  assert.equal(failed.querySelector('.badge')?.textContent, 'cancelled')
  assert.match(await textOf('/?status=failed&repo=x'), /No failed or cancelled job matches “x”/)
  assert.match(await textOf('/?status=queued&repo=nobody/x'), /No queued job matches “nobody\/x”/)
  assert.match(await textOf('/?status=failed&repo=a++b'), /No failed or cancelled job matches “a {2}b”/)
  const none = await open(app, '/?status=queued&repo=nobody/x')
  assert.deepEqual(
    [...none.querySelectorAll('.widen a')].map((link) => link.getAttribute('href')),
    [
      '/?status=all&repo=nobody%2Fx#List',
      '/?status=queued#List',
      '/?repo_url=https%3A%2F%2Fgithub.com%2Fnobody%2Fx#RepoUrl',
    ],
  )
  const documented = async (search: string): Promise<(string | null | undefined)[]> =>
    [...(await open(app, `/?repo=${encodeURIComponent(search)}`)).querySelectorAll('.widen a')]
      .map((link) => /^Document (.*)/.exec(link.textContent ?? '')?.[1])
      .filter((address) => address !== undefined)
  for (const [search, address] of [
    ['GitHub.com/nobody/x', 'https://github.com/nobody/x'],
    ['https://github.com/nobody/x', 'https://github.com/nobody/x'],
    ['gitlab.invalid/nobody/x', undefined],
    ['gitlab.invalid/nobody', undefined],
  ] as const)
    assert.deepEqual(await documented(search), address === undefined ? [] : [address], search)
  const offered = await open(app, '/?repo_url=https%3A%2F%2Fgithub.com%2Fnobody%2Fx')
  assert.equal(offered.querySelector<HTMLInputElement>('#RepoUrl')?.value, 'https://github.com/nobody/x')
})

test('the form says which hosts are allowed, and no folder of the machine', async (t) => {
  const policy = { allowedHosts: ['git.example.org:8443'], allowPrivateNetworks: true, localRepos: ['/srv/secret'] }
  const app = await createFixture(t, { policy })
  const page = await open(app, '/')
  const help = page.querySelector('#Allowed')?.textContent ?? ''
  assert.match(help, /git\.example\.org:8443/)
  assert.match(help, /file:\/\//)
  assert.doesNotMatch(page.documentElement.outerHTML, /secret/)
  assert.equal(page.querySelector('#RepoUrl')?.getAttribute('placeholder'), 'https://git.example.org:8443/owner/name')
})

test('a wait is told only when it can be: from five completed jobs on, and not while the queue rests', async (t) => {
  const app = await createFixture(t)
  const ended = { status: 'completed', started_at: '2026-01-02T03:00:00.000Z' } as const
  for (let n = 0; n < 4; n++) app.queue.move(`a--${n}`, { ...ended, completed_at: '2026-01-02T03:02:00.000Z' })
  app.queue.move('b--b', { status: 'queued', queue_position: 3 })
  const detail = async () => texts(await open(app, '/'), '.job-state .quiet')[0]
  const onPage = async () => (await open(app, '/jobs/b--b')).querySelector('[data-field=estimate]')?.textContent
  assert.deepEqual([await detail(), await onPage()], ['number 3', undefined])
  app.queue.move('a--4', { ...ended, completed_at: '2026-01-02T03:02:00.000Z' })
  app.queue.move('b--b', {})
  assert.equal(await detail(), 'number 3 · about 6 min')
  assert.match((await onPage()) ?? '', /about 6 min, judging by/)
  app.queue.pause = { since: '2026-01-02T03:04:05.000Z', by: null }
  assert.deepEqual([await detail(), await onPage()], ['number 3', undefined])
  assert.match((await open(app, '/jobs/b--b')).querySelector('.banner')?.textContent ?? '', /The queue is paused/)
})

test('an unknown job leads to those that may be meant, and to the form that would make it', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'completed' })
  app.queue.move('other--thing', { status: 'completed', repo_url: 'https://github.com/other/thing' })
  const answer = await app.browse('/jobs/palets--flask')
  assert.equal(answer.status, 404)
  const page = parseHtml(await answer.text())
  assert.deepEqual(
    [...page.querySelectorAll('.nearest a')].map((link) => link.getAttribute('href')),
    ['/jobs/pallets--flask'],
  )
  assert.equal(page.querySelector<HTMLInputElement>('#RepoUrl')?.value, 'https://github.com/palets/flask')
  const odd = await app.browse(`/jobs/${encodeURIComponent('<img src=x>--~~'.repeat(3))}`)
  assert.equal(odd.status, 404)
  assert.equal(parseHtml(await odd.text()).querySelector('img'), null)
  assert.doesNotMatch(
    await (await app.request('/jobs/palets--flask', { headers: { accept: 'text/plain' } })).text(),
    /<form/,
  )
})

test('an address of documents that is not right leads on: to the overview, to documents that may be meant, to the job', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'completed', docs_path: '/static-docs/pallets--flask/' }, app.docsKey)
  app.queue.move('pallets--click', { status: 'failed' })
  app.queue.move('pallets--click.js', { status: 'failed' })
  const ask = async (path: string) => {
    const answer = await app.browse(path)
    assert.equal(answer.status, 404, path)
    return parseHtml(await answer.text())
  }
  const hrefs = (page: Document, selector: string) =>
    [...page.querySelectorAll(selector)].map((link) => link.getAttribute('href'))
  const noPage = await ask('/static-docs/pallets--flask/src-ap.md')
  assert.deepEqual(hrefs(noPage, '.nearest a'), ['/static-docs/pallets--flask/src-app.md'])
  assert.deepEqual(hrefs(noPage, '.actions .button-main'), ['/static-docs/pallets--flask/'])
  for (const path of ['/static-docs/palets--flask/overview.md', '/static-docs/palets--flask', '/docs/palets--flask']) {
    const noJob = await ask(path)
    assert.match(noJob.querySelector('.lead')?.textContent ?? '', /no documentation at this address/)
    assert.deepEqual(hrefs(noJob, '.nearest a'), ['/static-docs/pallets--flask/'], path)
  }
  assert.deepEqual(hrefs(await ask('/static-docs/palts--clik/'), '.nearest a'), ['/jobs/pallets--click'])
  assert.deepEqual(hrefs(await ask('/static-docs/zz--zz/'), '.nearest a'), [])
  assert.deepEqual(hrefs(await ask('/static-docs/pallets--click/'), '.actions .button-main'), ['/jobs/pallets--click'])
  for (const path of ['/static-docs/%3Cimg%3E/', '/static-docs/..%2f..%2fx']) await ask(path)
})

test('the page of a job tells its stages with their times, its warnings, and what to try', async (t) => {
  const app = await createFixture(t)
  const at = (second: number) => `2026-01-02T03:04:${String(second).padStart(2, '0')}.000Z`
  app.queue.move('pallets--flask', {
    status: 'failed',
    started_at: at(1),
    completed_at: at(30),
    error_code: 'JOB_TIMED_OUT',
    error_message: 'It took too long.',
    attempt: 2,
    epoch: 1,
  })
  app.queue.tell(
    'pallets--flask',
    { type: 'progress', at: at(1), stage: 'clone', percent: 1, text: 'Fetching' },
    { type: 'progress', at: at(4), stage: 'inventory', percent: 5, text: 'Reading' },
    { type: 'log', at: at(5), level: 'warn', text: 'docspool.json: the key "x" is not known' },
    { type: 'progress', at: at(6), stage: 'analyse', percent: 50, text: 'Analysing' },
    {
      type: 'end',
      at: at(30),
      status: 'failed',
      error: { code: 'JOB_TIMED_OUT', message: 'It took too long.', hint: null },
    },
  )
  const page = await open(app, '/jobs/pallets--flask')
  assert.deepEqual(texts(page, '.step-done'), ['Fetch3.0 s', 'List files2.0 s'])
  assert.deepEqual(texts(page, '.step-failed'), ['Read the code (failed here)24 s'])
  assert.match(texts(page, '.warnings')[0] ?? '', /1 warning.*the key "x" is not known/)
  const why = texts(page, '.card-bad')[0] ?? ''
  assert.match(why, /What to try.*exclude/)
  assert.match(why, /2 tries failed/)
  const commands = texts(page, '.command').join('\n')
  assert.match(commands, /curl -X POST .*\/api\/job\/pallets--flask\/retry/)
  assert.match(commands, /curl -X DELETE .*\/api\/job\/pallets--flask/)
})
