import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { formerJobIdOf, hostOfJob, jobIdOf } from '#base/job-id.ts'
import { secretOfJob } from '#base/private-jobs.ts'
import { parseRepository } from '#base/repository.ts'

const policy = {
  allowedHosts: ['*', 'github.com', 'gitlab.com', 'x.org:80'],
  allowPrivateNetworks: false,
  localRepos: ['/srv'],
}
const idOf = (url: string, commit: string | null = null, options = {}): string =>
  jobIdOf(parseRepository(url, policy), commit, options)

describe('jobIdOf', () => {
  it('is readable', () => {
    assert.equal(idOf('https://github.com/pallets/flask'), 'pallets--flask')
    assert.equal(idOf('https://gitlab.com/group/sub/repo'), 'gitlab.com--group--sub--repo')
    assert.equal(
      idOf('https://github.com/pallets/flask', '0123456789abcdef0123456789abcdef01234567'),
      'pallets--flask@0123456789abcdef0123456789abcdef01234567',
    )
    assert.match(idOf('https://github.com/pallets/flask', 'main'), /^pallets--flask@main\.[0-9a-f]{32}$/)
    assert.match(idOf('https://github.com/pallets/flask', null, { language: 'de' }), /^pallets--flask~[0-9a-f]{32}$/)
  })

  it('folds case where the host does', () => {
    assert.equal(idOf('https://github.com/Pallets/Flask'), 'pallets--flask')
    assert.notEqual(idOf('https://git.example.org/A/b'), idOf('https://git.example.org/a/b'))
  })

  it('tells apart what reads alike', () => {
    assert.notEqual(idOf('https://github.com/a--b/c'), idOf('https://github.com/a/b--c'))
    assert.notEqual(idOf('https://github.com/a-/b'), idOf('https://github.com/a/-b'))
    assert.notEqual(idOf('https://github.com/a/b', 'x/y'), idOf('https://github.com/a/b', 'x_y'))
    assert.notEqual(idOf('file:///srv/a/x'), idOf('file:///srv/b/x'))
  })

  it('tells apart hosts of which an id would show another one and a path', () => {
    const alike = [
      ['https://xn/bcher-kva.com/a/b', 'https://xn--bcher-kva.com/a/b'],
      ['https://a/b.c/d/e', 'https://a--b.c/d/e'],
    ] as const
    for (const [one, other] of alike) assert.notEqual(idOf(one), idOf(other), one)
    for (const url of alike.flat()) {
      assert.match(idOf(url), /~~[0-9a-f]{32}$/, url)
      // Jobs that are there are found by the id that they have.
      assert.doesNotMatch(formerJobIdOf(parseRepository(url, policy), null), /~/, url)
    }
    assert.equal(idOf('https://x.org:80/a/b'), 'x.org_80--a--b')
  })

  it('is injective and safe as a file name and in a URL', () => {
    const segment = fc.stringMatching(/^[a-z0-9._~-]{1,12}$/).filter((text) => !/^\.+$|\.git$/.test(text))
    const host = fc.constantFrom('github.com', 'gitlab.com', 'x.org', 'a--b.org', 'a', 'x.org:80')
    const part = fc.oneof(segment, fc.constantFrom('a', 'b.org', 'x.org'))
    const repository = fc.tuple(host, part, part)
    fc.assert(
      fc.property(repository, repository, (a, b) => {
        const [idA, idB] = [a, b].map(([host, owner, name]) => idOf(`https://${host}/${owner}/${name}`))
        assert.equal(idA === idB, a.join('/') === b.join('/'), `${a} ${b}`)
        assert.match(idA ?? '', /^[A-Za-z0-9_-][A-Za-z0-9._~@-]*$/)
      }),
      { numRuns: 2_000 },
    )
  })

  it('ends with the secret of a job that is for those who know it, and of no other', () => {
    const secret = '0123456789abcdef'.repeat(2)
    const of = (url: string, commit: string | null = null, options = {}) =>
      jobIdOf(parseRepository(url, policy), commit, options, secret)
    assert.equal(of('https://github.com/pallets/flask'), `pallets--flask~p${secret}`)
    assert.equal(secretOfJob(of('https://github.com/pallets/flask', 'main', { language: 'de' })), secret)
    assert.equal(hostOfJob(of('https://gitlab.com/a/b')), 'gitlab.com')
    for (const url of [`https://github.com/a/b~p${secret}`, `https://x.org/a~p${secret}`, 'https://github.com/a/b']) {
      assert.equal(secretOfJob(idOf(url)), undefined)
      assert.equal(secretOfJob(idOf(url, `x~p${secret}`, { language: 'de' })), undefined)
    }
    const long = `https://x.org/${'a'.repeat(112)}/${'b'.repeat(100)}`
    assert.ok(of(long, 'f/'.repeat(40), { language: 'de' }).length <= 200)
    assert.ok(of(`https://x.org/${'a'.repeat(108)}/b`, 'f'.repeat(80), { language: 'de' }).length <= 200)
    assert.notEqual(of(long), of(`${long}c`))
  })

  it('cuts long names and keeps them apart', () => {
    const long = `https://x.org/${'a'.repeat(100)}/${'b'.repeat(100)}`
    assert.ok(idOf(long, 'f/'.repeat(40), { language: 'de' }).length <= 200)
    assert.ok(idOf(`https://x.org/${'a'.repeat(140)}/b`, 'f'.repeat(80), { language: 'de' }).length <= 200)
    assert.notEqual(idOf(long), idOf(`${long}c`))
  })
})
