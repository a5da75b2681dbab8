import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import type { AppDeps } from '#http/deps.ts'
import type { JobView } from '#queue/contract.ts'
import { createFollow, type Follow } from '#queue/follows/follow-record.ts'
import { loadAssets } from '#server/asset-reader.ts'
import { createSetStore } from '#store/sets.ts'
import { createFixture, exampleSet, type Fixture } from '../fixture.ts'

const REPO = 'https://github.com/pallets/flask'
const HOME = '/docs/github.com/pallets/flask/'

interface World extends Fixture {
  clock: { aheadMs: number }
  /** A job with documents whose commit is 40 of this digit. */
  add(id: string, commitId: string | null, digit: string, change?: Partial<JobView>, extraPage?: string): Promise<void>
}

async function world(t: TestContext, change: Partial<AppDeps> = {}): Promise<World> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-versions-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const sets = createSetStore(path.join(folder, 'docs'))
  const clock = { aheadMs: 0 }
  const app = await createFixture(t, {
    sets,
    assets: await loadAssets(),
    clock: () => Date.now() + clock.aheadMs,
    ...change,
  })
  return {
    ...app,
    clock,
    async add(id, commitId, digit, change = {}, extraPage) {
      const more =
        extraPage === undefined
          ? []
          : [{ file: extraPage, title: extraPage, module: null, html: `${extraPage}.html`, headings: [], diagrams: 0 }]
      const key = await sets.publish({
        ...exampleSet,
        manifest: {
          ...exampleSet.manifest,
          commit: digit.repeat(40),
          pages: [...exampleSet.manifest.pages, ...more],
          public_api: { definitions: 4, documented: 3 },
        },
        files: new Map([...exampleSet.files, ...more.map(({ file }) => [file, '# More\n'] as const)]),
        html: new Map([...exampleSet.html, ...more.map(({ html }) => [html, '<h1>More</h1>'] as const)]),
      })
      const at = new Date().toISOString()
      const view: Partial<JobView> = {
        repo_url: REPO,
        status: 'completed',
        commit_id: commitId,
        resolved_commit: digit.repeat(40),
        completed_at: at,
        ...change,
      }
      app.queue.move(id, view, key)
    },
  }
}

const names = async (app: World): Promise<unknown> => {
  const answer = await app.request('/api/versions/github.com/pallets/flask')
  const { versions, latest, stable } = (await answer.json()) as {
    versions: { name: string }[]
    latest: string
    stable: string
  }
  return { names: versions.map(({ name }) => name), latest, stable }
}

test('versions are the jobs with documents: the default branch, releases from the newest, then the rest', async (t) => {
  const app = await world(t)
  await app.add('a', null, 'a')
  await app.add('b', '1.9.0', 'b')
  await app.add('c', '1.10.0', 'c')
  await app.add('d', '2.0.0-rc.1', 'd')
  await app.add('e', 'main', 'e')
  app.queue.move('f', { repo_url: REPO, status: 'queued', commit_id: '3.0.0' })
  assert.deepEqual(await names(app), {
    names: ['latest', '2.0.0-rc.1', '1.10.0', '1.9.0', 'main'],
    latest: 'latest',
    stable: '1.10.0',
  })
})

test('a page of a version has its address, a switcher, a canonical address and links of its own', async (t) => {
  const app = await world(t)
  await app.add('a', null, 'a')
  await app.add('b', '1.0.0', 'b')
  await app.add('c', '2.0.0', 'c')
  const answer = await app.browse(`${HOME}1.0.0/src-app.md`)
  assert.equal(answer.status, 200)
  const html = await answer.text()
  assert.match(html, new RegExp(`<link rel="canonical" href="${HOME}stable/src-app.md"`))
  assert.match(html, new RegExp(`<a href="${HOME}2.0.0/src-app.md"`))
  assert.match(html, /This is version 1\.0\.0\. A newer version is available/)
  assert.match(html, new RegExp(`href="${HOME}1.0.0/"[^>]*>`))
  assert.match(html, /Documented/)
  const stable = await (await app.browse(`${HOME}stable/`)).text()
  assert.ok(!stable.includes('A newer version is available'))
  const old = await (await app.browse('/static-docs/b/src-app.md')).text()
  assert.match(old, /A newer version is available/)
})

