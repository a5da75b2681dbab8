import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createMask } from '#generate/prose/client/mask.ts'

const mask = createMask()

/** Put together here, so that no line of this file looks like a secret to those who look for them. */
const of = (...parts: string[]): string => parts.join('')
const RANDOM = 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5'
const PEM = Array.from(
  { length: 4 },
  (_, row) => `${row}IIEpAIBAAKCAQEA1234567890+bcdefghijkl/nopqrstuvwxyz0987654321ABCD`,
)

/** A text, and what must not be left of it. */
const SECRETS: [title: string, text: string, secret: string][] = [
  ['a key of AWS', of('const id = "AKIA', 'Q3EGRIEXQXMPLQ2Z"'), of('AKIA', 'Q3EGRIEXQXMPLQ2Z')],
  [
    'a secret of AWS',
    'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYzTbKq8LmQ2',
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzTbKq8LmQ2',
  ],
  ['a token of GitHub', of('token: ghp', `_${RANDOM}`), of('ghp', `_${RANDOM}`)],
  [
    'a fine-grained token of GitHub',
    of('# github', `_pat_11ABCDEFG0${RANDOM}`),
    of('github', `_pat_11ABCDEFG0${RANDOM}`),
  ],
  ['a token of GitLab', of('GITLAB=glpat', '-aB3dE5fG7hI9jK1lM3nO'), of('glpat', '-aB3dE5fG7hI9jK1lM3nO')],
  ['a token of Slack', of('xoxb', '-123456789012-1234567890123-aBcDeFgHiJkL'), '1234567890123-aBcDeFgHiJkL'],
  [
    'a hook of Slack',
    of('https://hooks.slack.com/ser', 'vices/T00000000/B00000000/aB3dE5fG7hI9jK1lM3nO'),
    'aB3dE5fG7hI9',
  ],
  ['a key of Stripe', of('stripe("sk', '_live_51aBcDeFgHiJkLmNoPqRsTuVwX")'), '51aBcDeFgHiJkLmNoPqRsTuVwX'],
  ['a restricted key of Stripe', of('rk', '_test_51aBcDeFgHiJkLmNoPqR'), '51aBcDeFgHiJkLmNoPqR'],
  ['a key of Google', of('key=AIza', 'SyA1234567890abcdefghijklmnopqrstuv'), 'SyA1234567890abcdefghijklmnopqrstuv'],
  ['a secret of a client of Google', of('"GOCSPX', '-aB3dE5fG7hI9jK1lM3nO5pQ7rS9"'), 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9'],
  ['a key of OpenAI', of('sk', '-proj-', RANDOM, '_', RANDOM), RANDOM],
  ['an older key of OpenAI', of('OPENAI = "sk', '-', RANDOM, 'T3BlbkFJ"'), RANDOM],
  ['a key of Anthropic', of('sk', '-ant-api03-', RANDOM, '-', RANDOM, 'AA'), RANDOM],
  ['a key of OpenRouter', of('sk', '-or-v1-', '0123456789abcdef'.repeat(4)), '0123456789abcdef'],
  [
    'a JWT',
    of('Cookie: t=eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxMjM0NTY3ODkwIn0', '.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P'),
    'dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P',
  ],
  ['a token of npm', of('//registry.example.org/:_authToken=npm', `_${RANDOM}`), RANDOM],
  [
    'a token of npm that is a UUID',
    '//registry.example.org/:_authToken=2d3f8a1c-9b7e-4c6d-8f0a-5e4b3c2d1f0a',
    '2d3f8a1c-9b7e',
  ],
  ['a token of PyPI', of('pypi', `-AgEIcHlwaS5vcmc${RANDOM}${RANDOM}`), RANDOM],
  [
    'a key of SendGrid',
    of('SG', '.aB3dE5fG7hI9jK1lM3nO5p.aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5zA7bC9d'),
    'aB3dE5fG7hI9jK1lM3nO5p',
  ],
  ['a token of Hugging Face', of('hf', '_aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH'), 'aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH'],
  ['a password in quotes', 'password = "kX9$mQ2vLp8@zR4t"', 'kX9$mQ2vLp8@zR4t'],
  ['a long password with one digit', 'password = "xK!vbQ#zLpW@mR7t"', 'xK!vbQ#zLpW@mR7t'],
  ['a long password without digits', 'password = "GhWq!pZ-kLm@Tbv?RsY"', 'GhWq!pZ-kLm@Tbv?RsY'],
  ['a long password without quotes', 'PASSWORD=xK!vbQ#zLpW@mR7t', 'xK!vbQ#zLpW@mR7t'],
  [
    'a key in base64 that begins with a slash',
    'aws_secret_access_key = "/wJalrXUtnFEMI7K7MDENGbPxRfiCYzTbKq8LmQ2"',
    'wJalrXUtnFEMI7K7MDENGbPxRfiCYzTbKq8LmQ2',
  ],
  ['a password that begins like a variable', 'password = "$Xk9!mQ2zLq"', '$Xk9!mQ2zLq'],
  ['a password that begins like a format', 'password = "%Xk9!mQ2zLq"', '%Xk9!mQ2zLq'],
  ['a password that begins with a star', 'password = "*Xk9!mQ2zLq"', '*Xk9!mQ2zLq'],
  ['a password in YAML', 'db:\n  password: kX9!mQ2vLp8zR4t\n  port: 1', 'kX9!mQ2vLp8zR4t'],
  ['a secret in JSON', '{"client_secret": "9f8e7d6c5b4a39281706f5e4d3c2b1a0"}', '9f8e7d6c5b4a39281706f5e4d3c2b1a0'],
  ['a token in a file of settings', 'API_TOKEN=q7Wm2Zx9Lk4Tn8Vb3Rc6', 'q7Wm2Zx9Lk4Tn8Vb3Rc6'],
  ['a key behind an arrow', "'secret_key' => 'Zq8#nB4!wT7@xK2$'", 'Zq8#nB4!wT7@xK2$'],
  ['a key given to a function', 'client.setApiKey("q7Wm2Zx9Lk4Tn8Vb3Rc6")', 'q7Wm2Zx9Lk4Tn8Vb3Rc6'],
  ['a password in XML', '<password>kX9!mQ2vLp8zR4t</password>', 'kX9!mQ2vLp8zR4t'],
  ['a password of a database', 'postgres://bob:s3cr3tPass@db.example.com:5432/x', 's3cr3tPass'],
  ['a password in an address', 'curl https://bob:hunter2@example.com/x', 'hunter2'],
  ['a password without a user', 'redis://:p4ssw0rd@cache:6379/0', 'p4ssw0rd'],
  ['a key of storage', 'AccountName=a;AccountKey=q7Wm2Zx9Lk4Tn8Vb3Rc6q7Wm2Zx9Lk4Tn8Vb3Rc6==;', 'q7Wm2Zx9Lk4Tn8Vb3Rc6'],
  ['a header of Basic', 'Authorization: Basic Ym9iOnMzY3IzdFBhc3NXMHJk', 'Ym9iOnMzY3IzdFBhc3NXMHJk'],
  ['a header of Bearer', '-H "Authorization: Bearer q7Wm2Zx9Lk4Tn8Vb3Rc6"', 'q7Wm2Zx9Lk4Tn8Vb3Rc6'],
  ['a login of Docker', '{"auths": {"x": {"auth": "Ym9iOnMzY3IzdFBhc3NXMHJk"}}}', 'Ym9iOnMzY3IzdFBhc3NXMHJk'],
  [
    'a private key in PEM',
    of('-----BEGIN RSA PRIVATE', ' KEY-----\n', PEM.join('\n'), '\nAb3=\n-----END RSA PRIVATE KEY-----'),
    'IIEpAIBAAKCAQEA',
  ],
  [
    'a private key in one line',
    of('key = "-----BEGIN PRIVATE', ' KEY-----\\n', PEM.join('\\n'), '\\n-----END PRIVATE KEY-----\\n"'),
    'IIEpAIBAAKCAQEA',
  ],
  [
    'a private key in lines of a program',
    of(
      '  "-----BEGIN EC PRIVATE',
      ' KEY-----\\n" +\n',
      PEM.map((row) => `  "${row}\\n" +`).join('\n'),
      '\n  "-----END EC PRIVATE KEY-----"',
    ),
    'IIEpAIBAAKCAQEA',
  ],
]

const HARMLESS: [title: string, text: string][] = [
  [
    'a hash in a lock file',
    '"integrity": "sha512-vVqVZQyf3WLx2Shd0qJ9xuvqgAyKPLAiqITEtqW0oIUjzo3PePDd6fW9iFz30ef7Ysp/oiWqbhszeGWW2T6Gzw=="',
  ],
  ['a hash of a Go module', 'github.com/a/b v1.2.3 h1:9fYl5ZzS8CMEBsFZJqZ6pC2pW2rV6Y8bJ9yQK3FJ0Kc='],
  ['a UUID', 'id: 550e8400-e29b-41d4-a716-446655440000'],
  ['an id of a commit', 'commit 9fceb02d0ae598e95dc970b74767f19372d61af8'],
  ['a digest of an image', 'FROM node@sha256:4f8bb9a3a8f5f8ce7d0e7a5c6b3b9d1f2e4c6a8b0d2f4e6a8c0b2d4f6e8a0c2e'],
  [
    'base64 of test data',
    'const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="',
  ],
  ['an address of data', 'src="data:font/woff2;base64,d09GMgABAAAAADXsAA4AAAAAdOQAADWSAAEAAAAAAAAAAAAAAAAAAAAA"'],
  ['a password from the environment', 'password: process.env.DB_PASSWORD_2'],
  ['a call', 'const token = createTokenFrom2Parts(request)'],
  ['a member', 'this.token = options.refreshToken2Value'],
  ['a type', 'apiKey: ApiKeyV2Configuration'],
  ['a placeholder', 'API_KEY=your_api_key_here_123'],
  ['a variable', 'password: $' + '{DB_PASSWORD:-none}'],
  ['a variable of a shell', 'password="$DB_Password2-dev"'],
  ['a member of PHP', '$this->password = $config->dbPassword2;'],
  ['a variable of Windows', 'set "TOKEN=%Api_Token2%"'],
  ['a pattern of files', 'secrets: "**/*.Secret2"'],
  ['an absolute path', 'token = "/var/run/secrets/kubernetes.io/serviceaccount2024/Token1"'],
  ['a name of a resource', '"secret": "AWS::SecretsManager::SecretTargetAttachment"'],
  ['a route', "$token => 'TokenController@refreshTokenOfUser'"],
  ['an expression', 'password==user.Password&&x.Y!=other.Value'],
  ['a template', 'token: {{ secrets.GITHUB_TOKEN }}'],
  ['a word', 'password = "correcthorse"'],
  ['a number', 'max_tokens: 128000'],
  ['a name of a tokenizer', 'tokenizer = "bert-base-uncased-v2"'],
  ['a name of an encoding', 'token_encoding: "cl100k_base"'],
  ['a message', 'throw new Error("password: must have 8 characters")'],
  ['a path', 'secrets: ./config/secrets-2024-prod.yaml'],
  ['a class of a style sheet', '.sk-loading-spinner-container-wrapper-2 { }'],
  ['an address with a port', 'http://localhost:3000/@vite/client'],
  ['an address of a scope', 'https://cdn.example.com/npm/@scope/package@1.2.3'],
  ['an address with a variable', 'postgres://$' + '{USER}:$' + '{PASS}@db/x'],
  ['a remote of git', 'git@github.com:owner/repository.git'],
  [
    'a public key',
    '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n-----END PUBLIC KEY-----',
  ],
  [
    'a certificate',
    '-----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n-----END CERTIFICATE-----',
  ],
  [
    'a look at the head of a key',
    'if (text.startsWith("-----BEGIN PRIVATE' + ' KEY-----")) {\n  return parseKey(text)\n}',
  ],
  ['a word below the head of a key', 'head = "-----BEGIN PRIVATE' + ' KEY-----"\nfoo\nbar'],
  ['a word that begins like a JWT', 'const eyJustAName = 1'],
  ['a list of names', 'tokens: [IDENTIFIER, NUMBER_LITERAL, STRING_2]'],
  ['a comparison', 'if (token === TokenKind.OpenBrace2) {'],
  ['a script of a package', '"test:auth": "node --test test/auth.test.ts"'],
  ['a bearer in words', 'Bearer authentication-is-supported-here'],
  ['a name in upper case', 'TOKEN_TYPE=ACCESS_TOKEN_V2'],
  ['an action of a workflow', 'uses: actions/checkout@b4ffde65f46336ab88eb53be808477a3936bae11'],
]

describe('a secret is masked, and its lines stay', () => {
  assert.ok(SECRETS.length >= 25)
  for (const [title, text, secret] of SECRETS) {
    test(title, () => {
      assert.ok(text.includes(secret), 'the sample holds it')
      for (const around of [text, `before\n${text}\nafter`, `(${text})`]) {
        const masked = mask(around)
        assert.ok(!masked.includes(secret), masked)
        assert.ok(masked.includes('[secret]'), masked)
        assert.equal(masked.split('\n').length, around.split('\n').length)
        assert.equal(mask(masked), masked, 'once is enough')
      }
    })
  }
})

describe('what is no secret stays', () => {
  assert.ok(HARMLESS.length >= 25)
  for (const [title, text] of HARMLESS) test(title, () => assert.equal(mask(text), text))
})

test('what stands around a secret stays', () => {
  assert.equal(mask('a = 1\npassword = "kX9$mQ2vLp8@zR4t"\nb = 2'), 'a = 1\npassword = "[secret]"\nb = 2')
  assert.equal(mask('postgres://bob:s3cr3tPass@db/x'), 'postgres://bob:[secret]@db/x')
})

test('a private key keeps its head, its end and its lines', () => {
  const text = of('a\n-----BEGIN PRIVATE', ' KEY-----\n', PEM.join('\n'), '\n-----END PRIVATE KEY-----\nb')
  const lines = mask(text).split('\n')
  assert.deepEqual(
    lines.slice(2, -2),
    PEM.map(() => '[secret]'),
  )
  assert.deepEqual([lines[0], lines.at(-1)], ['a', 'b'])
})

test('a private key is masked to its end, however long it is', () => {
  const rows = Array.from({ length: 1_000 }, () => PEM[0] ?? '')
  for (const joint of ['\n', '\\n', ' '])
    assert.doesNotMatch(mask(of('-----BEGIN PRIVATE', ' KEY-----', joint, rows.join(joint))), /IIEpAIBAAKC/)
})

test('a private key whose lines were put in one is masked, and words behind a head are not', () => {
  const text = of('k = `-----BEGIN PRIVATE', ' KEY----- ', PEM.join(' '), ' -----END PRIVATE KEY-----`')
  assert.doesNotMatch(mask(text), /IIEpAIBAAKC/)
  const words = of('It looks for -----BEGIN PRIVATE', ' KEY----- and reads on to the end.')
  assert.equal(mask(words), words)
})

test('the key of the endpoint is masked wherever it occurs, and words in the place of one are not', () => {
  assert.equal(createMask({ keys: ['my-own-key'] })('xmy-own-keyx\n(my-own-key)'), 'x[secret]x\n([secret])')
  for (const key of ['local-8f3a9b2c7d', 'not.a.placeholder.9f8e7d', 'none-of-1a2b3c4d', 'sk-local-zq81kx'])
    assert.equal(createMask({ keys: [key] })(`key ${key}`), 'key [secret]')
  for (const word of [
    'ollama',
    'none',
    'EMPTY',
    'lm-studio',
    'sk-no-key-required',
    'not-needed',
    'dummy_key-1',
    'local-llm',
    'x',
  ]) {
    assert.equal(createMask({ keys: [word] })(`the ${word} server`), `the ${word} server`)
  }
})

describe('a hostile line of a megabyte takes no longer than its length asks for', () => {
  const lines: Record<string, string> = {
    letters: 'a'.repeat(1_000_000),
    'names of secrets': 'token'.repeat(200_000),
    assignments: 'password='.repeat(110_000),
    'assignments with spaces': 'secret          =          '.repeat(37_000),
    addresses: '://a:'.repeat(200_000),
    'an address without an end': `://a:${'b'.repeat(1_000_000)}`,
    'heads of JWTs': 'eyJ'.repeat(333_000),
    'heads of JWTs with dots': 'eyJaaaaaaaaaa.'.repeat(71_000),
    'heads of private keys': '-----BEGIN RSA PRIVATE KEY-----'.repeat(32_000),
    'heads of private keys in lines': '-----BEGIN RSA PRIVATE KEY-----\n'.repeat(31_000),
    'a private key without an end': `-----BEGIN PRIVATE KEY-----\n${'QUFB\n'.repeat(200_000)}`,
    'prefixes of keys': 'sk-sk_live_ghp_glpat-xoxb-AIza'.repeat(33_000),
    'prefixes of keys with dashes': 'sk-'.repeat(333_000),
    'private keys in one line': `-----BEGIN PRIVATE KEY----- ${'A'.repeat(24)} `.repeat(19_000),
    base64: 'QUtJQUFL'.repeat(125_000),
    spaces: ' '.repeat(1_000_000),
    quotes: 'password="'.repeat(100_000),
    bearers: 'Bearer '.repeat(140_000),
    colons: ':'.repeat(1_000_000),
  }
  for (const [title, line] of Object.entries(lines)) {
    test(title, () => {
      const before = process.cpuUsage()
      mask(line)
      const { user, system } = process.cpuUsage(before)
      assert.ok((user + system) / 1_000 < 2_000, `${(user + system) / 1_000} ms`)
    })
  }
})
