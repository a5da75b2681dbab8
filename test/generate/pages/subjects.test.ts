/** What modules and files are told by: what they are called after, what is central in them, and what they show. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isNamesake } from '#generate/pages/module/namesake.ts'
import { overviewOf, pagesOf } from './real-sample.ts'

test('a definition is called after what holds it in the plural, as an interface, or with the name of the package before it', () => {
  for (const [name, holder] of [
    ['Template', 'templates'],
    ['Definitions', 'definition'],
    ['ITemplate', 'template'],
    ['OrbitTemplate', 'template'],
    ['file_lock', 'FileLock'],
    ['Entry', 'entries'],
    ['Classes', 'class'],
  ] as const)
    assert.ok(isNamesake(name, holder, 'orbit'), `${name} ${holder}`)
  for (const [name, holder] of [
    ['Item', 'tem'],
    ['Orbit', ''],
    ['Statu', 'status'],
    ['TemplateName', 'template'],
    ['Orbit', 'template'],
  ] as const)
    assert.ok(!isNamesake(name, holder, 'orbit'), `${name} ${holder}`)
})

test('a gem of several files is not told by the module of its name, and nothing is said to begin with where the README first calls a class called like one of Ruby', async () => {
  const work = '    work\n'.repeat(12)
  const text = await overviewOf(
    {
      'orbit.gemspec': 'Gem::Specification.new do |s|\n  s.name = "orbit"\n  s.summary = "Plans all burns"\nend\n',
      'lib/orbit.rb': `require 'orbit/time'\n\n# Finds the way to other planets.\nmodule Orbit\n  def self.plan(text)\n${work}  end\nend\n`,
      'lib/orbit/time.rb': `module Orbit\n  class Time\n    def self.check(many)\n${work}    end\n  end\nend\n`,
    },
    'ruby',
    "require 'orbit'\n\nTime.local(2000)\n\nOrbit.plan('mars')\n",
  )
  assert.doesNotMatch(text, /^\| \*\*orbit\*\* /m)
})

test('a module without words has the name of what documents begin with', async () => {
  const many = Array.from({ length: 6 }, (_, n) => `export function inner${n}() {}\n`).join('')
  const shown = ['clear', 'plan', 'burn', 'land', 'rise', 'fall', 'hold']
  const text = await overviewOf(
    {
      'package.json': '{"name":"orbit","version":"1.0.0","exports":"./src/index.ts"}',
      'src/index.ts': `export { ${shown.join(', ')} } from './all.ts'\n`,
      'src/all.ts': shown.map((name) => `export function ${name}() {}\n`).join('') + many,
    },
    'ts',
    "import { clear, plan } from 'orbit'\n\nclear()\nplan()\n",
  )
  assert.match(text, /^\| \*\*orbit\*\* \| `clear` \|$/m)
})

test('what documents begin with is told, not a documented type that most of the module is about', async () => {
  const body = '    work()\n'.repeat(12)
  const text = await overviewOf(
    {
      'pyproject.toml': '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "orbit"\nversion = "1.0"\n',
      'orbit/__init__.py': `__all__ = ["get_plan", "Drawer"]\n\n\ndef get_plan():\n    return 1\n\n\nclass Drawer:\n    """Draws plans."""\n\n    def draw(self):\n    ${body}`,
    },
    'python',
    'from orbit import get_plan\n\nget_plan()\n',
  )
  assert.match(text, /^\| \*\*orbit\*\* \| `get_plan` \|$/m)
})

test('an example is listed with what it uses, and settings of documents do not speak for their folder', async () => {
  const pages = await pagesOf({
    'burn.c': 'int orbit_burn(int to) { return to; }\n',
    'orbit.h': '/* Plans flights. */\nint orbit_plan(int to);\n',
    'orbit.c': '#include "orbit.h"\nint orbit_plan(int to) { return to; }\n',
    'example.c': '#include "orbit.h"\nint pick(int a) { return a; }\nint main(void) { return pick(orbit_plan(1)); }\n',
    'docs/conf.py': '"""Configuration for Sphinx."""\nproject = "orbit"\n',
    'docs/index.rst': 'Orbit\n=====\n\nPlans.\n',
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /^## Examples\n\n- `example\.c`: uses `orbit\.h`, `orbit\.c`$/m)
  assert.doesNotMatch(pages.get('overview.md') ?? '', /\| Configuration for Sphinx/)
})

test('tests outside of folders of tests are named if much of the tests is in them', async () => {
  const one = "const { plan } = require('PATHsrc/plan.js')\ntest('it', () => plan())\n"
  const text = await overviewOf(
    {
      'package.json': '{"name":"orbit","version":"1.0.0"}',
      'orbit.js': "exports.plan = require('./src/plan.js').plan\n",
      'src/plan.js': 'exports.plan = () => 1\n',
      'bench/a.test.js': one.replace('PATH', '../'),
      'sub/test/a.test.js': one.replace('PATH', '../../'),
      'sub/test/b.test.js': one.replace('PATH', '../../'),
      'UnitTests/a.test.js': one.replace('PATH', '../'),
      'orbit.test.js': one.replace('PATH', './') + "test('more', () => plan())\n".repeat(10),
      'more.test.js': one.replace('PATH', './'),
      'scripts/stress-test/a.test.js': one.replace('PATH', '../../'),
      'docker/test/test_env': '#!/bin/bash\necho 1\n',
    },
    'js',
    '',
  )
  assert.match(text, /tests in `sub\/test`, `UnitTests` and beside the code/)
})