test('pages of a followed repository say how old the documents are, and whether the default branch has moved on', async (t) => {
  const app = await world(t)
  const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000 - 60_000).toISOString()
  await app.add('a', null, 'a', { completed_at: daysAgo(3) })
  await app.add('b', '1.0.0', 'b', { completed_at: daysAgo(1) })
  const before = await app.browse(`${HOME}latest/`)
  assert.ok(!(await before.text()).includes('3 days ago'), 'nobody documents it again')
  const followed = createFollow({ repoUrl: REPO, wish: {}, everyMinutes: 360 }, Date.now())
  const of = (digit: string, ...counts: [from: string, commits: number][]): Follow => ({
    ...followed,
    refs: ['HEAD', 'refs/tags/1.0.0'].map((ref) => ({
      ...{ ref, commit: (ref === 'HEAD' ? digit : 'b').repeat(40), job_id: 'a', submitted_at: followed.created_at },
    })),
    counted: counts.map(([from, commits]) => ({ from: from.repeat(40), to: digit.repeat(40), commits })),
  })
  let follow = await app.backend.follows.create(of('a'))
  const become = async (next: Follow): Promise<void> => {
    const { refs, counted = [] } = next
    const before = follow ?? assert.fail()
    follow = await app.backend.follows.update(before, { ...before, refs, counted })
  }
  // Versions are read again after three seconds, and after the clock was set back.
  const pageOf = async (version: string) => {
    app.clock.aheadMs += version === 'latest' ? 4_000 : -4_000
    return await app.browse(`${HOME}${version}/`)
  }
  const newest = await pageOf('latest')
  assert.match(await newest.text(), /Documented 3 days ago, up to date/)
  const tag = await (await pageOf('1.0.0')).text()
  assert.match(tag, /Documented yesterday/)
  assert.ok(!/up to date|newer commits|behind/.test(tag))
  const api = async () => {
    const answer = await app.request('/api/versions/github.com/pallets/flask')
    const { versions } = (await answer.json()) as { versions: { is_newest: boolean; commits_behind: number }[] }
    return versions.map(({ is_newest, commits_behind }) => [is_newest, commits_behind])
  }
  assert.deepEqual(await api(), [
    [true, 0],
    [null, null],
  ])
  const etag = newest.headers.get('etag') ?? ''
  assert.notEqual(etag, before.headers.get('etag'))
  const again = await app.request(`${HOME}latest/`, { headers: { accept: 'text/html', 'if-none-match': etag } })
  assert.equal(again.status, 304)
  await become(of('f'))
  assert.match(await (await pageOf('latest')).text(), /Documented 3 days ago; newer commits exist/)
  assert.deepEqual(await api(), [
    [false, null],
    [null, null],
  ])
  await become(of('f', ['a', 1], ['b', 1_234], ['c', 7]))
  const counted = await pageOf('latest')
  assert.match(await counted.text(), /Documented 3 days ago, 1 commit behind</)
  assert.match(await (await pageOf('1.0.0')).text(), /Documented yesterday, 1,234 commits behind the default branch</)
  assert.deepEqual(await api(), [
    [false, 1],
    [null, 1_234],
  ])
  const list = await (await app.browse(HOME)).text()
  assert.match(list, /, 1 commit behind<.*, 1,234 commits behind the default branch</s)
  const badge = await (await app.request('/badge/github.com/pallets/flask/latest.svg')).text()
  assert.match(badge, /latest, 3 days ago, 1 behind</)
  assert.ok(!(await (await app.request('/badge/github.com/pallets/flask/1.0.0.svg')).text()).includes('behind'))
  await become(of('f', ['a', 2]))
  assert.notEqual((await pageOf('latest')).headers.get('etag'), counted.headers.get('etag'))
})

test('a site that is taken along has a switcher that leads back to the server', async (t) => {
  const app = await world(t)
  await app.add('a', null, 'a')
  await app.add('b', '1.0.0', 'b')
  const site = async (id: string) => {
    const answer = await app.request(`/static-docs/${id}.site.zip`)
    assert.equal(answer.status, 200)
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()))
    const [, page] = Object.entries(files).find(([name]) => name.endsWith('/src-app.html')) ?? assert.fail()
    return { etag: answer.headers.get('etag'), html: strFromU8(page) }
  }
  const first = await site('b')
  assert.match(first.html, new RegExp(`<a href="http://[^"/]+${HOME}latest/src-app\\.md"`))
  assert.match(first.html, new RegExp(`<a href="http://[^"/]+${HOME}1\\.0\\.0/src-app\\.md" aria-current="true"`))
  assert.ok(!first.html.includes('rel="canonical"'))
  await app.add('c', '2.0.0', 'c')
  app.clock.aheadMs += 4_000
  const second = await site('b')
  assert.notEqual(second.etag, first.etag)
  assert.match(second.html, /A newer version is available: <a href="http:[^"]+2\.0\.0\/src-app\.md"/)
})

