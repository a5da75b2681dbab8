/** Rows of the overview on central names that have no comment, and the lines that import them. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { publicApiSections } from './real-sample.ts'

const NPM = {
  'package.json': '{"name":"orbit","version":"1.0.0","type":"module","main":"index.ts"}',
  'index.ts': "export * from './flight'\n",
  'flight.ts':
    'export class Flight {\n  height = 1\n}\nexport interface Course {\n  angle: number\n}\nexport class PlanError extends Error {}\nexport class Report {\n  text = ""\n}\n/** Starts a flight to the moon. */\nexport function launch(course: Course): Promise<Flight> {\n  return Promise.resolve(new Flight())\n}\n/** Paints a flight in colour. */\nexport function experimental_paint(flight: Flight): void {}\nexport function bare(): void {}\nexport class Probe extends Report {}\nexport function land(course: Course): void {}\nexport function turn(by: number): void\nexport function turn(to: string): void\nexport function turn(a: unknown): void {}\n',
}
const CODE =
  '\n```ts\nimport { launch, Flight, type Course, PlanError, Report, bare, experimental_paint, land, turn, Probe } from "orbit"\nconst flight: Flight = launch(course)\nexperimental_paint(flight)\nexperimental_paint(flight)\nbare()\nland(course)\nturn(1)\nnew Probe()\nnew Report()\n```\n'

test('a central name without a comment has the words of documents, or no row', async () => {
  const { section, index } = await publicApiSections({
    ...NPM,
    'README.md': `# Orbit\n${CODE}`,
    'docs/errors.md': '# Errors\n\nOrbit has an error type, `PlanError`, which ends a plan that cannot be flown.\n',
    'docs/api.md': '# API\n\n## `Report`\n\n*A written report.*\n',
  })
  assert.match(section, /^## \[Public API\]\(public-api\.md\)\n/)
  const rows = new Map(
    [...section.matchAll(/^\| \w+ `(\w+)` \| (.*?) \|$/gm)].map(([, name = '', words = '']) => [name, words]),
  )
  for (const name of ['Flight', 'Probe', 'land', 'turn', 'bare']) assert.equal(rows.get(name), undefined, name)
  assert.equal(rows.get('PlanError'), 'Orbit has an error type, `PlanError`, which ends a plan that cannot be flown.')
  assert.equal(rows.get('Report'), 'A written report.')
  assert.doesNotMatch(section, /Also used|Index of/)
  assert.doesNotMatch(index, /Returned by|Passed to/)
  assert.doesNotMatch(section, /\| function `experimental_paint`/)
})

test('all names that the README imports are in the line', async () => {
  const { section } = await publicApiSections({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'README.md': '# Orbit\n\n```rust\nuse orbit::{Body, Burn, Plan, Way};\n```\n',
    'src/lib.rs': ['Body', 'Burn', 'Plan', 'Way'].map((name) => `pub struct ${name};\n`).join(''),
  })
  assert.match(section, /^`use orbit::\{Body, Burn, Plan, Way\};`$/m)
})

test('a word that begins an indented sentence is no name', async () => {
  const { section } = await publicApiSections({
    'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
    'docs/api.rst':
      'API\n===\n\n.. function:: plan()\n\n    For all bodies. If none is given, it fails.\n\n    plan(Way)\n',
    'orbit/__init__.py': 'from orbit.names import For, If, Way\n\n__all__ = ["For", "If", "Way"]\n',
    'orbit/names.py':
      'class For:\n    """Repeats a burn."""\n\nclass If:\n    """Chooses a burn."""\n\nclass Way:\n    """Leads to the moon."""\n',
  })
  assert.match(section, /^\| class `Way` /m)
  assert.doesNotMatch(section, /`(?:For|If)`/)
})

test('a module that the README imports as a whole is imported under its name there, behind the main one', async () => {
  const { section } = await publicApiSections({
    'package.json': '{"name":"orbit","version":"1.0.0","exports":{".":"./index.js","./check":"./check.js"}}',
    'README.md':
      '# Orbit\n\n```js\nimport * as check from "orbit/check"\nimport { plan } from "orbit"\nplan()\ncheck.ok(1)\n```\n',
    'index.js': '/** Plans a flight to the moon. */\nexport function plan() {}\n',
    'check.js': '/** Fails unless a value is true. */\nexport function ok(a) {}\n',
  })
  assert.match(section, /^`import \{ plan \} from 'orbit'` · `import \* as check from 'orbit\/check'`$/m)
})

test('the packages of Go that every system has are imported, also one for tests of users', async () => {
  const { section, index } = await publicApiSections({
    'go.mod': 'module example.org/orbit\n',
    'README.md': '# Orbit\n\n```go\norbit.Plan()\n```\n',
    'orbit.go': 'package orbit\n\n// Plan plans a flight to the moon.\nfunc Plan() {}\n',
    'hooks/log/log.go': '//go:build !windows\n\npackage log\n\n// Write writes lines to the system.\nfunc Write() {}\n',
    'hooks/test/test.go': 'package test\n\n// NewHook makes what keeps all entries.\nfunc NewHook() {}\n',
    'test/all/all.go': 'package all\n\nfunc Run() {}\n',
  })
  assert.match(section, /^`import "example\.org\/orbit"` · `import "example\.org\/orbit\/hooks\/test"`$/m)
  assert.match(index, /NewHook/)
  assert.match(index, /Write/)
  assert.doesNotMatch(index, /\bRun\b/)
})

test('the types of a path are found beside its module, and stand-ins for words of C++ are no macros of the API', async () => {
  const { index } = await publicApiSections({
    'package.json':
      '{"name":"orbit","version":"1.0.0","exports":{".":"./index.js","./plan":{"import":"./plan/index.mjs"}}}',
    'index.js': 'export function run() {}\nexport function land() {}\n',
    'plan/index.mjs': 'export function plan() {}\n',
    'plan/index.d.ts': 'export interface Suite { name: string }\nexport function plan(): Suite\n',
  })
  assert.match(index, /`Suite`/)
  const c = await publicApiSections({
    'CMakeLists.txt': 'project(orbit)\nadd_library(orbit orbit.cpp)\ninstall(FILES orbit.hpp DESTINATION include)\n',
    'orbit.hpp':
      '#pragma once\n#ifndef noexcept\n#define noexcept throw()\n#endif\n#define ORBIT_MAX 4\nclass Orbit {\npublic:\n  int plan();\n};\nint fly(int a);\n',
    'orbit.cpp': '#include "orbit.hpp"\nint Orbit::plan() { return 1; }\nint fly(int a) { return a; }\n',
  })
  assert.match(c.index, /ORBIT_MAX/)
  assert.doesNotMatch(c.index, /noexcept/)
})
