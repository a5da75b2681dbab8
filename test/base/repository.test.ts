import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { BadRepositoryUrl } from '#base/bad-repository-url.ts'
import { commitUrl, linkFormOf, sourceUrl } from '#base/code-host-links.ts'
import { BadCommitId, parseCommitId } from '#base/commit-id.ts'
import { isPublicAddress } from '#base/public-address.ts'
import { parseRepository, type RepositoryPolicy } from '#base/repository.ts'

const policy: RepositoryPolicy = {
  allowedHosts: ['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org'],
  allowPrivateNetworks: false,
  localRepos: ['/srv/repos'],
}

const codeOf = (input: string, with_: RepositoryPolicy = policy): string => {
  try {
    return parseRepository(input, with_).url
  } catch (error) {
    assert.ok(error instanceof BadRepositoryUrl, String(error))
    assert.ok(error.hint.length > 0)
    return error.code
  }
}

describe('parseRepository', () => {
  for (const [input, url] of [
    ['https://github.com/pallets/flask', 'https://github.com/pallets/flask'],
    ['https://github.com/pallets/flask.git', 'https://github.com/pallets/flask'],
    ['https://github.com/pallets/flask/', 'https://github.com/pallets/flask'],
    ['https://github.com/pallets/flask.git/', 'https://github.com/pallets/flask'],
    ['  HTTPS://GitHub.com/pallets/flask ', 'https://github.com/pallets/flask'],
    ['https://github.com:443/pallets/flask', 'https://github.com/pallets/flask'],
    ['https://gitlab.com/a/b/c', 'https://gitlab.com/a/b/c'],
    ['file:///srv/repos/x', 'file:///srv/repos/x'],
    ['/srv/repos/x', 'file:///srv/repos/x'],
    ['/srv/repos/a b', 'file:///srv/repos/a%20b'],
  ] as const) {
    it(`accepts ${JSON.stringify(input)}`, () => assert.equal(codeOf(input), url))
  }

  for (const [input, hint, localRepos] of [
    ['./flask', /its absolute path; the operator must first allow a parent folder in DOCSPOOL_LOCAL_REPOS/, []],
    ['C:/flask', /its absolute path; the operator has allowed some in DOCSPOOL_LOCAL_REPOS/, ['/srv/repos']],
    ['pallets/flask', /https:\/\/github\.com\/pallets\/flask\?$/, []],
    ['GitLab.com/a/b/c', /https:\/\/GitLab\.com\/a\/b\/c\?$/, []],
    ['git@github.com:pallets/flask.git', /https:\/\/github\.com\/pallets\/flask\?$/, []],
    ['example.org/a/b', /such as https:\/\/github\.com\/pallets\/flask/, []],
    ['flask', /such as https:\/\/github\.com\/pallets\/flask/, []],
    ['ssh://git@github.com/a/b', /DOCSPOOL_SSH_KEY_FILE and DOCSPOOL_SSH_KNOWN_HOSTS_FILE.* https\.$/, []],
    ['deploy@git.example.org:a/b', /DOCSPOOL_SSH_KEY_FILE and DOCSPOOL_SSH_KNOWN_HOSTS_FILE/, []],
    ['git://github.com/a/b', /such as https:\/\/github\.com\/pallets\/flask/, []],
  ] as const) {
    it(`says what may be meant by ${input} with ${localRepos.length} folders allowed`, () =>
      assert.throws(
        () => parseRepository(input, { ...policy, localRepos }),
        (error) => error instanceof BadRepositoryUrl && hint.test(error.hint),
      ))
  }

  for (const [input, meant] of [
    ['https://github.com/a/b/tree/main', 'https://github.com/a/b, with the branch, tag or commit main as commit_id'],
    [
      'https://github.com/a/b.git/tree/v1.2/docs',
      'https://github.com/a/b, with the branch, tag or commit v1.2 as commit_id (docspool documents whole repositories)',
    ],
    [
      'https://github.com/a/b/blob/main/src/x.py#L10-L20',
      'https://github.com/a/b, with the branch, tag or commit main as commit_id (docspool documents whole repositories)',
    ],
    [
      'https://github.com/a/b/commit/0123abc',
      'https://github.com/a/b, with the branch, tag or commit 0123abc as commit_id',
    ],
    [
      'https://github.com/a/b/releases/tag/v1',
      'https://github.com/a/b, with the branch, tag or commit v1 as commit_id',
    ],
    ['https://github.com/a/b/pull/7/files', 'https://github.com/a/b'],
    ['https://github.com/a/b?tab=readme-ov-file#b', 'https://github.com/a/b'],
    ['https://gitlab.com/a/b/c/-/issues', 'https://gitlab.com/a/b/c'],
    [
      'https://gitlab.com/a/b/c/-/blob/main/x.rb?ref_type=heads',
      'https://gitlab.com/a/b/c, with the branch, tag or commit main as commit_id (docspool documents whole repositories)',
    ],
    [
      'https://bitbucket.org/a/b/src/main/',
      'https://bitbucket.org/a/b, with the branch, tag or commit main as commit_id',
    ],
    [
      'https://codeberg.org/a/b/src/branch/main',
      'https://codeberg.org/a/b, with the branch, tag or commit main as commit_id',
    ],
    ['https://github.com/a/b/tree/v1..2', 'https://github.com/a/b'],
    ['https://github.com/a/b/tree/x.lock', 'https://github.com/a/b'],
    ['https://github.com/a/b/tree/main%2fx', 'https://github.com/a/b'],
    ['https://github.com/a/b/blob/a,b/c.py', 'https://github.com/a/b (docspool documents whole repositories)'],
  ] as const) {
    it(`says which repository is meant by ${input}`, () =>
      assert.throws(
        () => parseRepository(input, policy),
        (error) => error instanceof BadRepositoryUrl && error.hint === `Did you mean ${meant}?`,
      ))
  }

  it('shows an SSH address as it was given', () =>
    assert.throws(() => parseRepository('ssh://git@github.com:99999/a/b', { ...policy, ssh: {} }), {
      code: 'NOT_A_URL',
      message: 'Expected a full URL, found "ssh://git@github.com:99999/a/b".',
    }))

  it('guesses no repository at a host that would be refused then', () => {
    const open = { ...policy, allowedHosts: ['*'] }
    for (const input of [
      'https://127.0.0.1/a/b?x',
      'https://[::1]/a/b?x',
      'https://git.internal/a/b/tree/main#x',
      'https://github.com:8443/a/b?x',
    ]) {
      assert.throws(
        () => parseRepository(input, open),
        (error) => error instanceof BadRepositoryUrl && !error.hint.startsWith('Did you mean'),
        input,
      )
    }
    assert.throws(
      () => parseRepository('https://git.example.org/a/b?x', open),
      (error) => error instanceof BadRepositoryUrl && error.hint === 'Did you mean https://git.example.org/a/b?',
    )
  })

  it('guesses no repository of a host that is not allowed, or out of what is no name', () => {
    for (const input of [
      'https://example.org/a/b?x',
      'https://github.com/a%20/b/tree/main',
      'https://github.com/a?x',
    ]) {
      assert.throws(
        () => parseRepository(input, policy),
        (error) => error instanceof BadRepositoryUrl && !error.hint.startsWith('Did you mean'),
      )
    }
  })

  for (const [input, code] of [
    ['', 'NOT_A_URL'],
    ['https://gitlab.com/a/b/-/tree/main', 'NOT_A_REPOSITORY_PATH'],
    ['flask', 'NOT_A_URL'],
    ['pallets/flask', 'NOT_A_URL'],
    ['git@github.com:pallets/flask', 'NOT_A_URL'],
    ['-oProxyCommand=x', 'NOT_A_URL'],
    ['ext::sh -c id', 'URL_HAS_CONTROL_CHARACTERS'],
    ['javascript:alert(1)', 'NOT_A_URL'],
    ['http://github.com/a/b', 'SCHEME_NOT_ALLOWED'],
    ['ssh://github.com/a/b', 'SCHEME_NOT_ALLOWED'],
    ['git://github.com/a/b', 'SCHEME_NOT_ALLOWED'],
    ['file:///etc', 'FOLDER_NOT_ALLOWED'],
    ['/srv/repos/../../etc', 'FOLDER_NOT_ALLOWED'],
    ['/srv/repos/a\nb', 'FOLDER_NOT_ALLOWED'],
    ['file:///srv/repos/../../etc', 'FOLDER_NOT_ALLOWED'],
    ['file:///srv/repos/%2e%2e/x', 'FOLDER_NOT_ALLOWED'],
    ['file:///srv/repos2/x', 'FOLDER_NOT_ALLOWED'],
    ['file:///srv/repos/a%0Ab', 'FOLDER_NOT_ALLOWED'],
    ['file:///srv/repos/a%1b%5b31mX', 'FOLDER_NOT_ALLOWED'],
    ['file:///srv/repos/a%7F', 'FOLDER_NOT_ALLOWED'],
    ['file:///srv/repos/x/.git', 'NOT_A_REPOSITORY_PATH'],
    ['https://user:pw@github.com/a/b', 'URL_HAS_USER_INFO'],
    ['https://@github.com/a/b', 'URL_HAS_USER_INFO'],
    ['https://github.com/a/b?ref=x', 'URL_HAS_QUERY'],
    ['https://github.com/a/b?', 'URL_HAS_QUERY'],
    ['https://github.com/a/b#readme', 'URL_HAS_FRAGMENT'],
    ['https://github.com#@127.0.0.1/a/b', 'URL_HAS_FRAGMENT'],
    ['https://github.com\\@127.0.0.1/a/b', 'URL_HAS_CONTROL_CHARACTERS'],
    ['https://github.com/a/b\r\nX-Injected: 1', 'URL_HAS_CONTROL_CHARACTERS'],
    ['https://github.com/a/b\n', 'URL_HAS_CONTROL_CHARACTERS'],
    ['https://github.com/a/b\u0000', 'URL_HAS_CONTROL_CHARACTERS'],
    ['https://example.org/a/b', 'HOST_NOT_ALLOWED'],
    ['https://github.com.evil.org/a/b', 'HOST_NOT_ALLOWED'],
    ['https://github.com:8443/a/b', 'HOST_NOT_ALLOWED'],
    ['https://127.0.0.1/a/b', 'PRIVATE_ADDRESS'],
    ['https://0177.0.0.1/a/b', 'PRIVATE_ADDRESS'],
    ['https://2130706433/a/b', 'PRIVATE_ADDRESS'],
    ['https://0x7f.1/a/b', 'PRIVATE_ADDRESS'],
    ['https://[::1]/a/b', 'PRIVATE_ADDRESS'],
    ['https://[::ffff:10.0.0.1]/a/b', 'PRIVATE_ADDRESS'],
    ['https://169.254.169.254/a/b', 'PRIVATE_ADDRESS'],
    ['https://localhost/a/b', 'PRIVATE_ADDRESS'],
    ['https://x.internal/a/b', 'PRIVATE_ADDRESS'],
    ['https://github.com/pallets', 'NOT_A_REPOSITORY_PATH'],
    ['https://github.com/', 'NOT_A_REPOSITORY_PATH'],
    ['https://github.com/a/b/tree/main', 'NOT_A_REPOSITORY_PATH'],
    ['https://github.com/a/../b', 'NOT_A_REPOSITORY_PATH'],
    ['https://github.com/a/%2e%2E/b/c', 'NOT_A_REPOSITORY_PATH'],
    ['https://github.com/a/.git', 'NOT_A_REPOSITORY_PATH'],
    ['https://github.com/a%2fb/c', 'NOT_A_REPOSITORY_PATH'],
    ['https://github.com/a/<img>', 'NOT_A_REPOSITORY_PATH'],
    [`https://github.com/a/${'b'.repeat(5_000)}`, 'URL_TOO_LONG'],
  ] as const) {
    it(`refuses ${JSON.stringify(input.slice(0, 60))} as ${code}`, () => assert.equal(codeOf(input), code))
  }

  for (const [input, url] of [
    ['ssh://git@github.com/a/b.git', 'ssh://git@github.com/a/b'],
    ['ssh://github.com/a/b', 'ssh://git@github.com/a/b'],
    ['git@GitHub.com:a/b.git', 'ssh://git@github.com/a/b'],
    ['git@gitlab.com:/group/sub/b', 'ssh://git@gitlab.com/group/sub/b'],
    ['deploy@git.example.org:a', 'ssh://deploy@git.example.org/a'],
    ['ssh://git@github.com:22/a/b', 'ssh://git@github.com/a/b'],
    ['ssh://git@git.example.org:2222/a/b', 'ssh://git@git.example.org:2222/a/b'],
    ['ssh://git@git.example.org:443/a/b', 'SCHEME_NOT_ALLOWED'],
    ['ssh://git@git.example.org:80/a/b', 'HOST_NOT_ALLOWED'],
    ['ssh://git:pw@github.com/a/b', 'SCHEME_NOT_ALLOWED'],
    ['ssh://-oProxyCommand=x@github.com/a/b', 'SCHEME_NOT_ALLOWED'],
    ['ssh://-oProxyCommand=x/a/b', 'HOST_NOT_ALLOWED'],
    ['-oProxyCommand=x@github.com:a/b', 'NOT_A_URL'],
    ['git@-oProxyCommand=x:a/b', 'HOST_NOT_ALLOWED'],
    ['git@github.com:a/b;id', 'NOT_A_REPOSITORY_PATH'],
    ["git@github.com:a/b'$(id)'", 'NOT_A_REPOSITORY_PATH'],
    ['git@github.com:../b', 'NOT_A_REPOSITORY_PATH'],
    ['git@127.0.0.1:a/b', 'PRIVATE_ADDRESS'],
    ['git@0x7f.1:a/b', 'PRIVATE_ADDRESS'],
    ['ssh://git@2130706433/a/b', 'PRIVATE_ADDRESS'],
    ['ssh://git@[::1]/a/b', 'PRIVATE_ADDRESS'],
    ['ssh://git@[::ffff:7f00:1]:2222/a/b', 'PRIVATE_ADDRESS'],
    ['ssh://git@①②⑦.⓪.⓪.①/a/b', 'PRIVATE_ADDRESS'],
    ['ssh://git@github.com@127.0.0.1/a/b', 'SCHEME_NOT_ALLOWED'],
    ['ssh://git@github.com#@127.0.0.1/a/b', 'SCHEME_NOT_ALLOWED'],
    ['ssh://git@github.com%00/a/b', 'NOT_A_URL'],
    ['git@evil.example:a/b', 'HOST_NOT_ALLOWED'],
  ] as const) {
    it(`takes ${JSON.stringify(input)} with SSH as ${url}, and without it as no URL of SSH`, () => {
      const hosts = [...policy.allowedHosts, 'git.example.org', 'git.example.org:2222']
      const open = { ...policy, allowedHosts: hosts, ssh: {} }
      const found = codeOf(input, open)
      assert.ok(
        found === url ||
          (url.startsWith('S') && found === 'URL_HAS_USER_INFO') ||
          (url.startsWith('S') && found === 'URL_HAS_FRAGMENT'),
        found,
      )
      if (found.startsWith('ssh:')) assert.equal(codeOf(found, open), found)
      assert.match(codeOf(input, { ...open, ssh: null }), /^[A-Z_]+$/)
    })
  }

  it('leads from a repository of SSH to the pages of its host', () => {
    const repository = parseRepository('git@github.com:a/b', { ...policy, ssh: {} })
    assert.equal(sourceUrl(repository, 'github', 'c', 'x.ts', 1), 'https://github.com/a/b/blob/c/x.ts#L1')
    assert.equal(commitUrl(repository, 'github', 'c'), 'https://github.com/a/b/commit/c')
  })

  it('allows a private address only with the setting and the host in the list', () => {
    const open = { ...policy, allowPrivateNetworks: true, allowedHosts: ['127.0.0.1:9000'] }
    assert.equal(codeOf('http://127.0.0.1:9000/a/b', open), 'http://127.0.0.1:9000/a/b')
    assert.equal(codeOf('http://127.0.0.1:9001/a/b', open), 'HOST_NOT_ALLOWED')
  })

  it('suggests the allowed host that a mistyped one may mean, and none that is far from all', () => {
    const hintFor = (host: string): string => {
      try {
        parseRepository(`https://${host}/a/b`, policy)
      } catch (error) {
        return error instanceof BadRepositoryUrl ? error.hint : ''
      }
      return ''
    }
    assert.match(hintFor('githb.com'), /^Did you mean github\.com\? /)
    assert.match(hintFor('example.org'), /^An operator can add/)
  })

  it('takes * as every public host, on the default port alone', () => {
    const open = { ...policy, allowedHosts: ['*'] }
    assert.equal(codeOf('https://git.example.org/a/b', open), 'https://git.example.org/a/b')
    assert.equal(codeOf('https://git.example.org:8443/a/b', open), 'HOST_NOT_ALLOWED')
    assert.throws(() => parseRepository('https://git.example.org:8443/a/b', open), {
      hint: '`*` allows every host at its default port; add git.example.org:8443 to DOCSPOOL_ALLOWED_HOSTS.',
    })
    assert.equal(codeOf('https://10.0.0.1/a/b', open), 'PRIVATE_ADDRESS')
  })

  it('gives a URL that parses to itself, whatever it was given', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (input) => {
        const result = codeOf(input, { ...policy, allowedHosts: ['*'] })
        if (!result.startsWith('http')) return
        assert.equal(codeOf(result, { ...policy, allowedHosts: ['*'] }), result)
        assert.equal(new URL(result).href, result)
      }),
    )
  })
})