test('latest and stable follow the repository, and are 404 where nothing is', async (t) => {
  const app = await world(t)
  await app.add('b', 'main', 'b')
  for (const name of ['latest', 'stable']) {
    const answer = await app.request(`${HOME}${name}/`)
    assert.equal(answer.status, 404, name)
    const problem = (await answer.json()) as { code: string; hint: string }
    assert.equal(problem.code, 'NO_SUCH_VERSION')
    assert.match(problem.hint, /There are main\./)
  }
})

test('an unknown version is a clear 404 with those there are, whatever it is made of', async (t) => {
  const app = await world(t)
  await app.add('a', null, 'a')
  await app.add('b', 'V1', 'b')
  for (const name of [
    '9.9',
    'v1',
    '%C3%BCn%C3%AF',
    'a%252Fb',
    '..%2F..%2Fetc',
    '%00',
    '<script>',
    'constructor',
    '1'.repeat(3_000),
  ]) {
    const answer = await app.request(`${HOME}${name}/overview.md`)
    assert.equal(answer.status, 404, name)
    const problem = (await answer.json()) as { code: string; hint: string }
    assert.equal(problem.code, 'NO_SUCH_VERSION', name)
    assert.match(problem.hint, /There are latest, stable, V1\./)
  }
  const cased = (await (await app.request(`${HOME}v1/`)).json()) as { hint: string }
  assert.match(cased.hint, /Did you mean V1\?/)
  const page = await (await app.browse(`${HOME}%3Cscript%3Ealert(1)%3C%2Fscript%3E/`)).text()
  assert.ok(!page.includes('<script>alert'))
  assert.match(page, new RegExp(`href="${HOME}V1/"`))
})

test('names with slashes, commits and tags that are called like an alias', async (t) => {
  const app = await world(t)
  await app.add('a', null, 'a')
  await app.add('b', 'release/1.0', 'b')
  await app.add('c', 'latest', 'c')
  await app.add('d', 'stable', 'd')
  await app.add('e', 'e'.repeat(40), 'e')
  const commitAt = async (version: string): Promise<string> => {
    const html = await (await app.browse(`${HOME}${version}/`)).text()
    return /at commit ([0-9a-f]{7})/.exec(html)?.[1]?.[0] ?? html.slice(0, 200)
  }
  const leads = {
    'release%2F1.0': 'b',
    'release/1.0': 'b',
    latest: 'a',
    '@latest': 'c',
    '@stable': 'd',
    stable: 'b',
    eeeeeee: 'e',
    ['e'.repeat(40)]: 'e',
    bbbbbbbb: 'b',
  }
  for (const [version, digit] of Object.entries(leads)) assert.equal(await commitAt(version), digit, version)
})

test('tags that differ in case alone are two versions', async (t) => {
  const app = await world(t)
  await app.add('a', 'Beta', 'a')
  await app.add('b', 'beta', 'b')
  for (const [name, digit] of [
    ['Beta', 'a'],
    ['beta', 'b'],
  ]) {
    const html = await (await app.browse(`${HOME}${name}/`)).text()
    assert.match(html, new RegExp(`at commit ${digit}{7}`))
  }
})

test('a page that only another version has leads to the nearest, one that none has is 404', async (t) => {
  const app = await world(t)
  await app.add('a', null, 'a', {}, 'src-app-limits.md')
  await app.add('b', '1.0.0', 'b')
  const nearest = await app.request(`${HOME}1.0.0/src-app-limits.md`)
  assert.deepEqual([nearest.status, nearest.headers.get('location')], [302, `${HOME}1.0.0/src-app.md`])
  assert.equal((await app.request(`${HOME}1.0.0/nothing.md`)).status, 404)
  assert.equal((await app.request(`${HOME}latest/src-app-limits.md`)).status, 200)
})

