import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { flagOf, listSettings, readConfig, unknownSettings } from '#base/config.ts'
import { linkFormOf, parseRepository } from '#base/repository.ts'
import { BadConfiguration } from '#base/setting-forms.ts'

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
    ['DOCSPOOL_PUBLIC_URL', 'ftp://x'],
    ['DOCSPOOL_LOG_LEVEL', 'loud'],
  ] as const) {
    it(`names the setting when ${name} is ${value}`, () => {
      assert.throws(
        () => readConfig({}, { [name]: value }),
        (error) => error instanceof BadConfiguration && error.message.startsWith(name) && !error.message.includes('\n'),
      )
    })
  }
})

describe('README', () => {
  it('has a row for every setting, with its default', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
    for (const { name, fallback } of listSettings()) {
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\``))
      assert.ok(row !== undefined, `${name} is not in the table`)
      if (name === 'DOCSPOOL_CONCURRENCY') continue
      assert.ok(fallback === '' || row.includes(fallback), `${name}: the default ${fallback} is not in its row`)
    }
  })

  it('has flags of the same names', () => assert.equal(flagOf('DOCSPOOL_SPOOL_DIR'), '--spool-dir'))
})
