import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { linkFormOf } from '#base/code-host-links.ts'
import { readConfig, unknownSettings } from '#base/config.ts'
import { parseRepository } from '#base/repository.ts'
import { BadConfiguration, joinFolders } from '#base/setting-types.ts'
import { flagOf, listSettings } from '#base/settings.ts'
import { SETTINGS_PAGE, settingsPage } from '../../setup/settings.ts'

describe('unknownSettings', () => {
  it('names what looks like a setting and is none, with the nearest one', () => {
    const environment = {
      DOCSPOOL_PROT: '1',
      docspool_port: '1',
      DOCSPOOL_PORT: '1',
      DOCSPOOL_FAILPOINT: 'x',
      PATH: '',
    }
    assert.deepEqual(unknownSettings(environment), [
      { name: 'DOCSPOOL_PROT', nearest: 'DOCSPOOL_PORT' },
      { name: 'docspool_port', nearest: 'DOCSPOOL_PORT' },
    ])
    assert.equal(unknownSettings({ DOCSPOOL_JOB_TIMEOUT: '9' })[0]?.nearest, 'DOCSPOOL_JOB_TIMEOUT_S')
    assert.deepEqual(unknownSettings({ DOCSPOOL_HOST: '::1' }), [])
  })
})

describe('readConfig', () => {
  it('takes the default for a number or a switch that is blank', () => {
    const defaults = readConfig({}, {})
    for (const blank of ['', ' ']) {
      assert.equal(readConfig({}, { DOCSPOOL_CLONE_DEPTH: blank }).cloneDepth, defaults.cloneDepth)
      assert.equal(readConfig({}, { DOCSPOOL_MAX_DOCS_GB: blank }).maxDocsBytes, defaults.maxDocsBytes)
      assert.equal(readConfig({}, { DOCSPOOL_METRICS_PORT: blank }).metricsPort, null)
      assert.equal(readConfig({}, { DOCSPOOL_KEEP_WORKER_READY: blank }).keepsWorkerReady, defaults.keepsWorkerReady)
    }
  })

  it('works with nothing set', () => {
    const config = readConfig({}, {})
    assert.equal(config.port, 8000)
    assert.equal(config.host, '127.0.0.1')
    assert.deepEqual(config.allowedHosts, ['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org'])
    assert.equal(config.allowPrivateNetworks, false)
  })

  it('lets a flag go before the environment', () => {
    assert.equal(readConfig({ DOCSPOOL_PORT: '1' }, { DOCSPOOL_PORT: '2' }).port, 1)
  })

  it('takes a part of a gigabyte', () => {
    assert.equal(readConfig({}, { DOCSPOOL_MAX_DOCS_GB: '0.5' }).maxDocsBytes, 536_870_912)
    assert.equal(readConfig({}, { DOCSPOOL_MAX_DOCS_GB: '0' }).maxDocsBytes, 0)
  })

  it('takes hosts whose links lead to their forms, or into the set', () => {
    const { sourceLinks } = readConfig({}, { DOCSPOOL_SOURCE_LINKS: 'git.example.org=gitea,GitHub.com=docspool' })
    assert.deepEqual(
      [...sourceLinks],
      [
        ['git.example.org', 'gitea'],
        ['github.com', 'docspool'],
      ],
    )
    const policy = {
      allowedHosts: ['github.com', 'git.example.org'],
      allowPrivateNetworks: false,
      localRepos: ['/srv'],
    }
    const formOf = (url: string): string | null => linkFormOf(parseRepository(url, policy), sourceLinks)
    assert.equal(formOf('https://github.com/a/b'), null)
    assert.equal(formOf('https://git.example.org/a/b'), 'gitea')
    assert.equal(formOf('file:///srv/a'), null)
  })

  it('takes folders with a colon in their path', () => {
    const localRepos = ['/srv/a:b/c', '/srv/git', '/srv/d\\:e']
    const text = joinFolders(localRepos)
    assert.equal(text, '/srv/a\\:b/c:/srv/git:/srv/d\\\\:e')
    assert.deepEqual(readConfig({}, { DOCSPOOL_LOCAL_REPOS: text }).localRepos, localRepos)
  })

  it('refuses a folder for the spool whose name is not UTF-8, as Node reads it', () => {
    assert.throws(() => readConfig({}, { DOCSPOOL_SPOOL_DIR: '/srv/sp\uFFFDool' }), /DOCSPOOL_SPOOL_DIR.*UTF-8/)
  })

  it('takes false as false', () => {
    assert.equal(readConfig({}, { DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'false' }).allowPrivateNetworks, false)
  })

  for (const [name, value] of [
    ['DOCSPOOL_PORT', 'x'],
    ['DOCSPOOL_PORT', '99999'],
    ['DOCSPOOL_PORT', '1.5'],
    ['DOCSPOOL_CONCURRENCY', '0'],
    ['DOCSPOOL_MAX_DOCS_GB', 'much'],
    ['DOCSPOOL_JOB_CLEANUP_HOURS', '0.5'],
    ['DOCSPOOL_ALLOW_PRIVATE_NETWORKS', 'perhaps'],
    ['DOCSPOOL_ALLOWED_HOSTS', 'https://github.com'],
    ['DOCSPOOL_SOURCE_LINKS', 'git.example.org'],
    ['DOCSPOOL_SOURCE_LINKS', 'git.example.org=svn'],
    ['DOCSPOOL_SOURCE_LINKS', 'git.example.org=github=x'],
    ['DOCSPOOL_PUBLIC_URL', 'ftp://x'],
    ['DOCSPOOL_LOG_LEVEL', 'loud'],
    ['DOCSPOOL_TOKEN_FOR', 'reading'],
    ['DOCSPOOL_TRUSTED_PROXIES', 'proxy.example.org'],
    ['DOCSPOOL_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['DOCSPOOL_TRUSTED_PROXIES', '10'],
    ['DOCSPOOL_SUBMISSIONS_PER_HOUR', '-1'],
    ['DOCSPOOL_MAX_STREAMS', '0'],
  ] as const) {
    it(`names the setting when ${name} is ${value}`, () => {
      assert.throws(
        () => readConfig({}, { [name]: value }),
        (error) => error instanceof BadConfiguration && error.message.startsWith(name) && !error.message.includes('\n'),
      )
    })
  }

  it('says of every setting what is expected, whatever is given', () => {
    for (const { name } of listSettings()) {
      for (const value of ['', 'x y', '-1', '1e99', 'ftp://x']) {
        try {
          readConfig({}, { [name]: value })
        } catch (error) {
          assert.ok(error instanceof BadConfiguration)
          assert.match(error.message, /: (?:item 1: )?expected [^"|]+|does not exist|is missing/)
          assert.doesNotMatch(error.message, /Invalid|Too small|Too big/)
        }
      }
    }
  })
})

describe('access', () => {
  const accessOf = (environment: Record<string, string>) => readConfig({}, environment).access

  it('has no token unless one is set, and takes two while one replaces the other', () => {
    assert.deepEqual(accessOf({}).tokens, [])
    assert.deepEqual(accessOf({ DOCSPOOL_TOKEN: '' }).tokens, [])
    assert.deepEqual(accessOf({ DOCSPOOL_TOKEN: 'tokentokentoken-1,tokentokentoken-2' }).tokens, [
      'tokentokentoken-1',
      'tokentokentoken-2',
    ])
  })

  it('refuses a token that is easy to guess or does not fit a header, and does not repeat it', () => {
    for (const token of ['fifteen-letters', 'tokentokentoken-ä', `tokentokentoken-1,short`]) {
      assert.throws(
        () => accessOf({ DOCSPOOL_TOKEN: token }),
        (error) => error instanceof BadConfiguration && !error.message.includes(token.slice(-6)),
      )
    }
  })

  it('takes addresses and networks of proxies', () => {
    const { trustedProxies } = accessOf({ DOCSPOOL_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8 ::1 fd00::/8' })
    assert.deepEqual(trustedProxies, ['127.0.0.1/32', '10.0.0.0/8', '::1/128', 'fd00::/8'])
  })
})

describe('docs/settings.md', () => {
  it('is what `node --import tsx setup/settings.ts` writes, with a row for every setting', async () => {
    const page = await readFile(SETTINGS_PAGE, 'utf8')
    assert.equal(page, settingsPage())
    for (const { name } of listSettings()) assert.equal(page.split(`\n| \`${name}\` |`).length, 2, name)
  })

  it('says of every setting what it does, without the one before: the help of a command lists some alone', () => {
    for (const { name, meaning } of listSettings()) assert.doesNotMatch(meaning, /\bthe same\b/i, name)
  })

  it('has flags of the same names', () => assert.equal(flagOf('DOCSPOOL_SPOOL_DIR'), '--spool-dir'))
})