test('addresses without their slash lead to those with it, files of the set are there, sources lead to the job', async (t) => {
  const app = await world(t)
  await app.add('b', '1.0.0', 'b')
  const to = async (at: string): Promise<string | null> => (await app.request(at)).headers.get('location')
  assert.equal(await to('/docs/github.com/pallets/flask'), HOME)
  assert.equal(await to(`${HOME}1.0.0`), `${HOME}1.0.0/`)
  assert.equal(await to(`${HOME}1.0.0/source/src/a.py`), '/static-docs/b/source/src/a.py')
  assert.equal(await (await app.request(`${HOME}1.0.0/llms.txt`)).text(), 'flask')
  assert.equal(await (await app.request(`${HOME}1.0.0/overview.md?format=md`)).text(), '# Flask\n')
  assert.match(await (await app.browse(HOME)).text(), /<th scope="row"><a href="[^"]*1\.0\.0\/">1\.0\.0<\/a>/)
})

test('private jobs are no versions, and other repositories are none at all', async (t) => {
  const app = await world(t)
  await app.add('a', '1.0.0', 'a')
  await app.add(`b~p${'0'.repeat(32)}`, '2.0.0', 'b')
  assert.deepEqual(await names(app), { names: ['1.0.0'], latest: null, stable: '1.0.0' })
  for (const at of [
    '/docs/github.com/pallets/nothing/',
    '/docs/github.com/x/',
    '/docs/localhost/a/b/',
    '/docs/%2E%2E/etc/passwd',
    '/docs/github.com/pallets%2Fflask/latest/',
    '/api/versions/github.com/pallets/flask/1.0.0',
    '/feed/github.com/pallets/flask',
  ])
    assert.equal((await app.request(at)).status, 404, at)
})

test('a commit that no branch or tag leads to is no version; its pages say so and lead to the others', async (t) => {
  const app = await world(t)
  const commit = 'f'.repeat(40)
  const job = `pallets--flask@${commit}`
  await app.add(job, commit, 'f', { commit_on_ref: false })
  assert.equal((await app.request('/api/versions/github.com/pallets/flask')).status, 404)
  assert.match(await (await app.request('/badge/github.com/pallets/flask.svg')).text(), /docs: none/)
  const notice =
    /This commit was requested by its id; whether it is on a branch or tag of the repository was not checked\./
  const alone = await (await app.browse(`/static-docs/${job}/`)).text()
  assert.match(alone, notice)
  assert.doesNotMatch(alone, /rel="canonical"|data-versions/)
  await app.add('a', null, 'a')
  app.clock.aheadMs += 60_000
  assert.deepEqual(await names(app), { names: ['latest'], latest: 'latest', stable: null })
  assert.doesNotMatch(await (await app.request('/feed/github.com/pallets/flask.atom')).text(), /f{40}/)
  assert.doesNotMatch(await (await app.browse(HOME)).text(), /f{7}/)
  const page = await (await app.browse(`/static-docs/${job}/src-app.md`)).text()
  assert.match(page, notice)
  assert.match(page, new RegExp(`A newer version is available: <a href="${HOME}latest/src-app.md"`))
  assert.match(page, new RegExp(`<link rel="canonical" href="${HOME}latest/src-app.md"`))
  // Whoever has its whole id gets it.
  assert.match(await (await app.browse(`${HOME}${commit}/src-app.md`)).text(), notice)
  assert.equal((await app.request(`${HOME}${commit.slice(0, 12)}/src-app.md`)).status, 404)
  assert.doesNotMatch(await (await app.browse(`${HOME}latest/src-app.md`)).text(), notice)
  const site = unzipSync(new Uint8Array(await (await app.request(`/static-docs/${job}.site.zip`)).arrayBuffer()))
  const index = Object.entries(site).find(([name]) => name.endsWith('/index.html'))
  assert.match(strFromU8(index?.[1] ?? new Uint8Array()), notice)
})

test('versions are found however many jobs of the repository have no documents', async (t) => {
  const app = await world(t)
  await app.add('pallets--flask', null, 'a')
  await app.add('b', '1.0.0', 'b')
  for (let number = 0; number < 150; number++) {
    app.queue.move(`f${number}`, { repo_url: REPO, status: 'failed', commit_id: String(number).padStart(40, '0') })
  }
  assert.deepEqual(await names(app), { names: ['latest', '1.0.0'], latest: 'latest', stable: '1.0.0' })
  const { jobs, next } = (await (await app.request('/api/jobs?documented=true')).json()) as {
    jobs: JobView[]
    next: null
  }
  assert.deepEqual([jobs.map(({ job_id }) => job_id), next], [['b', 'pallets--flask'], null])
})