describe('isPublicAddress', () => {
  for (const address of [
    '127.0.0.1',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.1.1',
    '168.63.129.16',
    '0.0.0.0',
    '::1',
    '::',
    '::7f00:1',
    'fe80::1',
    'fc00::1',
    '64:ff9b::7f00:1',
    '::ffff:127.0.0.1',
    '224.0.0.1',
    '2001:db8::1',
    'x',
  ]) {
    it(`refuses ${address}`, () => assert.equal(isPublicAddress(address), false))
  }
  it('accepts addresses of the public internet', () => {
    assert.equal(isPublicAddress('140.82.121.4'), true)
    assert.equal(isPublicAddress('2606:50c0:8000::64'), true)
  })
})

describe('parseCommitId', () => {
  for (const good of ['abcdef1', 'main', 'v1.2.3', 'feature/x-y_z', 'release+1', 'vite@5.0.0', '@scope/pkg@1.0.0']) {
    it(`accepts ${good}`, () => assert.equal(parseCommitId(good), good))
  }
  it('lowers a full id', () => assert.equal(parseCommitId('A'.repeat(40)), 'a'.repeat(40)))
  for (const bad of [
    '',
    '-x',
    '--upload-pack=x',
    'a..b',
    'HEAD^{/x}',
    'HEAD~1',
    ':/x',
    '@{u}',
    '@',
    'a b',
    'a\nb',
    'a:b',
    'feature/#12',
    'größe',
    '.a',
    'a/',
    'a.',
    'a.lock',
    'a//b',
    'a/.b',
    'x'.repeat(201),
    'a\u0000',
    'a*',
    'refs\\x',
  ]) {
    it(`refuses ${JSON.stringify(bad.slice(0, 30))}`, () => assert.throws(() => parseCommitId(bad), BadCommitId))
  }
})

