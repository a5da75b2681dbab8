import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CALLS, shop } from './calls.ts'
import { connect, SECRET_ID, SOURCE, serveShop } from './shop.ts'

for (const mode of ['auto', 'legacy'] as const) {
  describe(`tools for clients of the ${mode === 'auto' ? 'newest revision' : 'revision of 2025'}`, () => {
    it('answer over HTTP, each as its schema says', async (t) => {
      const { origin } = await serveShop(t)
      // The client holds structured content to the output schema that it has listed.
      const { client, call } = await connect(t, origin, { mode })
      const { tools } = await client.listTools()
      for (const tool of tools) assert.ok(tool.outputSchema !== undefined && tool.annotations !== undefined, tool.name)
      const uncalled = new Set(tools.map(({ name }) => name))
      for (const [name, args, expected] of CALLS) {
        const { isError, text } = await call(name, args)
        assert.ok(!isError, `${name}: ${text}`)
        assert.match(text, expected, name)
        uncalled.delete(name)
      }
      assert.deepEqual([...uncalled], ['document_repository'])
    })
  })
}

describe('tools', () => {
  it('have a repository documented', async (t) => {
    const { origin, queue } = await serveShop(t)
    const { call } = await connect(t, origin)
    const { structured } = await call('document_repository', { repo_url: 'https://github.com/pallets/click' })
    assert.deepEqual([structured.outcome, structured.job_id], ['created', 'pallets--click'])
    assert.equal(queue.submits.length, 1)
    const refused = await call('document_repository', { repo_url: 'http://127.0.0.1/' })
    assert.ok(refused.isError)
    assert.match(refused.text, /\([A-Z_]+\)$/)
  })

  it('take usual other names of arguments and report unknown ones', async (t) => {
    const { origin } = await serveShop(t)
    const { call } = await connect(t, origin)
    assert.ok(!(await call('callers', { repository: 'https://github.com/acme/shop', name: 'main' })).isError)
    assert.ok(!(await call('impact', { id: 'acme--shop', symbol: 'main' })).isError)
    for (const args of [
      { ...shop, symbol: 'main', colour: 'red' },
      { ...shop, symbol: 'main', name: 'sell' },
      { symbol: 'main' },
      { ...shop, symbol: 7 },
    ]) {
      const { isError, text } = await call('callers', args)
      assert.ok(isError, JSON.stringify(args))
      assert.match(text, /colour|name|repoName|symbol/)
    }
  })

  it('find documents by revision, and say when there are none', async (t) => {
    const { origin, queue } = await serveShop(t)
    queue.move('acme--new', { status: 'processing', progress: 'Reading', repo_url: 'https://github.com/acme/new' })
    const { call } = await connect(t, origin)
    assert.ok(!(await call('callers', { ...shop, symbol: 'main', revision: 'aaaaaaa' })).isError)
    assert.match((await call('callers', { ...shop, symbol: 'main', revision: 'bbbbbbb' })).text, /NO_SUCH_JOB/)
    assert.match((await call('callers', { repoName: 'acme/nothing', symbol: 'main' })).text, /NO_SUCH_JOB/)
    assert.match(
      (await call('callers', { repoName: 'acme/new', symbol: 'main' })).text,
      /processing. Reading .*NO_DOCS/,
    )
    assert.match((await call('callers', { repoName: 'acme/old', symbol: 'main' })).text, /NO_GRAPH_INDEX/)
  })

  it('find owner/name on any host, and name the repositories when there are several', async (t) => {
    const { origin, queue } = await serveShop(t)
    const { call } = await connect(t, origin)
    const key = (await queue.read('acme--shop'))?.docsKey ?? assert.fail()
    const done = { status: 'completed' as const, resolved_commit: 'b'.repeat(40) }
    queue.move('git.example_8790--acme--inner', { ...done, repo_url: 'http://git.example:8790/acme/inner' }, key)
    for (const repoName of ['acme/inner', 'inner', 'acme/inner.git', 'git.example:8790/acme/inner'])
      assert.ok(!(await call('callers', { repoName, symbol: 'main' })).isError, repoName)
    assert.match(
      (await call('callers', { repoName: 'acme/inner', symbol: 'main' })).text,
      /"note":"\\"acme\/inner\\" names no host [^"]* http:\/\/git\.example:8790\/acme\/inner\./,
    )
    assert.ok((await call('callers', { repoName: 'cme/inner', symbol: 'main' })).isError)
    for (const repoName of ['acme/inner/', ' acme/inner'])
      assert.ok(!(await call('callers', { repoName, symbol: 'main' })).isError, repoName)
    assert.match((await call('callers', { repoName: '//', symbol: 'main' })).text, /NO_SUCH_JOB/)
    queue.move('gitlab.com--acme--inner', { ...done, repo_url: 'https://gitlab.com/acme/inner' }, key)
    const several = await call('callers', { repoName: 'acme/inner', symbol: 'main' })
    assert.match(several.text, /gitlab\.com\/acme\/inner.*AMBIGUOUS_REPOSITORY/)
    assert.match(several.text, /http:\/\/git\.example:8790\/acme\/inner/)
    queue.move('gitlab.com--acme--shop', { ...done, repo_url: 'https://gitlab.com/acme/shop' }, key)
    assert.ok(!(await call('callers', { repoName: 'acme/shop', symbol: 'main' })).isError, 'github.com goes first')
    queue.move('git.corp--acme--tool', { ...done, repo_url: 'ssh://git@git.corp/acme/tool' }, key)
    for (const repoName of ['git@github.com:acme/shop.git', 'git@git.corp:acme/tool.git', 'git.corp/acme/tool'])
      assert.ok(!(await call('callers', { repoName, symbol: 'main' })).isError, repoName)
  })

  it('take no end of a path for owner/name, and no group for a host', async (t) => {
    const { origin, queue } = await serveShop(t)
    const { call } = await connect(t, origin)
    const key = (await queue.read('acme--shop'))?.docsKey ?? assert.fail()
    const done = { status: 'completed' as const, resolved_commit: 'b'.repeat(40) }
    queue.move('gitlab.com--evil--acme--orbit', { ...done, repo_url: 'https://gitlab.com/evil/acme/orbit' }, key)
    queue.move('gitlab.com--g.io--acme--comet', { ...done, repo_url: 'https://gitlab.com/g.io/acme/comet' }, key)
    for (const repoName of ['acme/orbit', 'gitlab.com/acme/orbit', 'acme/comet', 'g.io/acme/comet'])
      assert.match((await call('callers', { repoName, symbol: 'main' })).text, /NO_SUCH_JOB/, repoName)
    for (const repoName of ['evil/acme/orbit', 'orbit', 'gitlab.com/g.io/acme/comet'])
      assert.ok(!(await call('callers', { repoName, symbol: 'main' })).isError, repoName)
  })

  it('answer from the documents that there are, whatever else is submitted of their repository', async (t) => {
    const { origin, queue } = await serveShop(t)
    const { call } = await connect(t, origin)
    const submitFalse = (repo_url: string): void => {
      for (let number = 0; number < 101; number++) {
        const commit_id = number.toString(16).padStart(40, '0')
        queue.move(`${new URL(repo_url).pathname.slice(1).replace('/', '--')}@${commit_id}`, {
          repo_url,
          status: 'queued',
          commit_id,
        })
      }
    }
    submitFalse('https://github.com/acme/shop')
    for (const repoName of ['acme/shop', 'https://github.com/acme/shop', 'shop', 'acme--shop'])
      assert.ok(!(await call('get_symbol', { repoName, symbol: 'Shop' })).isError, repoName)
    assert.match((await call('list_repositories', { limit: 2 })).text, /"id":"acme--old".*"id":"acme--shop"/)
    // A failed submission of one host does not hide documents of another.
    const key = (await queue.read('acme--shop'))?.docsKey ?? assert.fail()
    const done = { status: 'completed' as const, resolved_commit: 'b'.repeat(40) }
    queue.move('gitlab.com--acme--inner', { ...done, repo_url: 'https://gitlab.com/acme/inner' }, key)
    submitFalse('https://github.com/acme/inner')
    assert.ok(!(await call('callers', { repoName: 'acme/inner', symbol: 'main' })).isError)
  })

  it('never answer from a commit of no branch or tag unless it is asked for, and say so then', async (t) => {
    const { origin, queue } = await serveShop(t)
    const { call } = await connect(t, origin)
    const key = (await queue.read('acme--shop'))?.docsKey ?? assert.fail()
    const commit = 'c'.repeat(40)
    const foreign = (name: string) =>
      queue.move(
        `acme--${name}@${commit}`,
        {
          ...{ repo_url: `https://github.com/acme/${name}`, status: 'completed' },
          ...{ commit_id: commit, resolved_commit: commit, commit_on_ref: false },
        },
        key,
      )
    foreign('shop')
    foreign('lib')
    const structure = async (args: Record<string, unknown>) => {
      const { isError, structured, text } = await call('read_wiki_structure', args)
      return isError ? text : { commit: structured.commit, note: structured.note }
    }
    assert.deepEqual(await structure(shop), { commit: 'a'.repeat(40), note: undefined })
    const note =
      'This commit was requested by its id; whether it is on a branch or tag of the repository was not checked.'
    assert.deepEqual(await structure({ ...shop, revision: commit }), { commit, note })
    assert.deepEqual(await structure({ repoName: `acme--shop@${commit}` }), { commit, note })
    assert.match(String(await structure({ ...shop, revision: commit.slice(0, 12) })), /NO_SUCH_JOB/)
    assert.match(
      String(await structure({ repoName: 'acme/lib' })),
      /only of a commit that was requested by its id.*NO_DOCS/,
    )
    const { text } = await call('read_wiki_contents', { ...shop, revision: commit, page: 'overview.md' })
    assert.match(text, /^> This commit was requested by its id.+\n\n# Shop\n\nA shop\.\n$/)
    assert.match((await call('read_wiki_contents', { ...shop, page: 'overview.md' })).text, /A shop\.\n$/)
    const { structured } = await call('list_repositories', {})
    const ids = (structured.repositories as { id: string }[]).map(({ id }) => id)
    assert.ok(ids.includes('acme--shop') && ids.every((id) => !id.includes(commit)), `${ids}`)
  })

  it('name the candidates of an ambiguous symbol', async (t) => {
    const { origin } = await serveShop(t)
    const { call } = await connect(t, origin)
    const { isError, text } = await call('callers', { ...shop, symbol: 'sell' })
    assert.ok(isError)
    assert.match(text, /AMBIGUOUS_SYMBOL\)\n\{"candidates":\[.*src\/shop.ts#Shop.sell/)
  })

  it('keep to a budget, say so, and go on where they stopped', async (t) => {
    const { origin } = await serveShop(t)
    const { call } = await connect(t, origin)
    let [after, whole, calls] = [0, '', 0]
    for (let next: unknown = 0; next !== null && calls < 500; calls++) {
      const { structured, text } = await call('read_wiki_contents', { ...shop, after, max_tokens: 1_000 })
      assert.ok(text.length <= 1_000 * 4, `${text.length}`)
      whole += structured.text
      next = structured.next
      if (next !== null) assert.match(text, new RegExp(`after=${next}`))
      after = Number(next)
    }
    const plain = await (await fetch(`${origin}/static-docs/acme--shop/llms-full.txt`)).text()
    assert.equal(whole, plain)
    assert.ok(calls > 5)
    const lines: unknown[] = []
    for (let next: unknown = 1; next !== null; ) {
      const { structured } = await call('read_source', {
        ...shop,
        file: 'src/shop.ts',
        start_line: next,
        max_tokens: 200,
      })
      lines.push(structured.text)
      next = structured.next
    }
    assert.equal(lines.join('\n'), SOURCE)
    const broken = await call('read_source', { ...shop, file: 'src/\ud800.ts' })
    assert.match(broken.text, /\(NO_SOURCE\)/)
    const past = await call('read_source', { ...shop, file: 'src/shop.ts', start_line: 1_000 })
    assert.ok(past.isError)
    assert.match(past.text, /found 1000: the file has \d+ lines\. \(NO_SUCH_LINES\)/)
    const first = await call('read_file_outline', { ...shop, file: 'src/shop.ts', max_tokens: 200 })
    const rest = await call('read_file_outline', { ...shop, file: 'src/shop.ts', after: first.structured.next })
    const names = [first, rest].flatMap(({ structured }) =>
      (structured.definitions as { name: string }[]).map(({ name }) => name),
    )
    assert.deepEqual(names, ['Shop', 'Shop.sell', 'Market', 'Market.sell'])
  })
})

describe('privacy', () => {
  it('is that of the web: unlisted, and read by those who know the id', async (t) => {
    const { origin } = await serveShop(t)
    const { client, call } = await connect(t, origin)
    assert.doesNotMatch((await call('list_repositories', {})).text, /secret/)
    assert.doesNotMatch((await call('list_repositories', { search: 'secret' })).text, /acme--secret/)
    assert.ok((await call('callers', { repoName: 'acme/secret', symbol: 'main' })).isError)
    assert.ok((await call('callers', { repoName: `acme--secret~p${'b'.repeat(32)}`, symbol: 'main' })).isError)
    assert.ok(!(await call('callers', { repoName: SECRET_ID, symbol: 'main' })).isError)
    const { resources } = await client.listResources()
    assert.deepEqual(resources.map(({ uri }) => uri).sort(), [
      'docspool://acme--old/llms.txt',
      'docspool://acme--shop/llms.txt',
    ])
  })

  it('needs the token for what needs it over HTTP', async (t) => {
    const token = 'a token of some length'.replaceAll(' ', '-')
    const open = await serveShop(t, { DOCSPOOL_TOKEN: token })
    const anonymous = await connect(t, open.origin)
    assert.ok(!(await anonymous.call('callers', { ...shop, symbol: 'main' })).isError)
    const repo_url = 'https://github.com/pallets/click'
    const refused = await anonymous.call('document_repository', { repo_url })
    assert.match(refused.text, /TOKEN_MISSING/)
    const known = await connect(t, open.origin, { token })
    assert.ok(!(await known.call('document_repository', { repo_url })).isError)
    await assert.rejects(connect(t, open.origin, { token: 'another-token-of-some-length' }))
    const closed = await serveShop(t, { DOCSPOOL_TOKEN: token, DOCSPOOL_TOKEN_FOR: 'everything' })
    await assert.rejects(connect(t, closed.origin))
    assert.ok(
      !(await (await connect(t, closed.origin, { token })).call('callers', { ...shop, symbol: 'main' })).isError,
    )
  })

  it('counts the requests of tools against the limits of the caller', async (t) => {
    const { origin } = await serveShop(t, { DOCSPOOL_SEARCHES_PER_MINUTE: '12' })
    const { call } = await connect(t, origin)
    let text = ''
    for (let calls = 0; calls < 12 && !/RATE_LIMITED/.test(text); calls++)
      text = await call('callers', { ...shop, symbol: 'main' }).then((answer) => answer.text, String)
    assert.match(text, /RATE_LIMITED|429/)
  })
})

describe('resources', () => {
  it('are the pages of sets', async (t) => {
    const { origin } = await serveShop(t)
    const { client } = await connect(t, origin)
    const { contents } = await client.readResource({ uri: 'docspool://acme--shop/src.md' })
    assert.match((contents[0] as { text: string }).text, /^# src\n\nThe shop\./)
    const { resourceTemplates } = await client.listResourceTemplates()
    assert.equal(resourceTemplates[0]?.uriTemplate, 'docspool://{id}/{file}')
  })

  it('are refused when they are too large to be read whole', async (t) => {
    const { origin } = await serveShop(t)
    const { client } = await connect(t, origin)
    await assert.rejects(client.readResource({ uri: 'docspool://acme--shop/large.json' }), /more than 1 MiB/)
  })

  it('are nothing else, whatever the address', async (t) => {
    const { origin, queue } = await serveShop(t)
    const { client } = await connect(t, origin)
    for (const uri of [
      ...[
        'docspool://acme--shop/..',
        'docspool://acme--shop/../../api/queue',
        'docspool://acme--shop/%2e%2e',
        'docspool://acme--shop/%2E%2E%2Fx',
      ],
      ...[
        'docspool://acme--shop/..%2f..%2fapi%2fqueue',
        'docspool://../api/queue',
        'docspool://%2e%2e/queue',
        'docspool://acme--shop/manifest.json',
      ],
      ...[
        'docspool://acme--shop/%00',
        'docspool://acme--shop/set.pack',
        'docspool://nobody/overview.md',
        'docspool://acme--shop/a?q=shop',
        'file:///etc/passwd',
      ],
    ])
      await assert.rejects(client.readResource({ uri }), uri)
    assert.ok(!queue.asked.includes('..'))
  })
})