const documents = async (app: World, query: string): Promise<unknown> => {
  const answer = await app.request(`/api/documents?${query}`)
  const body = (await answer.json()) as { job_id?: string; code?: string }
  return body.job_id ?? `${answer.status} ${body.code}`
}

test('the documents of a repository are those of the default branch, else of a branch or tag, never of any commit', async (t) => {
  const app = await world(t)
  const [commit, repo] = ['f'.repeat(40), `repo=${REPO}`]
  const foreign = `pallets--flask@${commit}`
  assert.equal(await documents(app, repo), '404 NO_SUCH_JOB')
  app.queue.move('pallets--flask', { repo_url: REPO, status: 'queued' })
  assert.equal(await documents(app, repo), '404 NO_DOCS')
  await app.add(foreign, commit, 'f', { commit_on_ref: false })
  assert.equal(await documents(app, repo), '404 NO_DOCS')
  assert.equal(await documents(app, `${repo}&revision=${commit}`), foreign)
  await app.add('tag', '1.0.0', 'b', { commit_on_ref: true })
  assert.equal(await documents(app, repo), 'tag')
  assert.equal(await documents(app, `${repo}&revision=fffffff`), '404 NO_SUCH_VERSION')
  assert.equal(await documents(app, `${repo}&revision=bbbbbbb`), 'tag')
  assert.equal(await documents(app, `${repo}&revision=1.0.0`), 'tag')
  assert.equal(await documents(app, `${repo}&revision=--x`), '404 NO_SUCH_VERSION')
  await app.add('pallets--flask', null, 'a')
  await app.add('pallets--flask@main', 'main', 'c')
  assert.equal(await documents(app, repo), 'pallets--flask')
  assert.equal(await documents(app, `repo=https://github.com/Pallets/Flask`), 'pallets--flask')
  assert.equal(await documents(app, ''), '400 BAD_FIELD')
  assert.equal(await documents(app, 'repo=x'), '400 NOT_A_URL')
})

test('a badge is a picture in any case, with its words for who cannot see it', async (t) => {
  const app = await world(t)
  await app.add('a', '1.0.0', 'a')
  const read = async (at: string): Promise<string> => {
    const answer = await app.request(at)
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'image/svg+xml'], at)
    return answer.text()
  }
  assert.match(await read('/badge/github.com/pallets/flask.svg'), /<title>docs: 1\.0\.0, today<\/title>/)
  assert.match(await read('/badge/github.com/pallets/flask/1.0.0.svg'), /aria-label="docs: 1\.0\.0, today"/)
  assert.match(await read('/badge/github.com/pallets/flask.svg?show=api'), /API documented: 75 %/)
  for (const at of ['/badge/github.com/x/y.svg', '/badge/github.com/pallets/flask/9.svg'])
    assert.match(await read(at), /docs: none/)
})

test('an address that no repository can have is no badge', async (t) => {
  const app = await world(t)
  await app.add('a', '1.0.0', 'a')
  for (const at of [
    '/badge/%3Csvg%3E.svg',
    '/badge/github.com/a.svg',
    '/badge/github.com/pallets/flask',
    '/badge/github.com/..%2F..%2Fetc/a.svg',
  ])
    assert.equal((await app.request(at)).status, 404, at)
})

