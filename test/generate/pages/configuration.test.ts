import assert from 'node:assert/strict'
import { test } from 'node:test'
import { component, document, file, read, sample } from './sample.ts'

const app = file(
  'src/app.py',
  `class App:
    testing = ConfigAttribute[bool]("TESTING")
    defaults = dict({"TESTING": False, "MAX_SIZE": None})

    def limit(self):
        self.config["MAX_SIZE"] = 3
        # self.config["MAX_SIZE"]
        return self.config["MAX_SIZE"] or self.config.get("UNKNOWN") or self.config["lower"]
`,
)
const user = file(
  'src/user.py',
  'def told(app):\n    return app.config.get("MAX_SIZE", 1), app.settings["DOCUMENTED"]\n',
)
const spec = file('tests/test_app.py', 'app.config["TESTING"]\n')
const docs = file('docs/config.rst', '.. py:data:: MAX_SIZE\n\n    Of all.\n\nDOCUMENTED\n----------\n', {
  role: 'docs',
})
const loose = { kind: 'configuration', isLoose: true } as const
const whole = sample(
  [app, user, spec, docs],
  [
    component(app, 'App', { kind: 'class', startLine: 1, endLine: 8 }),
    component(app, 'App.testing', { kind: 'field' }),
    component(app, 'App.limit', { kind: 'method', startLine: 5, endLine: 8 }),
    component(user, 'told', { startLine: 1, endLine: 2 }),
  ],
  [],
  {},
  {
    reads: [
      read(app, 'TESTING', { ...loose, reader: 'src/app.py#App.testing' }),
      read(app, 'MAX_SIZE', { ...loose, line: 8, reader: 'src/app.py#App.limit' }),
      read(app, 'UNKNOWN', { ...loose, line: 8 }),
      read(user, 'MAX_SIZE', { ...loose, default: '1', reader: 'src/user.py#told' }),
      read(user, 'DOCUMENTED', { ...loose, reader: 'src/user.py#told' }),
      read(spec, 'TESTING', loose),
    ],
    keyDefinitions: [
      { name: 'MAX_SIZE', value: null, file: 'src/app.py', line: 3 },
      { name: 'TESTING', value: 'False', file: 'src/app.py', line: 3 },
    ],
  },
)

test('keys are told as long as the repository defines or documents them', () => {
  const { markdown } = document(whole)
  for (const text of markdown.values()) assert.doesNotMatch(text, /^\| `UNKNOWN`/m)
})

test('the page of a module says where its keys are defined and read, each with a link', () => {
  const { markdown, verification } = document(whole)
  const page = [...markdown.values()].find((text) => text.includes('## Configuration')) ?? ''
  assert.match(page, /\| `MAX_SIZE` \| `1` \| \[src\/app\.py, line 3\]\([^)]*#L3\), \[docs\/config\.rst, line 1\]/)
  assert.match(page, /\| `TESTING` \| `False` \|[^\n]*line 2\]\([^)]*\) \|/)
  assert.match(page, /\| `DOCUMENTED` \|[^\n]*user\.py, line 2/)
  assert.deepEqual(verification.faults, [])
})
