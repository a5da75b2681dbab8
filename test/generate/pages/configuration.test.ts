import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configurationOf } from '#generate/pages/configuration-reads.ts'
import { component, document, file, sample } from './sample.ts'

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
const whole = sample(
  [app, user, spec, docs],
  [
    component(app, 'App', { kind: 'class', startLine: 1, endLine: 8 }),
    component(app, 'App.testing', { kind: 'field' }),
    component(app, 'App.limit', { kind: 'method', startLine: 5, endLine: 8 }),
    component(user, 'told', { startLine: 1, endLine: 2 }),
  ],
)

test('keys are found where code reads them, as long as the repository defines or documents them', () => {
  const { reads, definitions } = configurationOf(whole.inventory)
  const told = (map: typeof reads): string[] =>
    [...map.values()].flat().map(({ key, file, line }) => `${key} ${file}:${line}`)
  assert.deepEqual(told(reads), [
    'TESTING src/app.py:2',
    'MAX_SIZE src/app.py:8',
    'MAX_SIZE src/user.py:2',
    'DOCUMENTED src/user.py:2',
  ])
  assert.deepEqual(told(definitions), [
    'TESTING src/app.py:3',
    'MAX_SIZE src/app.py:3',
    'MAX_SIZE docs/config.rst:1',
    'DOCUMENTED docs/config.rst:5',
  ])
})

test('the page of a module says where its keys are defined and who reads them, each with a link', () => {
  const { markdown, verification } = document(whole)
  const page = [...markdown.values()].find((text) => text.includes('## Configuration')) ?? ''
  assert.match(page, /\| `MAX_SIZE` \| \[src\/app\.py, line 3\]\([^)]*#L3\), \[docs\/config\.rst, line 1\]/)
  assert.match(page, /\| `TESTING` \|[^\n]*\[`App\.testing`\]\([^)]*\) \|/)
  assert.match(page, /\| `DOCUMENTED` \|[^\n]*\[`told`\]/)
  assert.deepEqual(verification.faults, [])
})
