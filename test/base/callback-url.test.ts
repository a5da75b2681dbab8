import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BadCallbackUrl, parseCallbackUrl } from '#base/callback-url.ts'
import { readConfig } from '#base/config.ts'
import { BadConfiguration } from '#base/setting-types.ts'

const open = { callbackHosts: ['*'], allowPrivateNetworks: false }

describe('parseCallbackUrl', () => {
  it('takes public https addresses, and shows their origin alone', () => {
    assert.deepEqual(parseCallbackUrl('https://Hooks.example.org:443/services/T0/s3cret?key=1', open), {
      url: 'https://hooks.example.org/services/T0/s3cret?key=1',
      origin: 'https://hooks.example.org',
    })
  })

  it('refuses all others, without a word of path and query', () => {
    const bad = [
      ...['', 'x', 'hooks.example.org/s3cret', '//hooks.example.org/s3cret', 'ftp://hooks.example.org/s3cret'],
      ...['http://hooks.example.org/s3cret', 'file:///s3cret', 'javascript:s3cret', 'https:///s3cret', 'https:s3cret'],
      ...['https://user:s3cret@hooks.example.org/', 'https://@hooks.example.org/s3cret', 'https://a.org#@127.0.0.1/'],
      ...[
        'https://127.0.0.1/s3cret',
        'https://127.1/',
        'https://0x7f000001/',
        'https://2130706433/',
        'https://0177.0.0.1/',
      ],
      ...[
        'https://localhost/s3cret',
        'https://a.localhost/',
        'https://localhost./',
        'https://x.internal/',
        'https://x.local/',
      ],
      ...['https://[::1]/s3cret', 'https://[::ffff:127.0.0.1]/', 'https://[fd00::1]/', 'https://[64:ff9b::7f00:1]/'],
      ...[
        'https://10.0.0.1/',
        'https://192.168.0.1/',
        'https://169.254.169.254/latest',
        'https://100.64.0.1/',
        'https://0.0.0.0/',
      ],
      ...[
        'https://168.63.129.16/',
        'https://[2002:7f00:1::]/',
        'https://①②⑦.0.0.1/',
        'https://hooks.example.org:8443/s3cret',
      ],
      ...['https://hooks.example.org\\@127.0.0.1/', 'https://hooks.example.org/\r\nHost: x', 'https://a b.org/s3cret'],
      ...[
        'https://hooks.example.org/#s3cret',
        `https://hooks.example.org/${'s3cret'.repeat(400)}`,
        'https://hooks_.org/',
      ],
    ]
    for (const text of bad) {
      assert.throws(
        () => parseCallbackUrl(text, open),
        (error) => error instanceof BadCallbackUrl && !`${error.message}${error.hint}`.includes('s3cret'),
        JSON.stringify(text),
      )
    }
  })

  it('takes what the operator lists, and with private networks also http and private addresses', () => {
    const own = { callbackHosts: ['hooks.example.org:8443', '10.0.0.7:9000'], allowPrivateNetworks: true }
    assert.equal(parseCallbackUrl('https://hooks.example.org:8443/x', own).origin, 'https://hooks.example.org:8443')
    assert.equal(parseCallbackUrl('http://10.0.0.7:9000/x', own).origin, 'http://10.0.0.7:9000')
    assert.throws(() => parseCallbackUrl('https://hooks.example.org/x', own), BadCallbackUrl)
    assert.throws(() => parseCallbackUrl('http://10.0.0.7:9001/x', own), BadCallbackUrl)
  })
})

describe('DOCSPOOL_WEBHOOK_SECRET', () => {
  const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`

  it('is 24 to 64 bytes in base64, or two of them', () => {
    const { webhookSecrets } = readConfig({}, { DOCSPOOL_WEBHOOK_SECRET: `${secret}, ${secret}` })
    assert.deepEqual(webhookSecrets, [Buffer.alloc(32, 1), Buffer.alloc(32, 1)])
    assert.deepEqual(readConfig({}, {}).webhookSecrets, [])
    const three = [secret, secret, secret].join()
    assert.throws(() => readConfig({}, { DOCSPOOL_WEBHOOK_SECRET: three }), /expected at most 2 secrets/)
  })

  it('is not repeated when it does not fit', () => {
    for (const text of ['s3cret-s3cret-s3cret', 'whsec_c2hvcnQ=', `whsec_${Buffer.alloc(65).toString('base64')}`]) {
      assert.throws(
        () => readConfig({}, { DOCSPOOL_WEBHOOK_SECRET: text }),
        (error) => error instanceof BadConfiguration && !error.message.includes(text),
      )
    }
    assert.throws(() => readConfig({}, { DOCSPOOL_CALLBACK_HOSTS: 'https://x' }), BadConfiguration)
  })
})