describe('sourceUrl', () => {
  const commit = 'a'.repeat(40)
  for (const [url, expected] of [
    ['https://github.com/a/b', `https://github.com/a/b/blob/${commit}/src/x%20y.ts#L3-L9`],
    ['https://gitlab.com/a/b', `https://gitlab.com/a/b/-/blob/${commit}/src/x%20y.ts#L3-9`],
    ['https://bitbucket.org/a/b', `https://bitbucket.org/a/b/src/${commit}/src/x%20y.ts#lines-3:9`],
    ['https://codeberg.org/a/b', `https://codeberg.org/a/b/src/commit/${commit}/src/x%20y.ts#L3-L9`],
  ] as const) {
    it(`writes the form of ${new URL(url).host}`, () => {
      const repository = parseRepository(url, policy)
      assert.equal(sourceUrl(repository, linkFormOf(repository, new Map()), commit, 'src/x y.ts', 3, 9), expected)
    })
  }
  it('writes the address of a commit', () => {
    for (const [url, expected] of [
      ['https://github.com/a/b', 'https://github.com/a/b/commit/f00'],
      ['https://gitlab.com/a/b/c', 'https://gitlab.com/a/b/c/-/commit/f00'],
      ['https://bitbucket.org/a/b', 'https://bitbucket.org/a/b/commits/f00'],
      ['https://codeberg.org/a/b', 'https://codeberg.org/a/b/commit/f00'],
    ] as const) {
      const repository = parseRepository(url, policy)
      assert.equal(commitUrl(repository, linkFormOf(repository, new Map()), 'f00'), expected)
    }
    assert.equal(commitUrl(parseRepository('file:///srv/repos/x', policy), null, 'f00'), null)
  })
  it('links one line and a whole file', () => {
    const repository = parseRepository('https://github.com/a/b', policy)
    assert.equal(sourceUrl(repository, 'github', commit, 'a.c', 3, 3), `https://github.com/a/b/blob/${commit}/a.c#L3`)
    assert.equal(sourceUrl(repository, 'github', commit, 'a.c'), `https://github.com/a/b/blob/${commit}/a.c`)
  })
  it('leaves out the port of an SSH server', () => {
    for (const [url, web] of [
      ['ssh://git@git.example.org:2222/a/b', 'https://git.example.org/a/b'],
      ['https://git.example.org:8443/a/b', 'https://git.example.org:8443/a/b'],
    ] as const) {
      const repository = parseRepository(url, {
        ...policy,
        allowedHosts: ['git.example.org:2222', 'git.example.org:8443'],
        ssh: {},
      })
      assert.equal(commitUrl(repository, 'gitea', 'f00'), `${web}/commit/f00`)
    }
  })
  it('links nothing where the form is not known, and what the operator says where it is set', () => {
    const repository = parseRepository('https://git.example.org/a/b', { ...policy, allowedHosts: ['*'] })
    assert.equal(linkFormOf(repository, new Map()), null)
    assert.equal(sourceUrl(repository, null, commit, 'a.c'), null)
    assert.equal(linkFormOf(repository, new Map([['git.example.org', 'gitea']])), 'gitea')
  })
})