test('the feed has an entry for each version, and another one for another commit', async (t) => {
  const app = await world(t)
  await app.add('a', '1.0.0', 'a')
  await app.add('b', '2.0.0', 'b')
  const answer = await app.request('/feed/github.com/pallets/flask.atom')
  assert.match(answer.headers.get('content-type') ?? '', /^application\/atom\+xml/)
  const feed = await answer.text()
  assert.equal(feed.match(/<entry>/g)?.length, 2)
  assert.match(feed, /<id>http:\/\/localhost\/docs\/github\.com\/pallets\/flask\/#2\.0\.0-b{40}<\/id>/)
  assert.match(feed, /\/diff\/a\/b/)
})

test('the list of versions is made once while nothing of it changes', async (t) => {
  const assets = await loadAssets()
  let made = 0
  const counting: typeof assets = {
    ...assets,
    version(name) {
      // Only a page that is made asks for its script.
      if (name !== 'docspool.css') made += 1
      return assets.version(name)
    },
  }
  const app = await world(t, { assets: counting })
  await app.add('pallets--flask', null, 'a')
  await app.add('b', '1.0.0', 'b')
  const list = async () => {
    const answer = await app.browse(HOME)
    return { body: await answer.text(), etag: answer.headers.get('etag') }
  }
  const first = await list()
  assert.match(first.body, /1\.0\.0/)
  const once = made
  assert.ok(once > 0)
  app.clock.aheadMs += 60_000
  assert.deepEqual(await list(), first)
  assert.equal(made, once)
  await app.add('c', '2.0.0', 'c')
  app.clock.aheadMs += 60_000
  const second = await list()
  assert.match(second.body, /2\.0\.0/)
  assert.notEqual(second.etag, first.etag)
  assert.ok(made > once)
})

test('choosing the documents of a repository counts as a search where all of them are read', async (t) => {
  const limits = {
    ...{ submissionsPerHour: 10, searchesPerMinute: 3, questionsPerHour: 5 },
    ...{ jobsPerClient: 5, maxStreams: 10, streamsPerClient: 5 },
  }
  const app = await world(t, { limits, peerOf: () => '192.0.2.1' })
  await app.add('pallets--flask', null, 'a')
  await app.add('b', '1.0.0', 'b')
  const statuses = async (query: string) => {
    const all: number[] = []
    for (let n = 0; n < 4; n++) all.push((await app.request(`/api/documents?repo=${REPO}${query}`)).status)
    return all
  }
  assert.deepEqual(await statuses(''), [200, 200, 200, 200])
  assert.deepEqual(await statuses('&revision=bbbbbbb'), [200, 200, 200, 429])
})

test('looking for a page in other versions counts by what is read for it, and reads nothing for who has no searches left', async (t) => {
  const limits = {
    ...{ submissionsPerHour: 10, searchesPerMinute: 20, questionsPerHour: 5 },
    ...{ jobsPerClient: 5, maxStreams: 10, streamsPerClient: 5 },
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-looks-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const sets = createSetStore(path.join(folder, 'docs'))
  let read = 0
  let peer = '192.0.2.1'
  const readManifest = async (key: string) => {
    read += 1
    const manifest = await sets.readManifest(key)
    const large = Array.from({ length: 12_000 }, () => ({ depth: 2, id: 'x', text: 'x' }))
    return manifest && { ...manifest, pages: manifest.pages.map((page) => ({ ...page, headings: large })) }
  }
  const app = await world(t, { limits, peerOf: () => peer, clock: () => 1_000, sets: { ...sets, readManifest } })
  for (let minor = 0; minor < 12; minor++) {
    const manifest = { ...exampleSet.manifest, commit: minor.toString(16).repeat(40) }
    const view: Partial<JobView> = { repo_url: REPO, status: 'completed', commit_id: `0.${minor}.0` }
    app.queue.move(
      `v${minor}`,
      { ...view, resolved_commit: manifest.commit },
      await sets.publish({ ...exampleSet, manifest }),
    )
  }
  const look = async (page: string) => {
    const before = read
    const { status } = await app.request(`${HOME}0.3.0/${page}.md`)
    return { status, read: read - before }
  }
  const first = await look('never-1')
  assert.equal(first.status, 404)
  assert.ok(first.read > 1 && first.read < 8, `${first.read} manifests`)
  assert.deepEqual(await look('never-2'), { status: 404, read: 1 })
  assert.equal((await app.request(`${HOME}0.3.0/?q=app`, { headers: { accept: 'application/json' } })).status, 429)
  // What one client has paid for is not read again for the next.
  peer = '192.0.2.2'
  assert.ok((await look('never-3')).read <= first.read)
})

test('a page that only the oldest of many versions has leads somewhere in all others', async (t) => {
  const app = await world(t)
  await app.add('old', '0.1.0', 'a', {}, 'src-gone.md')
  for (let minor = 2; minor < 40; minor++) await app.add(`v${minor}`, `0.${minor}.0`, 'b')
  for (const name of ['0.39.0', '0.20.0', 'stable'])
    assert.equal((await app.request(`${HOME}${name}/src-gone.md`)).status, 302, name)
  assert.equal((await app.request(`${HOME}0.39.0/src-never.md`)).status, 404)
})