test('one file, or a function that says it is for tests, is no place of tests beside a folder of them', async () => {
  const test = "const { plan } = require('PATH/plan.js')\ntest('it', () => plan())\n"
  const text = await overviewOf(
    {
      'package.json': '{"name":"orbit","version":"1.0.0"}',
      'plan.js': 'exports.plan = () => 1\n/** Used only in tests. */\nexports.reset = () => 2\n',
      'land.js': '/** Used only in tests. */\nexports.land = () => 2\n',
      'tests/a.test.js': test.replace('PATH', '..'),
      'plan.test.js': test.replace('PATH', '.'),
    },
    'js',
    '',
  )
  assert.match(text, /tests in `tests` ·/)
})

test('a folder of tests is named, however many tests are beside the code', async () => {
  const test = "const { plan } = require('PATH/plan.js')\ntest('it', () => plan())\n"
  const text = await overviewOf(
    {
      'package.json': '{"name":"orbit","version":"1.0.0"}',
      'plan.js': 'exports.plan = () => 1\n',
      'tests/a.test.js': test.replace('PATH', '..'),
      ...Object.fromEntries(['b', 'c', 'd'].map((name) => [`${name}.test.js`, test.replace('PATH', '.')])),
    },
    'js',
    '',
  )
  assert.match(text, /tests in `tests` and beside the code/)
})

test('a folder is not one of tests because its name ends in those letters', async () => {
  const text = await overviewOf(
    {
      'package.json': '{"name":"orbit","version":"1.0.0"}',
      'latest/plan.js': 'exports.plan = () => 1\n',
      'latest/plan.test.js': "const { plan } = require('./plan.js')\ntest('it', () => plan())\n",
    },
    'js',
    '',
  )
  assert.doesNotMatch(text, /tests in/)
  assert.match(text, /tests beside/)
})

test('what a test reaches through a short entry file is tested, not that file', async () => {
  const script = await pagesOf({
    'package.json': '{"name":"orbit","version":"1.0.0","main":"index.js"}',
    'index.js':
      "const { Command } = require('./lib/command.js')\nconst { Option } = require('./lib/option.js')\n\nexports.createCommand = (name) => new Command(name)\nexports.Command = Command\nexports.Option = Option\n",
    'lib/command.js': 'class Command {\n  run() { return 1 }\n}\nexports.Command = Command\n',
    'lib/option.js': 'class Option {\n  name() { return 1 }\n}\nexports.Option = Option\n',
    ...Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name) => [
        `test/${name}.test.js`,
        "const orbit = require('../index.js')\n\ntest('it', () => {\n  new orbit.Command().run()\n})\n",
      ]),
    ),
  })
  assert.match(script.get('test.md') ?? '', /`a\.test\.js`: tests `lib\/command\.js`/)
})

test('what nobody outside of a project of Go can call has no row beside what can be called', async () => {
  const body = '\tx := 1\n'.repeat(20)
  const pages = await pagesOf({
    'go.mod': 'module example.org/orbit\n',
    'README.md': '# orbit\n\nSee `New` and `NewRaw`.\n',
    'internal/raw/raw.go': 'package raw\n\ntype Client struct{}\n',
    'orbit.go': `package orbit\n\nimport "example.org/orbit/internal/raw"\n\ntype Orbit struct{}\n\n// NewRaw makes one from a client.\nfunc NewRaw(client raw.Client) *Orbit {\n${body}\treturn New(1)\n}\n\n// New makes one of any mass.\nfunc New(mass int) *Orbit { return nil }\n`,
  })
  const text = pages.get('overview.md') ?? ''
  const rows = [...text.matchAll(/^\| function `(\w+)` \|/gm)].map(([, name]) => name)
  assert.deepEqual(rows, ['New'])
})

test('what a test mainly calls through a helper is tested, not what it checks the results with', async () => {
  const testOf = (name: string): string =>
    `from helpers import run\nfrom orbit.record import read\n\n\ndef test_it():\n    run("${name}")\n    run("${name}", "a")\n    assert read() == 1\n`
  const pages = await pagesOf({
    'orbit/__init__.py': '',
    'orbit/main.py': 'from orbit.plan import plan\n\n\ndef main(name):\n    return plan(name)\n',
    'orbit/plan.py': 'def plan(name):\n    return name\n',
    'orbit/record.py': 'def read():\n    return 1\n',
    'tests/helpers.py': 'from orbit.main import main\n\n\ndef run(name, more=None):\n    return main(name)\n',
    'tests/test_plan.py': testOf('plan'),
    'tests/test_land.py': testOf('land'),
  })
  const page = [...pages.values()].join('\n')
  assert.match(page, /test_plan\.py`: (?:mainly )?tests `orbit\/plan\.py`/)
  assert.doesNotMatch(page, /test_land\.py`: (?:mainly )?tests/)
})
